"""The commit of a command: files and index and HEAD together, or nothing at all.

It does not judge what it commits; checks happen before it, and in git's own hooks.

Order: prepared files -> note -> files in place -> real index -> commit -> verified. The index
is never behind HEAD, so that no later commit can take this one back by accident.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.errors import CasebookError, EnvironmentProblem, RefusedError
from casebook.history import pending, places
from casebook.history.faults import fault
from casebook.history.objects import object_id
from casebook.history.repository import HOOKS_PATH
from casebook.history.work import Target, Work, clean, find, names, set_entries, undo
from casebook.i18n import _, language
from casebook.kit import is_shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from casebook.history.repository import Repository
    from casebook.history.spawn import Answer

LOCK_PATIENCE: Final = 5.0  # seconds that another git program may keep the index
# Git shall refuse rather than invent an author, and never warn about the line ends of a record.
_COMMIT: Final = (
    *("-c", "user.useConfigOnly=true", "commit", "--quiet", "--no-status"),
    *("--cleanup=whitespace", "--file=-"),
)

# After a commit git looks whether it should tidy up, which takes a fifth of the commit; of the
# thousands of loose pieces that it waits for, a commit makes five. Every sixteenth time will do.
_UNTIDIED: Final = ("-c", "maintenance.auto=false")
_TIDIED: Final = "0"  # the last digit of the newest commit's id

# Names the note of a commit whose content its own command has judged by the saved law; our hook
# need not judge it a second time. It weighs as much as git's own --no-verify: nothing. Where both
# hooks that this passes by are ours they are not even started.
JUDGED: Final = "CASEBOOK_JUDGED"


_PASSED: Final = ("pre-commit", "commit-msg")


class HookRefusedError(RefusedError):
    """A git hook said no; the message is its answer, and nothing was changed."""


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
    is_judged: Callable[[], bool] | None = None,
    meanwhile: Callable[[], None] | None = None,
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
            judged = _stage(work, is_judged)
            _commit(work, meanwhile, judged=judged)
            made = _made(work)
        except BaseException as problem:
            saved = undo(work)
            if saved is not None:
                clean(work)
            if saved is None or not isinstance(problem, CasebookError):
                raise
            made = saved
        fault("verified")
        clean(work)
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
    if not any(name.startswith("pending-") for name in names(folder)):
        return
    from casebook.history.aftermath import stage_of

    for note in pending.read_all(folder):
        if stage_of(repository, note) == "finished":
            note.remove()


def _plan(
    repository: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    expect: Mapping[str, bytes | None],
) -> Work:
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
    return Work(repository, head, message, targets, staged)


def _write(work: Work) -> None:
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
            else:
                store.sync_file(target.place)  # a hand edit: editors do not always do it
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


def _note(work: Work) -> None:
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


def _stage(work: Work, is_judged: Callable[[], bool] | None) -> bool:
    """Put the files in the index; whether they were judged is found out while git does so."""
    names = b"".join(os.fsencode(target.path) + b"\0" for target in work.targets)
    work.index_touched = True
    command = ("-c", "core.safecrlf=false", "update-index", "--add", "--remove", "-z", "--stdin")
    git = work.repository.git
    judged: list[bool] = []

    def meanwhile() -> None:
        judged.append(is_judged is not None and is_judged())

    ask = _together(lambda: git.start(*command, stdin=names), meanwhile)
    answer = _patiently(work.repository, ask)
    if answer.code != 0:
        raise _lock_left(work.repository, answer) or git.failure(answer, "update-index")
    fault("staged")
    return judged[0]


def _together(
    start: Callable[[], Callable[[], Answer]], meanwhile: Callable[[], None] | None
) -> Callable[[], Answer]:
    """What asks git; the first time ``meanwhile`` is carried out before the answer is awaited."""
    left = [meanwhile] if meanwhile is not None else []

    def ask() -> Answer:
        waiting = start()
        try:
            if left:
                left.pop()()
        finally:
            answer = waiting()
        return answer

    return ask


def _patiently(repository: Repository, ask: Callable[[], Answer]) -> Answer:
    """Ask again while another git program (an editor's, say) had the index for a moment."""
    for _attempt in range(20):
        answer = ask()
        if answer.code in {0, 1} or b"index.lock" not in answer.err:
            break
        _wait_for_index(repository)
    return answer


def _lock_left(repository: Repository, answer: Answer) -> EnvironmentProblem | None:
    said = os.fsdecode(answer.err)
    return next(
        (locked(lock) for lock in places.locks(repository.place) if str(lock) in said), None
    )


def _commit(work: Work, meanwhile: Callable[[], None] | None, *, judged: bool) -> None:
    more = {"CASEBOOK_LANG": language()}
    if judged and work.note is not None:
        # The note lies in git's folder while this commit is being made, and only then.
        more[JUDGED] = os.fspath(work.note.file)
    if work.others:
        more["GIT_INDEX_FILE"] = os.fspath(_copy_index(work))
    git = work.repository.git
    text = work.message.encode("utf-8")
    words = (*_tidying(work.head), *_COMMIT)
    if judged and _is_passed(work.repository):
        words = (*words, "--no-verify")
    ask = _together(lambda: git.start(*words, stdin=text, commit=True, more=more), meanwhile)
    answer = _patiently(work.repository, ask)
    if answer.code != 0:
        raise _reason(work, answer)
    fault("committed")


def _is_passed(repository: Repository) -> bool:
    """Whether the hooks that ``--no-verify`` passes by are ours: these would only say yes.

    Starting a shell for each takes as long as git's own part of the commit.
    """
    folder = repository.common_dir / "hooks"
    return HOOKS_PATH not in repository.settings() and all(
        is_shipped(f"hooks/{name}", store.read_entry(folder / name)[1] or b"") for name in _PASSED
    )


def _tidying(head: str | None) -> tuple[str, ...]:
    return () if head is None or head.endswith(_TIDIED) else _UNTIDIED


def _copy_index(work: Work) -> Path:
    """A private copy of the index without the staged files of others; theirs stay staged."""
    private = work.private_index
    private.write_bytes((work.repository.git_dir / "index").read_bytes())
    fault("copied")
    sides = [(change.path, change.before[0]) for change in work.others]
    set_entries(work.repository, sides, index=private)
    fault("reset")
    return private


def _reason(work: Work, answer: Answer) -> CasebookError:
    repository = work.repository
    if repository.identity() is None:
        return EnvironmentProblem(
            _("This computer does not know who you are, so nothing was saved."),
            _("Type: casebook init ."),
        )
    if answer.code != 1:
        return _lock_left(repository, answer) or repository.git.failure(answer, "commit")
    ours = {target.path for target in work.targets}
    if not any(change.path in ours for change in repository.raw_staged(work.head)):
        return RefusedError(_("Nothing changed: the casebook already holds exactly this."))
    return HookRefusedError(answer.text() or _("A check in git refused this and gave no reason."))


def _made(work: Work) -> str:
    """The id of our commit; raises when it is not there or holds anything but our files."""
    made = find(work)
    if made is None:
        raise EnvironmentProblem(
            _("Git reported success, but the commit is not there or holds other content."),
            _("Type: casebook doctor"),
        )
    return made
