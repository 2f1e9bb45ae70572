"""Moving the branch, the index and the files of this folder to a newer commit, whole or not at all.

Nothing that is not saved is overwritten; a move that was broken off is finished by the next one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.errors import EnvironmentProblem, RefusedError
from casebook.history import raw
from casebook.history.faults import fault
from casebook.history.objects import holds
from casebook.history.repository import MOVING
from casebook.history.work import set_entries
from casebook.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.history.repository import Repository

KEPT: Final = "refs/casebook/kept"


def advance(repository: Repository, old: str | None, new: str) -> None:
    """Bring this folder from ``old`` (its HEAD) to ``new``; call it under the lock.

    Raises RefusedError when a file that would change holds something that is not saved.
    """
    if old == new:
        return
    place = note(repository)
    place.parent.mkdir(exist_ok=True)
    changes = _changes(repository, old, new)
    _require_saved(repository, changes)
    store.write_record(place, json.dumps({"old": old, "new": new}).encode())
    fault("noted")
    _carry_out(repository, old, new, changes)
    place.unlink(missing_ok=True)
    fault("cleaned")


def unfinished(repository: Repository) -> tuple[str | None, str] | None:
    """The move that was broken off, as (old, new) commits, or None."""
    try:
        told = json.loads(note(repository).read_text("utf-8"))
        return told["old"], str(told["new"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def finish(repository: Repository) -> bool:
    """Finish a move that was broken off; call it under the lock.

    Where somebody edited a file since, the rest is put back as it was before the move, and the
    edit stays; False then, and when there was none.
    """
    if not repository.is_half_moved():
        return False
    move = unfinished(repository)
    done = False
    if move is not None and repository.head() in move and repository.resolve(move[1]) is not None:
        old, new = move
        changes = _changes(repository, old, new)
        unsaved = _unsaved(repository, changes)
        if not unsaved:
            _carry_out(repository, old, new, changes)
            done = True
        elif repository.head() == old:
            _take_back(repository, changes, unsaved)
    note(repository).unlink(missing_ok=True)
    return done


def _take_back(repository: Repository, changes: list[raw.RawChange], kept: list[str]) -> None:
    for change in changes:
        if change.path not in kept:
            _put(repository, change.path, change.before[0])
    set_entries(repository, [(change.path, change.before[0]) for change in changes])
    repository.git.ask("update-index", "-q", "--refresh")


def _put(repository: Repository, path: str, side: raw.Side) -> None:
    """Make the file on disk what one side of a change is."""
    place = store.target(repository.root, path)
    body = repository.objects.content(side)
    if body is None:
        store.remove_record(place)
    else:
        store.make_folders(place.parent)
        store.write_record(place, body)


def _carry_out(
    repository: Repository, old: str | None, new: str, changes: list[raw.RawChange]
) -> None:
    for change in changes:
        _put(repository, change.path, change.after)
        fault("replaced-one")
    fault("replaced")
    set_entries(repository, [(change.path, change.after) for change in changes])
    repository.git.ask("update-index", "-q", "--refresh")
    fault("staged")
    branch = repository.branch()
    if repository.head() != new:
        zero = "0" * 40
        ref = f"refs/heads/{branch}" if branch else "HEAD"
        answer = repository.git.ask(
            "update-ref", "-m", "casebook sync", ref, new, old if old is not None else zero
        )
        if answer.code != 0:
            raise repository.git.failure(answer, "update-ref")
    fault("committed")


def keep(repository: Repository, commit: str) -> str:
    """Keep a commit that is left out of the history under a name of its own; answers the name."""
    name = f"{KEPT}/{commit[:12]}"
    repository.git.run("update-ref", name, commit)
    return name


def _changes(repository: Repository, old: str | None, new: str) -> list[raw.RawChange]:
    if old is None:
        data = repository.git.run("ls-tree", "-r", "-z", "--full-tree", new)
        found = []
        for line in data.split(b"\0"):
            if line:
                meta, _tab, path = line.partition(b"\t")
                mode, _kind, identity = meta.decode("ascii").split()
                head = f":{raw.ABSENT} {mode} {'0' * len(identity)} {identity} A"
                found.append(raw.change(head, path))
        return found
    arguments = ("diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", old, new)
    return raw.changes(repository.git.run(*arguments))


def _unsaved(repository: Repository, changes: list[raw.RawChange]) -> list[str]:
    found = []
    for change in changes:
        disk = store.read_entry(repository.root / change.path)[1]
        if not holds(disk, change.before[0]) and not holds(disk, change.after):
            found.append(change.path)
    return found


def _require_saved(repository: Repository, changes: list[raw.RawChange]) -> None:
    links = [change.path for change in changes if change.after.kind in ("link", "submodule")]
    if links:
        raise EnvironmentProblem(
            _("The shared casebook holds what does not belong in one: {path}").format(
                path=links[0]
            ),
            _("Ask who looks after the computers; nothing was changed here."),
        )
    found = _unsaved(repository, changes)
    if found:
        raise RefusedError(
            _("There are changes of your own that are not saved: {paths}").format(
                paths=", ".join(found[:3])
            ),
            _("Do first: casebook save"),
        )


def note(repository: Repository) -> Path:
    """Where a move that is going on is noted, in git's folder."""
    return repository.git_dir / "casebook" / MOVING
