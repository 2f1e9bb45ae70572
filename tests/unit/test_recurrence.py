"""What comes back, against the calendar of the school."""

from __future__ import annotations

from datetime import date

import pytest

from casebook.calendar import SchoolCalendar
from casebook.recurrence import first_day, last_day, next_time, school_year, told_again

CALENDAR = SchoolCalendar.from_school(
    {"vacations": [{"id": "zomer", "from": "2027-07-17", "until": "2027-08-29"}]}
)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-07-31", "2025-2026"), ("2026-08-01", "2026-2027"), ("2027-01-01", "2026-2027")],
)
def test_a_school_year_begins_on_the_first_of_august(day: str, year: str) -> None:
    assert school_year(date.fromisoformat(day)) == year
    assert str(first_day(date.fromisoformat(day)).year) == year[:4]


@pytest.mark.parametrize(
    ("given", "again", "due"),
    [
        ("2026-09-07", "school-year", "2027-08-30"),
        ("2026-09-07", "newcomers", "2027-08-30"),
        ("2026-09-07", "half-year", "2027-02-01"),
        ("2027-02-01", "half-year", "2027-08-30"),
        ("2026-09-07", "none", None),
        ("2026-09-07", "", None),
    ],
)
def test_what_is_told_again_is_due_on_the_first_school_day_of_the_next_term(
    given: str, again: str, due: str | None
) -> None:
    found = told_again(date.fromisoformat(given), again, CALENDAR)
    assert (found.isoformat() if found is not None else None) == due


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [
        ("2026-11-20", "week", "2026-11-27"),
        ("2026-01-31", "month", "2026-02-28"),
        ("2026-11-20", "half-year", "2027-05-20"),
        ("2026-11-20", "school-year", "2027-11-20"),
        ("2026-11-20", "two-years", "2028-11-20"),
        ("2026-12-20", "month", "2027-01-20"),
        ("2026-11-20", "once", None),
    ],
)
def test_a_task_is_due_one_period_after_the_last_time(
    last: str, every: str, due: str | None
) -> None:
    found = next_time(date.fromisoformat(last), every)
    assert (found.isoformat() if found is not None else None) == due


@pytest.mark.parametrize(
    ("stored", "day"),
    [("2026-11-18", "2026-11-18"), ("2026-12", "2026-12-31"), ("2028-02", "2028-02-29")],
)
def test_a_month_is_over_on_its_last_day(stored: str, day: str) -> None:
    assert last_day(stored) == date.fromisoformat(day)
    assert last_day("unknown") is None
