"""How wide the terminal is; it prints nothing.

As the standard library's ``shutil`` answers it, which loads three compressors at every start.
"""

from __future__ import annotations

import os
import sys
from typing import Final

WIDEST: Final = 100
NARROWEST: Final = 50  # of help texts


def width() -> int:
    """Columns to write in: the terminal's, at most 100."""
    return min(columns(), WIDEST)


def columns() -> int:
    """The columns that COLUMNS says, or the terminal has; 80 where there is none."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        found = os.get_terminal_size(sys.__stdout__.fileno()) if sys.__stdout__ else None
    except (AttributeError, ValueError, OSError):
        found = None
    return found.columns if found and found.columns > 0 else 80
