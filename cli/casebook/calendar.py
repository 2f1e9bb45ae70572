"""School days: weekends, public holidays, vacations and free days of one school.

It has no clock and reads no file; whoever asks brings the days and the school's own dates.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import field, frozen
from casebook.holiday_table import TABLE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
SCHOOL_YEAR_STARTS: Final = 8  # 1 August, as the law counts school years
LONGEST_BREAK: Final = 400  # days: a calendar without any school day must not run for ever
NOT_FREE_AT_SCHOOL: Final = frozenset({"Good Friday"})  # a bank holiday; schools choose themselves


@lru_cache(maxsize=32)
def public_holidays(year: int) -> frozenset[date]:
    """Days in ``year`` on which Dutch schools are closed by custom of the country.

    Liberation Day counts only in the years in which it is a national holiday; a school that is
    closed more often lists it in its free days, as with Good Friday. Source: the library
    ``holidays``, from its table where the year is in it.
    """
    if year in TABLE:
        return frozenset(date(year, int(day[:2]), int(day[2:])) for day in TABLE[year].split())
    import holidays

    found = holidays.country_holidays("NL", years=year, language="en_US")
    return frozenset(day for day, name in found.items() if name not in NOT_FREE_AT_SCHOOL)


def day_of(text: object) -> date | None:
    """The day a text like ``2026-11-18`` names, or None when it is not one."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


@frozen
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def is_within(day: date, periods: Iterable[Period]) -> bool:
    """Whether a day is in one of the periods; asked of every day of every term."""
    for one in periods:  # noqa: SIM110 - a generator for every day takes longer than the looking
        if one.first <= day <= one.last:
            return True
    return False


@frozen
class SchoolCalendar:
    """The calendar of one school; ``region`` is the holiday region the vacations were taken from.

    Without vacations every weekday that is no public holiday counts as a school day, and
    ``missing`` says so: terms are then shorter than they should be, never longer.
    """

    region: str = ""
    vacations: tuple[Period, ...] = ()
    free_days: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def from_school(cls, data: Mapping[str, Any]) -> SchoolCalendar:
        """The calendar in the front matter of ``policy/school.md``; unreadable dates are left out
        (the schema reports them).
        """
        return cls(
            str(data.get("region", "")),
            tuple(_periods(data.get("vacations") or ())),
            frozenset(
                day for entry in data.get("free_days") or () if (day := day_of(entry.get("on")))
            ),
        )

    @property
    def missing(self) -> bool:
        """Whether the school has entered no vacation at all."""
        return not self.vacations

    def missing_in(self, day: date) -> bool:
        """Whether no vacation is known in the school year (from 1 August) that ``day`` is in."""
        first = date(day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1, 8, 1)
        year = Period(first, date(first.year + 1, 7, 31))
        return not any(one.first in year for one in self.vacations)

    def is_school_day(self, day: date) -> bool:
        """Whether lessons are given on ``day``."""
        return (
            day.weekday() < SATURDAY
            and day not in self.free_days
            and not is_within(day, self.vacations)
            and day not in public_holidays(day.year)
        )

    def next_school_day(self, day: date, paused: Container[date] = ()) -> date:
        """The first school day after ``day``; days in ``paused`` do not count."""
        return self.add_school_days(day, 1, paused)

    def add_school_days(self, day: date, number: int, paused: Container[date] = ()) -> date:
        """The day ``number`` school days after ``day``, which itself does not count.

        Days in ``paused`` do not count either. 0 gives ``day`` back. Where the calendar holds no
        school day for more than a year the count goes on over all days, and it never leaves the
        range of ``date``: wrong dates of a school must not stop the program.
        """
        idle = 0
        paused = paused or ()
        while number > 0 and day < date.max:
            day += DAY
            if day in paused:
                continue
            idle = 0 if self.is_school_day(day) else idle + 1
            if idle == 0 or idle > LONGEST_BREAK:
                number -= 1
        return day


def _periods(entries: Iterable[Mapping[str, Any]]) -> Iterable[Period]:
    for entry in entries:
        first, last = day_of(entry.get("from")), day_of(entry.get("until"))
        if first and last:
            yield Period(first, last)
