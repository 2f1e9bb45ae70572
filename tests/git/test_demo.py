"""``casebook demo``: the real program in a new folder, short enough to be read in a minute."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook import i18n
from casebook.cli import run
from casebook.document import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 95


@dataclass(frozen=True)
class Demo:
    """One demonstration: its folder, its language and what it printed."""

    folder: Path
    language: str
    code: int
    said: str

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


@pytest.fixture(scope="module", params=["en", "nl"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """One run for all tests; a stand-in finds the package, which need not be installed."""
    top = tmp_path_factory.mktemp("demo")
    python = top / "python"
    python.write_text(
        f'#!/bin/sh\nshift\nPYTHONPATH="{ROOT / "cli"}" exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    before = i18n.language()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(python))
        patch.setenv("COLUMNS", "80")
        patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        capture = _Capture()
        patch.setattr(sys, "stdout", capture)
        folder = top / "casebook"
        code = run("casebook", ["demo", str(folder), "--language", request.param])
    i18n.activate(before)
    yield Demo(folder, request.param, code, capture.said)


class _Capture:
    """Standard output kept as text, for a fixture that lives longer than one test."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.said = ""

    def write(self, text: str) -> int:
        self.said += text
        return len(text)

    def flush(self) -> None:
        """Nothing to do."""


def test_it_succeeds_and_is_short(demo: Demo) -> None:
    assert demo.code == 0, demo.said
    assert len(demo.said.splitlines()) <= MOST_LINES, demo.said


def test_the_folder_is_printed_and_holds_a_closed_case(demo: Demo) -> None:
    assert str(demo.folder) in demo.said
    (file,) = (demo.folder / "cases").rglob("*.md")
    document, _wrong = parse(file.read_bytes(), file.name)
    assert document is not None
    assert document.data["state"] == "closed"
    assert document.data["type"] == "image-spread"


def test_every_scene_has_its_commands_and_refusals_their_exit_code(demo: Demo) -> None:
    scenes = re.split(r"(?m)^(?=\d\. )", demo.said)[1:]
    assert len(scenes) == 8
    for number, command in enumerate(
        [
            *("git case new", "git case", "git case close", "git commit", "", "git case close"),
            *("git", "git case advise"),
        ]
    ):
        assert f"$ {command}" in scenes[number] or not command
    assert re.search(r"(?m)^  \(.* 3\)$", scenes[2])
    assert re.search(r"(?m)^  \(.* 1\)$", scenes[3])
    assert scenes[4].count("[x]") >= 10
    assert "Case: " in scenes[6]
    assert "Move: close" in scenes[6]
    assert "forwarding@1" in scenes[7]
    assert "git policy publish" in scenes[7]


def test_the_rules_become_a_page(demo: Demo) -> None:
    site = demo.folder.with_name(demo.folder.name + "-site")
    assert str(site) in demo.said
    pages = {one.name: one.read_text("utf-8") for one in site.glob("*.html")}
    rule = (demo.folder / "policy/rules/forwarding@1.md").read_bytes()
    document, _wrong = parse(rule, "forwarding@1.md")
    assert document is not None
    assert document.data["state"] == "adopted"
    assert any(str(document.data["title"]) in page for page in pages.values())


def test_what_was_refused_wrote_nothing(demo: Demo) -> None:
    """The first time the history knows the state closed is the move itself, by command."""
    subjects = demo.git("log", "--format=%s").splitlines()
    (closed,) = (one for one in subjects if "closed" in one)
    assert "-> closed)" in closed
    assert demo.git("status", "--porcelain") == ""


def test_the_figures_at_the_end_are_true(demo: Demo) -> None:
    found = re.search(r"(?m)^(\d+)\D+(\d+)\D+(\d+\.\d)\D+$", demo.said)
    assert found is not None, demo.said
    assert int(found[2]) == int(demo.git("rev-list", "--count", "HEAD"))
    assert int(found[1]) == demo.said.count("  $ ") + demo.said.count("  [x] ")


def test_the_hooks_are_real_and_the_casebook_is_left_right(demo: Demo) -> None:
    assert (demo.folder / ".git" / "hooks" / "pre-commit").exists()
    assert run("casebook", ["-C", str(demo.folder), "check"]) == 0


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("casebook", ["demo", str(tmp_path)]) == 4
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
