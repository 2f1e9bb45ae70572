"""An entry of the journal as an edit: who, when, about whom.

What is written there, and whether it may be, is decided by those who write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document import journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.document.edit import Edit
    from casebook.record import Record


def journal_entry(
    desk: Desk,
    record: Record,
    kind: str,
    text: str,
    *,
    people: Sequence[str] = (),
    corrects: str = "",
    on: str = "",
) -> Edit:
    """The edit that appends a journal entry by the one who acts, at ``on`` or now."""
    from casebook.i18n import label

    entry = journal.Entry(
        id=journal.next_id(journal.read(record.document)[0]),
        at=journal_moment(desk, on),
        kind=kind,
        by=desk.role,
        people=tuple(people),
        corrects=corrects,
        text=text,
    )
    heading = label(desk.kind_of(record).journal, "Journal")
    return journal.append(record.document, entry, f"## {heading}")


def journal_moment(desk: Desk, on: str) -> str:
    """The time in an entry's heading: now, or the day (and time) that ``on`` names."""
    now = desk.now
    if on:
        day, _space, clock = on.partition(" ")
        hours, minutes = (clock or f"{now:%H:%M}").split(":")
        year, month, date_of = day.split("-")
        now = now.replace(
            year=int(year), month=int(month), day=int(date_of), hour=int(hours), minute=int(minutes)
        )
    return now.isoformat(timespec="minutes")
