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


def commits(data: bytes) -> Iterator[tuple[str, bytes, list[RawChange]]]:
    """What ``git diff-tree --stdin --always --pretty=raw --raw -z`` printed: ids, what the commits
    should hold (whoever believes it compares it with its id) and their changes.
    """
    tokens = iter(data.split(b"\0"))
    shown, found = b"", list[RawChange]()
    for token in tokens:
        if token.startswith(b":"):
            found.append(change(token.decode("ascii"), next(tokens)))
        elif token:
            if shown:
                yield *_stored(shown), found
            shown, line, meta = token.rpartition(b"\n\n:")
            found = []
            if line:
                found.append(change(":" + meta.decode("ascii"), next(tokens)))
            else:
                shown = token
    if shown:
        yield *_stored(shown), found


def _stored(shown: bytes) -> tuple[str, bytes]:
    """Id and content of a commit as git stores it, out of how it shows it: text indented by four.

    Where the text ends with an empty line, or with none, that cannot be seen.
    """
    first, _end, rest = shown.partition(b"\n")
    head, _blank, message = rest.partition(b"\n\n")
    text = message.removesuffix(b"\n")[4:].replace(b"\n    ", b"\n")
    return first[7:].decode("ascii"), b"%b\n\n%b\n" % (head, text)
