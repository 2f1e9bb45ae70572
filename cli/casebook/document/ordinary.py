"""The quick reading of fields in which nothing is out of the ordinary; almost all files are so.

It names nothing that is wrong: at the first odd thing it gives up, and ``events`` reads the same
text with the same parser from its start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from yaml.error import MarkedYAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from casebook.document.events import HIDDEN, MOST_VALUES, NULLS, PARSER
from casebook.document.syntax import MOST_DEEP
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.document.events import Value

# Without these there are no anchors, aliases, tags, escapes, asked keys and nulls.
_ODD: Final = b"&*!\\~?"
_NULL: Final = b"null"  # in small letters
# Where they may mean that; elsewhere they are signs and words of a sentence.
_MEANT: Final = regex(
    r"(?:^|[\s,\[{:-])(?:[&*]\S|!|(?:~|null|Null|NULL)(?=[\s,\]}]|\Z))"
    r"|\\|(?:^|[{,\[])[ \t-]*\?[ \t]",
    re.MULTILINE,
)
_REMARK: Final = "  # "  # written so it cuts off no value by mistake
MOST_LONG: Final = 2 * MOST_VALUES  # characters: a value takes at least two
_MOST_KNOWN: Final = 4096

# Keys that were found to be plain words, to look at each only once; the same object in all maps,
# so that whoever looks for it later compares no letters.
_known: dict[str, str] = {}


class _Odd(Exception):  # noqa: N818 - not an error: somebody else reads on
    """Something that has to be looked at closely."""


def ordinary(text: str) -> dict[str, Value] | None:
    """The fields, or None where the text must be read closely; what it gives is all right."""
    raw = text.encode()
    signs = len(raw.translate(None, _ODD)) != len(raw) or _NULL in raw.lower()
    if signs and _MEANT.search(text):
        return None
    if b"#" in raw and text.count(" #") != text.count(_REMARK):
        return None
    if not text.isascii() and HIDDEN.search(text):
        return None
    following = PARSER(raw).get_event
    try:
        following()  # the start of the stream
        start = following()
        if type(start) is not DocumentStartEvent or start.version or start.tags:
            return None
        if type(following()) is not MappingStartEvent:
            return None
        data = _map(following, 1)
        ended = not following().explicit and type(following()) is StreamEndEvent
    except (MarkedYAMLError, _Odd):
        return None
    if len(text) > MOST_LONG and _values(data) > MOST_VALUES:
        return None
    return data if ended and data else None


def _values(value: Value) -> int:
    """How many values stand in a map or list, at any depth."""
    if isinstance(value, str):
        return 0
    below = value.values() if isinstance(value, dict) else value
    return len(value) + sum(map(_values, below))


def _map(following: Callable[[], Any], depth: int) -> dict[str, Value]:
    out: dict[str, Value] = {}
    while True:
        event = following()
        if type(event) is not ScalarEvent:
            if type(event) is MappingEndEvent:
                return out
            raise _Odd
        name = _known.get(event.value) or _plain(event.value)
        if event.style or name in out:
            raise _Odd
        event = following()
        if type(event) is not ScalarEvent:
            out[name] = _collection(following, event, depth)
        else:
            out[name] = event.value


def _collection(following: Callable[[], Any], event: Any, depth: int) -> Value:
    if depth == MOST_DEEP:
        raise _Odd
    if type(event) is MappingStartEvent:
        return _map(following, depth + 1)
    # Neither a scalar nor a map: a list, since a text with aliases does not get here.
    out: list[Value] = []
    while True:
        event = following()
        if type(event) is ScalarEvent:
            out.append(event.value)
        elif type(event) is MappingStartEvent:
            if depth + 1 == MOST_DEEP:
                raise _Odd
            out.append(_map(following, depth + 2))
        elif type(event) is SequenceEndEvent:
            return out
        else:
            out.append(_collection(following, event, depth + 1))


def _plain(name: str) -> str:
    if not (name.isidentifier() and name.isascii()) or name in NULLS:
        raise _Odd
    if len(_known) < _MOST_KNOWN:
        _known[name] = name
    return name
