"""Many commands in one work tree at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook
from casebook.errors import EnvironmentProblem
from casebook.history import commit as engine
from casebook.history import find_repository, leftovers

if TYPE_CHECKING:
    from casebook.history import Repository
    from conftest import Shell

PROCESSES, COMMITS = 6, 15
WRITER = """
import sys
from pathlib import Path
from casebook.history import find_repository
root, name = Path(sys.argv[1]), sys.argv[2]
own = find_repository(root)
for number in range(int(sys.argv[3])):
    with own.lock(timeout=60):
        shared = root / "shared.md"
        text = shared.read_bytes() if shared.exists() else b""
        own.commit({f"cases/{name}/{number}.md": b"x\\n"}, f"{name} {number}")
        own.commit({"shared.md": text + f"{name} {number}\\n".encode()}, f"shared {name} {number}")
"""


def test_all_succeed_and_no_commit_holds_anothers_file(repository: Repository, git: Shell) -> None:
    (git.folder / "other").write_text("other\n")
    git("add", "other")
    environment = {**os.environ, "PYTHONPATH": str(Path(casebook.__file__).parents[1])}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(git.folder), f"w{number}", str(COMMITS)],
            env=environment,
            stderr=subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [
        (b"", 0)
    ] * PROCESSES
    made = list(repository.between(None, "HEAD"))
    assert len(made) == 2 * PROCESSES * COMMITS
    for step in made:
        (change,) = step.changes
        words = step.commit.subject.split()
        expected = "shared.md" if words[0] == "shared" else f"cases/{words[0]}/{words[1]}.md"
        assert change.path == expected
    assert len((git.folder / "shared.md").read_text().splitlines()) == PROCESSES * COMMITS
    assert git("status", "--short") == "A  other"


@pytest.mark.parametrize(("point", "after"), [("staged", b"1\n"), ("committed", b"2\n")])
def test_ctrl_c_during_a_commit_leaves_old_or_new(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch, point: str, after: bytes
) -> None:
    repository.commit({"a": b"1\n"}, "one")

    def interrupt(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    monkeypatch.setattr(engine, "fault", interrupt)
    with pytest.raises(KeyboardInterrupt):
        repository.commit({"a": b"2\n"}, "two")
    assert (git.folder / "a").read_bytes() == after
    assert git("status", "--short") == ""
    assert leftovers(repository) == []


def test_a_short_lock_of_another_git_program_is_waited_for(
    repository: Repository, git: Shell
) -> None:
    lock = git.folder / ".git" / "index.lock"
    lock.touch()
    remover = threading.Timer(0.15, lock.unlink)
    remover.start()
    assert repository.commit({"a": b"1\n"}, "one") == repository.head()
    remover.join()


def test_a_lock_that_comes_between_two_steps_is_waited_for(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = git.folder / ".git" / "index.lock"
    removers = []

    def disturb(name: str) -> None:
        if name in {"replaced", "staged"}:
            lock.touch()
            removers.append(threading.Timer(0.1, lock.unlink))
            removers[-1].start()

    monkeypatch.setattr(engine, "fault", disturb)
    assert repository.commit({"a": b"1\n"}, "one") == repository.head()
    assert git("status", "--short") == ""
    for remover in removers:
        remover.join()


def test_everything_works_without_posix_spawn_and_flock(
    folder: Path, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: subprocess, and the lock of filelock."""
    import filelock  # before fcntl is hidden: its own choice of lock is not what is tested

    assert filelock.FileLock
    monkeypatch.delattr(os, "posix_spawnp")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with find_repository(folder) or pytest.fail() as own, own.lock():
        made = own.commit({"a": b"1\n" * 50_000}, "one")
        assert own.snapshot(made).read("a") == b"1\n" * 50_000
    with find_repository(folder) or pytest.fail() as other, other.lock(timeout=0.1):
        assert other.head() == made
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentProblem, match="not installed"):
        (find_repository(folder) or pytest.fail()).require_git()


def test_much_input_to_a_git_that_does_not_read_it_is_no_problem(repository: Repository) -> None:
    assert repository.git.ask("version", stdin=b"x" * 1_000_000).code == 0
    echoed = repository.git.run("stripspace", stdin=b"line\n" * 200_000)
    assert echoed == b"line\n" * 200_000


def test_a_git_folder_that_cannot_be_written_is_a_refusal(
    repository: Repository, git: Shell
) -> None:
    (git.folder / ".git" / "casebook").write_text("in the way")
    with pytest.raises(EnvironmentProblem, match="cannot be written"), repository.lock():
        pass
