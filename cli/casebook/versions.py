"""Versions of policy records: what a reference names and which version is in force on a day.

It compares dates that stand in records; it neither reads files nor judges whether they are right.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from casebook.calendar import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.record import Record

FROM = "in_force_from"
UNTIL = "in_force_until"
DECIDED_ON = "decided_on"
DECIDED_BY = "decided_by"


def slug_of(reference: str) -> str:
    """``forwarding`` of ``forwarding@3``, ``forwarding`` or ``rules/forwarding@3``."""
    return reference.rpartition("/")[2].partition("@")[0]


def version_of(reference: str) -> int:
    """``3`` of ``forwarding@3``; 0 where no version is named."""
    number = reference.partition("@")[2]
    return int(number) if number.isdigit() else 0


def in_force(record: Record, day: date | None = None) -> bool:
    """Whether a record applies on ``day`` by its own dates; without a day, whether it is adopted.

    A record without dates but adopted applies always.
    """
    if day is None:
        return record.state == "adopted"
    first = day_of(record.get(FROM)) or date.min
    last = day_of(record.get(UNTIL))
    if record.state == "retired":
        # It was in force until its last day, so it still answers for days before.
        return last is not None and first <= day <= last
    return record.state == "adopted" and first <= day <= (last or date.max)


def standing(versions: Iterable[Record], day: date | None = None) -> Record | None:
    """Of the versions of one text: the newest in force on ``day``, else the newest not retired."""
    best: tuple[bool, int, Record] | None = None
    for record in versions:
        applies = in_force(record, day)
        if record.state == "retired" and not applies:
            continue
        number = version_of(record.id)
        if best is None or (applies, number) > best[:2]:
            best = (applies, number, record)
    return best[2] if best else None
