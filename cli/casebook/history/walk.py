"""A walk through history, oldest first: every commit as it is stored, and what it changed.

Two git processes for the whole of it; it judges nothing.
"""

from __future__ import annotations

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
    """One commit as git lists it, and the paths (from the top) that differ from all parents."""

    id: str
    parents: tuple[str, ...]
    changes: list[RawChange]


class Steps:
    """The commits of a range, parents before children; each is made when it is asked for."""

    def __init__(self, source: Source, old: str | None, new: str) -> None:
        """Those that ``new`` has and ``old`` has not; GitFailed when git cannot list them."""
        span = new if old is None else f"{old}..{new}"
        self._listed = raw.History(source.git.run(*log.LIST, *_ORDER, span, "--"), 2)

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, number: int) -> Step:
        (identity, parents), found = self._listed[number]
        return Step(identity, tuple(parents.split()), found)


def together(source: Source, steps: Steps, numbers: range) -> Iterator[tuple[int, Step]]:
    """Some steps, with the objects that judging them will ask for read many at a time."""
    for start in range(numbers.start, numbers.stop, _TOGETHER):
        some = [(one, steps[one]) for one in range(start, min(start + _TOGETHER, numbers.stop))]
        source.objects.ahead([one for _number, step in some for one in _read(step)])
        yield from some


def _read(step: Step) -> Iterator[str]:
    """The objects that judging one commit will ask for: itself, and what it changed."""
    yield step.id
    for change in step.changes[:_TOGETHER]:
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
