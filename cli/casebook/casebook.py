"""The frozen context of one run: which casebook, who, when, in which language.

Clock, actor and random choice enter here once, as arguments; it reads nothing but the marker.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import frozen
from casebook.marker import FORMAT, MARKER, find_root, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "FORMAT",
    "MARKER",
    "Actor",
    "Casebook",
    "choose_at_random",
    "find_root",
    "local_now",
    "open_casebook",
    "read_settings",
]


@frozen
class Actor:
    """Who acts: the git identity and the role this person has in the school (may be empty)."""

    name: str = ""
    email: str = ""
    role: str = ""


NOBODY: Final = Actor()  # who acts is found out when it is needed


def local_now() -> datetime:
    """The computer's local time with its offset, to the minute."""
    from datetime import datetime

    return datetime.now().astimezone().replace(second=0, microsecond=0)


def choose_at_random(alphabet: str) -> str:
    """One character of ``alphabet``, unpredictably."""
    # As ``secrets.choice`` does, which takes a quarter of a Python start to import.
    return alphabet[int.from_bytes(os.urandom(8), "big") % len(alphabet)]


@frozen
class Casebook:
    """One casebook on this computer and the circumstances of this run."""

    root: Path
    settings: dict[str, Any]
    actor: Actor = NOBODY
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


def open_casebook(
    root: Path,
    actor: Actor = NOBODY,
    clock: Callable[[], datetime] = local_now,
    choose: Callable[[str], str] = choose_at_random,
) -> Casebook:
    """The context of the casebook at ``root``; raises EnvironmentProblem."""
    return Casebook(root, read_settings(root), actor, clock, choose)
