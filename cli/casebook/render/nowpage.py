"""The page of a bare command. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.approvals import BY_YOU, FOR_YOU
from casebook.i18n import _, ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.approvals import Approval
    from casebook.actions.overviewing import Overview
    from casebook.actions.reading import Row

MOST = 12


def ways_in(width: int) -> list[str]:
    """Outside a casebook: the three ways in."""
    lines = text.wrap(_("This folder is not in a casebook. Three ways in:"), width)
    for said, command in (
        (_("look around for a minute, nothing is kept"), "casebook demo"),
        (_("make a casebook for your school"), "casebook init casebook"),
        (_("go to the one you have"), "cd casebook"),
    ):
        lines += [*text.wrap(f"- {said}", width, "  "), f"    {command}"]
    return lines


def page(found: Overview, width: int) -> list[str]:
    """What now, most urgent first; the last line is the next command."""
    lines: list[str] = []
    for title, rows in (
        (_("Late"), found.late),
        (_("Today"), found.today),
        (_("This week"), found.week),
        (_("Later"), found.later),
    ):
        if rows:
            lines += [*_group(title, rows, width), ""]
    if not lines:
        lines = [_("No open cases."), ""]
    lines += _approvals(found.approvals, width)
    if found.unsaved:
        lines.append(_("Changed in an editor, not saved yet"))
        lines += [f"  {path}" for path in found.unsaved[:MOST]]
        if len(found.unsaved) > MOST:
            more = len(found.unsaved) - MOST
            lines.append("  " + _("and {number} more").format(number=more))
        lines += ["  git case save", ""]
    if found.unsent:
        said = ngettext(
            "{number} change of yours is not shared yet: casebook sync",
            "{number} changes of yours are not shared yet: casebook sync",
            found.unsent,
        )
        lines += [*text.wrap(said.format(number=found.unsent), width), ""]
    if found.unreceived:
        said = ngettext(
            "{number} change of others waits for you: casebook sync",
            "{number} changes of others wait for you: casebook sync",
            found.unreceived,
        )
        lines += [*text.wrap(said.format(number=found.unreceived), width), ""]
    if found.model_procedures:
        lines += text.wrap(
            ngettext(
                "{number} procedure is still the model text: git policy list",
                "{number} procedures are still the model text: git policy list",
                found.model_procedures,
            ).format(number=found.model_procedures),
            width,
        )
    if found.calendar_missing:
        lines += text.wrap(
            _("The vacations of this school year are not filled in: policy/school.md"), width
        )
    first = found.first
    last = f"git case next {first.record.id.rpartition('-')[2]}" if first else "git case new"
    return [*lines, _("Next: {what}{when}").format(what=last, when="")]


def _approvals(waiting: Sequence[Approval], width: int) -> list[str]:
    """Who is to sign or to sign no more: first what waits for whoever reads, then the rest."""
    lines: list[str] = []
    for title, asks in (
        (_("Waiting for your approval"), FOR_YOU),
        (_("Waiting for the approval of another signer"), BY_YOU),
    ):
        found = [one for one in waiting if one.asks == asks]
        if found:
            lines.append(title)
        for one in found:
            said = (
                _("the key of {person} ends (proposed by {by})")
                if one.ends
                else _("{person} may sign (proposed by {by})")
            )
            lines += text.wrap(said.format(person=one.person, by=one.by), width, "    ", "  ")
            lines += [f"    {text.command(one.argv)}"] if one.argv else []
        lines += [""] if found else []
    return lines


def _group(title: str, rows: Sequence[Row], width: int) -> list[str]:
    lines = [title]
    for row in rows[:MOST]:
        when = f" ({row.next.due:%d-%m})" if row.next is not None and row.next.due else ""
        head = f"{row.record.id}  {row.record.text('summary')}"
        lines.append("  " + text.shorten(text.safe(head), max(width - 2, 30)))
        if row.next is not None:
            lines += text.wrap(f"{row.next.text}{when}", width, "      ", "    ")
    if len(rows) > MOST:
        lines.append(_("  and {number} more: git case list").format(number=len(rows) - MOST))
    return lines


def data(found: Overview) -> dict[str, Any]:
    """The same as data."""

    def rows(listed: Sequence[Row]) -> list[dict[str, Any]]:
        return [
            {
                "id": row.record.id,
                "state": row.record.state,
                "summary": row.record.text("summary"),
                "next": as_json.coming(row.next),
            }
            for row in listed
        ]

    return {
        "late": rows(found.late),
        "today": rows(found.today),
        "week": rows(found.week),
        "later": rows(found.later),
        "unsaved": list(found.unsaved),
        "unshared": {"send": found.unsent, "receive": found.unreceived},
        "approvals": [
            {
                "by": one.by,
                "person": one.person,
                "ends": one.ends,
                "asks": one.asks,
                "argv": list(one.argv),
            }
            for one in found.approvals
        ],
        "strange": [as_json.finding(one) for one in found.strange],
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }
