"""The file that marks a folder as a casebook, and the settings in it.

Apart from the context of a run, because help and completion need no more than this.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from casebook.errors import EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

MARKER: Final = "schemas/casebook.json"
FORMAT: Final = 1


def find_root(start: Path) -> Path | None:
    """The nearest folder from ``start`` upwards that is a casebook, or None."""
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    return None


def read_settings(root: Path) -> dict[str, Any]:
    """The settings in the marker of the casebook at ``root``.

    Raises EnvironmentProblem when the marker cannot be read or is of a newer format.
    """
    try:
        settings = json.loads((root / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            _("{file} cannot be read.").format(file=MARKER),
            _("Do: put back the last good version of that file."),
        ) from error
    if not isinstance(settings, dict) or settings.get("format") != FORMAT:
        raise EnvironmentProblem(
            _("This casebook has a format that this version of the program does not know."),
            _("Do: install a newer version of casebook."),
        )
    return settings
