"""A snapshot of a casebook's files, and the changes between two of them.

Only the shape, two in-memory snapshots and views of others live here; files on disk are read by
``store``, the index and commits by ``history``.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

FILE: Final = "file"
EXECUTABLE: Final = "executable"
LINK: Final = "link"
SUBMODULE: Final = "submodule"
SPECIAL: Final = "special"  # a device, a pipe, a socket: never opened


@frozen
class Entry:
    """A path in a snapshot (relative, with ``/``) and what it is: one of the modes above."""

    path: str
    mode: str = FILE

    def __lt__(self, other: Entry) -> bool:
        """Entries are sorted by path."""
        return (self.path, self.mode) < (other.path, other.mode)


if TYPE_CHECKING:  # a protocol is a shape, and making the class costs at every start

    class Snapshot(Protocol):
        """The files of a casebook at one moment: work tree, index or a commit."""

        def read(self, path: str) -> bytes | None:
            """The content of ``path``, or None when there is no such regular file."""
            ...

        def entries(self, prefix: str = "") -> Iterator[Entry]:
            """All entries whose path starts with ``prefix``, sorted by path."""
            ...

        def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
            """The paths below ``prefix`` whose content holds ``needle``, sorted."""
            ...


@frozen
class Change:
    """One path and its content before and after; None where it did not or does not exist.

    ``mode`` is what the path is after the change (a link's content is its target, never followed).
    In a merge ``before`` is the first parent's and ``others`` hold what the other parents have.
    """

    path: str
    before: bytes | None
    after: bytes | None
    mode: str = FILE
    others: tuple[bytes | None, ...] = ()


def search(snapshot: Snapshot, needle: bytes, prefix: str) -> Iterator[str]:
    """The paths below ``prefix`` whose content holds ``needle``, by reading every one of them."""
    for entry in snapshot.entries(prefix):
        content = snapshot.read(entry.path)
        if content is not None and needle in content:
            yield entry.path


class MemorySnapshot:
    """Files held in a dictionary; for tests and for what is not written yet."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    def read(self, path: str) -> bytes | None:
        """The content of ``path`` or None."""
        return self._files.get(path)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All paths below ``prefix``, sorted."""
        return (Entry(path) for path in sorted(self._files) if path.startswith(prefix))

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths whose content holds ``needle``."""
        return search(self, needle, prefix)


class Overlay:
    """A snapshot with some files replaced (bytes) or removed (None)."""

    def __init__(self, base: Snapshot, files: Mapping[str, bytes | None]) -> None:
        self._base = base
        self._files = dict(files)

    def read(self, path: str) -> bytes | None:
        """The replaced content where there is one, else the base's."""
        return self._files[path] if path in self._files else self._base.read(path)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """The base's entries, less the removed and with the added ones, sorted."""
        kept = [entry for entry in self._base.entries(prefix) if entry.path not in self._files]
        added = [
            Entry(path)
            for path, content in self._files.items()
            if content is not None and path.startswith(prefix)
        ]
        return iter(sorted([*kept, *added]))

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths whose content holds ``needle``; the base answers for what it still holds."""
        kept = [path for path in self._base.search(needle, prefix) if path not in self._files]
        own = [
            path
            for path, content in self._files.items()
            if content is not None and path.startswith(prefix) and needle in content
        ]
        return iter(sorted([*kept, *own]))


class Listed:
    """A snapshot whose files were listed once, for whoever asks for all of them several times."""

    def __init__(self, base: Snapshot, entries: Iterable[Entry] | None = None) -> None:
        """``entries`` are all those of ``base``, where they were listed already."""
        self._base = base
        # By path alone: two entries are never at one, and ``__lt__`` would be asked for each.
        self._entries = sorted(base.entries() if entries is None else entries, key=_path)
        self._paths = [entry.path for entry in self._entries]

    def read(self, path: str) -> bytes | None:
        """The content of ``path`` as the base has it."""
        return self._base.read(path)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """The entries below ``prefix``, sorted; as they were when all were listed."""
        start = bisect_left(self._paths, prefix)
        for entry in islice(self._entries, start, None):
            if not entry.path.startswith(prefix):
                return
            yield entry

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths below ``prefix`` whose content holds ``needle``, as the base finds them."""
        return self._base.search(needle, prefix)


def _path(entry: Entry) -> str:
    return entry.path


class Limited:
    """A snapshot in which only the files below some prefixes exist; the rest stays out."""

    def __init__(self, base: Snapshot, prefixes: tuple[str, ...]) -> None:
        self._base = base
        self._prefixes = prefixes

    def read(self, path: str) -> bytes | None:
        """The content of ``path`` below a prefix; else None, and nothing is opened."""
        return self._base.read(path) if path.startswith(self._prefixes) else None

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """The entries below ``prefix`` that lie below one of the snapshot's own, sorted."""
        for own in sorted(self._prefixes):
            if own.startswith(prefix):
                yield from self._base.entries(own)
            elif prefix.startswith(own):
                yield from self._base.entries(prefix)

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """The paths that ``entries`` names whose content holds ``needle``."""
        return search(self, needle, prefix)
