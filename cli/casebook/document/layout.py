"""Where every key and value of a readable block of fields stands, to the character.

It trusts that ``events`` accepted the text; it judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from casebook.document.events import PARSER, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDS: Final = (MappingEndEvent, SequenceEndEvent)


class Node:
    """A value and its place: ``text[start:end]``, exact also for block texts and collections.

    ``style`` is "" (plain), "'", '"', "|", ">" for text; "flow" or "block" for lists and maps.
    ``keys`` and ``values`` run side by side in a map; a list has only ``values``.
    """

    __slots__ = ("column", "end", "keys", "kind", "line", "start", "style", "text", "values")

    def __init__(  # noqa: PLR0917 - the places stand in the order of the marks
        self, kind: str, start: int, end: int, line: int, column: int, style: str, text: str = ""
    ) -> None:
        self.kind = kind  # "text", "list" or "map"
        self.start = start
        self.end = end
        self.line = line
        self.column = column
        self.style = style
        self.text = text
        self.keys: list[Node] = []
        self.values: list[Node] = []

    @property
    def is_flow(self) -> bool:
        """Whether it is written between brackets."""
        return self.style == "flow"

    def find(self, step: str | int) -> int | None:
        """The position of a key, an index, or of the list entry with this id."""
        if self.kind == "map":
            names = [key.text for key in self.keys]
            return names.index(step) if step in names else None
        if isinstance(step, int):
            return step if 0 <= step < len(self.values) else None
        for position, value in enumerate(self.values):
            number = value.find("id") if value.kind == "map" else None
            if number is not None and value.values[number].text == step:
                return position
        return None

    def index(self, step: str | int) -> int:
        """Like ``find``, for what is known to be there; else LookupError."""
        number = self.find(step)
        if number is None:
            raise LookupError(step)
        return number

    def place(self, pointer: tuple[str | int, ...], *, key: bool = False) -> tuple[int, int]:
        """Line and column from 1 of what the pointer names, else of the nearest thing above."""
        node, at = self, self
        for step in pointer:
            number = node.find(step)
            if number is None:
                break
            at = node.keys[number] if key and node.kind == "map" else node.values[number]
            node = node.values[number]
        return at.line + 1, at.column + 1

    def data(self) -> Value:
        """The plain value; equal to what ``events`` read."""
        if self.kind == "text":
            return self.text
        if self.kind == "list":
            return [value.data() for value in self.values]
        return {k.text: v.data() for k, v in zip(self.keys, self.values, strict=True)}

    def leaves(self) -> Iterator[Node]:
        """All keys and texts in the order of the file."""
        if self.kind == "text":
            yield self
        for number, value in enumerate(self.values):
            if self.keys:
                yield self.keys[number]
            yield from value.leaves()


def build(text: str) -> Node:
    """The layout of a block of fields (with its opening fence, without the closing one)."""
    following = PARSER(text).get_event
    following()  # the stream
    following()  # the document
    return _node(following(), following, text)


def field(text: str, name: str, *, key: bool = False) -> tuple[int, int]:
    """As ``build(text).place((name,), key=key)``, but nothing is read or kept below that field."""
    following = PARSER(text).get_event
    following()  # the stream
    following()  # the document
    at = following()
    while type(found := following()) is ScalarEvent:
        value = following()
        if found.value == name:
            at = found if key else value
            break
        _pass(value, following)
    return at.start_mark.line + 1, at.start_mark.column + 1


def _pass(event: Any, following: Callable[[], Any]) -> None:
    """Let a value go by, with all that it holds."""
    depth = 0
    while True:
        if type(event) in _ENDS:
            depth -= 1
        elif type(event) is not ScalarEvent:
            depth += 1
        if not depth:
            return
        event = following()


def _node(event: Any, following: Callable[[], Any], text: str) -> Node:
    mark, end_mark = event.start_mark, event.end_mark
    if type(event) is ScalarEvent:
        end = end_mark.index
        style = event.style or ""
        if style in ("|", ">"):
            end = _end_of_block_text(text, mark.index, end, event.value)
        return Node("text", mark.index, end, mark.line, mark.column, style, event.value)
    kind = "map" if type(event) is MappingStartEvent else "list"
    style = "flow" if event.flow_style else "block"
    node = Node(kind, mark.index, mark.index, mark.line, mark.column, style)
    while True:
        inner: Any = following()
        if type(inner) in _ENDS:
            break
        if kind == "map":
            node.keys.append(_node(inner, following, text))
            inner = following()
        node.values.append(_node(inner, following, text))
    if node.is_flow:
        node.end = inner.end_mark.index
    else:  # the parser's mark of a block stands at the next token: too far
        node.end = node.values[-1].end
    return node


def _end_of_block_text(text: str, start: int, end: int, value: str) -> int:
    """The end of the last line that belongs to a ``|`` or ``>`` text, without its line end.

    The parser's mark runs over the blank lines that follow.
    """
    head_end = text.find("\n", start, end)
    if head_end < 0:
        return len(text[start:end].split("#", maxsplit=1)[0].rstrip()) + start
    last = position = head_end
    while position + 1 < end:
        stop = text.find("\n", position + 1, end)
        stop = end if stop < 0 else stop
        blank = not text[position + 1 : stop].strip()
        position = stop
        if not blank or value.endswith("\n\n") or not value.strip("\n"):
            last = stop
    return last - 1 if text[last - 1 : last] == "\r" else last
