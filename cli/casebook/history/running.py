"""The files of a casebook while history is walked: one list that each commit changes a little.

Reading it costs what a commit changed, not what the casebook holds. It belongs to one walk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.history.objects import CommitSnapshot
from casebook.snapshot import EXECUTABLE, FILE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.history.plain import CheckedObjects, Source
    from casebook.history.raw import RawChange, Side


class Listed:
    """A list of files with their objects, as a snapshot."""

    def __init__(self, objects: CheckedObjects, files: Mapping[str, Side]) -> None:
        self._objects = objects
        self._files = files

    def read(self, path: str) -> bytes | None:
        """The content of ``path``, or None when there is no such regular file."""
        side = self._files.get(path)
        readable = side is not None and side.kind in (FILE, EXECUTABLE)
        return self._objects.content(side) if side is not None and readable else None

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All entries whose path starts with ``prefix``, sorted by path."""
        paths = sorted(path for path in self._files if path.startswith(prefix))
        return iter([Entry(path, self._files[path].kind) for path in paths])

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``, sorted."""
        for entry in self.entries(prefix):
            content = self.read(entry.path)
            if content is not None and needle in content:
                yield entry.path


class Running(Listed):
    """The files as they stand at one commit of a walk; ``step`` goes on to the next."""

    def __init__(self, source: Source) -> None:
        self.files: dict[str, Side] = {}
        super().__init__(source.objects, self.files)
        self._source = source
        self.commit: str | None = None

    def stand_at(self, commit: str | None) -> None:
        """Read the whole list of one commit (None: nothing yet) from its folders."""
        snapshot = CommitSnapshot(self._source.objects, commit, self._source.prefix)
        self.files.clear()
        self.files.update(snapshot.sides())
        self.commit = commit

    def step(self, commit: str, changes: list[RawChange]) -> None:
        """Go on to a commit whose only parent is the one that the list stands at."""
        for change in changes:
            if not change.path.startswith(self._source.prefix):
                continue
            path = change.path.removeprefix(self._source.prefix)
            if change.after.exists:
                self.files[path] = change.after
            else:
                self.files.pop(path, None)
        self.commit = commit

    def below(self, *prefixes: str) -> Listed:
        """The files below some folders as they are now; later steps do not change it."""
        kept = {path: side for path, side in self.files.items() if path.startswith(prefixes)}
        return Listed(self._objects, kept)
