"""Amounts, counts and ends in words: ``2-4 lessons`` becomes "2 tot 4 lesuren".

It only words what is stored; whether an amount is allowed is judged by its format and the checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.i18n import worded
from casebook.regex import regex
from casebook.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_AMOUNT: Final = regex(r"([0-9]+)(?:-([0-9]+))? ([a-z-]+?)s?")
_TIMES: Final = regex(r"([0-9]+)(?:(\+)|-([0-9]+))?")
_AFTER: Final = "after-lesson-"
_UNITS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "minute": {"en": ("minute", "minutes"), "nl": ("minuut", "minuten")},
    "hour": {"en": ("hour", "hours"), "nl": ("uur", "uur")},
    "lesson": {"en": ("lesson", "lessons"), "nl": ("lesuur", "lesuren")},
    "school-day": {"en": ("school day", "school days"), "nl": ("schooldag", "schooldagen")},
    "day": {"en": ("day", "days"), "nl": ("dag", "dagen")},
    "week": {"en": ("week", "weeks"), "nl": ("week", "weken")},
    "month": {"en": ("month", "months"), "nl": ("maand", "maanden")},
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "range": {"en": "{low} to {high} {unit}", "nl": "{low} tot {high} {unit}"},
    "time": {"en": "time {low}", "nl": "{low}e keer"},
    "times": {"en": "times {low} to {high}", "nl": "{low}e tot en met {high}e keer"},
    "more": {"en": "time {low} and later", "nl": "{low}e keer en vaker"},
    "end-of-lesson": {"en": "the end of the lesson", "nl": "het einde van de les"},
    "end-of-day": {"en": "the end of the school day", "nl": "het einde van de schooldag"},
    "end-of-week": {"en": "the end of the week", "nl": "het einde van de week"},
    "until-collected": {"en": "it is collected", "nl": "het is opgehaald"},
    "until-talk": {"en": "there has been a talk", "nl": "er een gesprek is geweest"},
    "after": {"en": "after lesson {low}", "nl": "na lesuur {low}"},
}


def _word(key: str, language: str) -> str:
    return worded(_WORDS[key], language)


def amount_text(text: str, language: str = "en") -> str:
    """An amount in words; an unknown one as it was written."""
    found = _AMOUNT.fullmatch(text)
    if found is None or found[3] not in _UNITS:
        return text
    names = _UNITS[found[3]]
    one, several = (
        worded({key: pair[place] for key, pair in names.items()}, language) for place in (0, 1)
    )
    if found[2]:
        return _word("range", language).format(low=found[1], high=found[2], unit=several)
    return f"{found[1]} {one if found[1] == '1' else several}"


def times_text(text: str, language: str = "en") -> str:
    """Which time in words; an unknown one as it was written."""
    found = _TIMES.fullmatch(text)
    if found is None:
        return text
    key = "more" if found[2] else "times" if found[3] else "time"
    return _word(key, language).format(low=found[1], high=found[3])


def until_text(text: str, language: str = "en") -> str:
    """An end in words, as it follows "until"; a time of day as it was written."""
    if text.startswith(_AFTER):
        return _word("after", language).format(low=text.removeprefix(_AFTER))
    return _word(text, language) if text in _WORDS else text


WORDED: Final[Mapping[str, Callable[[str, str], str]]] = {
    "amount": amount_text,
    "times": times_text,
    "until": until_text,
    "term": term_text,
}
