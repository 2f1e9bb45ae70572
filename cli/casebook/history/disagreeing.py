"""Files of which the folder, git's index and the history say different things, and what of that.

A hand edit is one; so is a file that was deleted, and a third text that only the index holds. An
index that would take a commit back is a leftover, and told in ``aftermath``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.frozen import frozen
from casebook.history.work import set_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.repository import Repository

EDITED: Final = "edited"  # the file is newer than the history
MISSING: Final = "missing"  # saved, and not in the folder any more
THREE_TEXTS: Final = "three-texts"  # the file, the index and the history each say another thing


@frozen
class Disagreement:
    """One file (from the casebook) and what disagrees; ``kept`` is what would be put back."""

    path: str
    kind: str
    kept: bytes | None = None


def disagreeing(repository: Repository) -> Iterator[Disagreement]:
    """Every such file, sorted by path; nothing is changed."""
    changes = repository.unsaved()
    if not changes:
        return
    index = repository.index()
    for change in changes:
        ready = index.read(change.path)
        if change.after is None:
            yield Disagreement(change.path, MISSING, change.before if ready is None else ready)
        elif ready is not None and ready not in (change.before, change.after):
            yield Disagreement(change.path, THREE_TEXTS)
        else:
            yield Disagreement(change.path, EDITED)


def put_back(repository: Repository, below: tuple[str, ...]) -> list[str]:
    """Write the missing files below some folders, as the index holds them, else the history.

    Answers which. The index that had lost one, too, has it again.
    """
    done = []
    with repository.lock():
        found = list(disagreeing(repository))
        head = repository.snapshot(repository.head())
        index = repository.index()
        for one in found:
            place = store.target(repository.casebook, one.path)
            if one.kind == MISSING and one.kept is not None and one.path.startswith(below):
                store.make_folders(place.parent)
                store.write_record(place, one.kept)
                side = head.side(one.path)
                if index.read(one.path) is None and side is not None:
                    set_entries(repository, [(repository.prefix + one.path, side)])
                done.append(one.path)
    return done
