"""The rules, by code: their text, why, where they hold, whom to ask and what follows.

Of a rule it shows the fields listed here and no others: who wrote it and what led to it stay in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import N_, _
from casebook.pattern import values
from casebook.procedure import norm_text
from casebook.render.site import ladders
from casebook.render.site.blocks import (
    Bullets,
    Facts,
    Link,
    Page,
    Para,
    Prose,
    Section,
    Text,
    joined,
    plain,
)
from casebook.render.site.speech import anchor
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.record import Record
    from casebook.render.site.blocks import Block, Words
    from casebook.render.site.speech import Speech

FACTS: Final = ("kind", "audience", "where", "areas", "times", "devices", "condition", "limits")
CODE_FACTS: Final = ("audience", "scope", "level", "placement")
# The word for a person in a sentence, by audience; the label of the field names a group.
NONE: Final = "none"
BASES: Final = ("offences", "duties", "sources")
NO_CONSEQUENCE: Final = N_("There is no punishment for this rule. There may be a talk.")


def page(speech: Speech) -> Page:
    """All rules, a section for each code."""
    rules = list(speech.edition.of("rule"))
    blocks: list[Block] = []
    for code in codes(speech):
        own = [one for one in rules if slug_of(one.text("code")) == slug_of(code.id)]
        blocks.append(_code(speech, code, own))
    known = {slug_of(one.id) for one in codes(speech)}
    rest = [one for one in rules if slug_of(one.text("code")) not in known]
    if rest:
        blocks.append(Section(Text(_("Other rules")), tuple(_rules(speech, rest))))
    about = _("What is allowed, what is not, and why.")
    return Page("rules", _("Rules"), _("Rules"), about, tuple(blocks))


def codes(speech: Speech) -> Sequence[Record]:
    """The codes in the order to read them: those about online behaviour first."""
    found = speech.edition.of("code")
    return sorted(found, key=lambda one: (one.get("general") == "yes", one.id))


def ordered(rules: Sequence[Record]) -> list[Record]:
    """Rules by their number; those without one last."""
    return sorted(rules, key=lambda one: (one.get("number") or 10_000, one.id))


def _code(speech: Speech, code: Record, rules: Sequence[Record]) -> Section:
    blocks: list[Block] = []
    if code.text("goal"):
        blocks.append(Para((speech.own(code.text("goal")),), "lead"))
    blocks += _code_facts(speech, code)
    if code.document.body.strip():
        blocks.append(Prose(code.document.body, speech.foreign))
    if len(rules) > 1:
        points = [(Link(*_numbered(speech, one)),) for one in ordered(rules)]
        title = Text(_("The rules in short"))
        blocks.append(Section(title, (Bullets(tuple(points)),), style="contents"))
    return speech.section(code, *blocks, *_rules(speech, rules))


def _numbered(speech: Speech, rule: Record) -> tuple[str, str, str]:
    title = speech.title(rule)
    number = f"{rule.get('number')}. " if rule.get("number") else ""
    return f"{number}{title.words}", anchor("rule", rule.id), title.lang


def _code_facts(speech: Speech, code: Record) -> Iterator[Facts]:
    rows = [
        (speech.label("code", field), words)
        for field in CODE_FACTS
        if (words := speech.said("code", code.data, field))
    ]
    if code.text("part_of"):
        rows.append((speech.label("code", "part_of"), (speech.link("code", code.text("part_of")),)))
    rows += based_on(speech, code)
    rows += decided(speech, code)
    if rows:
        yield Facts(tuple(rows))


def based_on(speech: Speech, record: Record) -> list[tuple[str, Words]]:
    """What a text comes from and what the school changed in it."""
    rows: list[tuple[str, Words]] = []
    source = record.text("based_on")
    if source:
        kind = source.rpartition("/")[0].removesuffix("s") or record.kind
        named = kind if kind in speech.edition.now else record.kind
        words = (speech.link(named, source),)
        rows.append((speech.label(record.kind, "based_on"), words))
    if record.text("changed"):
        rows.append((speech.label(record.kind, "changed"), (speech.own(record.text("changed")),)))
    return rows


def decided(speech: Speech, record: Record) -> list[tuple[str, Words]]:
    """Since when a text holds, who decided it and what the council said."""
    rows: list[tuple[str, Words]] = []
    for field in ("in_force_from", "in_force_until", "decided_on"):
        if record.text(field):
            label = speech.label(record.kind, field)
            rows.append((label, plain(day(speech, record.text(field)))))
    if record.text("decided_by"):
        label = speech.label(record.kind, "decided_by")
        rows.append((label, plain(speech.role(record.text("decided_by")))))
    for entry in record.entries("council"):
        if not entry.get("decision"):
            continue
        said = [
            speech.named(record.kind, entry, "council", name)
            for name in ("section", "right", "decision")
        ]
        words = plain(", ".join(one for one in said if one))
        rows.append((speech.label(record.kind, "council"), words))
    return rows


def day(speech: Speech, text: str) -> str:
    """A stored day in words, without its weekday."""
    from casebook import dates

    found = dates.day(text)
    if found is None:
        return text
    return dates.spoken(found, speech.asked.language).partition(" ")[2]


def _rules(speech: Speech, rules: Sequence[Record]) -> Iterator[Section]:
    for rule in ordered(rules):
        yield speech.section(rule, *_rule(speech, rule), number=str(rule.get("number") or ""))


def _rule(speech: Speech, rule: Record) -> Iterator[Block]:
    yield from _texts(speech, rule)
    rows: list[tuple[str, Words]] = []
    if rule.text("why"):
        rows.append((_("Why"), (speech.own(rule.text("why")),)))
    for field in FACTS:
        if words := speech.said("rule", rule.data, field):
            rows.append((speech.label("rule", field), words))
    rows += _permission(speech, rule)
    rows += [(_("Except"), _exception(speech, entry)) for entry in rule.entries("exceptions")]
    if rule.get("ask"):
        rows.append((_("Whom to ask or tell"), plain(speech.named("rule", rule.data, "ask"))))
    rows += _grounds(speech, rule)
    rows += _links(speech, rule)
    rows += based_on(speech, rule)
    yield Facts(tuple(rows))
    yield from _consequences(speech, rule)


def _texts(speech: Speech, rule: Record) -> Iterator[Para]:
    """The wording asked for; without one the code's own voice and the formal text below it."""
    if speech.asked.wording:
        _name, text = speech.wording(rule, speech.asked.wording)
        yield Para((text,), "lead")
        return
    code = speech.edition.find("code", rule.text("code"))
    voice = code.text("voice") if code is not None else ""
    name, text = speech.wording(rule, voice)
    yield Para((text,), "lead")
    other = "positive" if name == "formal" else "formal"
    if rule.text(other) and rule.text(other) != text.words:
        before = _("In formal words: ") if other == "formal" else _("In other words: ")
        yield Para((Text(before), speech.own(rule.text(other))), "small")


def _permission(speech: Speech, rule: Record) -> list[tuple[str, Words]]:
    rows: list[tuple[str, Words]] = []
    if rule.get("permission_by"):
        words = speech.named("rule", rule.data, "permission_by")
        if rule.text("permission_ahead"):
            ahead = speech.named("rule", rule.data, "permission_ahead")
            words = _("{who}, asked {time} before").format(who=words, time=ahead)
        rows.append((speech.label("rule", "permission_by"), plain(words)))
    return rows


def _exception(speech: Speech, entry: Mapping[str, Any]) -> Words:
    parts: list[Words] = [(speech.own(entry.get("what", "")),)]
    if entry.get("approver"):
        who = speech.named("rule", entry, "exceptions", "approver")
        parts.append(plain(_("with permission of: {who}").format(who=who)))
    if entry.get("before"):
        time = speech.named("rule", entry, "exceptions", "before")
        parts.append(plain(_("asked {time} before").format(time=time)))
    if entry.get("because"):
        parts.append((Text(_("because: ")), speech.own(entry["because"])))
    return joined(parts, "; ")


def _grounds(speech: Speech, rule: Record) -> Iterator[tuple[str, Words]]:
    for field, books in (("offences", ("offences",)), ("basis", BASES)):
        named = values(rule.get(field))
        if named:
            words = joined([(speech.row_words(one, *books),) for one in named])
            label = _("Can be an offence") if field == "offences" else speech.label("rule", field)
            yield label, words


def _links(speech: Speech, rule: Record) -> Iterator[tuple[str, Words]]:
    if rule.text("translates"):
        yield speech.label("rule", "translates"), (speech.link("rule", rule.text("translates")),)
    if rule.text("refers_to"):
        kind = rule.text("refers_to").rpartition("/")[0].removesuffix("s") or "code"
        yield speech.label("rule", "refers_to"), (speech.link(kind, rule.text("refers_to")),)
    if rule.text("refers_note"):
        yield speech.label("rule", "refers_note"), (speech.own(rule.text("refers_note")),)


def _consequences(speech: Speech, rule: Record) -> Iterator[Block]:
    """What follows in short, with the way to the whole ladder."""
    if not rule.text("ladder"):
        return
    if rule.text("ladder") == NONE:
        yield Para((Text(_("What follows: "), strong=True), Text(_(NO_CONSEQUENCE))))
        return
    ladder = speech.edition.find("ladder", rule.text("ladder"))
    words = (Text(_("What follows: "), strong=True), speech.link("ladder", rule.text("ladder")))
    yield Para(words)
    if ladder is not None:
        yield Bullets(tuple(ladders.in_short(speech, ladder)))


__all__ = ["based_on", "codes", "day", "decided", "norm_text", "ordered", "page"]
