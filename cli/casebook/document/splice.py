"""The text of a block of fields with one edit spliced in, line by line.

It does not prove the result; ``edit`` reads it again and compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document.compose import dashed, field_lines, value_lines
from casebook.document.lines import Lines
from casebook.document.replace import replaced
from casebook.document.scalars import STEP, flow_list, inline, key_text
from casebook.document.wanted import AddEntry, RemoveEntry, RemoveKey, SetValue
from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.document.layout import Node
    from casebook.document.model import Pointer
    from casebook.document.wanted import FieldEdit


def spliced(text: str, root: Node, newline: str, edit: FieldEdit) -> str:
    """The text with the edit made; ``expected`` has accepted the edit before."""
    splicer = _Splicer(Lines(text, newline), root)
    if isinstance(edit, SetValue):
        return splicer.set_value(edit)
    if isinstance(edit, AddEntry):
        return splicer.add_entry(edit)
    if isinstance(edit, RemoveEntry):
        return splicer.remove_entry(edit)
    return splicer.remove_key(edit)


@frozen
class _Splicer:
    """One text with its layout; every method returns a new text."""

    lines: Lines
    root: Node

    def set_value(self, edit: SetValue) -> str:
        """A value replaced, or a key added."""
        parent, flow = self._parent(edit.pointer)
        name = edit.pointer[-1]
        number = parent.find(name)
        if number is not None:
            return replaced(self.lines, parent, number, edit.value, flow=flow)
        if flow:
            return self._add_to_flow(parent, _flow_field(str(name), edit.value), edit.after)
        lines = value_lines(key_text(str(name)), edit.value, parent.column)
        return self.lines.inserted(self._place_for(parent, edit.after), lines)

    def remove_key(self, edit: RemoveKey) -> str:
        """The lines of a key and its value removed; a dash before it stays for the next key."""
        text = self.lines.text
        parent, flow = self._parent(edit.pointer)
        number = parent.index(edit.pointer[-1])
        key, value = parent.keys[number], parent.values[number]
        if flow:
            return self._cut_from_flow(number, parent.keys, parent.values)
        start, end = self.lines.start(key.start), self.lines.end(value.end)
        if text[start : key.start].strip():
            following = text[end:]
            end += len(following) - len(following.lstrip())
            start = key.start
        return text[:start] + self._rest(start, end, parent.column)

    def add_entry(self, edit: AddEntry) -> str:
        """An entry appended to a list; the list is made where there is none."""
        root, text = self.root, self.lines.text
        number = root.find(edit.key)
        if number is None:
            if root.is_flow:
                field = f"{key_text(edit.key)}: [{_flow_map(edit.entry)}]"
                return self._add_to_flow(root, field, edit.after)
            head = " " * root.column + key_text(edit.key) + ":"
            lines = [head, *_entry(edit.entry, *self._habit())]
            return self.lines.inserted(self._place_for(root, edit.after), lines)
        node = root.values[number]
        if node.values:
            if node.is_flow:
                return self._add_to_flow(node, _flow_map(edit.entry), ())
            lines = _entry(edit.entry, *self._habit_of(node))
            return self.lines.inserted(self.lines.end(node.end), lines)
        if root.is_flow:
            space = " " if node.start == node.end else ""
            return f"{text[: node.start]}{space}[{_flow_map(edit.entry)}]{text[node.end :]}"
        start = self.lines.after_colon(root.keys[number])
        shorter = Lines(text[:start] + text[node.end :], self.lines.newline)
        return shorter.inserted(shorter.end(start), _entry(edit.entry, *self._habit()))

    def remove_entry(self, edit: RemoveEntry) -> str:
        """The lines of an entry removed; the last one leaves ``[]`` behind."""
        position = self.root.index(edit.key)
        key, node = self.root.keys[position], self.root.values[position]
        number = node.index(edit.id)
        if node.is_flow:
            return self._cut_from_flow(number, node.values, node.values)
        entry, text = node.values[number], self.lines.text
        start = self.lines.start(self.lines.dash(entry.start))
        text = text[:start] + self._rest(start, self.lines.end(entry.end), node.column)
        if len(node.values) == 1:
            colon = self.lines.after_colon(key)
            text = text[:colon] + " []" + text[colon:]
        return text

    def _rest(self, start: int, end: int, column: int) -> str:
        """What stands behind a removed part, so that no text of lines before it swallows any of it.

        Blank lines go with the part where a ``|+`` text would take them; remarks that stand as
        far to the right as such a text move to the column of what was removed.
        """
        before = [leaf for leaf in self.root.leaves() if leaf.start < start]
        text = self.lines.text
        if not before or before[-1].style not in ("|", ">"):
            return text[end:]
        takes_blanks = "+" in text[before[-1].start :][:3]
        margin = _margin(text[before[-1].start : before[-1].end]) or column + 1
        kept = ""
        while end < len(text):
            line = text[end : self.lines.end(end)]
            words = line.lstrip(" \t")
            if words[:1] == "#" and len(line) - len(words) >= margin:
                kept += " " * column + words
            elif words.strip() and words[0] != "#":
                break
            elif kept or words.strip() or not takes_blanks:
                kept += line
            end += len(line)
        return kept + text[end:]

    def _add_to_flow(self, parent: Node, field: str, after: Sequence[str]) -> str:
        """A field or entry between brackets."""
        text = self.lines.text
        if not parent.values:
            return text[: parent.start + 1] + field + text[parent.start + 1 :]
        end = parent.values[_predecessor(parent, after)].end
        return text[:end] + ", " + field + text[end:]

    def _cut_from_flow(self, number: int, firsts: Sequence[Node], lasts: Sequence[Node]) -> str:
        """One entry less between brackets, with the comma beside it."""
        if number + 1 < len(firsts):
            start, end = firsts[number].start, firsts[number + 1].start
        elif number:
            start, end = lasts[number - 1].end, lasts[number].end
        else:
            start, end = firsts[0].start, lasts[0].end
        return self.lines.text[:start] + self.lines.text[end:]

    def _place_for(self, parent: Node, after: Sequence[str]) -> int:
        """The start of the line behind the last present predecessor, or behind the whole map."""
        return self.lines.end(parent.values[_predecessor(parent, after)].end)

    def _parent(self, pointer: Pointer) -> tuple[Node, bool]:
        """The collection that holds what the pointer names; whether it stands in brackets."""
        node = self.root
        flow = node.is_flow
        for step in pointer[:-1]:
            node = node.values[node.index(step)]
            flow = flow or node.is_flow
        return node, flow

    def _habit(self) -> tuple[int, int]:
        """Columns of dash and keys as in the first other list of entries, else house style."""
        for node in self.root.values:
            if node.style == "block" and node.kind == "list" and node.values[0].kind == "map":
                return self._habit_of(node)
        return self.root.column + STEP, self.root.column + 2 * STEP

    def _habit_of(self, node: Node) -> tuple[int, int]:
        """Columns of dash and keys of the last entry of this list."""
        last = node.values[-1]
        return node.column, last.column if last.style == "block" else node.column + STEP


def _margin(block: str) -> int:
    """How far to the right the lines of a ``|`` or ``>`` text stand at least; 0 without any."""
    lines = [line for line in block.split("\n")[1:] if line.strip()]
    return min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)


def _predecessor(parent: Node, after: Sequence[str]) -> int:
    present = [number for name in after if (number := parent.find(name)) is not None]
    return present[-1] if present else len(parent.values) - 1


def _flow_field(name: str, value: str | list[str]) -> str:
    written = inline(value, flow=True) if isinstance(value, str) else flow_list(value)
    return f"{key_text(name)}: {written}"


def _flow_map(entry: Mapping[str, str | list[str]]) -> str:
    return "{" + ", ".join(_flow_field(key, value) for key, value in entry.items()) + "}"


def _entry(entry: Mapping[str, str | list[str]], dash: int, column: int) -> list[str]:
    return dashed(field_lines(entry, column), dash)
