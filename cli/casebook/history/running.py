"""The files of a casebook while history is walked: one list that each commit changes a little.

Reading it costs what a commit changed, not what the casebook holds. It belongs to one walk.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from casebook.history.snapshots import CommitSnapshot
from casebook.snapshot import EXECUTABLE, FILE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        self._former: list[tuple[str, Side | None]] = []  # what each step took the place of

    def stand_at(self, commit: str | None) -> None:
        """Read the whole list of one commit (None: nothing yet) from its folders."""
        snapshot = CommitSnapshot(self._source.objects, commit, self._source.prefix)
        self.files.clear()
        self.files.update(snapshot.sides())
        self.commit = commit
        self._former = []

    def step(self, commit: str, changes: list[RawChange]) -> None:
        """Go on to a commit whose only parent is the one that the list stands at."""
        for change in changes:
            if not change.path.startswith(self._source.prefix):
                continue
            path = change.path.removeprefix(self._source.prefix)
            self._former.append((path, self.files.get(path)))
            if change.after.exists:
                self.files[path] = change.after
            else:
                self.files.pop(path, None)
        self.commit = commit

    def moment(self) -> Moment:
        """The files as they are now, also when some steps more were made; until ``forget``."""
        return Moment(self._objects, self.files, self._former, len(self._former))

    def forget(self) -> None:
        """Nobody asks for a moment before this one any more."""
        self._former = []

    def below(self, *prefixes: str) -> Listed:
        """The files below some folders as they are now; later steps do not change it."""
        kept = {path: side for path, side in self.files.items() if path.startswith(prefixes)}
        return Listed(self._objects, kept)


class Moment:
    """The files as they stood some steps ago: those of now, with what was changed since put back.

    Made at every step of a walk and seldom asked for more than one file.
    """

    def __init__(
        self,
        objects: CheckedObjects,
        files: Mapping[str, Side],
        former: Sequence[tuple[str, Side | None]],
        number: int,
    ) -> None:
        """``files`` are those of now; ``former`` from ``number`` on is what stood there before."""
        self._objects = objects
        self._files = files
        self._former = former
        self._number = number

    def read(self, path: str) -> bytes | None:
        """The content of ``path``, or None when there is no such regular file."""
        since = islice(self._former, self._number, None)
        found = next((side for one, side in since if one == path), self._files.get(path))
        return Listed(self._objects, {path: found} if found is not None else {}).read(path)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All entries whose path starts with ``prefix``, sorted by path."""
        return self._then().entries(prefix)

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``, sorted."""
        return self._then().search(needle, prefix)

    def _then(self) -> Listed:
        files = dict(self._files)
        for path, side in reversed(self._former[self._number :]):
            if side is None:
                files.pop(path, None)
            else:
                files[path] = side
        return Listed(self._objects, files)
