"""Pages for the terminal: lists, advice, history. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, language, sentence
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.reading import Event, Listing
    from casebook.actions.saving import Saved
    from casebook.actions.starting import Started
    from casebook.catalogue import CaseType
    from casebook.record import Record


def block(words: str, width: int) -> list[str]:
    """A text of numbered lines, wrapped with the numbers hanging out."""
    lines: list[str] = []
    for one in words.splitlines():
        head, dot, rest = one.partition(". ")
        if dot and head.isdigit():
            lines += text.wrap(rest, width, " " * (len(head) + 2), f"{head}. ")
        else:
            lines += text.wrap(one, width)
    return lines


def advice(case_type: CaseType, width: int) -> list[str]:
    """The advice of a type, shown before anything is asked."""
    lines = [sentence(case_type.title), *block(case_type.advice(language()), width), ""]
    if case_type.police == "always":
        lines += text.wrap(_("Call the police contact now, before anything else."), width)
    return lines


def listing(found: Listing, width: int) -> list[str]:
    """A list of cases, most urgent first."""
    heads = (_("Case"), _("By"), _("State"), _("What"))
    rows = []
    for row in found.rows:
        when = ""
        if row.next is not None and row.next.due is not None:
            when = f"{row.next.due:%d-%m}"
            if row.overdue:
                when = _("late {day}").format(day=when)
        rows.append((row.record.id, when, row.state, row.record.text("summary")))
    lines = text.table(heads, rows, width, cut=True) if rows else [_("No cases to show.")]
    if found.hidden:
        lines += ["", _("{number} closed not shown: --all").format(number=found.hidden)]
    return lines


def listing_data(found: Listing) -> dict[str, Any]:
    """The same as data."""
    from casebook.render import as_json

    return {
        "cases": [
            {
                "id": row.record.id,
                "path": row.record.path,
                "type": row.record.text("type"),
                "state": row.record.text("state"),
                "summary": row.record.text("summary"),
                "severity": row.record.text("severity") or None,
                "owner": row.record.text("owner") or None,
                "reported": row.record.text("reported"),
                "next": as_json.coming(row.next),
            }
            for row in found.rows
        ],
        "hidden": found.hidden,
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }


def case_head(record: Record, width: int) -> list[str]:
    """What a case is, above its history."""
    title = _("{case}: {summary}").format(case=record.id, summary=record.text("summary"))
    return text.wrap(title, width)


def history(
    head: Sequence[str], events: Sequence[Event], width: int, role_label: Callable[[str], str]
) -> list[str]:
    """Who did what, oldest first, below what the record is."""
    lines = [*head, ""]
    for event in events:
        when = f"{event.recorded[:10]} {event.recorded[11:16]}"
        who = event.who + (f" ({role_label(event.role)})" if event.role else "")
        lines += text.wrap(f"{when}  {who}", width)
        for said in event.what:
            lines += text.wrap(said, width, "    ", "  - ")
        for mark in event.marks:
            lines += text.wrap(_("Note: {mark}").format(mark=mark), width, "    ", "  ! ")
    return lines


def history_data(events: Sequence[Event]) -> dict[str, Any]:
    """The same as data."""
    return {
        "rows": [
            {
                "recorded": event.recorded,
                "who": event.who,
                "role": event.role or None,
                "what": list(event.what),
                "marks": list(event.marks),
                "commit": event.commit,
            }
            for event in events
        ]
    }


def saved_data(done: Sequence[Saved]) -> dict[str, Any]:
    """What save did, as data."""
    from casebook.render import as_json

    return {
        "saved": [
            {
                "path": one.path,
                "commit": one.commit or None,
                "what": list(one.what),
                **as_json.findings((*one.findings, *one.warnings)),
            }
            for one in done
        ]
    }


def started(done: Started, width: int) -> list[str]:
    """What init did, what only the school can fill in, and what comes next."""
    if not done.new:
        if not done.changed:
            return text.wrap(_("This casebook is ready already; nothing was changed."), width)
        said = _("Ready on this computer: {what}.").format(what=", ".join(done.changed))
        return [*text.wrap(said, width), "", _("Look around:"), "  casebook"]
    lines = text.wrap(_("Your casebook is in {folder}").format(folder=done.root), width)
    lines += ["", _("Next:"), f"  cd {text.command([str(done.root)])}", "  git case new", ""]
    lines += text.wrap(
        _(
            "It works at once, under model procedures. Only the school can fill in, in "
            "policy/school.md: locations, police contact, vacations and free days; look at the "
            "roles and terms too."
        ),
        width,
    )
    lines += text.wrap(
        _(
            "Keep the list of codes and names outside this folder. Whoever has a copy of the "
            "casebook can read all of it."
        ),
        width,
    )
    return lines


def started_data(done: Started) -> dict[str, Any]:
    """The same as data."""
    return {
        "root": str(done.root),
        "new": done.new,
        "commit": done.commit or None,
        "changed": list(done.changed),
        "to_fill_in": list(done.empty),
    }
