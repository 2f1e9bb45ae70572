"""The closed list of formats, with what fits each and what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook import validation
from casebook.terms import is_term
from casebook.validation import FORMATS
from casebook.validation.formats import predicates

FITS = {
    "date": ["2026-11-18"],
    "moment": ["2026-11-18", "2026-11-18 10:30"],
    "day-or-month": ["2026-11-18", "2026-11-18 10:30", "2026-11", "unknown"],
    "date-or-no": ["2026-11-18", "no"],
    "slug": ["image-spread", "1a", "x"],
    "word": ["yes", "*", "P1", "in_class"],
    "role": ["safety-coordinator"],
    "code": ["P1", "C12", "T9999"],
    "person-ref": ["2026-0B4TN/P3"],
    "group": ["2a", "vmbo 3", "H4/A", "VWO+"],
    "case-id": ["2026-7KQ2X"],
    "case-or-none": ["2026-7KQ2X", "none"],
    "reference": ["light", "light@2", "letters/parents-images@1"],
    "versioned-slug": ["light@1", "image-spread@12"],
    "policy-change": ["none", "forwarding@3"],
    "term": ["at-once", "same-day", "1 school-day", "2 school-days", "08:00 next-school-day"],
    "amount": ["1 school-day", "2-4 lesson", "2-4 lessons", "15 minutes", "1 week"],
    "times": ["1", "2+", "2-3", "12"],
    "until": ["end-of-day", "after-lesson-8", "until-collected", "15:30"],
    "field-path": ["severity", "content.sexual", "days_absent", "decisions.reporting-code"],
}
FITS_NOT = {
    "date": ["2026-02-30", "18-11-2026", "no"],
    "moment": ["2026-11-18T10:30", "2026-11", "10:30"],
    "day-or-month": ["november", "2026", "Unknown"],
    "date-or-no": ["yes", "nee"],
    "slug": ["-rf", "--output=x", "../x", "Image", "a_b", "a--b", "con", "lpt1", "é", "x" * 61],
    "word": ["two words", "a,b", "x" * 81],
    "role": ["Mentor", "mentor 2a"],
    "code": ["p1", "P0", "P", "PP1", "P01", "P12345"],
    "person-ref": ["2026-0B4TN", "P3", "2026-0B4TN/T3"],
    "group": ["", "-a", "klas van de heer Pietersen", "a\tb", "a,b"],
    "case-id": ["2026-7kq2x", "2026-7KQ2I", "2026-7KQ2", "26-7KQ2X", "2026-7KQ2X\n", "../../x"],
    "case-or-none": ["None", "no"],
    "reference": ["../light", "/light", "light@0", "light@", "a/b/c/d/e"],
    "versioned-slug": ["light", "aux@1", "light@1@2"],
    "policy-change": ["something must change"],
    "term": ["soon", "0 school-days", "24:00 next-school-day", "2 days"],
    "amount": ["0 days", "1", "a while", "4- lessons", "2 years", "1  day"],
    "times": ["0", "+2", "2-", "every time", "2 +"],
    "until": ["later", "25:00", "end-of-year", "after-lesson-0", "8:30"],
    "field-path": ["a.b.c", "Severity", "", ".a"],
}


def test_every_format_is_shown_here_and_listed_in_the_dialect() -> None:
    assert set(FITS) == set(FITS_NOT) == set(FORMATS)
    dialect = Path(validation.__file__).with_name("dialect.json").read_text("utf-8")
    listed = json.loads(dialect)["$defs"]["text"]["properties"]["format"]["enum"]
    assert listed == list(FORMATS)


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in FITS.items() for t in texts])
def test_what_fits_a_format(name: str, text: str) -> None:
    assert FORMATS[name].fits(text)


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in FITS_NOT.items() for t in ts])
def test_what_does_not_fit_a_format(name: str, text: str) -> None:
    assert not FORMATS[name].fits(text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_of_a_format_fits_and_an_empty_text_never_does(name: str) -> None:
    assert FORMATS[name].fits(FORMATS[name].example)
    assert not FORMATS[name].fits("")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_no_text_is_left_to_the_type(name: str) -> None:
    fits = predicates()[name]
    assert fits(3)
    assert fits(["2026-11-18"])
    assert fits(FORMATS[name].example)


@pytest.mark.parametrize("text", [*FITS["term"], *FITS_NOT["term"]])
def test_a_term_here_is_a_term_that_the_calendar_can_count(text: str) -> None:
    assert FORMATS["term"].fits(text) == is_term(text)
