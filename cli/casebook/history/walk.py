"""A walk through history, oldest first: every commit as it is stored, and what it changed.

Two git processes list it, the second anew every few thousand commits, and one reads its objects;
it judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.history import raw, rawcommit
from casebook.history.plain import DamagedError, is_named
from casebook.snapshot import SUBMODULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.plain import Source
    from casebook.history.raw import RawChange
    from casebook.history.rawcommit import RawCommit

# Merges show what differs from all parents; a user's settings and order of files change nothing.
# Fewer folders fit in so much memory than in git's own 96 MB, but the processor has them at hand.
_CHANGES: Final = (
    *("-c", "core.deltaBaseCacheLimit=8m"),
    *("diff-tree", "--stdin", "-c", "-r", "--root", "--raw", "-z", "--no-abbrev", "--no-renames"),
    *("--no-ext-diff", "--ignore-submodules=none", "-O/dev/null"),
    *("--always", "--pretty=raw", "--encoding=none", "--no-notes"),
)

_TOGETHER: Final = 64  # commits whose objects are read at once
_LISTED: Final = 4096  # commits that git shows at once: all of a long history would fill the memory


@frozen
class Step:
    """One commit as git lists it, and the paths (from the top) that differ from all parents.

    ``stored`` is what the commit holds, where git showed it so that its id tells.
    """

    id: str
    parents: tuple[str, ...]
    changes: list[RawChange]
    stored: bytes | None


class Steps:
    """The commits of a range, parents before children, by their number."""

    def __init__(self, source: Source, old: str | None, new: str) -> None:
        """Those that ``new`` has and ``old`` has not; GitFailed when git cannot list them."""
        span = (new,) if old is None else (new, f"^{old}")
        order = ("--reverse", "--topo-order", "--parents", "--end-of-options")
        self._source = source
        self._lines = source.git.run("rev-list", *order, *span, "--").splitlines()

    def __len__(self) -> int:
        return len(self._lines)

    def some(self, numbers: range) -> Iterator[list[Step]]:
        """Some of them with their changes, as many at a time as their objects are read."""
        lines = self._lines[numbers.start : numbers.stop]
        for start in range(0, len(lines), _LISTED):
            some = lines[start : start + _LISTED]
            yield from self._listed([line.decode("ascii").split() for line in some])

    def _listed(self, named: list[list[str]]) -> Iterator[list[Step]]:
        """The steps with these ids, each followed by those of its parents."""
        # Git keeps the newest version whole and older ones as what differs from the next: read
        # backwards, some at a time, it takes a third less.
        some = [named[start : start + _TOGETHER][::-1] for start in range(0, len(named), _TOGETHER)]
        asked = "".join(f"{identity}\n" for one in some for identity, *_parents in one)
        told = raw.commits(self._source.git.run(*_CHANGES, stdin=asked.encode("ascii")))
        for backwards in some:
            steps = [self._step(one, next(told, None)) for one in backwards]
            self._source.objects.ahead([one for step in steps for one in _read(step)])
            steps.reverse()
            yield steps

    @staticmethod
    def _step(named: list[str], told: tuple[str, bytes, list[RawChange]] | None) -> Step:
        """A step from how git lists it and how it shows it; raises DamagedError for another's."""
        identity, *parents = named
        if told is None or told[0] != identity:
            raise DamagedError(identity)
        _id, stored, changes = told
        known = stored if is_named(identity, b"commit", stored) else None
        return Step(identity, tuple(parents), changes, known)


def _read(step: Step) -> Iterator[str]:
    """The objects that judging one commit will ask for: itself, and what it changed."""
    if step.stored is None:
        yield step.id
    for change in step.changes[:_TOGETHER]:
        for side in (*change.before, change.after):
            if side.exists and side.kind != SUBMODULE:
                yield side.id


def commit(source: Source, identity: str, stored: bytes | None = None) -> RawCommit:
    """One commit as it is stored; raises DamagedError."""
    if stored is not None:
        return rawcommit.read(identity, stored)
    found = source.objects.read(identity)
    if found is None:
        raise DamagedError(identity)
    return rawcommit.read(identity, found[1])


def ids(source: Source, new: str) -> list[str]:
    """The ids of all commits up to ``new``, newest first."""
    return source.git.run("rev-list", "--end-of-options", new, "--").decode("ascii").split()


def holds(source: Source, new: str, old: str) -> bool:
    """Whether ``old`` is ``new`` or a commit before it."""
    return source.git.ask("merge-base", "--is-ancestor", old, new).code == 0
