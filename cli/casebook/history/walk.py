"""A walk through history, oldest first: every commit as it is stored, and what it changed.

Two git processes for the whole of it; it judges nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.history import log, raw, rawcommit
from casebook.history.plain import DamagedError
from casebook.snapshot import SUBMODULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.plain import Source
    from casebook.history.raw import RawChange
    from casebook.history.rawcommit import RawCommit

_ORDER: Final = (
    *("--reverse", "--topo-order", "-O/dev/null"),
    *("--format=%H%x00%P%x00", "--end-of-options"),
)

_TOGETHER: Final = 64  # commits whose objects are read at once


@frozen
class Step:
    """One commit, and the paths (from the top) that differ from all of its parents."""

    commit: RawCommit
    changes: list[RawChange]
    listed_parents: tuple[str, ...]


def steps(source: Source, old: str | None, new: str) -> Iterator[Step]:
    """The commits that ``new`` has and ``old`` has not, parents before children.

    Raises GitFailed when git cannot list them, DamagedError for an object that is not right.
    """
    span = new if old is None else f"{old}..{new}"
    data = source.git.run(*log.LIST, *_ORDER, span, "--")
    listed = raw.history(data, 2)
    while some := list(islice(listed, _TOGETHER)):
        source.objects.ahead(
            [one for (identity, _parents), found in some for one in _read(identity, found)]
        )
        for (identity, parents), found in some:
            yield Step(commit(source, identity), found, tuple(parents.split()))


def _read(identity: str, found: list[RawChange]) -> Iterator[str]:
    """The objects that judging one commit will ask for: itself, and what it changed."""
    yield identity
    for change in found[:_TOGETHER]:
        for side in (*change.before, change.after):
            if side.exists and side.kind != SUBMODULE:
                yield side.id


def commit(source: Source, identity: str) -> RawCommit:
    """One commit as it is stored; raises DamagedError."""
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
