"""The plans: school safety, media literacy with its activities, and what else there is.

Of a plan it shows the fields named here; who was consulted and what it costs stay in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _, sentence
from casebook.pattern import values
from casebook.render.site.blocks import (
    Bullets,
    Facts,
    Page,
    Para,
    Prose,
    Section,
    Table,
    Text,
    joined,
    plain,
)
from casebook.render.site.rules import based_on, day, decided

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.record import Record
    from casebook.render.site.blocks import Block, Words
    from casebook.render.site.speech import Speech

    Entry = Mapping[str, Any]
    Row = tuple[str, Words]

LITERACY: Final = "media-literacy"
TEXTS: Final = ("social_media", "privacy", "complaints")
LINKS: Final = (("bullying_protocol", "procedure"), ("calamity", "procedure"))


def safety(speech: Speech) -> Page:
    """The safety plan and every other plan that is not about media literacy."""
    found = [one for one in speech.edition.of("plan") if one.text("kind") != LITERACY]
    found.sort(key=lambda one: (one.text("kind") != "safety", one.id))
    blocks: tuple[Block, ...] = tuple(_plan(speech, one) for one in found)
    about = _("What can go wrong, what the school does to prevent it, and who looks after it.")
    return Page("safety", _("Safety"), _("Safety plan"), about, blocks)


def literacy(speech: Speech) -> Page:
    """The media-literacy plan and the activities."""
    blocks: list[Block] = [
        _plan(speech, one) for one in speech.edition.of("plan") if one.text("kind") == LITERACY
    ]
    activities = speech.edition.of("activity")
    if activities:
        blocks.append(Section(Text(_("What we do")), (_activities(speech, activities),)))
    about = _("What pupils learn about media, and with which lessons and projects.")
    return Page("literacy", _("Media literacy"), _("Media literacy"), about, tuple(blocks))


def _plan(speech: Speech, plan: Record) -> Section:
    blocks: list[Block] = []
    if plan.text("goal"):
        blocks.append(Para((speech.own(plan.text("goal")),), "lead"))
    rows = [*based_on(speech, plan), *decided(speech, plan)]
    for field, kind in LINKS:
        if plan.text(field):
            rows.append((speech.label("plan", field), (speech.link(kind, plan.text(field)),)))
    if rows:
        blocks.append(Facts(tuple(rows)))
    for field in TEXTS:
        if plan.text(field):
            title = Text(speech.label("plan", field))
            blocks.append(Section(title, (Para((speech.own(plan.text(field)),)),)))
    blocks += _contents(speech, plan)
    blocks += _themes(speech, plan)
    blocks += _scenarios(speech, plan)
    blocks += _competences(speech, plan)
    blocks += _tasks(speech, plan)
    if plan.document.body.strip():
        blocks.append(Prose(plan.document.body, speech.foreign))
    return speech.section(plan, *blocks)


def _contents(speech: Speech, plan: Record) -> Iterator[Section]:
    points: list[Words] = []
    for entry in plan.entries("sections"):
        number = f"{entry['number']} " if entry.get("number") else ""
        title = speech.title(entry)
        parts: list[Words] = [(Text(number), title)]
        if entry.get("record"):
            kind = str(entry["record"]).rpartition("/")[0].removesuffix("s")
            record = speech.link(kind or "code", entry["record"])
            same = record.words == title.words  # then the title itself leads there
            parts = [(Text(number), record)] if same else [*parts, (record,)]
        if entry.get("note"):
            parts.append((speech.own(entry["note"]),))
        points.append(joined(parts, "; "))
    if points:
        title = Text(speech.label("plan", "sections"))
        yield Section(title, (Bullets(tuple(points)),), style="chapters")


def _themes(speech: Speech, plan: Record) -> Iterator[Section]:
    found: list[Block] = []
    for entry in plan.entries("themes"):
        number = f"{entry['number']} " if entry.get("number") else ""
        title = speech.title(entry)
        blocks: list[Block] = []
        if entry.get("does"):
            blocks.append(Para((speech.own(entry["does"]),)))
        rows: list[Row] = []
        for field, kind in (("code", "code"), ("protocol", "procedure")):
            if entry.get(field):
                words = (speech.link(kind, entry[field]),)
                rows.append((speech.label("plan", "themes", field), words))
        if entry.get("because"):
            rows.append(
                (speech.label("plan", "themes", "because"), (speech.own(entry["because"]),))
            )
        blocks.append(Facts(tuple(rows)))
        found.append(Section(Text(number + title.words, title.lang), tuple(blocks)))
    if found:
        yield Section(Text(speech.label("plan", "themes")), tuple(found))


def _scenarios(speech: Speech, plan: Record) -> Iterator[Section]:
    rows: list[tuple[Words, ...]] = []
    for entry in plan.entries("scenarios"):
        rules = [(speech.link("rule", one),) for one in values(entry.get("rules"))]
        does = (speech.own(entry.get("prevents", "")),)
        rows.append(((speech.title(entry),), does, joined(rules)))
    if rows:
        title = speech.label("plan", "scenarios")
        heads = (title, speech.label("plan", "scenarios", "prevents"), _("Rules"))
        yield Section(Text(title), (Table(title, heads, tuple(rows)),))


def _competences(speech: Speech, plan: Record) -> Iterator[Section]:
    points: list[Words] = []
    for one in values(plan.get("competences")):
        row = speech.row("competences", one)
        points.append(plain(f"{one}: {speech.row_name(row)}" if row else one))
    if points:
        title = Text(_("What pupils learn"))
        yield Section(title, (Bullets(tuple(points)),))


def _tasks(speech: Speech, plan: Record) -> Iterator[Section]:
    points: list[Words] = []
    for entry in plan.entries("tasks"):
        said = [speech.named("plan", entry, "tasks", name) for name in ("owner", "every", "to")]
        if entry.get("anonymous") == "yes":
            said.append(speech.kind("plan").field_label("tasks", "anonymous"))
        words = ", ".join(one for one in said if one)
        points.append((speech.title(entry), Text(f" ({words})" if words else "")))
    if points:
        title = Text(speech.label("plan", "tasks"))
        yield Section(title, (Bullets(tuple(points)),))


def _activities(speech: Speech, found: Sequence[Record]) -> Table:
    """What is done with whom and when; hours, needs and feedback are the school's own business."""
    rows: list[tuple[Words, ...]] = []
    for one in sorted(found, key=lambda one: (_when(one), one.id)):
        kind = sentence(speech.named("activity", one.data, "kind"))
        mark = f" ({speech.mark(one)})" if speech.mark(one) else ""
        topics = speech.named("activity", one.data, "topics")
        who = ", ".join(values(one.get("groups"))) or speech.named("activity", one.data, "audience")
        rows.append(
            (
                (speech.title(one), Text(mark)),
                plain("; ".join(part for part in (kind, topics) if part)),
                plain(who),
                plain(_dates(speech, one)),
            )
        )
    heads = (_("Activity"), _("What"), _("For whom"), _("When"))
    return Table(_("Activities"), heads, tuple(rows))


def _when(record: Record) -> str:
    return min([*values(record.get("dates")), record.text("due") or "9"])


def _dates(speech: Speech, record: Record) -> str:
    dates = ", ".join(day(speech, one) for one in values(record.get("dates")))
    if dates and record.get("dates_sure") == "no":
        dates += " " + _("(date not certain)")
    repeats = speech.named("activity", record.data, "repeats")
    due = speech.named("activity", record.data, "due")
    year = record.text("school_year")
    return "; ".join(one for one in (dates or due or year, repeats) if one)
