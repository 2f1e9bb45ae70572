"""A first look at a journal: are all its headings as the program itself writes them?

It names nothing that is wrong; what it does not know at once, ``journal`` reads heading by heading.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

from casebook.regex import regex

_CLOCK: Final = len("2026-11-18T14:05")
_HEADING: Final = "###"
_USUAL: Final = regex(
    r"### (?<![^\n]### )"
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}) [a-z][a-z0-9-]*"
    r"(?: by:[A-Za-z0-9_./@,-]+)?(?: with:[A-Za-z0-9_./@,-]+)? id:([A-Za-z0-9_./@,-]+)(?:\n|\Z)"
)


def is_usual(body: str) -> bool:
    """Whether every heading is readable, in order of time, with an id of its own.

    True only where ``journal.read`` finds nothing wrong; False says nothing.
    """
    heads = _USUAL.findall(body)
    if body.count(_HEADING) != len(heads):
        return False
    times = [time for time, _id in heads]
    ids = {identity for _time, identity in heads}
    try:
        moments = [_moment(time) for time in times]
    except ValueError:
        return False
    # Times of one offset, so nearly all, are in order as their texts are.
    if times == sorted(times) and len({time[_CLOCK:] for time in times}) < 2:
        return len(ids) == len(times)
    return len(ids) == len(moments) and moments == sorted(moments)


@lru_cache(maxsize=512)
def _moment(time: str) -> datetime:
    """The same headings stand in every later version of a journal."""
    return datetime.fromisoformat(time)
