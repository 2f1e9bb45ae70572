"""Files on disk: the work tree as a snapshot, and writing a record so that it is never torn.

It knows nothing of git, records or schemas, and never follows a link out of the casebook.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.errors import RefusedError
from casebook.i18n import _
from casebook.snapshot import EXECUTABLE, FILE, LINK, SPECIAL, SUBMODULE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEMPORARY_PREFIX = ".casebook-"
TEMPORARY_SUFFIX = ".tmp"
_AT_ONCE = 1 << 16  # bytes: far more than an ordinary record has


class WorkTree:
    """The files below ``root`` as they are on disk now; a ``Snapshot``.

    ``outside`` holds folder prefixes with ``/`` at the end whose files are no records.
    Links are named but never followed, devices and pipes are named but never opened.
    """

    def __init__(
        self, root: Path, outside: Sequence[str] = (), noted: tuple[str, ...] = ()
    ) -> None:
        """What is looked at below the folders ``noted`` is kept in ``seen``."""
        self.root = root
        self.seen = Seen(noted)
        self._outside = tuple(outside)
        self._base = os.fspath(root)
        self._folders: set[str] = set()  # folders that are folders and no links, as seen here

    def read(self, path: str) -> bytes | None:
        """The content of ``path``; None when it is no regular file inside the work tree."""
        content = self._content(path)
        self.seen.read(path, content)
        return content

    def _content(self, path: str) -> bytes | None:
        if is_outside(path):
            return None
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            if link_on_the_way(self.root, path) is not None:
                return None
            self._folders.add(folder)
        mode, content = read_entry(f"{self._base}/{path}")
        return content if mode in {FILE, EXECUTABLE} else None

    def holds(self, path: str) -> bool:
        """Whether there is a regular file at ``path``, without opening it."""
        if is_outside(path) or link_on_the_way(self.root, path) is not None:
            return False
        try:
            return stat.S_ISREG(os.lstat(f"{self._base}/{path}").st_mode)
        except OSError:
            return False

    def paths(self, folder: str) -> Iterator[str]:
        """The paths of all files below ``folder`` (``cases/``), whatever they are, unsorted.

        Much faster than ``entries``, which looks at every file.
        """
        try:
            with os.scandir(f"{self._base}/{folder}") as found:
                listed = [(one.name, one.is_dir(follow_symlinks=False)) for one in found]
        except (FileNotFoundError, NotADirectoryError):
            return
        for name, is_folder in listed:
            if is_folder:
                yield from self.paths(f"{folder}{name}/")
            else:
                yield folder + name

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All entries whose path starts with ``prefix``, sorted; ``.git`` is skipped."""
        return self.seen.listed(prefix, self._walk("", prefix))

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``; reads every one of them.

        A file that may not be read holds nothing here; whoever lists the records names it.
        """
        for entry in self.entries(prefix):
            with suppress(OSError):
                content = self.read(entry.path)
                if content is not None and needle in content:
                    yield entry.path

    def _walk(self, folder: str, prefix: str) -> Iterator[Entry]:
        try:
            with os.scandir(self.root / folder) as found:
                named = sorted((_sort_name(entry), entry) for entry in found)
        except (FileNotFoundError, NotADirectoryError):
            return
        for name, entry in named:
            path = folder + name
            if entry.name == ".git" or path.startswith(self._outside or ("\0",)):
                continue
            if not name.endswith("/"):
                if path.startswith(prefix):
                    yield Entry(path, _kind(entry.stat(follow_symlinks=False).st_mode))
            elif path.startswith(prefix) or prefix.startswith(path):
                if os.path.lexists(f"{entry.path}/.git"):
                    yield Entry(path[:-1], SUBMODULE)
                else:
                    yield from self._walk(path, prefix)


class Seen:
    """What was looked at below some folders: files by path, and the names below a prefix.

    ``steady`` turns false when this does not tell everything: the same thing was not the same
    when it was looked at again, or all files were listed.
    """

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._folders = folders
        self.files: dict[str, bytes | None] = {}
        self.names: dict[str, list[str]] = {}
        self.steady = True

    def read(self, path: str, content: bytes | None) -> None:
        """A file was read, or looked for in vain."""
        if self._folders and path.startswith(self._folders):
            self.steady = self.steady and self.files.setdefault(path, content) == content

    def listed(self, prefix: str, found: Iterator[Entry]) -> Iterator[Entry]:
        """Names were listed; hands the entries on."""
        if not prefix.startswith(self._folders or ("\0",)):
            if any(folder.startswith(prefix) for folder in self._folders):
                self.steady = False  # more was listed than is kept
            return found
        entries = list(found)
        names = [one.path for one in entries]
        self.steady = self.steady and self.names.setdefault(prefix, names) == names
        return iter(entries)


def _sort_name(entry: os.DirEntry[str]) -> str:
    return entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return LINK
    if not stat.S_ISREG(mode):
        return SPECIAL
    return EXECUTABLE if mode & stat.S_IXUSR and os.name != "nt" else FILE


def is_outside(path: str) -> bool:
    """Whether a path (with ``/``) could leave its root or touch git's own folder."""
    parts = path.split("/")
    return (
        not path
        or path.startswith("/")
        or any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts)
        or (os.name == "nt" and ("\\" in path or ":" in path))
        or "\0" in path
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
        mode = os.lstat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return FILE, None
    kind = _kind(mode)
    if kind == LINK:
        return kind, os.fsencode(Path(place).readlink())
    if kind == SPECIAL:
        return kind, None
    return kind, _content(place)


def _content(place: str | Path) -> bytes:
    """All bytes of a regular file; a file object for each of ten thousand would cost more."""
    descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = os.read(descriptor, _AT_ONCE)
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
