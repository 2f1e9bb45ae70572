"""Amounts, counts and ends as people read them."""

from __future__ import annotations

import pytest

from casebook.quantities import WORDED, amount_text, times_text, until_text
from casebook.validation import FORMATS


@pytest.mark.parametrize(
    ("stored", "nl", "en"),
    [
        ("1 school-day", "1 schooldag", "1 school day"),
        ("2 school-days", "2 schooldagen", "2 school days"),
        ("2-4 lesson", "2 tot 4 lesuren", "2 to 4 lessons"),
        ("1 week", "1 week", "1 week"),
        ("a while", "a while", "a while"),
    ],
)
def test_an_amount_is_put_in_words(stored: str, nl: str, en: str) -> None:
    assert amount_text(stored, "nl") == nl
    assert amount_text(stored, "en") == en


@pytest.mark.parametrize(
    ("stored", "nl"),
    [("1", "1e keer"), ("2-3", "2e tot en met 3e keer"), ("4+", "4e keer en vaker")],
)
def test_the_open_last_step_of_a_ladder_is_read_as_such(stored: str, nl: str) -> None:
    assert times_text(stored, "nl") == nl


@pytest.mark.parametrize(
    ("stored", "nl"),
    [
        ("end-of-day", "het einde van de schooldag"),
        ("after-lesson-8", "na lesuur 8"),
        ("until-collected", "het is opgehaald"),
        ("15:30", "15:30"),
    ],
)
def test_an_end_is_put_in_words(stored: str, nl: str) -> None:
    assert until_text(stored, "nl") == nl


def test_every_format_that_is_worded_has_words_for_its_example() -> None:
    for name, words in WORDED.items():
        assert words(FORMATS[name].example, "nl") != FORMATS[name].example
