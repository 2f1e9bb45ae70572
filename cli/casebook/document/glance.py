"""A first look at a journal: are all its headings as the program itself writes them?

It names nothing that is wrong; what it does not know at once, ``journal`` reads heading by heading.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from casebook.regex import regex

_START: Final = "\n### "
_USUAL: Final = regex(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}) [a-z][a-z0-9-]*"
    r"(?: by:[\w./@,-]+)?(?: with:[\w./@,-]+)? id:([\w./@,-]+)(?:\n|\Z)"
)


def is_usual(body: str) -> bool:
    """Whether every heading is readable, in order of time, with an id of its own.

    True only where ``journal.read`` finds nothing wrong; False says nothing.
    """
    parts = ("\n" + body).split(_START)
    if body.count("###") != len(parts) - 1:
        return False
    heads = [head.groups() for part in parts[1:] if (head := _USUAL.match(part))]
    if len(heads) != len(parts) - 1:
        return False
    try:
        moments = [datetime.fromisoformat(at) for at, _identity in heads]
    except ValueError:
        return False
    return moments == sorted(moments) and len({identity for _at, identity in heads}) == len(heads)
