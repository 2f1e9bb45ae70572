"""Making a finding of this room; its texts are loaded when there is one.

Nearly all data are right, and a table of texts takes most of a millisecond.
"""

from __future__ import annotations

from typing import Any

from casebook.finding import Finding
from casebook.i18n import _


def report(path: str, line: int, column: int, check: str, **values: Any) -> Finding:
    """The finding ``check`` at a place, in the user's language; ``values`` fill its texts."""
    from casebook.catalogue.words import WORDS

    words = WORDS[check]
    texts = {"line": line, **values}
    return Finding(
        path,
        line,
        column,
        check,
        _(words.message).format_map(texts),
        _(words.remedy).format_map(texts),
        words.severity,
    )


def did_you_mean(near: str) -> str:
    """The second half of a sentence about an unknown word."""
    if not near:
        return _("nothing looks like it")
    return _('did you mean "{near}"?').format(near=near)
