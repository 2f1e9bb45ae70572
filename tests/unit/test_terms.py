"""Terms of a procedure: when they end, how they read, and when they stand still."""

from datetime import UTC, date, datetime

import pytest

from casebook.calendar import Period, SchoolCalendar
from casebook.terms import (
    Pauses,
    day_part,
    due,
    is_overdue,
    is_term,
    paused_days,
    start_of,
    term_text,
)

CALENDAR = SchoolCalendar(vacations=(Period(date(2026, 12, 19), date(2027, 1, 3)),))
WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("at-once", datetime(2026, 11, 18, 10, 30), WEDNESDAY),
        ("same-day", date(2026, 11, 22), date(2026, 11, 22)),  # a Sunday: it does not wait
        ("1 school-day", WEDNESDAY, date(2026, 11, 19)),
        ("3 school-days", WEDNESDAY, date(2026, 11, 23)),
        ("2 school-days", datetime(2026, 12, 17, 16, 0), date(2027, 1, 4)),
        ("08:00 next-school-day", WEDNESDAY, datetime(2026, 11, 19, 8, 0)),
        ("08:00 next-school-day", datetime(2026, 11, 20, 15, 0), datetime(2026, 11, 23, 8, 0)),
        # reported at night: the same morning still comes
        ("08:00 next-school-day", datetime(2026, 11, 18, 2, 0), datetime(2026, 11, 18, 8, 0)),
        ("08:00 next-school-day", datetime(2026, 11, 18, 8, 0), datetime(2026, 11, 19, 8, 0)),
        ("08:00 next-school-day", datetime(2026, 12, 25, 2, 0), datetime(2027, 1, 4, 8, 0)),
    ],
)
def test_a_term_ends_on_the_schools_calendar(term, start, end):
    assert due(term, start, CALENDAR) == end


@pytest.mark.parametrize("term", ["", "soon", "0 school-days", "2 days", "25:00 next-school-day"])
def test_an_unknown_term_is_refused(term):
    assert not is_term(term)
    with pytest.raises(ValueError, match="unknown term"):
        due(term, WEDNESDAY, CALENDAR)


@pytest.mark.parametrize(
    ("term", "nl", "en"),
    [
        ("at-once", "meteen", "at once"),
        ("same-day", "dezelfde dag", "the same day"),
        ("1 school-day", "binnen 1 schooldag", "within 1 school day"),
        ("2 school-days", "binnen 2 schooldagen", "within 2 school days"),
        (
            "08:00 next-school-day",
            "volgende schooldag voor 08:00",
            "next school day before 08:00",
        ),
        ("4 weeks", "4 weeks", "4 weeks"),
    ],
)
def test_a_term_reads_in_plain_words(term, nl, en):
    assert term_text(term, "nl") == nl
    assert term_text(term) == en
    assert term_text(term, "fy") == en


def test_a_start_is_a_day_or_a_moment_and_nothing_vaguer():
    assert start_of("2026-11-18") == WEDNESDAY
    assert start_of("2026-11-18 10:30") == datetime(2026, 11, 18, 10, 30)
    assert [start_of(text) for text in ("2026-11", "unknown", None, "")] == [None] * 4
    assert day_part(datetime(2026, 11, 18, 23, 59)) == WEDNESDAY


def test_days_of_waiting_run_up_to_the_day_it_went_on():
    paused = paused_days([{"since": "2026-11-19", "until": "2026-11-23"}], date(2026, 12, 1))
    assert [day for day in range(18, 25) if date(2026, 11, day) in paused] == [19, 20, 21, 22]
    assert due("2 school-days", WEDNESDAY, CALENDAR, paused) == date(2026, 11, 24)


def test_a_wait_that_still_runs_pushes_the_end_past_today():
    today = date(2026, 11, 30)
    paused = paused_days([{"since": "2026-11-19"}], today)
    assert today in paused
    assert due("2 school-days", WEDNESDAY, CALENDAR, paused) == date(2026, 12, 2)
    assert due("08:00 next-school-day", WEDNESDAY, CALENDAR, paused) == datetime(2026, 12, 1, 8)


def test_waiting_does_not_revive_a_term_that_had_ended():
    paused = paused_days([{"since": "2026-11-25"}], date(2026, 11, 30))
    assert due("2 school-days", WEDNESDAY, CALENDAR, paused) == date(2026, 11, 20)
    assert due("same-day", WEDNESDAY, CALENDAR, paused) == WEDNESDAY


def test_waits_that_overlap_count_once_and_odd_ones_not_at_all():
    waits = [
        {"since": "2026-11-19", "until": "2026-11-21"},
        {"since": "2026-11-20", "until": "2026-11-21"},
        {"since": "2026-11-24", "until": "2026-11-24"},
        {"since": "unknown"},
        {"since": "2027-01-01"},
    ]
    paused = paused_days(waits, date(2026, 12, 1))
    assert due("2 school-days", WEDNESDAY, CALENDAR, paused) == date(2026, 11, 24)
    assert date(2027, 1, 1) not in paused
    assert "2026-11-19" not in paused
    assert WEDNESDAY not in Pauses()


def test_a_day_is_in_time_until_it_is_over_and_a_moment_to_the_minute():
    assert not is_overdue(WEDNESDAY, WEDNESDAY)
    assert not is_overdue(WEDNESDAY, datetime(2026, 11, 18, 23, 59))
    assert is_overdue(WEDNESDAY, date(2026, 11, 19))
    end = datetime(2026, 11, 18, 8, 0)
    assert not is_overdue(end, WEDNESDAY)
    assert not is_overdue(end, datetime(2026, 11, 18, 7, 59, tzinfo=UTC))
    assert is_overdue(end, datetime(2026, 11, 18, 8, 1, tzinfo=UTC))
