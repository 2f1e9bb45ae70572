"""Putting made pages in a folder: all of them or none, and never over somebody else's files.

It does not make the pages and does not know what stands in them.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem, RefusedError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MARK: Final = ".casebook-site"
MARK_TEXT: Final = (
    b"Made by: git policy publish. The next time all files in this folder are replaced.\n"
)
RECORDS: Final = ("cases", "policy", "schemas", "hooks")


def require_place(folder: Path, root: Path) -> None:
    """Raise RefusedError unless pages may be put in ``folder`` of somebody working in ``root``.

    Allowed is a new or empty folder, or one that was made this way before.
    """
    place, home = folder.resolve(), root.resolve()
    if place == home or place in home.parents or _inside(place, home):
        raise RefusedError(
            _("{folder} holds the casebook itself; pages are never put there.").format(
                folder=folder
            ),
            _("Do: give another folder behind --out, best outside the casebook."),
        )
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise RefusedError(
            _("{folder} is a link or no folder; nothing was written.").format(folder=folder),
            _("Do: give another folder behind --out."),
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise RefusedError(
            _("{folder} holds other files; nothing was written.").format(folder=folder),
            _("Do: give a new or empty folder behind --out."),
        )


def _inside(place: Path, home: Path) -> bool:
    """Whether a place lies among the records, or in a folder of git's own."""
    parts = [part.casefold() for part in place.parts]  # some disks do not tell CASES from cases
    return ".git" in parts or any(
        parts[: len(home.parts) + 1] == [*(part.casefold() for part in home.parts), name]
        for name in RECORDS
    )


def put(files: Mapping[str, bytes], folder: Path, root: Path) -> None:
    """Make ``folder`` hold exactly these files: old or new as a whole, never half.

    The pages are written beside it first and then change places with what was there. Raises
    RefusedError as ``require_place`` does, EnvironmentProblem when the disk refuses.
    """
    require_place(folder, root)
    fresh = folder.parent / f".{folder.name}.casebook-new-{os.getpid()}"
    old = folder.parent / f".{folder.name}.casebook-old-{os.getpid()}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir()
        for name, content in {**files, MARK: MARK_TEXT}.items():
            (fresh / name).write_bytes(content)
        _swap(fresh, folder, old)
    except OSError as error:
        raise EnvironmentProblem(
            _("{folder} cannot be written: {why}").format(folder=folder, why=error.strerror or ""),
            _("What was there before is still there."),
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    """Two renames; when the second fails, the first is undone."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
