"""A first look at a journal: are all its headings as the program itself writes them?

It names nothing that is wrong; what it does not know at once, ``journal`` reads heading by heading.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from casebook.regex import regex

_CLOCK: Final = len("2026-11-18T14:05")
_USUAL: Final = regex(
    r"### ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}) [a-z][a-z0-9-]*"
    r"(?: by:[A-Za-z0-9_./@,-]+)?(?: with:[A-Za-z0-9_./@,-]+)? id:([A-Za-z0-9_./@,-]+)(?:\n|\Z)"
)


def is_usual(body: str) -> bool:
    """Whether every heading is readable, in order of time, with an id of its own.

    True only where ``journal.read`` finds nothing wrong; False says nothing.
    """
    times: list[str] = []
    ids: set[str] = set()
    at = body.find("#")  # one sign is found much faster than three
    while at >= 0:
        end = at + 1
        if body.startswith("##", end):
            head = _USUAL.match(body, at)
            if head is None or (at and body[at - 1] != "\n"):
                return False
            time, identity = head.groups()
            times.append(time)
            ids.add(identity)
            end = head.end()
        at = body.find("#", end)
    try:
        moments = [datetime.fromisoformat(time) for time in times]
    except ValueError:
        return False
    # Times of one offset, so nearly all, are in order as their texts are.
    if times == sorted(times) and len({time[_CLOCK:] for time in times}) < 2:
        return len(ids) == len(times)
    return len(ids) == len(moments) and moments == sorted(moments)
