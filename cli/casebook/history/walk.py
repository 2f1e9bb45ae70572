"""A walk through history, oldest first: every commit as it is stored, and what it changed.

Two git processes for the whole of it; it judges nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.history import log, raw, rawcommit
from casebook.history.plain import DamagedError
from casebook.snapshot import EXECUTABLE, FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.plain import Source
    from casebook.history.raw import RawChange
    from casebook.history.rawcommit import RawCommit

_ORDER: Final = (
    *("--reverse", "--topo-order", "-O/dev/null"),
    *("--format=%H%x00%P%x00", "--end-of-options"),
)


_PART: Final = 32  # commits whose objects are read in one go
_AHEAD: Final = 400  # files: with the commits their names must fit into a pipe


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
    while part := list(islice(listed, _PART)):
        names = [texts[0] for texts, _found in part]
        source.objects.read_ahead([*names, *_contents(part)])
        for (identity, parents), found in part:
            yield Step(commit(source, identity), found, tuple(parents.split()))


def _contents(part: list[tuple[list[str], list[RawChange]]]) -> list[str]:
    """The ids of the files that some commits changed, no more than fit."""
    sides = [side for _texts, found in part for one in found for side in (*one.before, one.after)]
    readable = [side.id for side in sides if side.exists and side.kind in (FILE, EXECUTABLE)]
    return readable[:_AHEAD]


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
