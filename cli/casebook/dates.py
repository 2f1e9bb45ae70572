"""Days and moments: strict reading of what is stored, forgiving reading of what people type.

It has no clock of its own (``now`` is always given) and knows nothing of school days.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from casebook.errors import UsageError
from casebook.i18n import _, worded
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNKNOWN: Final = "unknown"

_DAY: Final = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]")
_MONTH: Final = regex(r"([0-9]{4})-(0[1-9]|1[0-2])")

_TYPED_DAY: Final = regex(r"([0-9]{1,2})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{4}))?")
_TYPED_MONTH: Final = regex(r"(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
_TYPED_CLOCK: Final = regex(r"(?:(.*?)(?:\s+|t))??(?:om |at )?([0-9]{1,2})[:.u]([0-5][0-9])")
_OFFSETS: Final = {
    "eergisteren": -2,
    "gisteren": -1,
    "yesterday": -1,
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
_WEEKDAYS: Final = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_SHORT: Final = {"nl": 2, "en": 3}
_OTHER: Final = {("mrt", 3), ("sept", 9)}
_WEEKDAY_WORDS: Final = frozenset(
    word
    for language, names in _WEEKDAYS.items()
    for name in names
    for word in (name.casefold(), name.casefold()[: _SHORT[language]])
)
_YEAR: Final = regex(r"[0-9]{4}")


def day(text: str) -> date | None:
    """The day a stored text starts with (``2026-11-18``, ``2026-11-18 10:30``), else None."""
    if not (_DAY.fullmatch(text) or _MOMENT.fullmatch(text)):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """The moment of ``2026-11-18 10:30`` without a zone, else None (also for a day alone)."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_day(text: str) -> bool:
    """Whether ``text`` is exactly a day that exists, as ``2026-11-18``."""
    return len(text) == 10 and day(text) is not None


def is_moment(text: str) -> bool:
    """Whether ``text`` is a day, or a day with a time, that exists."""
    return day(text) is not None


def is_month(text: str) -> bool:
    """Whether ``text`` is a month, as ``2026-11``."""
    return bool(_MONTH.fullmatch(text)) and text[:4] != "0000"


def is_future(text: str, now: datetime) -> bool:
    """Whether a stored day, moment or month lies wholly after ``now``; False for anything else."""
    exact = moment(text)
    if exact is not None:
        return exact > now.replace(tzinfo=None)
    on = day(text)
    if on is not None:
        return on > now.date()
    return is_month(text) and text > now.date().isoformat()[:7]


def read_typed(typed: str, now: datetime, *, past: bool = True, format: str = "date") -> str:
    """What a person typed, as it is stored in a field of that ``format``.

    ``ma``, ``mon`` and ``20-11`` mean the last such day when ``past``, else the next one. Raises
    UsageError with examples.
    """
    text = _in_figures(typed.casefold().replace(",", " ").split())
    if format == "date-or-no" and text in ("no", "nee"):
        return "no"
    if format == "date-or-no" and text in ("yes", "ja"):
        return now.date().isoformat()
    if format == "day-or-month":
        if text in (UNKNOWN, "onbekend"):
            return UNKNOWN
        month = _typed_month(text)
        if month:
            return month
    clock = ""
    if format in ("moment", "day-or-month"):
        if text in ("nu", "now"):
            return now.strftime("%Y-%m-%d %H:%M")
        text, clock = _split_clock(text)
    on = _typed_day(text, now.date(), past=past) if text else now.date()
    if on is None or (not text and not clock):
        raise UsageError(
            _('"{typed}" is not a date.').format(typed=typed.strip()),
            _("Write it as 20-11-2026, 20-11, today, yesterday or mon."),
        )
    return f"{on.isoformat()} {clock}".strip()


def spoken(value: date | str, language: str) -> str:
    """A day with its weekday, in words (``vrijdag 20 november 2026``), with the time when known.

    A stored text that is a month becomes ``november 2026``; anything else stays as it is.
    """
    found: date | None
    if isinstance(value, str):
        if is_month(value):
            return f"{_name(_MONTHS, int(value[5:]) - 1, language)} {value[:4]}"
        found = moment(value) or day(value)
        if found is None:
            return value
    else:
        found = value
    weekday = _name(_WEEKDAYS, found.weekday(), language)
    words = f"{weekday} {found.day} {_name(_MONTHS, found.month - 1, language)} {found.year}"
    return f"{words} {found:%H:%M}" if isinstance(found, datetime) else words


def _name(names: Mapping[str, Sequence[str]], place: int, language: str) -> str:
    return worded({key: listed[place] for key, listed in names.items()}, language)


def _in_figures(words: list[str]) -> str:
    """``18 november 2026`` as ``18-11-2026``, ``november 2026`` as ``11-2026``; else unchanged.

    A weekday in front of a day is what the program itself prints; it is left out.
    """
    if len(words) > 1 and words[1][:1].isdigit() and words[0] in _WEEKDAY_WORDS:
        words = words[1:]
    for place, word in enumerate(words):
        month = _month_of(word)
        if month:
            before, after = words[:place], words[place + 1 :]
            year = [after.pop(0)] if after and _YEAR.fullmatch(after[0]) else []
            figures = "-".join([*before[-1:], str(month), *year])
            return " ".join([*before[:-1], figures, *after])
    return " ".join(words)


def _month_of(word: str) -> int:
    """1 to 12 for the name of a month or its first three letters, in any language; else 0."""
    word = word.rstrip(".")
    if len(word) >= 3 and word.isalpha():
        for names in _MONTHS.values():
            for number, name in enumerate(names, start=1):
                if word in (name.casefold(), name.casefold()[:3]) or (word, number) in _OTHER:
                    return number
    return 0


def _split_clock(text: str) -> tuple[str, str]:
    """Day and ``10:30`` of a typed text; a text without a time keeps an empty second part."""
    found = _TYPED_CLOCK.fullmatch(text)
    # ``20.11`` alone is a day of the month, ``10.30`` can only be a time.
    if not found or int(found[2]) > 23 or (not found[1] and _day_of_year(text)):
        return text, ""
    return (found[1] or "").strip(" ,"), f"{int(found[2]):02d}:{found[3]}"


def _day_of_year(text: str) -> bool:
    """Whether what could be a time with a dot is a day and a month."""
    found = _TYPED_DAY.fullmatch(text)
    return found is not None and _date(2024, int(found[2]), int(found[1])) is not None


def _typed_month(text: str) -> str:
    if is_month(text):
        return text
    found = _TYPED_MONTH.fullmatch(text)
    return f"{found[2]}-{int(found[1]):02d}" if found and found[2] != "0000" else ""


def _typed_day(text: str, today: date, *, past: bool) -> date | None:
    if text in _OFFSETS:
        return today + timedelta(days=_OFFSETS[text])
    for language, names in _WEEKDAYS.items():
        for number, name in enumerate(names):
            if text in (name.casefold(), name.casefold()[: _SHORT[language]]):
                return _nearest_weekday(number, today, past=past)
    if is_day(text):
        return day(text)
    found = _TYPED_DAY.fullmatch(text)
    if not found:
        return None
    if found[3]:
        return _date(int(found[3]), int(found[2]), int(found[1]))
    return _nearest_year(int(found[2]), int(found[1]), today, past=past)


def _nearest_weekday(number: int, today: date, *, past: bool) -> date:
    """The last such day, today included, or the next one, today excluded."""
    if past:
        return today - timedelta(days=(today.weekday() - number) % 7)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _nearest_year(month: int, on: int, today: date, *, past: bool) -> date | None:
    for distance in range(9):  # 29 February may be eight years away
        found = _date(today.year + (-distance if past else distance), month, on)
        if found is not None and (found <= today if past else found >= today):
            return found
    return None


def _date(year: int, month: int, on: int) -> date | None:
    try:
        return date(year, month, on)
    except ValueError:
        return None
