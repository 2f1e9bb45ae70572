"""Making a finding of this room; its texts are loaded when there is one.

Nearly every file is right, and a table of texts takes most of a millisecond.
"""

from __future__ import annotations

from typing import Any

from casebook.finding import Finding
from casebook.i18n import _


def report(path: str, line: int, column: int, check: str, **values: Any) -> Finding:
    """The finding ``check`` at a place, in the user's language; ``values`` fill its texts."""
    from casebook.document.words import WORDS

    words = WORDS[check]
    texts = {"line": line, **values}
    return Finding(
        path=path,
        line=line,
        column=column,
        check=check,
        message=_(words.message).format_map(texts),
        remedy=_(words.remedy).format_map(texts),
        severity=words.severity,
    )


def named(character: str) -> str:
    """A character as ``U+200B``: it may be invisible or disturb a screen."""
    return f"U+{ord(character):04X}"
