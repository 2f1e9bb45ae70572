"""Terms of a procedure (``same-day``, ``2 school-days``) as due days, and clocks that pause.

It does not know which step a term belongs to, nor what today is.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from casebook import dates
from casebook.calendar import DAY, Period, day_of, is_within
from casebook.frozen import frozen
from casebook.i18n import worded
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from casebook.calendar import SchoolCalendar

AT_ONCE: Final = "at-once"
SAME_DAY: Final = "same-day"
_SCHOOL_DAYS: Final = regex(r"([1-9][0-9]{0,2}) school-days?")
_MORNING: Final = regex(r"([01][0-9]|2[0-3]):([0-5][0-9]) next-school-day")
_WORDS: Final = {
    "at-once": {"en": "at once", "nl": "meteen"},
    "same-day": {"en": "the same day", "nl": "dezelfde dag"},
    "day": {"en": "within 1 school day", "nl": "binnen 1 schooldag"},
    "days": {"en": "within {number} school days", "nl": "binnen {number} schooldagen"},
    "morning": {"en": "next school day before {clock}", "nl": "volgende schooldag voor {clock}"},
}


def is_term(text: str) -> bool:
    """Whether ``text`` is a term this module knows."""
    return (
        text in (AT_ONCE, SAME_DAY)
        or bool(_SCHOOL_DAYS.fullmatch(text))
        or bool(_MORNING.fullmatch(text))
    )


def term_text(term: str, language: str = "en") -> str:
    """The term in words (``binnen 2 schooldagen``); an unknown one as it was written."""

    def word(key: str) -> str:
        return worded(_WORDS[key], language)

    if term in (AT_ONCE, SAME_DAY):
        return word(term)
    if days := _SCHOOL_DAYS.fullmatch(term):
        return word("day" if days[1] == "1" else "days").format(number=days[1])
    if morning := _MORNING.fullmatch(term):
        return word("morning").format(clock=f"{morning[1]}:{morning[2]}")
    return term


def start_of(text: object) -> date | datetime | None:
    """The moment a stored text names: a datetime for ``2026-11-18 10:30``, a date for a day, None
    for a month, ``unknown`` or nothing: without a start no term can run.
    """
    if day := day_of(text):
        return day
    return dates.moment(str(text))


def day_part(moment: date | datetime) -> date:
    """The day of a day or a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def due(
    term: str,
    start: date | datetime,
    calendar: SchoolCalendar,
    paused: Container[date] = (),
) -> date | datetime:
    """When ``term`` ends: a day (the whole day is in time) or, with a clock time, a moment.

    ``at-once`` and ``same-day`` are the day of the start itself, also when no lessons are given:
    a report on a Sunday does not wait for Monday, and nothing pauses them. A morning term means
    the first school day on which that hour still comes. ValueError for an unknown term.
    """
    day = day_part(start)
    if term in (AT_ONCE, SAME_DAY):
        return day
    if days := _SCHOOL_DAYS.fullmatch(term):
        return calendar.add_school_days(day, int(days[1]), paused)
    if morning := _MORNING.fullmatch(term):
        clock = time(int(morning[1]), int(morning[2]))
        before = isinstance(start, datetime) and start.time() < clock
        return datetime.combine(calendar.next_school_day(day - DAY * before, paused), clock)
    msg = f"unknown term: {term}"
    raise ValueError(msg)


@frozen
class Pauses:
    """The days on which a case waited for others and its terms stood still."""

    spans: tuple[Period, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and is_within(day, self.spans)


def paused_days(waits: Iterable[Mapping[str, Any]], today: date) -> Pauses:
    """Days on which the case waited: from ``since`` up to, not including, ``until``.

    A wait without ``until`` still runs and includes ``today``, so that no term ends in it.
    """
    spans = []
    for wait in waits:
        since, until = day_of(wait.get("since")), day_of(wait.get("until"))
        if since and until and until > since:
            spans.append(Period(since, until - DAY))
        elif since and not until:
            spans.append(Period(since, today))
    return Pauses(tuple(spans))


def is_overdue(end: date | datetime, now: date | datetime) -> bool:
    """Whether a term that ended at ``end`` is past: to the minute when both are moments.

    A time zone of ``now`` is dropped: stored moments are local times of the school.
    """
    if isinstance(end, datetime) and isinstance(now, datetime):
        return end < now.replace(tzinfo=None)
    return day_part(end) < day_part(now)
