"""A note in the git folder of the commit that is being made, so that a crash can be explained.

It holds paths, ids and the program-made message: never a word of a record.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from casebook.frozen import fields_of, frozen

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX: Final = "pending-"


@frozen
class PendingFile:
    """One file of the commit: its path, the name of its prepared file, ids ("" for no file)."""

    path: str
    temporary: str
    before: str
    after: str


@frozen
class Pending:
    """A commit that was begun on top of ``head``; ``file`` is where the note lies."""

    file: Path
    head: str
    message: str
    files: tuple[PendingFile, ...]

    def write(self) -> None:
        """Put the note down, whole or not at all."""
        import json

        data = {
            "head": self.head,
            "message": self.message,
            "files": [fields_of(file) for file in self.files],
        }
        self.file.parent.mkdir(exist_ok=True)  # a linked work tree has a git folder of its own
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(data), "utf-8")
        fresh.replace(self.file)

    def remove(self) -> None:
        """Take the note away: everything is done or undone."""
        self.file.unlink(missing_ok=True)


def place(folder: Path) -> Path:
    """Where this program writes its note."""
    return folder / f"{_PREFIX}{os.getpid()}.json"


def read_all(folder: Path) -> list[Pending]:
    """The notes in ``folder``; one that cannot be read is ignored (it was never complete)."""
    import json

    found = []
    for file in sorted(folder.glob(f"{_PREFIX}*.json")):
        try:
            data = json.loads(file.read_text("utf-8"))
            files = tuple(PendingFile(**entry) for entry in data["files"])
            found.append(Pending(file, data["head"], data["message"], files))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found
