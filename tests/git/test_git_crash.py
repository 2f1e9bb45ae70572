"""kill -9 at every moment of a commit: old or new, never between, and mendable without loss."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook
from casebook import store
from casebook.errors import EnvironmentProblem
from casebook.history import leftovers, mend
from casebook.history.faults import POINTS

if TYPE_CHECKING:
    from casebook.history import Repository
    from conftest import Shell

CASE = "cases/2026/2026-7KQ2X.md"
OLD, NEW = b"old text\n", b"new text\n"
KILL_ALL = "kill -9 $(cat .git/driver) $PPID; sleep 0.1\n"
# Moments inside git itself: the whole tree of our program and git dies there.
IN_GIT = (
    *("pre-commit", "commit-msg", "post-commit"),
    *("reference-transaction prepared", "reference-transaction committed"),
)
DRIVER = """
import sys
from pathlib import Path
from casebook.history import find_repository
from casebook.history import faults
root, point, *paths = sys.argv[1:]
faults.KILL_AT = point
import os
Path(root, ".git", "driver").write_text(str(os.getpid()))
find_repository(Path(root)).commit({path: b"new text\\n" for path in paths}, "case: change")
"""


def crash(git: Shell, point: str, *paths: str) -> int:
    """Run one commit that dies at ``point``; answers its exit code."""
    if point in IN_GIT:
        name, _space, phase = point.partition(" ")
        test = f'[ "$1" = "{phase}" ] || exit 0\n' if phase else ""
        git.hook(name, test + KILL_ALL)
    environment = {**os.environ, "PYTHONPATH": str(Path(casebook.__file__).parents[1])}
    command = [sys.executable, "-c", DRIVER, str(git.folder), point, *paths]
    code = subprocess.run(command, env=environment, capture_output=True, check=False).returncode
    for hook in (git.folder / ".git" / "hooks").iterdir():
        hook.unlink()
    return code


def three(git: Shell, repository: Repository, path: str) -> tuple[bytes | None, ...]:
    """The record on disk, in the index and in HEAD."""
    place = git.folder / path
    index = git("rev-parse", "-q", "--verify", f":{path}", fine=False)
    return (
        place.read_bytes() if place.exists() else None,
        (git("cat-file", "blob", index) + "\n").encode() if index else None,
        repository.snapshot(repository.head()).read(path),
    )


@pytest.mark.parametrize("others", [False, True], ids=["alone", "others-staged"])
@pytest.mark.parametrize("new", [False, True], ids=["edited", "new"])
@pytest.mark.parametrize("point", [*POINTS, *IN_GIT])
def test_a_kill_leaves_old_or_new_and_mend_makes_it_whole(
    repository: Repository, git: Shell, point: str, new: bool, others: bool
) -> None:
    repository.commit({"first.md": b"1\n"} if new else {CASE: OLD}, "start")
    old = None if new else OLD
    if others:
        (git.folder / "other").write_text("other\n")
        git("add", "other")
    start = repository.head()
    code = crash(git, point, CASE)
    if point in {"copied", "reset"} and not others:
        assert code == 0
    else:
        assert code == -9

    disk, index, head = three(git, repository, CASE)
    assert {disk, index, head} <= {old, NEW}, "torn"
    assert head == old or (disk, index) == (NEW, NEW), "HEAD is newer than file or index"
    assert "error" not in git("fsck", "--full")
    if len({disk, index, head}) > 1:
        assert CASE in {found.path for found in leftovers(repository, lock_age=0)}

    mend(repository, lock_age=0)
    states = set(three(git, repository, CASE))
    assert len(states) == 1
    assert states == {NEW} or disk == old, "text was lost"
    assert leftovers(repository, lock_age=0) == []
    assert git("status", "--short") == ("A  other" if others else "")
    assert git("rev-list", "--count", f"{start}..HEAD") == ("1" if states == {NEW} else "0")
    assert "error" not in git("fsck", "--full")
    repository.commit({CASE: b"next\n"}, "next")
    assert git("status", "--short") == ("A  other" if others else "")


@pytest.mark.parametrize("point", ["prepared", "noted", "replaced-one", "replaced", "staged"])
def test_several_files_become_old_together_or_new_together(
    repository: Repository, git: Shell, point: str
) -> None:
    repository.commit({"a.md": OLD, "b.md": OLD}, "start")
    assert crash(git, point, "a.md", "b.md") == -9
    mend(repository, lock_age=0)
    a, b = three(git, repository, "a.md"), three(git, repository, "b.md")
    assert a == b
    assert len(set(a)) == 1
    assert git("status", "--short") == ""
    assert a[0] == (OLD if point == "prepared" else NEW)


def test_the_next_command_works_after_any_kill(repository: Repository, git: Shell) -> None:
    """Nobody needs doctor to go on: the unfinished record stays as a hand edit, staged or not."""
    for number, point in enumerate(POINTS):
        crash(git, point, f"{number}.md")
        made = repository.commit({CASE: str(number).encode()}, f"after {point}")
        assert git("show", "--format=", "--name-only", made) == CASE


def test_a_refused_unfinished_change_is_kept_as_a_hand_edit(
    repository: Repository, git: Shell
) -> None:
    repository.commit({CASE: OLD}, "start")
    crash(git, "staged", CASE)
    git.hook("pre-commit", "exit 1\n")
    done = mend(repository)
    assert [(found.kind, found.path) for found in done] == [("interrupted", CASE)]
    assert "your text is still in the file" in done[0].message
    assert git("status", "--short") == f" M {CASE}"
    assert (git.folder / CASE).read_bytes() == NEW


def test_an_edit_after_the_crash_is_never_overwritten(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: OLD}, "start")
    crash(git, "replaced", CASE)
    (git.folder / CASE).write_text("written afterwards\n")
    mend(repository)
    assert (git.folder / CASE).read_text() == "written afterwards\n"
    assert git("log", "--format=%s") == "start"


def test_an_index_that_would_take_a_commit_back_is_named_and_mended(
    repository: Repository, git: Shell
) -> None:
    """What a crash of ``git commit PATH`` leaves: the next commit would undo the last one."""
    repository.commit({CASE: OLD}, "start")
    old = git("rev-parse", f":{CASE}")
    repository.commit({CASE: NEW}, "change")
    git("update-index", "--cacheinfo", f"100644,{old},{CASE}")
    assert [(found.kind, found.path) for found in leftovers(repository)] == [
        ("index-differs", CASE)
    ]
    mend(repository)
    assert git("status", "--short") == ""
    assert three(git, repository, CASE) == (NEW, NEW, NEW)


def test_only_old_locks_are_taken_away(repository: Repository, git: Shell) -> None:
    lock = git.folder / ".git" / "HEAD.lock"
    lock.touch()
    assert leftovers(repository) == []
    os.utime(lock, (0, 0))
    assert [found.kind for found in leftovers(repository)] == ["stale-lock"]
    assert [found.path for found in mend(repository)] == [str(lock)]
    assert not lock.exists()


def test_a_broken_note_is_no_obstacle(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: OLD}, "start")
    (git.folder / ".git/casebook/pending-1.json").write_text('{"half')
    repository.commit({CASE: NEW}, "next")
    mend(repository)
    assert leftovers(repository) == []


def test_a_set_that_could_not_be_put_back_on_a_full_disk_is_taken_back_by_mend(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit failed, and then there was room for some of the old files only."""
    paths = [f"policy/{name}.md" for name in "abcd"]
    repository.commit(dict.fromkeys(paths, OLD), "start")
    fresh = "policy/new.md"
    git.hook("pre-commit", "exit 1\n")
    write = store.write_record
    full = {paths[1], paths[2]}

    def written(place: Path, content: bytes) -> None:
        if place.relative_to(git.folder).as_posix() in full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(place, content)

    monkeypatch.setattr(store, "write_record", written)
    with pytest.raises(EnvironmentProblem, match="could not be put back") as said:
        repository.commit(dict.fromkeys([*paths, fresh], NEW), "policy: adopt")
    assert "doctor --fix" in str(said.value.hint)
    assert three(git, repository, paths[0]) == (OLD, OLD, OLD)
    assert three(git, repository, paths[1])[0] == NEW

    full.clear()  # somebody made room
    assert {one.kind for one in leftovers(repository)} == {"interrupted"}
    mend(repository)
    for path in paths:
        assert three(git, repository, path) == (OLD, OLD, OLD)
    assert three(git, repository, fresh) == (None, None, None)
    assert leftovers(repository) == []
    assert git("status", "--porcelain") == ""


def test_a_hand_edit_among_half_a_set_is_kept(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was in no history cannot be had again: the text that stands there stays."""
    paths = ["policy/a.md", "policy/b.md"]
    repository.commit(dict.fromkeys(paths, OLD), "start")
    (git.folder / paths[0]).write_bytes(b"by hand\n")
    git.hook("pre-commit", "exit 1\n")

    def written(place: Path, content: bytes) -> None:
        if place.name == "a.md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        store.publish(store.prepare(place, content), place)

    monkeypatch.setattr(store, "write_record", written)
    with pytest.raises(EnvironmentProblem):
        repository.commit(dict.fromkeys(paths, NEW), "policy: adopt")
    monkeypatch.undo()
    mend(repository)
    assert (git.folder / paths[0]).read_bytes() == NEW
    assert three(git, repository, paths[1]) == (OLD, OLD, OLD)
