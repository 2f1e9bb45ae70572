"""Real repositories for the tests of ``history``; nothing here imitates git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from clones import clone, sync
from staff import Staff

from casebook.history import find_repository, init_repository, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Casebook

    from casebook.history import Repository


class Shell:
    """Plain git in one folder, as a person would type it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, fine: bool = True) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert not fine or done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout.strip("\n")

    def hook(self, name: str, body: str) -> None:
        place = self.folder / ".git" / "hooks" / name
        place.write_text("#!/bin/sh\n" + body)
        place.chmod(0o755)


@pytest.fixture(autouse=True)
def _only_our_git(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a person in it, in a folder with a space and an accent."""
    root = tmp_path / "casus é 1"
    init_repository(root).close()
    git = Shell(root)
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@example.org")
    return root


@pytest.fixture
def git(folder: Path) -> Shell:
    return Shell(folder)


@pytest.fixture
def repository(folder: Path) -> Iterator[Repository]:
    found = find_repository(folder)
    assert found is not None
    with found:
        yield found


@pytest.fixture
def counted() -> list[str]:
    """The git commands started from here on."""
    started.clear()
    return started


@pytest.fixture
def staff(school: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Staff]:
    """Ada is the first signer."""
    homes = tmp_path / "homes"
    homes.mkdir()
    monkeypatch.setenv("GIT_AUTHOR_DATE", "")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "")
    people = Staff(school, homes, monkeypatch)
    people.later(minutes=0)
    school.git("commit", "--amend", "--quiet", "--no-edit", "--reset-author")
    people.sits_down("ada", "safety-coordinator")
    answer = people.identity()
    assert answer.code == 0, answer.out
    return people


@pytest.fixture
def two(school: Casebook, tmp_path: Path) -> tuple[Any, Any, str]:
    """Two clones with one open case, its id, and a bare repository between them."""
    case = school.new("image-spread", "A photo goes round", "--reported-by", "mentor")
    school.do("add", "person", case, "victim", "--kind", "pupil", "--minor", "yes")
    bare = tmp_path / "shared.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    school.git("remote", "add", "origin", str(bare))
    assert sync(school).sent > 0
    return school, clone(school, bare, tmp_path / "other", "Other Person"), case
