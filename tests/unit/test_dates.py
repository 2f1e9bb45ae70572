"""Days and moments: what is stored is read strictly, what is typed is read kindly."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casebook import dates
from casebook.errors import UsageError

FRIDAY = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day", "moment", "month"),
    [
        ("2026-11-18", True, True, False),
        ("2026-11-18 10:30", False, True, False),
        ("2026-11", False, False, True),
        ("2024-02-29", True, True, False),
        ("2026-02-29", False, False, False),
        ("2026-02-29 10:30", False, False, False),
        ("2026-11-18 24:00", False, False, False),
        ("2026-11-18T10:30", False, False, False),
        ("2026-11-18 10:30:00", False, False, False),
        ("2026-13", False, False, False),
        ("0000-01-01", False, False, False),
        ("0000-01", False, False, False),
        ("20261118", False, False, False),
        ("2026-W47-3", False, False, False),
        ("2026-11-18\n", False, False, False),
        ("٢٠٢٦-11-18", False, False, False),
        ("unknown", False, False, False),
        ("", False, False, False),
    ],
)
def test_only_days_and_moments_that_exist_are_stored(
    text: str, day: bool, moment: bool, month: bool
) -> None:
    assert (dates.is_day(text), dates.is_moment(text), dates.is_month(text)) == (day, moment, month)


def test_a_moment_keeps_its_time_and_a_day_has_none() -> None:
    assert dates.moment("2026-11-18 10:30") == datetime(2026, 11, 18, 10, 30)
    assert dates.moment("2026-11-18") is None
    assert dates.day("2026-11-18 10:30") == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("2026-11-20", False),
        ("2026-11-21", True),
        ("2026-11-20 14:05", False),
        ("2026-11-20 14:06", True),
        ("2026-11", False),
        ("2026-12", True),
        ("unknown", False),
        ("", False),
    ],
)
def test_the_future_begins_after_now(text: str, future: bool) -> None:
    assert dates.is_future(text, FRIDAY) is future


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-11-18", "2026-11-18"),
        ("18-11-2026", "2026-11-18"),
        ("18/11/2026", "2026-11-18"),
        ("18.11.2026", "2026-11-18"),
        ("18-11", "2026-11-18"),
        ("21-11", "2025-11-21"),
        ("29-2", "2024-02-29"),
        ("Vandaag", "2026-11-20"),
        ("today", "2026-11-20"),
        ("gisteren", "2026-11-19"),
        (" yesterday ", "2026-11-19"),
        ("eergisteren", "2026-11-18"),
        ("morgen", "2026-11-21"),
        ("vr", "2026-11-20"),
        ("ma", "2026-11-16"),
        ("Monday", "2026-11-16"),
        ("za", "2026-11-14"),
        ("18 november", "2026-11-18"),
        ("18 Nov. 2026", "2026-11-18"),
        ("woensdag 18 november 2026", "2026-11-18"),
        ("wo, 18 nov", "2026-11-18"),
        ("3 mrt", "2026-03-03"),
        ("1 may", "2026-05-01"),
    ],
)
def test_a_typed_day_is_the_last_such_day(typed: str, stored: str) -> None:
    assert dates.read_typed(typed, FRIDAY) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("vr", "2026-11-27"), ("sat", "2026-11-21"), ("do", "2026-11-26"), ("19-11", "2027-11-19")],
)
def test_a_plan_means_the_next_such_day(typed: str, stored: str) -> None:
    assert dates.read_typed(typed, FRIDAY, past=False) == stored


@pytest.mark.parametrize(
    ("typed", "format", "stored"),
    [
        ("gisteren 10:30", "moment", "2026-11-19 10:30"),
        ("18-11 9.05", "moment", "2026-11-18 09:05"),
        ("10:30", "moment", "2026-11-20 10:30"),
        ("10u30", "moment", "2026-11-20 10:30"),
        ("om 10:30", "moment", "2026-11-20 10:30"),
        ("ma om 10:30", "moment", "2026-11-16 10:30"),
        ("2026-11-18T10:30", "moment", "2026-11-18 10:30"),
        ("18 november 2026 10:30", "moment", "2026-11-18 10:30"),
        ("18 nov om 9.05", "moment", "2026-11-18 09:05"),
        ("oktober 2026", "day-or-month", "2026-10"),
        ("20.11", "moment", "2026-11-20"),
        ("10.30", "moment", "2026-11-20 10:30"),
        ("nu", "moment", "2026-11-20 14:05"),
        ("vandaag", "moment", "2026-11-20"),
        ("onbekend", "day-or-month", "unknown"),
        ("2026-10", "day-or-month", "2026-10"),
        ("10-2026", "day-or-month", "2026-10"),
        ("nee", "date-or-no", "no"),
        ("ja", "date-or-no", "2026-11-20"),
    ],
)
def test_what_is_typed_becomes_what_the_field_stores(typed: str, format: str, stored: str) -> None:
    assert dates.read_typed(typed, FRIDAY, format=format) == stored


@pytest.mark.parametrize(
    ("typed", "format"),
    [
        ("", "date"),
        ("", "moment"),
        ("soon", "date"),
        ("31-2-2026", "date"),
        ("31-2", "date"),
        ("2026-02-30", "date"),
        ("20-11-26", "date"),
        ("10:30", "date"),
        ("vandaag 25:00", "moment"),
        ("10-0000", "day-or-month"),
        ("nee", "date"),
        ("november", "date"),
        ("31 november", "date"),
        ("18 novem", "date"),
        ("in november 2026", "date"),
        ("18 november november", "date"),
    ],
)
def test_no_date_is_guessed_from_anything_else(typed: str, format: str) -> None:
    with pytest.raises(UsageError) as refused:
        dates.read_typed(typed, FRIDAY, format=format)
    assert "20-11-2026" in refused.value.hint


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (date(2026, 11, 20), "nl", "vrijdag 20 november 2026"),
        (date(2026, 11, 20), "en", "Friday 20 November 2026"),
        (datetime(2026, 11, 20, 9, 5), "nl", "vrijdag 20 november 2026 09:05"),
        ("2026-11-20 09:05", "xx", "Friday 20 November 2026 09:05"),
        ("2026-11", "nl", "november 2026"),
        ("unknown", "nl", "unknown"),
    ],
)
def test_a_day_is_spoken_with_its_weekday(value: date | str, language: str, words: str) -> None:
    assert dates.spoken(value, language) == words
