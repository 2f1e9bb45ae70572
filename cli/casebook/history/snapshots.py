"""Commits and the index as snapshots, out of git's objects.

Only the folders that are asked for are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.history.objects import READABLE
from casebook.snapshot import Entry, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.history.objects import Objects
    from casebook.history.raw import RawChange, Side


class CommitSnapshot:
    """The casebook's files in one commit (or tree); None is a casebook without commits."""

    def __init__(self, objects: Objects, commit: str | None, prefix: str = "") -> None:
        self.commit = commit
        self._objects = objects
        self._prefix = prefix

    def read(self, path: str) -> bytes | None:
        """The content of ``path``, or None when there is no such regular file."""
        side = self.side(path)
        if side is None or side.kind not in READABLE:
            return None
        return self._objects.content(side)

    def ahead(self, paths: Iterable[str]) -> None:
        """Read the folders of these paths, which will be asked for, all at once."""
        if self.commit is None:
            return
        folders: set[str] = set()
        for path in paths:
            folder = (self._prefix + path).rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        self._objects.folders_ahead(self.commit, sorted(folders))

    def ids(self, prefix: str) -> dict[str, str]:
        """Git's id of the content of every file below the folder ``prefix``; reads no content."""
        return {path: side.id for path, side in self.sides(prefix)}

    def sides(self, prefix: str = "") -> Iterator[tuple[str, Side]]:
        """Every path that starts with ``prefix`` with its mode and id; reads no content."""
        folder = self._folder(self._prefix)
        return iter(()) if folder is None else self._sides(folder, "", prefix)

    def id_of(self, path: str) -> str | None:
        """Git's id of the content of ``path``, or None; reads no content."""
        side = self.side(path)
        return side.id if side else None

    def folder_id(self, folder: str) -> str:
        """Git's id of a folder (with a final ``/``), the same when nothing below it differs."""
        return self._folder(self._prefix + folder) or ""

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All entries whose path starts with ``prefix``, sorted by path."""
        folder = self._folder(self._prefix)
        return iter(()) if folder is None else self._walk(folder, "", prefix)

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``; reads every one of them."""
        return search(self, needle, prefix)

    def side(self, path: str) -> Side | None:
        """Mode and id of a path that is no folder, or None."""
        above, _slash, name = (self._prefix + path).rpartition("/")
        folder = self._folder(above + "/" if above else "")
        return None if folder is None else self._objects.side(folder, name)

    def _folder(self, path: str) -> str | None:
        if self.commit is None:
            return None
        tree = self.commit + "^{tree}"
        for name in path.split("/")[:-1]:
            side = self._objects.side(tree, name + "/")
            if side is None:
                return None
            tree = side.id
        return tree

    def _walk(self, tree: str, folder: str, prefix: str) -> Iterator[Entry]:
        return (Entry(path, side.kind) for path, side in self._sides(tree, folder, prefix))

    def _sides(self, tree: str, folder: str, prefix: str) -> Iterator[tuple[str, Side]]:
        for name, side in self._objects.tree(tree).items():
            path = folder + name
            if not name.endswith("/"):
                if path.startswith(prefix):
                    yield path, side
            elif path.startswith(prefix) or prefix.startswith(path):
                yield from self._sides(side.id, path, prefix)


class IndexSnapshot:
    """The casebook's files as they are staged: the commit below, and what differs from it.

    Reading it this way starts no process of its own, whatever the size of the casebook.
    """

    def __init__(
        self,
        objects: Objects,
        base: CommitSnapshot,
        staged: Sequence[RawChange],
        prefix: str,
    ) -> None:
        self.base = base
        self.staged = tuple(change for change in staged if change.path.startswith(prefix))
        self._objects = objects
        self._prefix = prefix
        self._sides: Mapping[str, Side] = {
            change.path.removeprefix(prefix): change.after for change in self.staged
        }

    def read(self, path: str) -> bytes | None:
        """The content of ``path``; None when it is not staged, no regular file or in conflict."""
        side = self._sides.get(path)
        if side is None:
            return self.base.read(path)
        return self._objects.content(side) if side.kind in READABLE else None

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``. One git process.

        What is the same on disk is read there: ten times faster than out of git's objects.
        """
        differing = self._objects.differing(self._prefix + prefix)
        for entry in self.entries(prefix):
            path = entry.path
            same = path not in self._sides and self._prefix + path not in differing
            readable = same and entry.mode in READABLE
            content = self._objects.on_disk(self._prefix + path) if readable else None
            if content is None:
                content = self.read(path)
            if content is not None and needle in content:
                yield path

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All entries whose path starts with ``prefix``, sorted by path."""
        kept = [entry for entry in self.base.entries(prefix) if entry.path not in self._sides]
        changed = [
            Entry(path, side.kind)
            for path, side in self._sides.items()
            if side.exists and path.startswith(prefix)
        ]
        return iter(sorted([*kept, *changed]))
