"""Where the block of fields starts and ends in a text.

It does not read the fields; it only finds the two lines with three dashes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from casebook.document.reporting import report
from casebook.regex import regex

if TYPE_CHECKING:
    from casebook.finding import Finding

DATA_SUFFIXES: Final = (".yaml", ".yml")  # files that are fields from first to last line

_FENCE: Final = regex(r"---[ \t]*(?:\r?\n|\Z)")
_LOOKS_OPENING: Final = regex(r"^---[ \t]*\r?$", re.MULTILINE)
_OTHER_FORMAT: Final = regex(r"(\+\+\+|;;;)[ \t]*\r?(?:\n|\Z)")
_ALMOST: Final = regex(r"[ \t]*-{2,}.*")
_LONG_FENCE: Final = regex(r"^-{4,}[ \t]*\r?$", re.MULTILINE)
_FIELD_LINE: Final = regex(r"[a-z_][a-z0-9_-]*:(?:[ \t]|\r?$)|[ \t]+\S|- |#")


# ``(end, body)``: ``text[:end]`` is what the YAML parser reads, ``text[body:]`` is the body.
Block: TypeAlias = "tuple[int, int]"


def split(text: str, path: str) -> Block | Finding:
    """The block of fields of a text, or what is wrong with its fences."""
    if path.endswith(DATA_SUFFIXES):
        return len(text), len(text)
    end = text.find("\n---", 3)
    two = text.startswith("---\n") and text.startswith("\n---\n", end)
    if two and text.find("\n---", end + 4) < 0:
        return end + 1, end + 5  # as they should be, and nothing else like a fence
    opening = _FENCE.match(text)
    if not opening:
        return _no_opening(text, path)
    closing = _closing(text, opening.end())
    if not closing:
        return _no_closing(text, path)
    if text.find("\n---", closing.end() - 1) >= 0:
        problem = _second_block(text, closing, path)
        if problem:
            return problem
    return closing.start(), closing.end()


def _closing(text: str, start: int) -> re.Match[str] | None:
    """The first line from ``start``, itself the start of a line, that is a fence."""
    line = start
    while line >= 0:
        found = _FENCE.match(text, line)
        if found:
            return found
        line = text.find("\n---", line) + 1 or -1
    return None


def _no_opening(text: str, path: str) -> Finding:
    """Why the first line is not the fence."""
    other = _OTHER_FORMAT.match(text)
    if other:
        return report(path, 1, 1, "fence-of-another-format", fence=other[1])
    if _ALMOST.match(text):
        return report(path, 1, 1, "fence-wrong")
    if _LOOKS_OPENING.search(text):
        return report(path, 1, 1, "text-before-front-matter")
    return report(path, 1, 1, "front-matter-missing")


def _no_closing(text: str, path: str) -> Finding:
    """Why no line closes the fields: a fence of other length, or none at all."""
    long = _LONG_FENCE.search(text)
    if long:
        return report(path, text.count("\n", 0, long.start()) + 1, 1, "fence-wrong")
    return report(path, 1, 1, "front-matter-unclosed")


def _second_block(text: str, closing: re.Match[str], path: str) -> Finding | None:
    """A body that starts, without an empty line, with fields up to a further fence.

    A rule ``---`` in ordinary Markdown is fine: some line above it does not look like a field.
    """
    further = _closing(text, closing.end())
    if not further or further.start() == closing.end():
        return None
    lines = text[closing.end() : further.start()].split("\n")[:-1]
    if not all(_FIELD_LINE.match(line) for line in lines):
        return None
    line = text.count("\n", 0, closing.start()) + 1
    if lines[0][0] in " \t":
        return report(path, line, 1, "fence-in-text")
    return report(path, line + 1, 1, "second-block") if lines[0][0] not in "-#" else None
