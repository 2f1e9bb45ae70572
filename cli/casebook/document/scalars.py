"""How a value is written: plain where that is safe, quoted or as a block of lines where not.

It does not decide where a value stands, and never changes what the value is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.document.events import KEY, NULLS
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP: Final = 2  # spaces per level in house style

_FIRST: Final = regex(r"[,\[\]{}#&*!|>'\"%@`\s]|[-?:](?:\s|\Z)|---|\.\.\.")
_INSIDE: Final = regex(r":(?:\s|\Z)|[ \t]#|[\t\n\r\ufeff]|\s\Z")
_IN_FLOW: Final = regex(r"[,\[\]{}?]|(?<!\w):|:(?!\w| )|\A-")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def needs_quotes(value: str, *, flow: bool = False) -> bool:
    """Whether plain writing would change the value or be misread."""
    return bool(
        not value
        or value in NULLS
        or value in ("<<", "=")
        or _FIRST.match(value)
        or _INSIDE.search(value)
        or (flow and _IN_FLOW.search(value))
    )


def inline(value: str, *, flow: bool = False, quote: str = "") -> str:
    """The value on one line; ``quote`` keeps a quotation mark that stood there before."""
    if not quote and not needs_quotes(value, flow=flow):
        return value
    if "\n" in value or "\r" in value:
        return '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
    if not quote:
        quote = "'" if ('"' in value or "\\" in value) else '"'
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow_list(values: Sequence[str]) -> str:
    """A list on one line: ``[victim, depicted]``."""
    return "[" + ", ".join(inline(value, flow=True) for value in values) + "]"


def key_text(name: str) -> str:
    """A key; quoted when it is more than a simple name."""
    return name if KEY.match(name) and name not in NULLS else inline(name, flow=True, quote='"')


def block_text(value: str, indent: int) -> tuple[str, list[str]] | None:
    """Header (``|-``) and indented lines of a text of several lines, or None where that fails.

    Texts with lines of blanks only or a carriage return are better quoted than guessed at.
    """
    if "\n" not in value or "\r" in value or "\ufeff" in value:
        return None
    lines = value.split("\n")
    chomp = "-"
    if not lines[-1]:
        lines.pop()
        chomp = "" if lines[-1] else "+"
    if any(line and line.isspace() for line in lines) or not any(lines):
        return None
    first = next(line for line in lines if line)
    explicit = str(STEP) if first[0] in " \t" or not lines[0] else ""
    return f"|{explicit}{chomp}", [(" " * indent + line) if line else "" for line in lines]
