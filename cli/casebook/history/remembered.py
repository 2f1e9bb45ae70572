"""What this computer remembers of an audit: the head that was verified, and the first key.

It lies in git's own folder, is never shared, and is only as safe as this computer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.frozen import fields_of, frozen

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "casebook/verified.json"


@frozen
class Remembered:
    """The head that was verified, when (ISO), and the fingerprint of the first key."""

    head: str = ""
    at: str = ""
    first_key: str = ""


def recall(common_dir: Path) -> Remembered:
    """What was remembered; nothing where there is no such file or it cannot be read."""
    try:
        data = json.loads((common_dir / FILE).read_text("utf-8"))
        return Remembered(*(str(data.get(name, "")) for name in ("head", "at", "first_key")))
    except (OSError, ValueError, AttributeError):
        return Remembered()


def remember(common_dir: Path, known: Remembered) -> None:
    """Keep it for the next audit."""
    place = common_dir / FILE
    place.parent.mkdir(exist_ok=True)
    store.write_record(place, (json.dumps(fields_of(known), indent=2) + "\n").encode())
