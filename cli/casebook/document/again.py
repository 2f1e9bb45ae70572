"""Reading the fields of a text of which another version was read: what stayed the same is kept.

A top-level field is its own lines, whatever stands around it: the parser is asked again only for
those that are not as before, and of a list that became longer only for what was added. Where that
is not plain to see the whole text is read as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.document.ordinary import MOST_LONG, ordinary
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.document.events import Value

    Lines = Mapping[str, tuple[str, Value]]  # the lines of a field -> its name and value

_FENCE: Final = "---\n"
_STARTS: Final = regex(r"\n(?=[A-Za-z_])")  # the line end before a field
_FIELD: Final = regex(r"[A-Za-z_][A-Za-z0-9_]*:(?=[ \n]|\Z)")
# A line that is no field, and not below one either: indented, an item, a remark or empty.
_STRANGE: Final = regex(r"\n[^A-Za-z_ #\n-]")
_ITEMS: Final = regex(r"[^\n:]*:\n( *- )")  # the first lines of a list


class Again:
    """One reading; ``lines`` afterwards holds the lines of each field, its name and its value.

    ``fresh`` holds the lines of fields that the other version did not have, entries that a list got
    below its name; None where that is not known.
    """

    def __init__(self, before: Again | None = None) -> None:
        """``before`` read another version of the text."""
        self.front: str = ""
        self.data: dict[str, Value] | None = None
        self.lines: Lines = {}
        self.fresh: str | None = None
        known = before if before is not None else self
        self._front, self._data, self._before = known.front, known.data, known.lines

    def read(self, front: str) -> dict[str, Value] | None:
        """As ``ordinary``: the fields, or None where the text must be read closely.

        Where nothing changed they are the very same object.
        """
        self.front = front
        if front == self._front and self._data is not None:
            self.data, self.lines, self.fresh = self._data, self._before, ""
        else:
            self.data = self._read(front)
        return self.data

    def _read(self, front: str) -> dict[str, Value] | None:
        if len(front) > MOST_LONG or not front.endswith("\n"):
            return ordinary(front)
        start = len(_FENCE) if front.startswith(_FENCE) else 0
        found = _STARTS.split(front[start:-1])
        before = self._before
        fresh = [one for one in found if one not in before]
        if any(map(_STRANGE.search, fresh)) or not all(map(_FIELD.match, fresh)):
            return ordinary(front)
        if len(fresh) == len(found):
            data = ordinary(front)
            if data is not None and list(data) == [_name(one) for one in found]:
                self.lines = dict(zip(found, data.items(), strict=True))
            return data
        text, kept = self._texts(fresh) if fresh else ("", [])
        own = _read_fields(fresh, text, kept) if fresh else {}
        if own is None:
            return ordinary(front)
        lines = {one: before[one] if one in before else own[one] for one in found}
        data = dict(lines.values())
        if len(data) < len(found):  # a field, or a name, stands there twice
            return None
        self.lines, self.fresh = lines, text
        return data

    def added(self, other: Again, before: str, after: str) -> bytes | None:
        """All lines that the version read by ``other`` has not, as a file of their own.

        ``before`` and ``after`` are the texts below the fields. None where it is not plain to see.
        """
        same = self._before is other.lines and self.front.startswith(_FENCE)
        follows = after.startswith(before) and (not before or before.endswith("\n"))
        if self.fresh is None or not (same and follows):
            return None
        return f"{_FENCE}{self.fresh}{_FENCE}{after[len(before) :]}".encode()

    def _texts(self, fresh: Sequence[str]) -> tuple[str, list[list[Value]]]:
        """What is new in these fields, and the entries of each that were read before."""
        data = self._data or {}
        texts, kept = [], []
        for lines in fresh:
            name = _name(lines)
            value, added = data.get(name), ""
            entries = value if type(value) is list else []
            if entries:
                was = next(old for old, (known, _value) in self._before.items() if known == name)
                added = _added(was, lines)
            texts.append(f"{name}:\n{added}\n" if added else f"{lines}\n")
            kept.append(entries if added else [])
        return "".join(texts), kept


def _read_fields(
    fresh: Sequence[str], text: str, kept: Sequence[list[Value]]
) -> dict[str, tuple[str, Value]] | None:
    """Name and value of fields by their lines; None where they must be read closely."""
    read = ordinary(text)
    if read is None or list(read) != [_name(one) for one in fresh]:
        return None
    return {
        lines: (name, [*first, *value] if isinstance(value, list) and first else value)
        for lines, first, (name, value) in zip(fresh, kept, read.items(), strict=True)
    }


def _added(before: str, after: str) -> str:
    """The lines of the entries that a list got at its end; nothing where it changed otherwise."""
    items = _ITEMS.match(before)
    if items is None or not after.startswith(f"{before}\n{items[1]}"):
        return ""
    return after[len(before) + 1 :]


def _name(lines: str) -> str:
    return lines.partition(":")[0]
