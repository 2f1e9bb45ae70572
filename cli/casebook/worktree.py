"""The files of a casebook as they are on disk now: the work tree as a snapshot.

It reads only, and never follows a link out of the casebook; writing is ``store``'s.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from casebook.snapshot import EXECUTABLE, FILE, SUBMODULE, Entry
from casebook.store import is_outside, kind_of, link_on_the_way, read_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


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
        self._found: dict[tuple[bytes, str], list[str]] = {}
        self._folders: set[str] = set()  # folders that are folders and no links, as seen here

    def read(self, path: str) -> bytes | None:
        """The content of ``path``; None when it is no regular file inside the work tree."""
        return self.look(path)[1]

    def look(self, path: str) -> tuple[str, bytes | None]:
        """What ``path`` is, in the words of ``snapshot``, and its content as ``read`` gives it."""
        mode, content = self._look(path)
        self.seen.read(path, content)
        return mode, content

    def _look(self, path: str) -> tuple[str, bytes | None]:
        if is_outside(path):
            return FILE, None
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            if link_on_the_way(self.root, path) is not None:
                return FILE, None
            self._folders.add(folder)
        mode, content = read_entry(f"{self._base}/{path}")
        return mode, content if mode in {FILE, EXECUTABLE} else None

    def holds(self, path: str) -> bool:
        """Whether there is a regular file at ``path``, without opening it."""
        if is_outside(path) or link_on_the_way(self.root, path) is not None:
            return False
        try:
            return stat.S_ISREG(os.lstat(f"{self._base}/{path}").st_mode)
        except OSError:
            return False

    def folders(self, folder: str) -> list[str]:
        """The names of the folders directly in ``folder`` (``cases/``), unsorted; no links."""
        try:
            with os.scandir(f"{self._base}/{folder}") as found:
                return [one.name for one in found if one.is_dir(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError):
            return []

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
        return self.seen.listed(prefix, self._walk("", prefix, _mode))

    def named(self) -> Iterator[Entry]:
        """As ``entries``, for whoever looks at each file anyway: executable ones are not told."""
        return self.seen.listed("", self._walk("", "", _named_mode))

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``; reads every one of them, once.

        A file that may not be read holds nothing here; whoever lists the records names it.
        """
        if (needle, prefix) not in self._found:
            names = self._regular(prefix.rpartition("/")[0], prefix)
            held = (name for name in names if needle in _quickly(f"{self._base}/{name}"))
            self._found[needle, prefix] = sorted(held)
        return iter(self._found[needle, prefix])

    def forget(self) -> None:
        """Search again when asked again: something was written since."""
        self._found.clear()

    def _regular(self, folder: str, prefix: str) -> Iterator[str]:
        """The regular files below a folder, unsorted; faster than ``entries``, which stats them."""
        if link_on_the_way(self.root, f"{folder}/x" if folder else "x") is not None:
            return
        above = f"{folder}/" if folder else ""
        try:
            with os.scandir(self.root / folder) as listed:
                found = list(listed)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in found:
            path = above + entry.name
            if entry.is_file(follow_symlinks=False):
                if path.startswith(prefix) and entry.name != ".git":
                    yield path
            elif entry.is_dir(follow_symlinks=False) and self._is_ours(path):
                yield from self._regular(path, prefix)

    def _is_ours(self, folder: str) -> bool:
        """Whether records may lie in a folder: git's own and other repositories hold none."""
        if folder.rpartition("/")[2] == ".git":
            return False
        if f"{folder}/".startswith(self._outside or ("\0",)):
            return False
        return not os.path.lexists(f"{self._base}/{folder}/.git")

    def _walk(
        self, folder: str, prefix: str, mode: Callable[[os.DirEntry[str]], str]
    ) -> Iterator[Entry]:
        try:
            with os.scandir(self.root / folder) as found:
                named = sorted([(_sort_name(entry), entry) for entry in found])
        except (FileNotFoundError, NotADirectoryError):
            return
        for name, entry in named:
            path = folder + name
            if not name.endswith("/"):
                if path.startswith(prefix) and name != ".git":
                    yield Entry(path, mode(entry))
            elif path.startswith(prefix) or prefix.startswith(path):
                if name == ".git/" or path.startswith(self._outside or ("\0",)):
                    continue
                if os.path.lexists(f"{entry.path}/.git"):
                    yield Entry(path[:-1], SUBMODULE)
                else:
                    yield from self._walk(path, prefix, mode)


def _mode(entry: os.DirEntry[str]) -> str:
    return kind_of(entry.stat(follow_symlinks=False).st_mode)


def _named_mode(entry: os.DirEntry[str]) -> str:
    """Told by the folder itself, where a file of its own would have to be asked."""
    return FILE if entry.is_file(follow_symlinks=False) else _mode(entry)


def _quickly(place: str) -> bytes:
    """The content of a regular file; nothing where it may not be read."""
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            pieces = [os.read(descriptor, 1 << 16)]
            while len(pieces[-1]) == 1 << 16:
                pieces.append(os.read(descriptor, 1 << 16))
        finally:
            os.close(descriptor)
    except OSError:
        return b""
    return b"".join(pieces)


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
