"""School days: what counts as one, and how they are counted."""

from datetime import date

import pytest

from casebook.calendar import Period, SchoolCalendar, day_of, public_holidays
from casebook.holiday_table import TABLE

PLAIN = SchoolCalendar()
SCHOOL = SchoolCalendar.from_school(
    {
        "region": "midden",
        "vacations": [
            {"id": "kerst", "from": "2026-12-19", "until": "2027-01-03"},
            {"id": "broken", "from": "2026-02-30", "until": "2026-03-01"},
        ],
        "free_days": [{"id": "studiedag", "on": "2026-11-20"}, {"id": "broken", "on": "soon"}],
    }
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-11-18", True),  # Wednesday
        ("2026-11-20", False),  # the school's own free day
        ("2026-11-21", False),  # Saturday
        ("2026-11-22", False),  # Sunday
        ("2026-12-18", True),  # the day before the vacation
        ("2026-12-19", False),  # its first day
        ("2027-01-03", False),  # its last day
        ("2027-01-04", True),
        ("2027-04-27", False),  # King's Day
        ("2027-05-06", False),  # Ascension Day
    ],
)
def test_lessons_are_given_on_weekdays_outside_vacations_and_holidays(day, open_):
    assert SCHOOL.is_school_day(date.fromisoformat(day)) is open_


def test_liberation_day_is_free_only_in_its_jubilee_years():
    assert date(2025, 5, 5) in public_holidays(2025)
    assert date(2026, 5, 5) not in public_holidays(2026)


def test_good_friday_is_left_to_the_school():
    assert PLAIN.is_school_day(date(2026, 4, 3))
    assert not PLAIN.is_school_day(date(2026, 4, 6))


def test_unreadable_dates_of_the_school_are_left_out():
    assert SCHOOL.vacations == (Period(date(2026, 12, 19), date(2027, 1, 3)),)
    assert SCHOOL.free_days == {date(2026, 11, 20)}
    assert SCHOOL.region == "midden"
    assert SchoolCalendar.from_school({"vacations": ""}) == PLAIN


def test_the_day_itself_does_not_count():
    assert PLAIN.add_school_days(date(2026, 11, 18), 0) == date(2026, 11, 18)
    assert PLAIN.add_school_days(date(2026, 11, 18), 2) == date(2026, 11, 20)
    assert SCHOOL.add_school_days(date(2026, 11, 18), 2) == date(2026, 11, 23)


def test_the_count_goes_on_over_a_vacation_and_the_turn_of_the_year():
    assert SCHOOL.next_school_day(date(2026, 12, 18)) == date(2027, 1, 4)
    assert SCHOOL.add_school_days(date(2026, 12, 17), 2) == date(2027, 1, 4)


def test_without_vacations_the_calendar_is_missing_and_christmas_is_still_free():
    assert PLAIN.missing
    assert not SCHOOL.missing
    assert PLAIN.next_school_day(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "missing"),
    [("2026-07-31", True), ("2026-08-01", False), ("2027-07-31", False), ("2027-08-01", True)],
)
def test_a_school_year_without_vacations_is_missing(day, missing):
    assert SCHOOL.missing_in(date.fromisoformat(day)) is missing


def test_paused_days_do_not_count():
    paused = {date(2026, 11, 19), date(2026, 11, 20)}
    assert PLAIN.next_school_day(date(2026, 11, 18), paused) == date(2026, 11, 23)


def test_a_calendar_without_any_school_day_still_ends():
    never = SchoolCalendar(vacations=(Period(date(2000, 1, 1), date.max),))
    assert never.add_school_days(date(2026, 1, 1), 3) == date(2027, 2, 8)
    assert never.add_school_days(date(9999, 12, 30), 3) == date.max


def test_a_day_is_an_iso_date_and_nothing_else():
    assert day_of("2026-11-18") == date(2026, 11, 18)
    assert [day_of(text) for text in ("2026-11", "unknown", "", None, "no")] == [None] * 5


def test_the_table_of_public_holidays_is_what_the_library_computes():
    import holidays

    for year, days in TABLE.items():
        found = holidays.country_holidays("NL", years=year, language="en_US")
        wanted = [day for day, name in found.items() if name != "Good Friday"]
        assert " ".join(day.strftime("%m%d") for day in sorted(wanted)) == days


def test_a_year_outside_the_table_is_asked_of_the_library():
    assert 2050 not in TABLE
    assert date(2050, 12, 25) in public_holidays(2050)
