"""One case on one screen, and its list of things to do. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.document import journal
from casebook.i18n import _, label, language, sentence
from casebook.pattern import values
from casebook.procedure import norm_text
from casebook.render import as_json, movelines, text
from casebook.world import entry_label, state_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.linking import Inverse
    from casebook.actions.outlook import Outlook, Prospect
    from casebook.catalogue import Kind
    from casebook.procedure import StepStatus
    from casebook.record import Record

HEAD = ("id", "type", "state", "summary")
LAST_ENTRIES = 3
MARKS = {"done": "x", "skipped": "-", "open": " "}


def page(
    kind: Kind, coming: Outlook, others: Sequence[Inverse], width: int, *, full: bool
) -> list[str]:
    """The case: head, fields, entries, links of others to it, what comes next, its last notes."""
    record = coming.record
    known = kind.types.get(record.text("type"))
    title = known.title if known is not None else record.text("type")
    lines = text.wrap(f"{record.id}  {title}  {state_label(kind, record.state)}", width)
    lines += [*text.wrap(record.text("summary"), width), ""]
    lines += _next(coming, width)
    for name, value in record.data.items():
        if name in HEAD:
            continue
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += _entries(kind, record, name, width, full=full)
        elif values(value):
            own = known.variants if known is not None and name == "variant" else {}
            said = ", ".join(
                label(own[one], one) if one in own else kind.value_label(one, name)
                for one in values(value)
            )
            lines += text.wrap(f"{sentence(kind.field_label(name))}: {said}", width, "    ", "")
    if others:
        lines += ["", _("Links in other cases")]
    for one in others:
        said = f"{one.label} {one.record.id}: {one.record.text('summary')}"
        lines += text.wrap(said, width, "      ", "  ")
    return [*lines, *_journal(kind, record, width, full=full)]


def _next(coming: Outlook, width: int) -> list[str]:
    if coming.next is None:
        return []
    one = coming.next
    when = f" ({text.day(one.due)})" if one.due is not None else ""
    late = _(" late") if one.overdue else ""
    return [
        *text.wrap(_("Next: {what}{when}").format(what=one.text, when=when) + late, width),
        f"  {text.command(one.argv)}",
        "",
    ]


def _entries(kind: Kind, record: Record, name: str, width: int, *, full: bool) -> list[str]:
    lines = ["", sentence(kind.field_label(name))]
    for entry in record.entries(name):
        code = str(entry.get("id", ""))
        shown = kind.value_label(code, name, "id")
        said = []
        for field, value in entry.items():
            if field == "id" or not values(value):
                continue
            words = ", ".join(kind.value_label(one, name, field) for one in values(value))
            long = len(words) > 40
            said.append(f"{kind.field_label(name, field)}: {words}" if full or long else words)
        lines += text.wrap(f"{shown}  {'; '.join(said)}", width, "      ", "  ")
    return lines


def _journal(kind: Kind, record: Record, width: int, *, full: bool) -> list[str]:
    entries, _findings = journal.read(record.document)
    if not entries:
        return []
    shown = entries if full else entries[-LAST_ENTRIES:]
    lines = ["", _("Journal")]
    if len(shown) < len(entries):
        lines.append(_("  ({number} earlier: --full)").format(number=len(entries) - len(shown)))
    for entry in shown:
        who = f" {kind.role_label(entry.by)}" if entry.by else ""
        people = f" ({', '.join(entry.people)})" if entry.people else ""
        lines += text.wrap(
            f"{entry.at[:10]} {entry.at[11:16]} {entry.id} {entry_label(entry.kind)}{who}{people}",
            width,
            "    ",
            "  ",
        )
        body = entry.text.strip()
        for one in body.splitlines() if full else body.splitlines()[:2]:
            lines += text.wrap(one, width, "    ", "    ")
    return lines


def data(record: Record, others: Sequence[Inverse]) -> dict[str, Any]:
    """The case as data: its fields as they are, its journal, links that other cases hold to it."""
    entries, _findings = journal.read(record.document)
    linked = [{"kind": one.kind, "case": one.record.id} for one in others]
    return {
        **({"linked_from": linked} if linked else {}),
        "case": {
            **dict(record.data),
            "path": record.path,
            "journal": [
                {
                    "id": entry.id,
                    "at": entry.at,
                    "kind": entry.kind,
                    "by": entry.by or None,
                    "with": list(entry.people),
                    "corrects": entry.corrects or None,
                    "redacted": entry.redacted or None,
                    "text": entry.text,
                }
                for entry in entries
            ],
        },
    }


def todo(
    kind: Kind,
    coming: Outlook,
    moves: Sequence[Prospect],
    duties: Mapping[str, Mapping[str, Any]],
    width: int,
) -> list[str]:
    """Open steps with term and norm, dates, and every possible move with its blockers."""
    record = coming.record
    lines = text.wrap(f"{record.id}  {state_label(kind, record.state)}", width)
    if coming.steps:
        lines += ["", _("Steps of procedure {name}").format(name=record.text("procedure"))]
        for status in coming.steps:
            if status.state != "not-applicable":
                lines += text.wrap(_step(status), width, "      ", "  ")
                if status.state == "open":
                    lines += text.wrap(_whose(kind, status, duties), width, "      ", "      ")
        lines += _marking(coming)
    if coming.deadlines:
        lines += ["", _("Dates")]
        for one in coming.deadlines:
            lines += text.wrap(f"{text.day(one.due)}: {one.text}", width, "      ", "  ")
    return [*lines, "", *movelines.lines(kind, record, moves, width)]


def _step(status: StepStatus) -> str:
    step = status.step
    said = f"[{MARKS.get(status.state, ' ')}] {step.title_now()}"
    if status.state != "open":
        return said + (f" ({', '.join(status.fulfilled_by)})" if status.fulfilled_by else "")
    if step.need != "required":
        said += _(" (advised)") if step.need == "advised" else _(" (optional)")
    return said


def _whose(kind: Kind, status: StepStatus, duties: Mapping[str, Mapping[str, Any]]) -> str:
    """Whose an open step is, by when, and which law asks it."""
    step = status.step
    said = kind.role_label(step.owner)
    if status.due is not None:
        said += _(", by {day}").format(day=text.day(status.due))
    if status.overdue:
        said += _(", late")
    if step.is_legal:
        said += f" [{norm_text(step, duties, language())}]"
    return said


def _marking(coming: Outlook) -> list[str]:
    """How a step is marked by hand, where one is open; most are done by what is recorded."""
    if not any(one.is_open for one in coming.steps):
        return []
    words = (("done", _("done")), ("skip", _("not needed")))
    return [f"  {said}: git case {word} {coming.record.short}" for word, said in words]


def todo_data(kind: Kind, coming: Outlook, moves: Sequence[Prospect]) -> dict[str, Any]:
    """The same as data."""
    record = coming.record
    return {
        "id": record.id,
        "state": record.state,
        "steps": [
            {
                "id": status.step.id,
                "title": status.step.title_now(),
                "owner": status.step.owner,
                "state": status.state,
                "need": status.step.need,
                "norm": status.step.norm,
                "due": status.due.isoformat() if status.due is not None else None,
                "overdue": status.overdue,
                "fulfilled_by": list(status.fulfilled_by),
            }
            for status in coming.steps
        ],
        "moves": movelines.data(kind, record, moves),
        "next": as_json.coming(coming.next),
    }
