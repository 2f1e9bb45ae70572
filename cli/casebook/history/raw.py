"""Git's raw lists of changed paths, read into values.

It starts nothing and reads no content.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.snapshot import EXECUTABLE, FILE, LINK, SUBMODULE

if TYPE_CHECKING:
    from collections.abc import Iterator

ABSENT: Final = "000000"
KINDS: Final = {"100644": FILE, "100755": EXECUTABLE, "120000": LINK, "160000": SUBMODULE}


@frozen
class Side:
    """One side of a changed path: git's mode and the id of its content."""

    mode: str
    id: str

    @property
    def exists(self) -> bool:
        """Whether the path is there on this side."""
        return self.mode != ABSENT

    @property
    def kind(self) -> str:
        """The mode in the words of ``snapshot``."""
        return KINDS.get(self.mode, FILE)


@frozen
class RawChange:
    """A changed path (from the top of the repository) and its sides: the parents', then its own."""

    path: str
    before: tuple[Side, ...]
    after: Side
    status: str

    @property
    def unmerged(self) -> bool:
        """Whether the path is in conflict."""
        return "U" in self.status


def change(meta: str, path: bytes) -> RawChange:
    """One change from git's ``:mode mode id id status`` (one more mode and id per parent)."""
    count = len(meta) - len(meta.lstrip(":")) + 1
    words = meta[count - 1 :].split()
    sides = [Side(words[n], words[count + n]) for n in range(count)]
    return RawChange(os.fsdecode(path), tuple(sides[:-1]), sides[-1], words[-1])


def changes(data: bytes) -> list[RawChange]:
    """What ``git diff-index --raw -z`` printed."""
    tokens = iter(data.split(b"\0"))
    return [change(meta.decode("ascii"), next(tokens)) for meta in tokens if meta]


class History:
    """What ``git log -c --raw -z`` printed with ``fields`` NUL-ended texts per commit.

    The texts and changes of each commit, made of git's words when they are asked for: a long
    history is many small values. The first text must be a commit's id, so that a path can never
    be taken for one.
    """

    def __init__(self, data: bytes, fields: int) -> None:
        self._data = data
        self._fields = fields
        self._starts: list[int] = []
        at = 0
        while at < len(data):
            if data.startswith((b":", b"\n:"), at):
                at = self._after(at, 2)
            elif data.startswith((b"\0", b"\n\0"), at):
                at = self._after(at, 1)
            else:
                self._starts.append(at)
                at = self._after(at, fields)
        self._starts.append(at)

    def _after(self, at: int, texts: int) -> int:
        """Where the data goes on after so many texts."""
        for _number in range(texts):
            at = self._data.find(b"\0", at) + 1 or len(self._data)
        return at

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[tuple[list[str], list[RawChange]]]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, at: int) -> tuple[list[str], list[RawChange]]:
        words = self._data[self._starts[at] : self._starts[at + 1]].split(b"\0")
        words[0] = words[0].lstrip(b"\n")
        texts = [text.decode("utf-8", "replace") for text in words[: self._fields]]
        rest = iter(words[self._fields :])
        found = [
            change(meta.lstrip(b"\n").decode("ascii"), next(rest))
            for meta in rest
            if meta not in (b"", b"\n")
        ]
        return texts, found
