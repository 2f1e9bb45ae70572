"""Making a repository ready: settings, hooks, and refusing what would break them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook.errors import RefusedError
from casebook.history import (
    find_repository,
    gitpython,
    init_repository,
    install_hooks,
    missing_hooks,
    remotes,
    write_commit_graph,
)

if TYPE_CHECKING:
    from casebook.history import Repository
    from conftest import Shell

SOURCES = Path(__file__).parents[2] / "hooks"
HOOKS = (
    *("commit-msg", "post-checkout", "post-merge", "post-rewrite"),
    *("pre-commit", "pre-merge-commit", "pre-push"),
)


def test_init_makes_a_repository_once(tmp_path: Path) -> None:
    first = init_repository(tmp_path / "new")
    assert (first.branch(), first.head(), first.prefix) == ("main", None, "")
    assert init_repository(tmp_path / "new").root == first.root


def test_hooks_are_copied_executable_with_the_interpreter(
    repository: Repository, git: Shell
) -> None:
    assert dict(missing_hooks(repository, SOURCES)) == dict.fromkeys(HOOKS, "absent")
    installed = install_hooks(repository, SOURCES, sys.executable)
    assert sorted(file.name for file in installed) == list(HOOKS)
    assert all(os.access(file, os.X_OK) for file in installed)
    assert git("config", "--local", "casebook.python") == Path(sys.executable).as_posix()
    assert git("config", "--local", "core.fsync") == "all"
    assert git("config", "core.hooksPath", fine=False) == ""
    assert list(missing_hooks(repository, SOURCES)) == []


def test_an_older_hook_of_ours_is_replaced_and_a_foreign_one_is_not(
    repository: Repository, git: Shell
) -> None:
    install_hooks(repository, SOURCES, sys.executable)
    folder = git.folder / ".git" / "hooks"
    (folder / "pre-commit").write_text("#!/bin/sh\n# casebook hook, older\n")
    (folder / "commit-msg").chmod(0o644)
    assert dict(missing_hooks(repository, SOURCES)) == {"pre-commit": "old", "commit-msg": "off"}
    install_hooks(repository, SOURCES, sys.executable)
    assert list(missing_hooks(repository, SOURCES)) == []
    git.hook("commit-msg", "echo theirs\n")
    assert dict(missing_hooks(repository, SOURCES)) == {"commit-msg": "foreign"}
    with pytest.raises(RefusedError, match="another commit-msg hook"):
        install_hooks(repository, SOURCES, sys.executable)
    assert (folder / "commit-msg").read_text() == "#!/bin/sh\necho theirs\n"


def test_a_hooks_path_elsewhere_is_refused(repository: Repository, git: Shell) -> None:
    for value in ("hooks", "/somewhere/else"):
        git("config", "core.hooksPath", value)
        with pytest.raises(RefusedError, match="would never run") as caught:
            install_hooks(repository, SOURCES, sys.executable)
        assert "core.hooksPath" in caught.value.hint
        assert not (git.folder / ".git" / "hooks" / "pre-commit").exists()
    git("config", "core.hooksPath", ".git/hooks")
    assert install_hooks(repository, SOURCES, sys.executable)


def test_a_work_tree_uses_the_hooks_of_its_repository(
    repository: Repository, git: Shell, tmp_path: Path
) -> None:
    git("commit", "--allow-empty", "-qm", "one")
    git("worktree", "add", "-q", str(tmp_path / "second"))
    second = find_repository(tmp_path / "second")
    assert second is not None
    install_hooks(second, SOURCES, sys.executable)
    assert list(missing_hooks(repository, SOURCES)) == []


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_without_its_program_blocks_and_says_what_to_type(
    repository: Repository, git: Shell, name: str, tmp_path: Path
) -> None:
    message = tmp_path / "message"
    message.write_text("by hand\n")
    for value in (None, "/no/such/python"):
        if value:
            git("config", "casebook.python", value)
        done = subprocess.run(
            [SOURCES / name, message], cwd=git.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        first, second = done.stderr.splitlines()
        assert first.startswith("Not ")
        assert first.endswith("Type: casebook init .")
        assert second.startswith("Niet ")


@pytest.mark.parametrize("trailer", ["Case: 2026-7KQ2X", "Policy: forwarding@3"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_commit_msg_leaves_in_the_shell_when_the_trailer_is_there(
    git: Shell, trailer: str, end: str, tmp_path: Path
) -> None:
    """An interpreter that does not exist would be noticed: it is never started."""
    message = tmp_path / "message"
    message.write_text(f"case 2026-7KQ2X: close\n\n{trailer}{end}")
    done = subprocess.run([SOURCES / "commit-msg", message], cwd=git.folder, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", HOOKS)
def test_hooks_hold_no_logic_and_hand_over_to_the_program(
    git: Shell, name: str, tmp_path: Path
) -> None:
    fake = tmp_path / "my python"
    fake.write_text('#!/bin/sh\necho "$@"\n')
    fake.chmod(0o755)
    git("config", "casebook.python", str(fake))
    message = tmp_path / "message"
    message.write_text("by hand\n")
    done = subprocess.run(
        [SOURCES / name, message], cwd=git.folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["-I", "-m", "casebook", "hook", name, str(message)]
    assert len((SOURCES / name).read_text().splitlines()) < 20
    assert (SOURCES / name).read_text().startswith("#!/bin/sh\n# casebook hook")


def test_gitpython_serves_doctor_and_hides_passwords(repository: Repository, git: Shell) -> None:
    git("remote", "add", "origin", "https://ada:secret@git.example.org/cases.git")
    assert remotes(repository) == {"origin": "https://git.example.org/cases.git"}
    repository.commit({"a": b"1\n"}, "one")
    write_commit_graph(repository)
    assert (git.folder / ".git/objects/info/commit-graphs").is_dir()
    with gitpython(repository) as repo:
        assert repo.head.commit.message == "one\n"


def test_settings_are_local_and_read_from_everywhere(repository: Repository) -> None:
    assert repository.config("casebook.key") is None
    repository.set_config("casebook.key", "/a b/#;")
    assert repository.config("casebook.key") == "/a b/#;"
