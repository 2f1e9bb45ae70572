"""The pipelines for code hosts: their own lines are run, on a copy as a host makes it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from storm import stand_in

if TYPE_CHECKING:
    from staff import Staff

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
PIPELINES = Path(__file__).parents[2] / "hooks/ci"
NAMES = sorted(file.name for file in PIPELINES.glob("*.yml"))
# What a pipeline installs and sets up is not tried here.
LEFT_OUT = ("apt-get", "pip install", "GITHUB_PATH")
NOTHING = "0" * 40


def pipeline(name: str) -> Any:
    return yaml.safe_load((PIPELINES / name).read_text("utf-8"))


def steps(name: str) -> list[str]:
    """The lines that the host runs, each by itself."""
    told = pipeline(name)
    lines = told["casebook"]["script"] if "casebook" in told else []
    lines += [
        one["run"] for one in told.get("jobs", {}).get("check", {}).get("steps", ()) if "run" in one
    ]
    return [line for line in lines if not any(word in line for word in LEFT_OUT)]


@pytest.fixture
def host(staff: Staff, tmp_path: Path) -> Any:
    """Runs a pipeline on what was pushed; answers the lines that failed."""
    programs = tmp_path / "programs"
    programs.mkdir()
    python = stand_in(tmp_path)
    (programs / "casebook").write_text(f'#!/bin/sh\nexec {python} -I -m casebook "$@"\n')
    (programs / "casebook").chmod(0o755)

    def run(name: str, before: str = NOTHING, words: str = "") -> list[str]:
        copy = tmp_path / "checkout"
        shutil.rmtree(copy, ignore_errors=True)
        staff.school.git("clone", "--quiet", staff.school.root.as_uri(), str(copy))
        subprocess.run(["git", "checkout", "-q", "--detach"], cwd=copy, check=True)
        more = {"BEFORE": before, "CI_COMMIT_BEFORE_SHA": before, "FIRST_WORDS": words}
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        failed = []
        for line in steps(name):
            done = subprocess.run(
                ["sh", "-e", "-c", line],
                cwd=copy,
                env={**os.environ, **more, "PATH": path, "CASEBOOK_LANG": "en"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert "Traceback" not in done.stderr
            failed += [line.partition(" ")[0] + ": " + done.stdout] if done.returncode else []
        return failed

    return run


@pytest.mark.parametrize("name", NAMES)
def test_a_pipeline_says_yes_to_what_is_right_and_no_to_what_is_not(
    staff: Staff, host: Any, name: str
) -> None:
    staff.later(minutes=10)
    case = staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    words = " ".join(staff.verify()["first_key"]["words"])
    head = staff.school.head()
    assert host(name) == []
    assert host(name, before=head, words=words) == []
    other = " ".join(reversed(words.split()))
    assert len(host(name, words=other)) == 1, "another first key"

    staff.school.git("commit", "--amend", "--quiet", "--no-verify", "--message", "case: other")
    (rewritten,) = host(name, before=head, words=words)
    assert "no commit here" in rewritten

    path = f"cases/2026/{case}.md"
    text = staff.school.path(case).read_text("utf-8")
    staff.commit({path: text.replace("state: reported", "state: closed")})
    found = host(name)
    assert any(staff.school.head()[:12] in one for one in found), found


@pytest.mark.parametrize("name", NAMES)
def test_a_pipeline_installs_only_what_somebody_chose(name: str) -> None:
    """A name on a public list may be somebody else's, and the pipeline can read every case."""
    (line,) = (
        line
        for line in (PIPELINES / name).read_text("utf-8").splitlines()
        if "pip install" in line and not line.lstrip().startswith("#")
    )
    assert "PROGRAM:?" in line


@pytest.mark.parametrize("name", ["github.yml", "forgejo.yml"])
def test_a_pipeline_judges_what_was_sent_and_not_the_hosts_merge(name: str) -> None:
    (checkout,) = (
        one
        for one in pipeline(name)["jobs"]["check"]["steps"]
        if one.get("uses", "").startswith("actions/checkout")
    )
    assert checkout["with"]["fetch-depth"] == 0
    assert "pull_request.head.sha" in checkout["with"]["ref"]
