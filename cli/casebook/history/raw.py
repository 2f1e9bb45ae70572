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
    if not meta.startswith("::"):
        mode, new_mode, identity, new, status = meta[1:].split()
        return RawChange(os.fsdecode(path), (Side(mode, identity),), Side(new_mode, new), status)
    count = len(meta) - len(meta.lstrip(":")) + 1
    words = meta[count - 1 :].split()
    sides = [Side(words[n], words[count + n]) for n in range(count)]
    return RawChange(os.fsdecode(path), tuple(sides[:-1]), sides[-1], words[-1])


def changes(data: bytes) -> list[RawChange]:
    """What ``git diff-index --raw -z`` printed."""
    tokens = iter(data.split(b"\0"))
    return [change(meta.decode("ascii"), next(tokens)) for meta in tokens if meta]


def history(data: bytes, fields: int) -> Iterator[tuple[list[str], list[RawChange]]]:
    """What ``git log -c --raw -z`` printed with ``fields`` NUL-ended texts per commit.

    The first text must be a commit's id, so that a path can never be taken for one.
    """
    tokens = iter(data.split(b"\0"))
    texts: list[str] = []
    found: list[RawChange] = []
    for token in tokens:
        word = token.lstrip(b"\n")
        if word.startswith(b":"):
            found.append(change(word.decode("ascii"), next(tokens)))
        elif word:
            if texts:
                yield texts, found
            rest = [next(tokens) for _number in range(fields - 1)]
            texts = [part.decode("utf-8", "replace") for part in (word, *rest)]
            found = []
    if texts:
        yield texts, found


def trees(data: bytes) -> Iterator[tuple[str, list[RawChange]]]:
    """What ``git diff-tree --stdin --raw -z`` printed: commits (only those that changed anything,
    in the order in which they were asked for) with their changes.
    """
    tokens = iter(data.split(b"\0"))
    identity, found = "", list[RawChange]()
    for token in tokens:
        if token.startswith(b":"):
            found.append(change(token.decode("ascii"), next(tokens)))
        elif token:
            if identity:
                yield identity, found
            identity, found = token.decode("ascii"), []
    if identity:
        yield identity, found
