"""Ladders of consequences in words: when, what follows, the guidance beside it, who decides.

Every field of a rung is shown, also one that a school adds: nothing is lost in consequences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _, sentence
from casebook.pattern import entries, values
from casebook.render.site.blocks import (
    Bullets,
    Facts,
    Page,
    Para,
    Prose,
    Section,
    Side,
    Text,
    joined,
    plain,
)
from casebook.render.site.speech import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.record import Record
    from casebook.render.site.blocks import Block, Words
    from casebook.render.site.speech import Speech

    Entry = Mapping[str, Any]
    Row = tuple[str, Words]

CHOOSE: Final = "choose"
OTHER: Final = "other"
CONDITIONS: Final = (
    "times",
    "severity",
    "enforcer",
    "refusal",
    "groups",
    "age",
    "when",
    "judgement",
)
BESIDE: Final = ("guidance", "guidance_by", "repair")
DECIDES: Final = ("by", "approved_by", "carried_out_by")
# Said in the first sentence of a consequence, or by the title.
TOLD: Final = ("id", "title", "measure", "from", "amount", "until", "text", "also")


def page(speech: Speech) -> Page:
    """Every ladder with its rungs, limits, duties and way to object."""
    blocks: tuple[Block, ...] = tuple(ladder(speech, one) for one in speech.edition.of("ladder"))
    about = _("What happens when a rule is broken, what help comes with it, and who decides.")
    return Page("consequences", _("Consequences"), _("Consequences"), about, blocks)


def in_short(speech: Speech, record: Record) -> Iterator[Words]:
    """A line for every rung: when, and the measure."""
    for rung in record.entries("rungs"):
        what = [_measure(speech, rung, "rungs")]
        if rung.get("text") and not (what[0] and rung.get("amount")):
            what.append((speech.own(rung["text"]),))
        yield (Text(f"{_when(speech, rung)}: "), *joined([one for one in what if one], "; "))


def ladder(speech: Speech, record: Record) -> Section:
    """One ladder as a section."""
    blocks: list[Block] = [Facts(tuple(_counting(speech, record)))]
    if record.document.body.strip():
        blocks.append(Prose(record.document.body, speech.foreign))
    blocks += [_rung(speech, record, one) for one in record.entries("rungs")]
    blocks += _limits(speech, record)
    if record.text("objection"):
        title = Text(_("You disagree?"))
        blocks.append(Section(title, (Para((speech.own(record.text("objection")),)),)))
    return speech.section(record, *blocks)


def _counting(speech: Speech, record: Record) -> Iterator[Row]:
    for field in ("audience", "count", "window", "discretion", "weighs"):
        if words := speech.said("ladder", record.data, field):
            yield speech.label("ladder", field), words


def _rung(speech: Speech, record: Record, rung: Entry) -> Section:
    when = _when(speech, rung)
    title = speech.own(sentence(str(rung["title"]))) if rung.get("title") else Text(sentence(when))
    blocks: list[Block] = []
    if rung.get("title"):
        blocks.append(Para((Text(_("When: "), strong=True), Text(when)), "when"))
    sides = [Section(Text(_("Consequence")), tuple(_consequence(speech, rung)), style="side")]
    beside = tuple(_beside(speech, rung))
    if beside:
        sides.append(Section(Text(_("Guidance beside it")), beside, style="side"))
    blocks.append(Side(tuple(sides)))
    rows = tuple(_rest(speech, rung))
    if rows:
        blocks.append(Facts(rows))
    return Section(
        title, tuple(blocks), f"{anchor('ladder', record.id)}-{rung['id']}", style="rung"
    )


def _when(speech: Speech, rung: Entry) -> str:
    """The conditions of a rung in words; all of them must hold."""
    said: list[str] = []
    for field in CONDITIONS:
        words = speech.named("ladder", rung, "rungs", field)
        if not words or words == "no":
            continue
        if field == "refusal":
            if rung[field] == "yes":
                said.append(speech.kind("ladder").field_label("rungs", "refusal"))
        elif field == "judgement":
            said.append(speech.kind("ladder").field_label("rungs", "judgement"))
        elif field in ("times", "when"):
            said.append(words)
        else:
            label = speech.kind("ladder").field_label("rungs", field)
            said.append(f"{label}: {words}")
    return "; ".join(said) or str(rung.get("title") or rung.get("id", ""))


def _measure(speech: Speech, rung: Entry, *place: str) -> Words:
    """The measure with how long and until when; of a choice all that may be chosen."""
    measure = str(rung.get("measure", ""))
    if not measure or (measure == OTHER and rung.get("text")):
        return ()  # "other" says less than its text
    if measure == CHOOSE:
        said = _("choice of: {measures}").format(measures=_options(speech, rung, *place))
    else:
        said = speech.value("ladder", measure, *place, "measure")
    if rung.get("amount"):
        said += ", " + speech.named("ladder", rung, *place, "amount")
    if rung.get("until"):
        said += ", " + _("until {end}").format(end=speech.named("ladder", rung, *place, "until"))
    return (Text(said),)


def _options(speech: Speech, rung: Entry, *place: str) -> str:
    named = [speech.value("ladder", one, *place, "from") for one in values(rung.get("from"))]
    if len(named) < 2:
        return ", ".join(named)
    return _("{first} or {last}").format(first=", ".join(named[:-1]), last=named[-1])


def _consequence(speech: Speech, rung: Entry) -> Iterator[Block]:
    measure = _measure(speech, rung, "rungs")
    if measure:
        yield Para((Text(f"{sentence(measure[0].words)}.", strong=True),))
    if rung.get("text"):
        yield Para((speech.own(rung["text"]),))
    also = [_also(speech, one) for one in entries(rung, "also")]
    if also:
        yield Para(plain(_("And also:")))
        yield Bullets(tuple(also))
    rows = tuple(_others(speech, rung))
    if rows:
        yield Facts(rows)


def _also(speech: Speech, entry: Entry) -> Words:
    place = ("rungs", "also")
    measure = _measure(speech, entry, *place)
    parts: list[Words] = [measure] if measure else []
    if entry.get("text"):
        parts.append((speech.own(entry["text"]),))
    for field, value in entry.items():
        if field not in TOLD and values(value):
            label = speech.kind("ladder").field_label(*place, field)
            parts.append((Text(f"{label}: "), *speech.said("ladder", entry, *place, field)))
    return joined(parts, "; ")


def _others(speech: Speech, rung: Entry) -> Iterator[Row]:
    """What else belongs to the consequence: what comes first, where a device is kept, the form."""
    after = (*CONDITIONS, *BESIDE, *DECIDES, *TOLD, *AROUND)
    for field in speech.kind("ladder").schema["$defs"]["rung"]["properties"]:
        if field not in after and values(rung.get(field)):
            yield _row(speech, rung, field)


AROUND: Final = ("parents", "parents_by", "seen", "letter", "register", "conditions", "if_broken")


def _beside(speech: Speech, rung: Entry) -> Iterator[Block]:
    if rung.get("guidance"):
        yield Para((speech.own(rung["guidance"]),))
    rows = [_row(speech, rung, field) for field in BESIDE[1:] if rung.get(field)]
    if rows:
        yield Facts(tuple(rows))


def _rest(speech: Speech, rung: Entry) -> Iterator[Row]:
    if rung.get("by"):
        yield _("Who decides"), speech.said("ladder", rung, "rungs", "by")
    for field in (*DECIDES[1:], *AROUND):
        if values(rung.get(field)):
            yield _row(speech, rung, field)


def _row(speech: Speech, rung: Entry, field: str) -> Row:
    if field == "form":
        return speech.label("ladder", "rungs", field), (speech.link("letter", rung[field]),)
    return speech.label("ladder", "rungs", field), speech.said("ladder", rung, "rungs", field)


def _limits(speech: Speech, record: Record) -> Iterator[Section]:
    """Who may decide what and how far, and what the school must do by law."""
    limits = [_limit(speech, one) for one in record.entries("limits")]
    if limits:
        yield Section(Text(_("Who may decide, and the limits")), (Bullets(tuple(limits)),))
    duties = [_duty(speech, one) for one in record.entries("duties")]
    if duties:
        yield Section(Text(_("What the school then has to do")), (Bullets(tuple(duties)),))


def _limit(speech: Speech, entry: Entry) -> Words:
    said = sentence(speech.named("ladder", entry, "limits", "measure"))
    said += ": " + speech.named("ladder", entry, "limits", "by") if entry.get("by") else ""
    if entry.get("max"):
        most = speech.named("ladder", entry, "limits", "max")
        said += ", " + _("at most {amount}").format(amount=most)
    return _with_ground(speech, entry, said, "note")


def _duty(speech: Speech, entry: Entry) -> Words:
    named = speech.named("ladder", entry, "duties", "measures")
    said = sentence(named or speech.named("ladder", entry, "duties", "effect"))
    if entry.get("longer_than"):
        amount = speech.named("ladder", entry, "duties", "longer_than")
        said += ", " + _("longer than {amount}").format(amount=amount)
    for field in ("owner", "within"):
        if entry.get(field):
            said += ", " + speech.named("ladder", entry, "duties", field)
    return _with_ground(speech, entry, said, "text")


def _with_ground(speech: Speech, entry: Entry, said: str, field: str) -> Words:
    parts: list[Words] = [plain(said)]
    if entry.get(field):
        parts.append((speech.own(str(entry[field]).rstrip(".")),))
    row = speech.row("duties", str(entry.get("norm", "")))
    if row is not None:
        law = " ".join(str(row[name]) for name in ("law", "article") if row.get(name))
        parts.append(plain(f"{law}{speech.doubt(row)}"))
    return joined(parts, ". ")
