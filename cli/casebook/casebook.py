"""The frozen context of one run: which casebook, who, when, in which language.

Clock, actor and random choice enter here once, as arguments; it reads nothing but the marker.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook.errors import EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

MARKER: Final = "schemas/casebook.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the git identity and the role this person has in the school (may be empty)."""

    name: str = ""
    email: str = ""
    role: str = ""


def local_now() -> datetime:
    """The computer's local time with its offset, to the minute."""
    return datetime.now().astimezone().replace(second=0, microsecond=0)


def choose_at_random(alphabet: str) -> str:
    """One character of ``alphabet``, unpredictably."""
    import secrets

    return secrets.choice(alphabet)


@dataclass(frozen=True, slots=True)
class Casebook:
    """One casebook on this computer and the circumstances of this run."""

    root: Path
    settings: dict[str, Any]
    actor: Actor = Actor()
    clock: Callable[[], datetime] = local_now
    choose: Callable[[str], str] = choose_at_random

    @property
    def outside(self) -> tuple[str, ...]:
        """Folders (with a final ``/``) whose files are no records."""
        listed = self.settings.get("outside", [])
        return tuple(str(one) for one in listed) if isinstance(listed, list) else ()

    @property
    def circle(self) -> str:
        """Who may see everything here: ``school`` or ``board``."""
        return str(self.settings.get("circle", "school"))

    @property
    def language(self) -> str:
        """The language this casebook is kept in."""
        return str(self.settings.get("language", "nl"))


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


def open_casebook(
    root: Path,
    actor: Actor = Actor(),
    clock: Callable[[], datetime] = local_now,
    choose: Callable[[str], str] = choose_at_random,
) -> Casebook:
    """The context of the casebook at ``root``; raises EnvironmentProblem."""
    return Casebook(root, read_settings(root), actor, clock, choose)
