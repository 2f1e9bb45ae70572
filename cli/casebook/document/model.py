"""A document: the bytes of one file, its fields as text, and its body.

It neither reads nor writes files and does not know what the fields mean.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from casebook.document import layout
from casebook.document.decoding import decode
from casebook.document.events import Loader, Value
from casebook.document.fences import split
from casebook.document.ordinary import ordinary
from casebook.finding import ERROR, Finding
from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.document.layout import Node

Pointer: TypeAlias = "tuple[str | int, ...]"


@frozen
class Document:
    """One readable file.

    ``data`` holds the fields: every scalar is text, empty text for an empty value. ``body`` is
    the exact text below the closing fence.
    """

    path: str
    raw: bytes
    data: dict[str, Value]
    body: str

    @property
    def body_line(self) -> int:
        """The number of the first line of the body."""
        text = self.text
        return text.count("\n", 0, len(text) - len(self.body)) + 1

    @property
    def text(self) -> str:
        """The whole file as text, without a leading BOM; line ends as they are."""
        return self.raw.decode("utf-8-sig")

    @property
    def newline(self) -> str:
        """The line end that most lines have: for lines that are added."""
        both = self.raw.count(b"\r\n")
        return "\r\n" if both * 2 > self.raw.count(b"\n") else "\n"

    def layout(self) -> Node:
        """Where everything stands, as a tree; built when asked for, kept for a few documents."""
        return _layout(self.raw, len(self.body))

    def place(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value (or of its key).

        A list entry may be named by its position or by its id: ``("persons", "P1", "roles")``.
        For what does not exist the place of the nearest thing above it.
        """
        if len(pointer) == 1 and isinstance(pointer[0], str):
            return _field(self.raw, len(self.body), pointer[0], key)
        return self.layout().place(pointer, key=key)


@lru_cache(maxsize=4)
def _layout(raw: bytes, body: int) -> Node:
    """Of the bytes, whose hash is kept with them, and the length of the body in characters."""
    return layout.build(_front(raw, body))


@lru_cache(maxsize=4)
def _field(raw: bytes, body: int, name: str, key: bool) -> tuple[int, int]:
    return layout.field(_front(raw, body), name, key=key)


def _front(raw: bytes, body: int) -> str:
    text = raw.decode("utf-8-sig")
    return text[: len(text) - body]


def parse(
    raw: bytes, path: str, quick: Callable[[str], dict[str, Value] | None] = ordinary
) -> tuple[Document | None, list[Finding]]:
    """The document and its warnings, or None and at least one error; never an exception.

    A path that ends in ``.yaml`` or ``.yml`` holds fields only, without fences. ``quick`` reads the
    fields of what is as it should be, and answers None where that is not plain to see.
    """
    text, found = decode(raw, path)
    if text is None:
        return None, found
    block = split(text, path)
    if isinstance(block, Finding):
        return None, [*found, block]
    end, start = block
    front = text[:end]
    data = quick(front)
    if data is None:
        loader = Loader(front, path)
        data = loader.load()
        found += loader.findings
        for finding in found:
            if finding.severity == ERROR:
                return None, found
    return Document(path, raw, data, text[start:]), found
