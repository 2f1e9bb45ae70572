"""One value replaced by another, with the remarks around it kept.

It does not add or remove keys and entries; ``splice`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.document.lines import Lines
from casebook.document.scalars import STEP, block_text, flow_list, inline
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.document.layout import Node

_HEADER: Final = regex(r"[|>][0-9+-]*")
_QUOTES: Final = ("'", '"')


def replaced(lines: Lines, parent: Node, number: int, value: str | list[str], *, flow: bool) -> str:
    """The text with another value at this place in ``parent``."""
    node = parent.values[number]
    if isinstance(value, str):
        new = inline(value, flow=flow, quote=node.style if node.style in _QUOTES else "")
    else:
        new = flow_list(value)
    if node.kind == "text":
        block = None
        if isinstance(value, str) and not flow:
            block = block_text(value, parent.column + STEP)
        return _replace_text(lines, node, new, block)
    if isinstance(value, list) and value and node.values and _is_one_per_line(lines, node):
        return _rewrite_lines(lines, node, value)
    return _replace_list(lines, parent.keys[number], node, new)


def _replace_text(lines: Lines, node: Node, new: str, block: tuple[str, list[str]] | None) -> str:
    """A text replaced by a text or a one-line list; a remark behind it stays."""
    text = lines.text
    header = _HEADER.match(text, node.start) if node.style in ("|", ">") else None
    end = header.end() if header else node.end
    tail = lines.last(end)
    head, below = block or (new, [])
    space = " " if node.start == node.end else ""
    added = "".join(lines.newline + line for line in below)
    return text[: node.start] + space + head + text[end:tail] + added + text[max(node.end, tail) :]


def _replace_list(lines: Lines, key: Node, node: Node, new: str) -> str:
    """A list replaced by a value on the line of its key; remarks inside it move above it."""
    text = lines.text
    if node.is_flow:
        start, end = node.start, node.end
        changed = new + text[end:]
    else:
        start, end = lines.after_colon(key), lines.last(node.end)
        changed = " " + new + text[start : lines.last(start)] + text[end:]
    line = lines.start(key.start)
    margin = " " * key.column
    above = "".join(margin + remark + lines.newline for remark in lines.remarks(node, end))
    return text[:line] + above + text[line:start] + changed


def _is_one_per_line(lines: Lines, node: Node) -> bool:
    """Whether every entry is a short text behind a dash on its own line."""
    return all(
        value.kind == "text"
        and "\n" not in lines.text[value.start : value.end]
        and lines.text[lines.start(value.start) : value.start].strip() == "-"
        for value in node.values
    )


def _rewrite_lines(lines: Lines, node: Node, new: Sequence[str]) -> str:
    """Only the lines of entries that came, went or changed; from the last to the first."""
    nodes = node.values
    dash = lines.text[lines.start(nodes[0].start) : nodes[0].start].rstrip() + " "
    old = [value.text for value in nodes]
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, old, list(new), autojunk=False).get_opcodes()
    for _tag, first, last, new_first, new_last in reversed(codes):
        if old[first:last] == list(new[new_first:new_last]):
            continue
        added = new[new_first:new_last]
        common = min(last - first, len(added))
        at = lines.end(nodes[last - 1].end) if last else lines.start(nodes[0].start)
        text = lines.inserted(at, [dash + inline(value) for value in added[common:]])
        for value in reversed(nodes[first + common : last]):
            text = text[: lines.start(value.start)] + text[lines.end(value.end) :]
        for value, word in reversed(list(zip(nodes[first:last], added, strict=False))):
            space = " " if value.start == value.end else ""
            quoted = inline(word, quote=value.style if value.style in _QUOTES else "")
            text = text[: value.start] + space + quoted + text[value.end :]
        lines = Lines(text, lines.newline)
    return lines.text
