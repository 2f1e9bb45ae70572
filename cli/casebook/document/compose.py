"""The text of a new record in house style: flat fields, lists on one line, entries below.

It is for new files only; existing ones are edited, never composed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document.scalars import STEP, block_text, flow_list, inline, key_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def compose(data: Mapping[str, object], body: str = "") -> str:
    """Fences, fields and body; ``parse`` of it gives back ``data`` and ``body``.

    Whole numbers are written as they are; lists of text stand on one line.
    """
    lines = ["---", *field_lines(data, 0), "---", ""]
    return "\n".join(lines) + body


def field_lines(data: Mapping[str, object], indent: int) -> list[str]:
    """The lines of a map, each indented by ``indent`` spaces."""
    lines: list[str] = []
    for key, value in data.items():
        lines += value_lines(key_text(key), value, indent)
    return lines


def value_lines(key: str, value: object, indent: int) -> list[str]:
    """The line ``key: value`` with the lines below it, where there are any."""
    margin = " " * indent
    if isinstance(value, dict):
        if not value:
            return [f"{margin}{key}: {{}}"]
        return [f"{margin}{key}:", *field_lines(value, indent + STEP)]
    if isinstance(value, (list, tuple)):
        if all(not isinstance(entry, (dict, list, tuple)) for entry in value):
            return [f"{margin}{key}: {flow_list([str(entry) for entry in value])}"]
        return [f"{margin}{key}:", *list_lines(value, indent + STEP)]
    block = block_text(str(value), indent + STEP)
    if block:
        return [f"{margin}{key}: {block[0]}", *block[1]]
    return [f"{margin}{key}: {inline(str(value))}"]


def list_lines(values: Sequence[object], indent: int) -> list[str]:
    """The lines of a list below its key, each entry with its dash."""
    lines: list[str] = []
    for value in values:
        if isinstance(value, dict) and value:
            lines += entry_lines(value, indent, indent + STEP)
        elif isinstance(value, dict):
            lines.append(" " * indent + "- {}")
        elif isinstance(value, (list, tuple)):
            nested = list_lines(value, indent + STEP)
            lines += dashed(nested, indent) if nested else [" " * indent + "- []"]
        else:
            lines.append(" " * indent + "- " + inline(str(value)))
    return lines


def entry_lines(entry: Mapping[str, object], dash: int, column: int) -> list[str]:
    """The lines of one map in a list: dash in column ``dash``, keys in column ``column``."""
    return dashed(field_lines(entry, column), dash)


def dashed(lines: list[str], dash: int) -> list[str]:
    """The same lines with a dash put into the margin of the first."""
    first = lines[0]
    return [first[:dash] + "-" + first[dash + 1 :], *lines[1:]]
