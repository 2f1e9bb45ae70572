"""The closed list of formats: what a text must look like, judged the same by both engines.

It does not know which field has which format; schemas say that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casebook import dates
from casebook.frozen import frozen
from casebook.i18n import N_
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Format:
    """One format: ``fits`` judges a text, ``words`` say in English what is meant, one ``example``.

    ``words`` are marked for translation and complete the sentence "is not ...".
    """

    fits: Callable[[str], bool]
    words: str
    example: str


_SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CASE: Final = r"[0-9]{4}-[0-9A-HJKMNP-TV-Z]{5}"
_CODE: Final = r"[A-Z][1-9][0-9]{0,3}"
_NAME: Final = r"[a-z][a-z0-9_]*"
_REFERENCE: Final = rf"(?:{_SLUG}/){{0,3}}{_SLUG}(?:@[1-9][0-9]{{0,3}})?"
# Windows opens a device instead of a file of one of these names, whatever its ending.
_DEVICES: Final = regex(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_COUNT: Final = r"[1-9][0-9]{0,2}"
_UNITS: Final = "minute|hour|lesson|school-day|day|week|month"
_LONGEST: Final = 80


def _matching(pattern: str, longest: int = _LONGEST) -> Callable[[str], bool]:
    compiled = regex(pattern, re.ASCII)

    def fits(text: str) -> bool:
        return len(text) <= longest and compiled.fullmatch(text) is not None

    return fits


_is_slug = _matching(_SLUG, 60)
_is_case: Final = _matching(_CASE)
_is_versioned = _matching(rf"{_SLUG}@[1-9][0-9]{{0,3}}", 66)
_is_reference: Final = _matching(_REFERENCE, 200)
_GROUP: Final = regex(r"\w(?:[\w .+&/-]{0,18}[\w+])?")


def _slug(text: str) -> bool:
    return _is_slug(text) and not _DEVICES.fullmatch(text)


def _versioned_slug(text: str) -> bool:
    return _is_versioned(text) and not _DEVICES.fullmatch(text.partition("@")[0])


def _day_or_month(text: str) -> bool:
    return text == dates.UNKNOWN or dates.is_moment(text) or dates.is_month(text)


FORMATS: Final[dict[str, Format]] = {
    "date": Format(dates.is_day, N_("a day that exists"), "2026-11-18"),
    "moment": Format(dates.is_moment, N_("a day or a moment that exists"), "2026-11-18 10:30"),
    "day-or-month": Format(_day_or_month, N_('a day, a month or "unknown"'), "2026-11"),
    "date-or-no": Format(
        lambda text: text == "no" or dates.is_day(text), N_('a day or "no"'), "2026-11-18"
    ),
    "slug": Format(_slug, N_("a short name in small letters, digits and dashes"), "image-spread"),
    "word": Format(_matching(r"[^\s,]+"), N_("one word"), "yes"),
    "role": Format(_slug, N_("a role in small letters, digits and dashes"), "mentor"),
    "code": Format(_matching(_CODE), N_("a code of this record"), "P1"),
    "person-ref": Format(
        _matching(rf"{_CASE}/P[1-9][0-9]{{0,3}}"), N_("a person in another case"), "2026-0B4TN/P3"
    ),
    "group": Format(
        lambda text: _GROUP.fullmatch(text) is not None, N_("the name of a group or class"), "2a"
    ),
    "case-id": Format(_is_case, N_("the id of a case"), "2026-7KQ2X"),
    "case-or-none": Format(
        lambda text: text == "none" or _is_case(text),
        N_('the id of a case or "none"'),
        "2026-7KQ2X",
    ),
    "reference": Format(
        _is_reference, N_("the name of a policy record, with or without version"), "image-spread@2"
    ),
    "versioned-slug": Format(
        _versioned_slug, N_("a short name with a version behind @"), "image-spread@2"
    ),
    # "none" fits the same form: a policy record of that name would be no good idea anyway.
    "policy-change": Format(_is_reference, N_('"none" or the name of a policy record'), "none"),
    "term": Format(
        _matching(
            r"at-once|same-day|[1-9][0-9]{0,2} school-days?"
            r"|(?:[01][0-9]|2[0-3]):[0-5][0-9] next-school-day"
        ),
        N_("a term"),
        "2 school-days",
    ),
    "amount": Format(
        _matching(rf"{_COUNT}(?:-{_COUNT})? (?:{_UNITS})s?"),
        N_("an amount such as 1 school-day or 2-4 lessons"),
        "1 school-day",
    ),
    "times": Format(
        _matching(rf"{_COUNT}(?:\+|-{_COUNT})?"),
        N_("a number of times: 1, 2-3, or 4+ for four and more"),
        "2+",
    ),
    "until": Format(
        _matching(
            r"end-of-(?:lesson|day|week)|after-lesson-[1-9][0-9]?|until-(?:collected|talk)"
            r"|(?:[01][0-9]|2[0-3]):[0-5][0-9]"
        ),
        N_("an end: end-of-day, after-lesson-8, until-collected or a time"),
        "end-of-day",
    ),
    "field-path": Format(
        _matching(rf"{_NAME}(?:\.[a-z][a-z0-9_-]*)?"),
        N_("a field, or a list and its field"),
        "contents.sexual",
    ),
}


def predicates() -> dict[str, Callable[[object], bool]]:
    """Name -> predicate for the engines; what is no text is left to the type."""

    def lenient(fits: Callable[[str], bool]) -> Callable[[object], bool]:
        return lambda value: not isinstance(value, str) or fits(value)

    return {name: lenient(one.fits) for name, one in FORMATS.items()}
