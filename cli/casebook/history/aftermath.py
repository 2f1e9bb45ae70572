"""What a command or a git program that was broken off has left behind, and how to mend it.

It never throws away a record's text: an unfinished commit is finished, or left as a hand edit.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.errors import CasebookError
from casebook.frozen import frozen
from casebook.history import advance, pending, places
from casebook.history.commit import commit_files
from casebook.history.objects import holds, object_id
from casebook.history.raw import ABSENT, RawChange, Side
from casebook.history.snapshots import CommitSnapshot
from casebook.history.work import set_entries
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.repository import Repository

TEMPORARY: Final = "temporary-file"
PRIVATE_INDEX: Final = "private-index"
INTERRUPTED: Final = "interrupted"
INDEX_DIFFERS: Final = "index-differs"
LOCK: Final = "stale-lock"
BROKEN_SYNC: Final = "broken-sync"
LOCK_AGE: Final = 600.0  # seconds after which a git lock counts as left behind


@frozen
class Leftover:
    """One thing left behind; ``path`` is from the casebook, or a full path in git's folder."""

    kind: str
    path: str
    message: str


def leftovers(repository: Repository, *, lock_age: float = LOCK_AGE) -> list[Leftover]:
    """Everything left behind, nothing changed; waits for a running command to end."""
    with repository.lock():
        return list(_look(repository, lock_age))


def mend(repository: Repository, *, lock_age: float = LOCK_AGE) -> list[Leftover]:
    """Repair everything that ``leftovers`` names and answer what was done.

    A commit that a hook refuses is left as an unsaved hand edit and said so.
    """
    done: list[Leftover] = []
    with repository.lock():
        for lock in _stale_locks(repository, lock_age):
            lock.unlink(missing_ok=True)
            done.append(_lock_left(lock))
        if repository.is_half_moved():
            done.append(_sync_left(repository, ended=advance.finish(repository)))
        for note in pending.read_all(_folder(repository)):
            done += _finish(repository, note)
        for change in _differing(repository):
            _reset(repository, [change.path])
            done.append(_index_left(repository, change))
        for leftover in _files(repository):
            (repository.casebook / leftover.path).unlink(missing_ok=True)
            done.append(leftover)
    return done


def _look(repository: Repository, lock_age: float) -> Iterator[Leftover]:
    for lock in _stale_locks(repository, lock_age):
        yield _lock_left(lock)
    if repository.is_half_moved():
        yield _sync_left(repository)
        return  # until that is finished, files and index differ as they should
    for note in pending.read_all(_folder(repository)):
        if stage_of(repository, note) in ("unfinished", "half"):
            yield from (_interrupted(repository, file.path) for file in note.files)
    for change in _differing(repository):
        yield _index_left(repository, change)
    yield from _files(repository)


def stage_of(repository: Repository, note: pending.Pending) -> str:
    """How far a broken-off commit came.

    finished: nothing is left to do (made, overtaken, or never begun); unfinished: its text is
    on disk or prepared, but not committed; half: some files are the new ones and the others could
    not be put in place or were put back; changed: the files were edited since.
    """
    head = CommitSnapshot(repository.objects, repository.head())
    disk = [(file, _content(repository, file)) for file in note.files]
    if all(holds(content, head.side(file.path)) for file, content in disk):
        return "finished"
    if all(_id(content, note) == file.after for file, content in disk):
        return "unfinished"
    ids = [(_id(content, note), file) for file, content in disk]
    if all(one in (file.before, file.after) for one, file in ids) and any(
        one == file.after != file.before for one, file in ids
    ):
        return "half"
    return "changed"


def _content(repository: Repository, file: pending.PendingFile) -> bytes | None:
    """What a file holds once the commit goes on: the prepared text where one is left."""
    place = repository.root / file.path
    if file.temporary:
        prepared = store.read_entry(place.parent / file.temporary)[1]
        if prepared is not None and object_id(prepared, file.after) == file.after:
            return prepared
    return store.read_entry(place)[1]


def _id(content: bytes | None, note: pending.Pending) -> str:
    return "" if content is None else object_id(content, note.head)


def _finish(repository: Repository, note: pending.Pending) -> list[Leftover]:
    done: list[Leftover] = []
    stage = stage_of(repository, note)
    if stage == "half":
        done += _taken_back(repository, note)
    if stage == "unfinished":
        files = {
            file.path.removeprefix(repository.prefix): _content(repository, file)
            for file in note.files
        }
        try:
            commit_files(repository, files, note.message)
            done += [_interrupted(repository, file.path) for file in note.files]
        except CasebookError:
            for path, content in files.items():  # a hook said no: keep the text, unsaved
                if content is not None:
                    store.write_record(store.target(repository.casebook, path), content)
            _reset(repository, [file.path for file in note.files])
            done += [_kept(path) for path in files]
    note.remove()
    return done


def _taken_back(repository: Repository, note: pending.Pending) -> Iterator[Leftover]:
    """Give the files of half a commit the text that the history has, as if it had not begun."""
    head = CommitSnapshot(repository.objects, repository.head())
    for file in note.files:
        place = repository.root / file.path
        side = head.side(file.path)
        if _id(store.read_entry(place)[1], note) == file.after != file.before:
            content = repository.objects.content(side) if side is not None else None
            if _id(content, note) != file.before:
                continue  # it was a hand edit that nobody saved: what stands there is all there is
            if content is None:
                store.remove_record(place)
            else:
                store.write_record(place, content)
        yield _interrupted(repository, file.path)
    _reset(repository, [file.path for file in note.files])


def _reset(repository: Repository, paths: list[str]) -> None:
    """Give the index the entries of HEAD for some paths (from the top of the repository)."""
    head = CommitSnapshot(repository.objects, repository.head())
    absent = Side(ABSENT, "0" * 40)
    set_entries(repository, [(path, head.side(path) or absent) for path in paths])
    repository.git.ask("update-index", "-q", "--refresh")


def _differing(repository: Repository) -> list[RawChange]:
    """Staged files of the casebook while the work tree holds exactly what HEAD holds."""
    return [
        change
        for change in repository.raw_staged(repository.head())
        if change.path.startswith(repository.prefix)
        and not change.unmerged
        and holds(
            store.read_entry(repository.root / change.path)[1],
            change.before[0],
        )
    ]


def _folder(repository: Repository) -> Path:
    return repository.git_dir / "casebook"


def _files(repository: Repository) -> Iterator[Leftover]:
    """Prepared files in the casebook, private indexes and half notes in git's folder."""
    for folder, below, names in os.walk(repository.casebook):
        below[:] = [name for name in below if name != ".git"]
        for name in names:
            if store.is_temporary(name):
                yield Leftover(
                    TEMPORARY,
                    (Path(folder) / name).relative_to(repository.casebook).as_posix(),
                    _("A command was broken off while writing; this file is not used."),
                )
    for file in sorted(_folder(repository).glob("*")):
        unused = file.name.startswith("index-") or file.suffix == ".new"
        if unused or store.is_temporary(file.name):
            yield Leftover(
                PRIVATE_INDEX,
                str(file),
                _("A command was broken off while saving; this file is not used."),
            )


def _stale_locks(repository: Repository, lock_age: float) -> list[Path]:
    now = time.time()
    return [
        lock
        for lock in places.locks(repository.place)
        if lock.exists() and now - lock.lstat().st_mtime >= lock_age
    ]


def _lock_left(lock: Path) -> Leftover:
    return Leftover(LOCK, str(lock), _("A git program was broken off and left its lock."))


def _sync_left(repository: Repository, *, ended: bool = True) -> Leftover:
    message = (
        _("A sync was broken off while it put here what others had shared; it has to be finished.")
        if ended
        else _(
            "A broken-off sync was taken back, because a file was changed since; your text is "
            "still in it. Do: casebook save, then casebook sync"
        )
    )
    return Leftover(BROKEN_SYNC, str(advance.note(repository)), message)


def _interrupted(repository: Repository, path: str) -> Leftover:
    return Leftover(
        INTERRUPTED,
        path.removeprefix(repository.prefix),
        _("A command was broken off before its change was saved in the history."),
    )


def _kept(path: str) -> Leftover:
    return Leftover(
        INTERRUPTED,
        path,
        _("A broken-off change was refused by a check; your text is still in the file."),
    )


def _index_left(repository: Repository, change: RawChange) -> Leftover:
    return Leftover(
        INDEX_DIFFERS,
        change.path.removeprefix(repository.prefix),
        _("Git would undo or repeat an older text of this file at the next commit."),
    )
