"""How many times before: the same person over cases, and what of the earlier cases counts.

It looks only at what the school linked itself (``same_as``); who is who it does not know.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from casebook.calendar import SCHOOL_YEAR_STARTS, day_of
from casebook.pattern import entries, values
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    Data = Mapping[str, Any]

# A measure that was only thought of, or taken back, is no earlier time.
COUNTED: Final = ("announced", "decided", "running", "ended")
MONTHS: Final = {"month": 1, "half-year": 6}


def event_day(data: Data) -> date | None:
    """The day of what a case is about: when it occurred, else when it was reported."""
    return day_of(str(data.get("occurred", ""))[:10]) or day_of(str(data.get("reported", ""))[:10])


def same_person(start: str, cases: Iterable[Data]) -> frozenset[str]:
    """Everybody (``2026-0B4TN/P3``) that is linked to ``start`` by ``same_as``, ``start`` too."""
    beside: dict[str, set[str]] = {}
    for data in cases:
        for person in entries(data, "persons"):
            other = str(person.get("same_as", ""))
            if other:
                own = f"{data.get('id')}/{person.get('id')}"
                beside.setdefault(own, set()).add(other)
                beside.setdefault(other, set()).add(own)
    found, ahead = {start}, [start]
    while ahead:
        for other in beside.get(ahead.pop(), set()) - found:
            found.add(other)
            ahead.append(other)
    return frozenset(found)


def window_start(window: str, day: date) -> date | None:
    """The first day that counts for a breach on ``day``; None where the window has no known days.

    A school year begins on 1 August; a lesson period has dates that only the school knows.
    """
    if window == "always":
        return date.min
    if window == "week":
        return day - timedelta(days=6)
    if window in MONTHS:
        return _months_before(day, MONTHS[window])
    if window == "school-year":
        year = day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1
        return date(year, SCHOOL_YEAR_STARTS, 1)
    return None


def _months_before(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 - number
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last) + timedelta(days=1)
        except ValueError:
            continue
    return date.min


def earlier(
    persons: Collection[str], rules: Collection[str], case: str, day: date, cases: Iterable[Data]
) -> dict[str, date]:
    """The other cases up to ``day`` in which one of ``persons`` got a measure on one of ``rules``.

    ``rules`` are slugs. One case counts once, whatever number of measures it holds; a measure
    "none" is no time. The answer maps the id of each case to its day, oldest first.
    """
    found: dict[str, date] = {}
    for data in cases:
        identity = str(data.get("id", ""))
        when = event_day(data)
        if identity == case or when is None or when > day:
            continue
        codes = {one.partition("/")[2] for one in persons if one.partition("/")[0] == identity}
        if codes and any(_counts(one, codes, rules) for one in entries(data, "measures")):
            found[identity] = when
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0])))


def _counts(measure: Data, codes: Collection[str], rules: Collection[str]) -> bool:
    return (
        measure.get("kind") != "none"
        and str(measure.get("status", "decided")) in COUNTED
        and slug_of(str(measure.get("rule", ""))) in rules
        and any(code in codes for code in values(measure.get("for")))
    )
