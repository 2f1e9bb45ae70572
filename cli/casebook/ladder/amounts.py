"""Amounts and ranges as numbers: ``2-4 lessons``, ``4+``; which of two amounts is the larger.

It words nothing (``quantities`` does), and it compares only what can be compared without guessing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_AMOUNT: Final = regex(r"([0-9]{1,4})(?:-([0-9]{1,4}))? ([a-z-]+?)s?")
_RANGE: Final = regex(r"([0-9]{1,4})(?:(\+)|-([0-9]{1,4}))?")
# Units that one measure can be laid along. A lesson has no fixed length, a month none either.
_SCALES: Final[tuple[Mapping[str, int], ...]] = (
    {"minute": 1, "hour": 60},
    {"lesson": 1},
    {"day": 1, "week": 7},
    {"school-day": 1, "week": 5},
    {"month": 1},
)


@frozen
class Range:
    """A number of times from ``low`` to ``high``; without ``high`` there is no end."""

    low: int
    high: int | None

    def __contains__(self, number: int) -> bool:
        return self.low <= number and (self.high is None or number <= self.high)


@frozen
class Amount:
    """From ``low`` to ``high`` of a unit; the two are equal where no range was written."""

    low: int
    high: int
    unit: str


def read_range(text: str) -> Range | None:
    """``1``, ``2-3`` or ``4+``; None for anything else."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    low = int(found[1])
    return Range(low, None if found[2] else int(found[3] or low))


def read_amount(text: str) -> Amount | None:
    """``1 school-day`` or ``2-4 lessons``; None for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or not any(found[3] in scale for scale in _SCALES):
        return None
    low = int(found[1])
    return Amount(low, int(found[2] or low), found[3])


def days_of(amount: Amount | None, *, least: bool = False) -> int | None:
    """The calendar days an amount of days, weeks or school days can take; None for other units.

    School days reach over week-ends: the most they can take, or with ``least`` the fewest.
    """
    if amount is None:
        return None
    if amount.unit == "school-day":
        ahead = max(amount.high - 1, 0)
        return amount.high + 2 * (ahead // 5 if least else -(-ahead // 5))
    scale = _SCALES[2]
    return amount.high * scale[amount.unit] if amount.unit in scale else None


def compare(one: Amount, other: Amount) -> int | None:
    """-1 when ``one`` is below the range of ``other``, 1 above it, 0 inside; None: cannot be said.

    The range of ``one`` must lie inside the other as a whole.
    """
    for scale in _SCALES:
        if one.unit in scale and other.unit in scale:
            mine, its = scale[one.unit], scale[other.unit]
            if one.high * mine > other.high * its:
                return 1
            return -1 if one.low * mine < other.low * its else 0
    return None
