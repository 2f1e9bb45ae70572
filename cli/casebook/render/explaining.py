"""The meaning of a word as a page or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.lexicon import Meaning


def page(found: Sequence[Meaning], width: int) -> list[str]:
    """One paragraph a meaning: what it is, what it says, and where it is written."""
    lines: list[str] = []
    for one in found:
        named = one.id if one.label == one.id else f"{one.label} ({one.id})"
        lines += ["", *text.wrap(f"{named}: {one.sort_label}", width)]
        for sentence in one.text:
            lines += text.wrap(sentence, width, "  ")
        lines.append(f"  {one.path}:{one.line}")
    return lines[1:]


def data(word: str, found: Sequence[Meaning]) -> dict[str, Any]:
    """The same as data."""
    return {
        "word": word,
        "meanings": [
            {
                "id": one.id,
                "sort": one.sort,
                "label": one.label,
                "text": list(one.text),
                "path": one.path,
                "line": one.line,
            }
            for one in found
        ],
    }
