"""Reading the fields of a text of which another version was read: what stayed the same is kept.

A top-level field is its own lines, whatever stands around it: the parser is asked again only for
those that are not as before. Where that is not plain to see the whole text is read as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.document.ordinary import MOST_LONG, ordinary
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.document.events import Value

# The line of a field, and the lines below it that are indented, items, remarks or empty.
_FIELD: Final = regex(r"[A-Za-z_][A-Za-z0-9_]*:(?=[ \n])[^\n]*\n(?:(?:[ #-][^\n]*)?\n)*")


class Again:
    """One reading; ``lines`` afterwards holds the lines of each field and its value."""

    def __init__(self, before: Mapping[str, Value]) -> None:
        """``before`` is what ``lines`` was after another version of the text was read."""
        self._before = before
        self.lines: dict[str, Value] = {}

    def read(self, front: str) -> dict[str, Value] | None:
        """As ``ordinary``: the fields, or None where the text must be read closely."""
        found = _fields(front) if len(front) <= MOST_LONG else None
        if found is None:
            return ordinary(front)
        fresh = [one for one in found if one not in self._before]
        if len(fresh) == len(found):
            data = ordinary(front)
            if data is None or list(data) != _names(found):
                return data
            self.lines = dict(zip(found, data.values(), strict=True))
            return data
        read = ordinary("".join(fresh)) if fresh else {}
        if read is None or list(read) != _names(fresh):
            return ordinary(front)
        names = _names(found)
        if len(set(names)) < len(names):
            return None
        own = dict(zip(fresh, read.values(), strict=True))
        self.lines = {one: own[one] if one in own else self._before[one] for one in found}
        return dict(zip(names, self.lines.values(), strict=True))


def _fields(front: str) -> list[str] | None:
    """The lines of each top-level field; None where anything else stands among them."""
    at = front.find("\n") + 1 if front.startswith("---") else 0
    found = []
    for one in _FIELD.finditer(front, at):
        if one.start() != at:
            return None
        at = one.end()
        found.append(one[0])
    return found if at == len(front) else None


def _names(fields: Sequence[str]) -> list[str]:
    return [one.partition(":")[0] for one in fields]
