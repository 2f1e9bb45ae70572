"""Where a repository is and what it is in the middle of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebook.errors import EnvironmentProblem
from casebook.history import find_repository

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.history import Repository
    from conftest import Shell


def test_finding_a_repository_starts_no_process(folder: Path, counted: list[str]) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    found = find_repository(folder / "a" / "b")
    assert found is not None
    assert (found.root, found.prefix) == (folder, "a/b/")
    assert found.state() == "clean"
    assert found.head() is None
    assert found.branch() == "main"
    assert counted == []


def test_outside_a_repository_there_is_none(tmp_path: Path) -> None:
    assert find_repository(tmp_path) is None


def test_a_work_tree_shares_its_common_folder(folder: Path, git: Shell, tmp_path: Path) -> None:
    git("commit", "--allow-empty", "-qm", "one")
    git("worktree", "add", "-q", str(tmp_path / "second"))
    found = find_repository(tmp_path / "second")
    assert found is not None
    assert found.root == tmp_path / "second"
    assert found.common_dir == folder / ".git"
    assert found.git_dir.parent == folder / ".git" / "worktrees"
    assert found.branch() == "second"
    assert found.head() == git("rev-parse", "HEAD")
    found.commit({"cases/2026/a.md": b"a\n"}, "a")
    assert found.head() == git("rev-parse", "second")


def test_a_submodule_is_its_own_repository(folder: Path, git: Shell, tmp_path: Path) -> None:
    git("commit", "--allow-empty", "-qm", "one")
    outer = type(git)(tmp_path)
    outer("init", "-q", "-b", "main")
    outer("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(folder), "inner")
    found = find_repository(tmp_path / "inner")
    assert found is not None
    assert found.root == tmp_path / "inner"
    assert found.head() == git("rev-parse", "HEAD")


def test_a_bare_repository_is_refused_with_a_way_out(tmp_path: Path, git: Shell) -> None:
    git("init", "-q", "--bare", str(tmp_path / "bare.git"))
    git("init", "-q", "--bare", str(tmp_path / "hidden" / ".git"))
    for place in (tmp_path / "bare.git", tmp_path / "hidden", git.folder / ".git"):
        with pytest.raises(EnvironmentProblem, match="bare git repository") as caught:
            find_repository(place)
        assert "casebook join" in caught.value.hint


def test_a_moved_work_tree_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    with pytest.raises(EnvironmentProblem, match="is not there"):
        find_repository(tmp_path)


def test_head_is_read_from_packed_refs_and_detached(repository: Repository, git: Shell) -> None:
    git("commit", "--allow-empty", "-qm", "one")
    git("pack-refs", "--all")
    assert repository.head() == git("rev-parse", "HEAD")
    git("checkout", "-q", "--detach")
    assert repository.head() == git("rev-parse", "HEAD")
    assert repository.branch() is None
    assert repository.resolve("main") == git("rev-parse", "HEAD")
    assert repository.resolve("--output=x") is None
    assert repository.is_shallow() is False


def conflicting(git: Shell) -> None:
    """Two branches that changed the same line."""
    (git.folder / "f").write_text("0\n")
    git("add", "f")
    git("commit", "-qm", "0")
    git("checkout", "-qb", "side")
    (git.folder / "f").write_text("1\n")
    git("commit", "-qam", "1")
    git("checkout", "-q", "main")
    (git.folder / "f").write_text("2\n")
    git("commit", "-qam", "2")


@pytest.mark.parametrize(
    ("command", "state"),
    [
        (("merge", "side"), "merge"),
        (("rebase", "side"), "rebase"),
        (("cherry-pick", "side"), "cherry-pick"),
        (("revert", "HEAD~1"), "revert"),
        (("bisect", "start"), "bisect"),
    ],
)
def test_nothing_is_committed_in_the_middle_of(
    repository: Repository, git: Shell, command: tuple[str, ...], state: str
) -> None:
    conflicting(git)
    git("commit", "--allow-empty", "-qm", "3")
    if state == "revert":
        (git.folder / "f").write_text("4\n")
        git("commit", "-qam", "4")
        command = ("revert", "HEAD~2")
    git(*command, fine=False)
    assert repository.state() == state
    with pytest.raises(EnvironmentProblem, match=state) as caught:
        repository.commit({"cases/a.md": b"a\n"}, "a")
    assert caught.value.exit_code == 4
    assert "git " + state in caught.value.hint
    assert not (git.folder / "cases").exists()


def test_variables_of_another_repository_are_ignored(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    found = find_repository(folder)
    assert found is not None
    assert found.commit({"a.md": b"a\n"}, "a") == found.head()
    monkeypatch.chdir(folder)
    hooked = find_repository(folder, in_hook=True)
    assert hooked is not None
    assert hooked.git_dir == tmp_path / "nowhere"


def test_without_git_the_user_is_told_where_to_get_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="not installed") as caught:
        repository.require_git()
    assert "git-scm.com" in caught.value.hint


def test_an_old_git_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\ncase "$*" in *version*) echo git version 2.25.1;; *) exit 129;; esac\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=":")
    found = find_repository(folder)
    assert found is not None
    with pytest.raises(EnvironmentProblem, match=r"2\.25\.1 is too old"):
        found.require_git()
    with pytest.raises(EnvironmentProblem, match="too old"):
        found.index()
