"""``.pre-commit-hooks.yaml``: the checks for schools that use the pre-commit framework.

The framework installs hooks from the network; here it runs the installed program instead, in a
repository that differs in nothing but that word.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Casebook

REPOSITORY = Path(__file__).resolve().parents[2]
MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"

pytest.importorskip("pre_commit")


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    """A repository with our manifest, whose hooks are run where they are installed already."""
    folder = tmp_path / "framework"
    folder.mkdir()
    manifest = MANIFEST.read_text("utf-8").replace("language: python", "language: system")
    (folder / ".pre-commit-hooks.yaml").write_text(manifest, "utf-8")
    for words in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "start"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


@pytest.fixture
def pre_commit(
    tmp_path: Path, school: Casebook, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``pre-commit`` in the school's casebook, with ``casebook`` on the path."""
    program = tmp_path / "bin" / "casebook"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{REPOSITORY / "cli"}" exec "{sys.executable}" -m casebook "$@"\n',
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CASEBOOK_LANG", "en")
    shutil.rmtree(school.root / ".git" / "hooks", ignore_errors=True)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *words],
            cwd=school.root,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def flip(school: Casebook, identity: str, state: str) -> None:
    """Change the state in an editor."""
    path = school.path(identity)
    path.write_text(path.read_text("utf-8").replace("state: reported", f"state: {state}"), "utf-8")


def test_the_manifest_is_valid(pre_commit):
    done = pre_commit("validate-manifest", str(MANIFEST))
    assert done.returncode == 0, done.stdout


def test_try_repo_judges_what_is_staged(school, pre_commit, framework):
    case = school.new("quarrel", "Words in the app", "--reported-by", "mentor")
    flip(school, case, "closed")
    school.git("add", ".")
    refused = pre_commit("try-repo", str(framework), "casebook")
    assert refused.returncode == 1
    assert "from reported to closed" in refused.stdout
    school.git("reset", "--quiet", "--hard")
    assert pre_commit("try-repo", str(framework), "casebook").returncode == 0


def test_commit_all_is_judged_by_what_it_commits_and_the_message_names_the_case(
    school, pre_commit, framework
):
    case = school.new("quarrel", "Words in the app", "--reported-by", "mentor")
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=framework, text=True)
    hooks = ", ".join(f"{{id: {name}}}" for name in ("casebook", "casebook-message"))
    (school.root / ".pre-commit-config.yaml").write_text(
        f"repos: [{{repo: '{framework}', rev: {commit.strip()}, hooks: [{hooks}]}}]\n", "utf-8"
    )
    kinds = ("pre-commit", "commit-msg")
    assert pre_commit("install", *(f"--hook-type={kind}" for kind in kinds)).returncode == 0
    school.git("add", ".")
    school.git("commit", "--quiet", "--message", "use the framework")
    flip(school, case, "closed")
    before = school.head()
    refused = school.git("commit", "--all", "--message", "closed", fine=False)
    assert "from reported to closed" in refused.stdout + refused.stderr
    assert school.head() == before
    school.git("checkout", "--quiet", ".")
    path = school.path(case)
    path.write_text(path.read_text("utf-8").replace("Words in", "More words in"), "utf-8")
    school.git("commit", "--all", "--quiet", "--message", "more words")
    assert f"Case: {case}" in school.git("log", "-1", "--format=%B").stdout
