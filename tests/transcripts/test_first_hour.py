"""The messages somebody meets in the first hour: what is wrong, and what to type instead.

Messages 5 to 9 have tests of their own in ``test_coordinator``; here are the others.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook

if TYPE_CHECKING:
    from conftest import Casebook

SOURCE = str(Path(str(casebook.__file__)).parents[1])
ROOT = Path(__file__).parents[2]
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100")


def python(*words: str) -> subprocess.CompletedProcess[str]:
    """``python -m casebook`` as somebody types it whose computer does not find the program."""
    code = f"import sys, runpy; sys.path.insert(0, {SOURCE!r}); sys.argv[1:] = {list(words)!r}; "
    code += "runpy.run_module('casebook', run_name='__main__')"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_1_a_program_that_is_not_on_the_path_starts_through_python(school: Casebook) -> None:
    assert python("--version").stdout.startswith("casebook ")
    listed = python("-C", str(school.root), "check")
    assert listed.returncode == 0, listed.stderr
    for page in ("README.md", "README.nl.md"):
        assert "python -m casebook" in (ROOT / page).read_text("utf-8"), page


@pytest.mark.parametrize("shell", ["bash", "zsh", "dash", "fish"])
def test_2_the_pages_say_that_case_belongs_to_the_shell(shell: str) -> None:
    """Nothing of ours runs when ``case`` is typed bare there, so the pages must say it."""
    for page in ("README.md", "docs/git-case.1"):
        text = " ".join((ROOT / page).read_text("utf-8").split())
        assert shell in text.partition("belongs to the shell")[0][-80:], page
    assert "git case" in (ROOT / "README.nl.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "does not know who you are"), ("nl", "weet niet")]
)
def test_4_somebody_without_a_name_is_told_to_set_up(
    school: Casebook, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("user.name", "user.email"):
        school.git("config", "--unset", name)
    monkeypatch.setenv("HOME", "/nonexistent")
    head = school.head()
    words = ("new", "quarrel", "A quarrel in the app", "--reported-by", "mentor")
    answer = school.run("--lang", language, *words)
    assert answer.code == 4
    assert "casebook init ." in answer.err
    assert said in answer.err
    assert school.head() == head
    # What the message says works.
    again = ("init", ".", "--me", "Somebody <somebody@example.org>", "--role", "mentor")
    assert school.run(*again, program="casebook").code == 0
    assert school.run(*words).code == 0


@pytest.mark.parametrize(
    ("asked", "said"), [(("--lang", "en"), "Your casebook is in"), ((), "Uw casusboek staat in")]
)
def test_a_new_casebook_speaks_its_own_language_unless_another_was_asked_for(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    who = ("--me", "Ada <ada@example.org>", "--role", "mentor")
    what = ("--name", "Voorbeeldschool", "--sector", "vo", "--region", "noord", "--language", "nl")
    done = subprocess.run(
        [sys.executable, "-m", "casebook", *asked, "init", str(tmp_path / "new"), *what, *who],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": SOURCE, "HOME": str(tmp_path), "LANG": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "picture, video or recording", "Do not copy, mail or show it."),
        ("nl", "foto, video of opname", "Kopieer, mail of toon het niet."),
    ],
)
def test_10_a_picture_is_refused_with_what_to_do_first(
    school: Casebook, language: str, first: str, then: str
) -> None:
    school.with_hooks()
    picture = school.root / "cases" / "picture.jpg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(JPEG)
    school.git("add", "cases/picture.jpg")
    answer = school.run("--lang", language, "check", "--staged", program="casebook")
    assert answer.code == 1
    assert first in answer.out
    assert then in answer.out
    assert "git case add content" in answer.out
    refused = school.git("commit", "-m", "a picture", fine=False)
    assert refused.returncode != 0
    assert "git case add content" in refused.stderr + refused.stdout
