"""The commit of a command: files and index and HEAD together, or nothing at all.

It does not judge what it commits; checks happen before it, and in git's own hooks.

Order: prepared files -> note -> files in place -> real index -> commit -> verified. The index
is never behind HEAD, so that no later commit can take this one back by accident.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.errors import CasebookError, EnvironmentProblem, RefusedError
from casebook.history import log, pending, places, raw
from casebook.history.faults import fault
from casebook.history.objects import object_id
from casebook.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from casebook.history.repository import Repository
    from casebook.history.run import Answer

LOCK_PATIENCE: Final = 5.0  # seconds that another git program may keep the index
# Git shall refuse rather than invent an author, and never warn about the line ends of a record.
_COMMIT: Final = (
    *("-c", "user.useConfigOnly=true", "commit", "--quiet", "--no-status"),
    *("--cleanup=whitespace", "--file=-"),
)


class HookRefused(RefusedError):
    """A git hook said no; the message is its answer, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be written: ``path`` from the top of the repository; None is no file."""

    path: str
    place: Path
    before: bytes | None
    after: bytes | None


@dataclass(slots=True)
class _Work:
    """What one commit has done so far, so that it can be undone."""

    repository: Repository
    head: str | None
    message: str
    targets: list[Target]
    staged: list[raw.RawChange]  # what the index held beside HEAD before we came
    note: pending.Pending | None = None
    prepared: dict[str, Path] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    index_touched: bool = False

    @property
    def others(self) -> list[raw.RawChange]:
        """Staged files that are not ours."""
        ours = {target.path for target in self.targets}
        return [change for change in self.staged if change.path not in ours]

    @property
    def private_index(self) -> Path:
        return self.repository.git_dir / "casebook" / f"index-{os.getpid()}"


def compose(message: str, trailers: Sequence[tuple[str, str]]) -> str:
    """A commit message with its trailers; raises ``ValueError`` for a line break in one."""
    for key, value in trailers:
        if not key.replace("-", "").isalnum() or value != " ".join(value.splitlines()):
            raise ValueError(f"not a trailer: {key}")
    lines = [message.strip()]
    if trailers:
        lines += ["", *(f"{key}: {value}" for key, value in trailers)]
    return "\n".join(lines) + "\n"


def commit_files(
    repository: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    trailers: Sequence[tuple[str, str]] = (),
    *,
    expect: Mapping[str, bytes | None] | None = None,
) -> str:
    """See ``Repository.commit``."""
    if not files:
        raise ValueError("a commit needs a file")
    text = compose(message, trailers)
    with repository.lock():
        repository.require_quiet()
        _wait_for_index(repository)
        forget_finished(repository)
        work = _plan(repository, files, text, expect or {})
        fault("start")
        try:
            _write(work)
            _stage(work)
            _commit(work)
            made = _made(work)
        except BaseException as problem:
            saved = _undo(work)
            if saved is None:
                raise
            made = saved
            if not isinstance(problem, CasebookError):
                raise
        fault("verified")
        _clean(work)
        fault("cleaned")
        return made


def _wait_for_index(repository: Repository) -> None:
    lock = repository.git_dir / "index.lock"
    until = time.monotonic() + LOCK_PATIENCE
    while lock.exists():
        if time.monotonic() > until:
            raise locked(lock)
        time.sleep(0.02)


def locked(lock: Path) -> EnvironmentProblem:
    """The refusal for a lock file of git that stays."""
    return EnvironmentProblem(
        _("Another git program is busy here, or was broken off: {lock} exists.").format(lock=lock),
        _("Close other git programs; when none is running, type: casebook doctor --fix"),
    )


def forget_finished(repository: Repository) -> None:
    """Take away notes of commits that were made, or of which nothing was written."""
    folder = repository.git_dir / "casebook"
    if not any(name.startswith("pending-") for name in _names(folder)):
        return
    from casebook.history.leftovers import stage_of

    for note in pending.read_all(folder):
        if stage_of(repository, note) == "finished":
            note.remove()


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _plan(
    repository: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    expect: Mapping[str, bytes | None],
) -> _Work:
    targets = []
    for path, after in sorted(files.items()):
        place = store.target(repository.casebook, path)
        before = store.read_entry(place)[1]
        if path in expect and expect[path] != before:
            raise RefusedError(
                _("{path} was changed by another program just now; nothing was done.").format(
                    path=path
                ),
                _("Try again."),
            )
        targets.append(Target(repository.prefix + path, place, before, after))
    head = repository.head()
    staged = repository.raw_staged(head)
    for change in staged:
        if change.unmerged:
            raise EnvironmentProblem(
                _("{path} has an unresolved conflict; nothing was changed.").format(
                    path=change.path
                ),
                _("Choose the right lines in that file and type: git add, with its name"),
            )
    return _Work(repository, head, message, targets, staged)


def _write(work: _Work) -> None:
    try:
        for target in work.targets:
            if target.after is not None and target.after != target.before:
                work.folders += store.make_folders(target.place.parent)
                work.prepared[target.path] = store.prepare(target.place, target.after)
        fault("prepared")
        _note(work)
        fault("noted")
        for target in work.targets:
            if target.path in work.prepared:
                store.publish(work.prepared.pop(target.path), target.place)
            elif target.after is None:
                target.place.unlink(missing_ok=True)
            fault("replaced-one")
        for folder in {target.place.parent for target in work.targets}:
            if folder.is_dir():
                store.sync_folder(folder)
        fault("replaced")
    except OSError as problem:
        raise EnvironmentProblem(
            _("{path} could not be written: {reason}").format(
                path=problem.filename or "", reason=problem.strerror or problem
            ),
            _("Check that you may write there and that the disk is not full."),
        ) from problem


def _note(work: _Work) -> None:
    like = work.head or ""
    work.note = pending.Pending(
        pending.place(work.repository.git_dir / "casebook"),
        like,
        work.message,
        tuple(
            pending.PendingFile(
                target.path,
                work.prepared[target.path].name if target.path in work.prepared else "",
                "" if target.before is None else object_id(target.before, like),
                "" if target.after is None else object_id(target.after, like),
            )
            for target in work.targets
        ),
    )
    work.note.write()


def _stage(work: _Work) -> None:
    names = b"".join(os.fsencode(target.path) + b"\0" for target in work.targets)
    work.index_touched = True
    work.repository.git.run(
        *("-c", "core.safecrlf=false", "update-index", "--add", "--remove", "-z", "--stdin"),
        stdin=names,
    )
    fault("staged")


def _commit(work: _Work) -> None:
    more = {"CASEBOOK_LANG": language()}
    if work.others:
        more["GIT_INDEX_FILE"] = os.fspath(_copy_index(work))
    answer = work.repository.git.ask(
        *_COMMIT, stdin=work.message.encode("utf-8"), commit=True, more=more
    )
    if answer.code != 0:
        raise _reason(work, answer)
    fault("committed")


def _copy_index(work: _Work) -> Path:
    """A private copy of the index without the staged files of others; theirs stay staged."""
    private = work.private_index
    private.write_bytes((work.repository.git_dir / "index").read_bytes())
    fault("copied")
    sides = [(change.path, change.before[0]) for change in work.others]
    set_entries(work.repository, sides, index=private)
    fault("reset")
    return private


def set_entries(
    repository: Repository, sides: list[tuple[str, raw.Side]], *, index: Path | None = None
) -> None:
    """Give index entries a mode and id, removals first; one git process."""
    lines = [
        f"{side.mode} {side.id}\t".encode("ascii") + os.fsencode(path) + b"\0"
        for path, side in sorted(sides, key=lambda pair: pair[1].exists)
    ]
    more = {"GIT_INDEX_FILE": os.fspath(index)} if index else {}
    repository.git.run("update-index", "-z", "--index-info", stdin=b"".join(lines), more=more)


def _reason(work: _Work, answer: Answer) -> CasebookError:
    repository = work.repository
    if repository.identity() is None:
        return EnvironmentProblem(
            _("Git does not know who you are, so nothing was saved."),
            _("Type: casebook init ."),
        )
    left = [lock for lock in places.locks(repository.place) if lock.name in str(answer.err)]
    if answer.code != 1 and left:
        return locked(left[0])
    if answer.code != 1:
        return repository.git.failure(answer, "commit")
    ours = {target.path for target in work.targets}
    if not any(change.path in ours for change in repository.raw_staged(work.head)):
        return RefusedError(_("Nothing changed: the casebook already holds exactly this."))
    return HookRefused(answer.text() or _("A check in git refused this and gave no reason."))


def _made(work: _Work) -> str:
    """The id of our commit; raises when it is not there or holds anything but our files."""
    made = _find(work)
    if made is None:
        raise EnvironmentProblem(
            _("Git reported success, but the commit is not there or holds other content."),
            _("Type: casebook doctor"),
        )
    return made


def _find(work: _Work) -> str | None:
    head = work.repository.head()
    if head is None or head == work.head:
        return None
    # Another program may have committed on top of ours already: look through all that is new.
    span = head if work.head is None else f"{work.head}..{head}"
    data = work.repository.git.run(*log.LIST, "--format=%H%x00%P%x00", span, "--")
    parents = [work.head] if work.head else []
    for (commit, named), found in raw.history(data, 2):
        if named.split() == parents and _holds(work, found):
            return commit
    return None


def _holds(work: _Work, found: list[raw.RawChange]) -> bool:
    """Whether a commit's changes are ours: no other path, and our bytes (on LF where git does)."""
    changed = {change.path: change.after for change in found}
    targets = {target.path: target for target in work.targets}
    return (
        bool(changed)
        and changed.keys() <= targets.keys()
        and all(_same(targets[path].after, side) for path, side in changed.items())
    )


def _same(content: bytes | None, side: raw.Side) -> bool:
    if content is None or not side.exists:
        return content is None and not side.exists
    return side.id in (
        object_id(content, side.id),
        object_id(content.replace(b"\r\n", b"\n"), side.id),
    )


def _undo(work: _Work) -> str | None:
    """Put files and index back, unless the commit was made after all: then its id."""
    made = _find(work)
    if made is not None:
        return made
    if work.repository.head() != work.head:
        return None  # history went on without us: what stands there now is left to doctor
    for target in work.targets:
        if target.before != target.after and store.read_entry(target.place)[1] == target.after:
            if target.before is None:
                store.remove_record(target.place)
            else:
                store.write_record(target.place, target.before)
    if work.index_touched:
        set_entries(work.repository, _former_entries(work))
        work.repository.git.ask("update-index", "-q", "--refresh")
    _clean(work)
    for folder in work.folders:
        if not _names(folder):
            folder.rmdir()
    return None


def _former_entries(work: _Work) -> list[tuple[str, raw.Side]]:
    former = {change.path: change.after for change in work.staged}
    base = work.repository.objects
    from casebook.history.objects import CommitSnapshot

    committed = CommitSnapshot(base, work.head)
    absent = raw.Side(raw.ABSENT, "0" * len(work.head or "0" * 40))
    return [
        (target.path, former.get(target.path) or committed.side(target.path) or absent)
        for target in work.targets
    ]


def _clean(work: _Work) -> None:
    for temporary in work.prepared.values():
        temporary.unlink(missing_ok=True)
    private = work.private_index
    if work.others:
        private.unlink(missing_ok=True)
        private.with_name(private.name + ".lock").unlink(missing_ok=True)
    if work.note is not None:
        work.note.remove()
