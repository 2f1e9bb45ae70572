"""Lines of a text: where they start and end, and what stands around a value in them.

It knows places, not meanings, and changes nothing but by ``inserted``, which returns new text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.document.layout import Node

_DASH: Final = regex(r"([ -]*)-[ \t]*(?:#.*)?")
_REMARK: Final = regex(r"(?:(?<=\s)|^)#[^\r\n]*")


@frozen
class Lines:
    """A text and the line end for lines that are added; places are character offsets."""

    text: str
    newline: str

    def start(self, index: int) -> int:
        """The start of the line that holds this place."""
        return self.text.rfind("\n", 0, index) + 1

    def end(self, index: int) -> int:
        """The start of the next line."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def last(self, index: int) -> int:
        """The end of the line, before its line end."""
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def after_colon(self, key: Node) -> int:
        """The place behind the colon of a key."""
        return self.text.index(":", key.end) + 1

    def dash(self, start: int) -> int:
        """The dash before an entry of a block list; it may stand above, with remarks between."""
        at = start
        while True:
            line = self.start(at)
            match = _DASH.fullmatch(self.text[line:at].rstrip())
            if match:
                return line + len(match[1])
            at = line - 1

    def remarks(self, node: Node, end: int) -> Iterator[str]:
        """The remarks between the values of a list, up to ``end``."""
        at = node.start
        for leaf in node.leaves():
            yield from _REMARK.findall(self.text[at : leaf.start])
            at = leaf.end
        yield from _REMARK.findall(self.text[at:end])

    def inserted(self, at: int, lines: Sequence[str]) -> str:
        """The text with whole lines put in at the start of a line or at the very end."""
        if not lines:
            return self.text
        added = self.newline.join(lines)
        if at and self.text[at - 1] != "\n":
            added = self.newline + added
        else:
            added += self.newline
        return self.text[:at] + added + self.text[at:]
