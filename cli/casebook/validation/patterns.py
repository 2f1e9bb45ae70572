"""Which regular expressions a schema may hold: short, anchored, and quick on any text.

It does not compile or apply them. The subset means the same in Python's and in Rust's engine.
"""

from __future__ import annotations

import re
from typing import Final

from casebook.i18n import _
from casebook.regex import regex

_TOKEN: Final = regex(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\.)"
    r"|(?P<open>\((?:\?:)?)"
    r"|(?P<close>\))"
    r"|(?P<repeat>[*+?]|\{[0-9]+(?:,[0-9]*)?\})"
    r"|(?P<plain>[A-Za-z0-9 _@/:,;=!~#%&<>'\"-])"
    r"|(?P<either>\|)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_LETTER_ESCAPE: Final = regex(r"\\[A-Za-z0-9]")
_MOST: Final = 1000


def unsafe(pattern: str) -> str:
    """Why a pattern is refused, in the user's language; empty when it is fine.

    Allowed: ``^`` ... ``$`` around plain characters, sets and flat groups without repetition;
    counted repetitions up to 1000 and at most one ``*`` or ``+``.
    """
    if len(pattern) < 2 or pattern[0] != "^" or pattern[-1] != "$":
        return _("a pattern starts with ^ and ends with $")
    return _walk(pattern[1:-1]) or _compiles(pattern)


def _walk(inner: str) -> str:
    depth, unbounded, before = 0, 0, ""
    for token in _TOKEN.finditer(inner):
        kind, text = token.lastgroup or "", token[0]
        if kind == "other":
            return _('"{sign}" is not allowed in a pattern here').format(sign=text)
        if kind in ("set", "escape") and _LETTER_ESCAPE.search(text):
            return _("write sets such as [0-9] instead of escapes with letters")
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "either" and not depth:
            return _("alternatives stand in a group")
        elif kind == "repeat":
            if before in ("", "open", "either", "repeat"):
                return _("a repetition has nothing to repeat")
            if before == "close":
                return _("a group is not repeated")
            unbounded += _is_unbounded(text)
            if _largest(text) > _MOST:
                return _("a repetition goes up to {most}").format(most=_MOST)
        if depth not in (0, 1):
            return _("groups do not stand in groups")
        before = kind
    if depth:
        return _("a group is not closed")
    return _("at most one * or + in a pattern") if unbounded > 1 else ""


def _is_unbounded(repeat: str) -> bool:
    return repeat in "*+" or repeat.endswith(",}")


def _largest(repeat: str) -> int:
    return max((int(number) for number in re.findall("[0-9]+", repeat)), default=0)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error:
        return _("this is not a pattern")
    return ""
