"""Files on disk: reading one without following it out, and writing one so that it is never torn.

It knows nothing of git, records or schemas, and never follows a link out of the casebook.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.errors import RefusedError
from casebook.i18n import _
from casebook.snapshot import EXECUTABLE, FILE, LINK, SPECIAL

if TYPE_CHECKING:
    pass

TEMPORARY_PREFIX = ".casebook-"
TEMPORARY_SUFFIX = ".tmp"
_AT_ONCE = 1 << 16  # bytes that are asked for where a file grows while it is read
_NEVER = frozenset({"", ".", "..", ".git"})  # names of no file below a root; "" starts "/etc"


def kind_of(mode: int) -> str:
    """What a file of this mode is, in the words of ``snapshot``."""
    if stat.S_ISREG(mode):
        return EXECUTABLE if mode & stat.S_IXUSR and os.name != "nt" else FILE
    return LINK if stat.S_ISLNK(mode) else SPECIAL


def is_outside(path: str) -> bool:
    """Whether a path (with ``/``) could leave its root or touch git's own folder."""
    return (
        not _NEVER.isdisjoint(path.lower().split("/"))
        or "\0" in path
        or (os.name == "nt" and ("\\" in path or ":" in path))
    )


def link_on_the_way(root: Path, path: str) -> str | None:
    """The first folder of ``path`` that is a link or no folder, or None."""
    parts = path.split("/")
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        try:
            mode = os.lstat(root / folder).st_mode
        except FileNotFoundError:
            return None
        except OSError:
            return folder
        if not stat.S_ISDIR(mode):
            return folder
    return None


def read_entry(place: str | Path) -> tuple[str, bytes | None]:
    """What stands at ``place`` and its content: a link's target, None for nothing or a device."""
    try:
        found = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return FILE, None
    kind = kind_of(found.st_mode)
    if kind == LINK:
        return kind, os.fsencode(Path(place).readlink())
    if kind == SPECIAL:
        return kind, None
    return kind, _content(place, found.st_size)


def _content(place: str | Path, size: int) -> bytes:
    """All bytes of a regular file; a file object for each of ten thousand would cost more.

    One byte more than it has is asked for: what then comes is all of it, in one call.
    """
    descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = os.read(descriptor, size + 1)
        if len(content) != size:
            while more := os.read(descriptor, _AT_ONCE):
                content += more
        return content
    finally:
        os.close(descriptor)


def target(root: Path, path: str) -> Path:
    """Where the record ``path`` is written; raises ``RefusedError`` for a link or a way out."""
    if is_outside(path):
        raise RefusedError(_("{path} is not a place inside the casebook.").format(path=path))
    place = root / path
    link = link_on_the_way(root, path)
    if link is not None or place.is_symlink() or (place.exists() and not place.is_file()):
        raise RefusedError(
            _("{path} is a link or no ordinary file; nothing was written.").format(
                path=link or path
            ),
            _("Remove the link and put an ordinary file or folder there."),
        )
    return place


_counter = 0


def prepare(place: Path, content: bytes) -> Path:
    """Write ``content`` beside ``place`` and to the disk itself; answers the temporary file."""
    global _counter  # noqa: PLW0603 - makes the names of one run differ
    _counter += 1
    temporary = place.parent / f"{TEMPORARY_PREFIX}{os.getpid()}-{_counter}{TEMPORARY_SUFFIX}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o666)
        try:
            if place.exists() and os.name != "nt":
                os.fchmod(descriptor, stat.S_IMODE(place.stat().st_mode))
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def publish(temporary: Path, place: Path) -> None:
    """Put a prepared file in its place, in one step that cannot be seen half done."""
    try:
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_file(place: Path) -> None:
    """Have what somebody else wrote (an editor) on the disk itself."""
    # Windows syncs only what is open for writing.
    descriptor = os.open(place, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut (where the system can do that)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folders(folder: Path) -> list[Path]:
    """Create ``folder`` and what is missing above it; answers the new ones, innermost first."""
    missing: list[Path] = []
    above = folder
    while not above.is_dir():
        missing.append(above)
        above = above.parent
    folder.mkdir(parents=True, exist_ok=True)
    for created in missing:
        sync_folder(created.parent)
    return missing


def write_record(place: Path, content: bytes) -> None:
    """Write ``content`` to ``place``: old or new at every moment, also after a power cut.

    Keeps the file's mode; raises ``OSError`` and leaves the old file when it cannot.
    """
    publish(prepare(place, content), place)
    sync_folder(place.parent)


def remove_record(place: Path) -> None:
    """Remove a file so that it stays removed after a power cut; absent is fine."""
    place.unlink(missing_ok=True)
    if place.parent.is_dir():
        sync_folder(place.parent)


def is_temporary(name: str) -> bool:
    """Whether a file name is one that ``prepare`` makes."""
    return name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX)
