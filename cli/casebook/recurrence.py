"""What comes back: school years, the next time of something that is repeated, and what is late.

It computes with days it is given; it has no clock and reads no record.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from casebook.calendar import DAY, SCHOOL_YEAR_STARTS, day_of

if TYPE_CHECKING:
    from casebook.calendar import SchoolCalendar

SECOND_HALF_STARTS: Final = 2  # 1 February
NONE: Final = "none"
# How many months later; a week is counted in days.
MONTHS: Final = {"month": 1, "half-year": 6, "school-year": 12, "two-years": 24}


def first_day(day: date) -> date:
    """1 August of the school year that ``day`` is in."""
    return date(day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1, 8, 1)


def school_year(day: date) -> str:
    """``2026-2027`` for any day from 1 August 2026 to 31 July 2027."""
    first = first_day(day)
    return f"{first.year}-{first.year + 1}"


def told_again(given: date, again: str, calendar: SchoolCalendar) -> date | None:
    """The first school day on which something told on ``given`` must be told again, or None.

    ``school-year`` and ``newcomers`` last until the next school year, ``half-year`` until the
    next first of August or February.
    """
    if again in ("", NONE):
        return None
    year = first_day(given)
    halves = [date(year.year + 1, SECOND_HALF_STARTS, 1)] if again == "half-year" else []
    starts = [*halves, date(year.year + 1, year.month, 1)]
    return calendar.next_school_day(next(one for one in starts if one > given) - DAY)


def next_time(last: date, every: str) -> date | None:
    """The day by which something last done on ``last`` is due again; None when it is done once."""
    if every == "week":
        return last + timedelta(days=7)
    if every not in MONTHS:
        return None
    months = last.month - 1 + MONTHS[every]
    year, month = last.year + months // 12, months % 12 + 1
    return min(date(year, month, last.day if last.day < 29 else 28), date.max)


def last_day(text: object) -> date | None:
    """The day a stored ``2026-11-18`` names, the last day of the month ``2026-11``, else None."""
    found = day_of(text)
    if found is not None:
        return found
    first = day_of(f"{text}-01")
    if first is None:
        return None
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - DAY
