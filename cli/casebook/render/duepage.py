"""What there is to do in policy, as lines or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.duetasks import EVER
from casebook.i18n import _, ngettext
from casebook.render import as_json, movelines, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.due import Due
    from casebook.actions.duetasks import Todo
    from casebook.actions.outlook import Prospect
    from casebook.catalogue import Kind
    from casebook.record import Record

MOST = 8


def page(found: Todo, roles: Kind, width: int) -> list[str]:
    """By date: late, coming, without a date; ``roles`` knows what roles are called."""
    lines = groups(found, roles, width)
    if not lines:
        lines = [_("Nothing to do up to {day}.").format(day=text.day(found.until)), ""]
    if found.unchecked:
        said = _("National contact points that nobody checked for a year: {names}").format(
            names=", ".join(found.unchecked)
        )
        lines += [*text.wrap(said, width), "  schemas/reference/contacts.yaml", ""]
    if found.later:
        said = _("{number} more after {day}").format(number=found.later, day=text.day(found.until))
        lines += [*text.wrap(said, width), f"  git policy todo --until {found.last}", ""]
    lines += _proposals(found, width)
    return lines[:-1]


def _proposals(found: Todo, width: int) -> list[str]:
    """How many dates stand in the model set: they count once the school adopts or changes them."""
    if not found.proposed:
        return []
    said = ngettext(
        "{number} date of the model set is a proposal, until you adopt or change it:",
        "{number} dates of the model set are proposals, until you adopt or change them:",
        found.proposed,
    )
    return [*text.wrap(said.format(number=found.proposed), width), "  git policy planning", ""]


def groups(found: Todo, roles: Kind, width: int, most: int = 0) -> list[str]:
    """The rows under a heading each; with ``most`` no more than so many of each."""
    coming = [one for one in found.rows if one.due is not None and not one.late(found.today)]
    undated = [one for one in found.rows if one.due is None]
    lines: list[str] = []
    for title, rows in (
        (_("Late"), found.late),
        (_coming(found), coming),
        (_("Without a date"), undated),
    ):
        if rows:
            lines += [*text.wrap(title, width), *_rows(rows[: most or len(rows)], roles, width)]
            left = len(rows) - most if most else 0
            if left > 0:
                lines.append(_("  and {number} more: git policy todo").format(number=left))
            lines.append("")
    return lines


def _coming(found: Todo) -> str:
    if found.until == EVER:
        return _("Coming")
    return _("Up to {day}").format(day=text.day(found.until))


def what_now(found: Todo, roles: Kind, gaps: Mapping[str, int], width: int) -> list[str]:
    """The page of a bare ``git policy``: what is due, where the gaps are, the next command.

    ``gaps`` holds the number of gaps by the command that shows them.
    """
    lines = [*groups(found, roles, width, MOST), *_proposals(found, width)]
    words = {
        "coverage": ngettext(
            "{number} gap in who knows the rules and consequences: {command}",
            "{number} gaps in who knows the rules and consequences: {command}",
            gaps.get("coverage", 0),
        ),
        "competences": ngettext(
            "{number} gap in the competences: {command}",
            "{number} gaps in the competences: {command}",
            gaps.get("competences", 0),
        ),
    }
    for name, number in gaps.items():
        if number:
            said = words[name].format(number=number, command=f"git policy {name}")
            lines += text.wrap(said, width)
    if not lines:
        lines = [_("Nothing to do up to {day}.").format(day=text.day(found.until))]
    first = next(iter(found.rows), None)
    last = text.command(first.argv) if first is not None else "git policy list"
    return [*lines, _("Next: {what}{when}").format(what=last, when="")]


def _rows(rows: Sequence[Due], roles: Kind, width: int) -> list[str]:
    lines: list[str] = []
    for one in rows:
        front = [one.due.isoformat()] if one.due is not None else []
        front += [roles.role_label(one.owner)] if one.owner else []
        said = f"{', '.join(front)}: {one.what}" if front else one.what
        lines += text.wrap(said, width, "      ", "  ")
        lines.append(f"    {text.command(one.argv)}")
    return lines


def of_record(
    kind: Kind, record: Record, found: Todo, ahead: Sequence[Prospect], width: int
) -> list[str]:
    """One record: what is to be done in it, and every move with what is missing for it."""
    lines = [*text.wrap(f"{record.id}  {kind.value_label(record.state, 'state')}", width), ""]
    lines += groups(found, kind, width)
    return [*lines, *movelines.lines(kind, record, ahead, width)] if ahead else lines[:-1]


def data(found: Todo) -> dict[str, Any]:
    """The rows as data."""
    return {
        "until": found.until,
        "rows": [_row(one, found) for one in found.rows],
        "later": found.later,
        "proposed": found.proposed,
        "unchecked": list(found.unchecked),
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }


def _row(one: Due, found: Todo) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "what": one.what,
        "owner": one.owner or None,
        "due": one.due,
        "late": one.late(found.today),
        "record": one.record or None,
        "entry": one.entry or None,
        "argv": list(one.argv),
    }


def record_data(
    kind: Kind, record: Record, found: Todo, ahead: Sequence[Prospect]
) -> dict[str, Any]:
    """One record as data, with its moves and their blockers."""
    return {
        "id": record.id,
        "state": record.state or None,
        **data(found),
        "moves": movelines.data(kind, record, ahead),
    }
