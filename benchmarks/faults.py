"""Ways to spoil a case file, one fault each, at a line of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


def _change(pattern: str, by: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        spoiled, count = re.subn(pattern, by, text, count=1, flags=re.MULTILINE)
        if not count:
            raise ValueError(f"{path.name}: nothing matches {pattern}")
        path.write_text(spoiled, encoding="utf-8")

    return harm


def quote(path: Path, field: str = "summary") -> None:
    """A quote that is never closed."""
    _change(rf"^{field}: ", f'{field}: "')(path)


def merge(path: Path) -> None:
    """Marks of an unfinished merge."""
    text = path.read_text(encoding="utf-8")
    second = text.index("\n", 5) + 1
    marks = "<<<<<<< ours\nx_a: 1\n=======\nx_a: 2\n>>>>>>> theirs\n"
    path.write_text(text[:second] + marks + text[second:], encoding="utf-8")


TEN: dict[str, Callable[[Path], None]] = {
    "unknown field": _change(r"^reported_by:", "reportd_by:"),
    "unknown state": _change(r"^state: .*", "state: geslotn"),
    "unknown type": _change(r"^type: .*", "type: cyberpestn"),
    "day that does not exist": _change(r"^reported: .*", "reported: 2025-02-30"),
    "value not allowed": _change(r"^where: .*", "where: [onlnie]"),
    "field twice": _change(r"^reported_by: .*", r"\g<0>\n\g<0>"),
    "quote not closed": quote,
    "unresolved merge": merge,
    "procedure that is not there": _change(r"^procedure: .*", "procedure: nergens@9"),
    "telephone number": _change(r"^summary: .*", "summary: Bel 0612345678 voor de ouders"),
}
