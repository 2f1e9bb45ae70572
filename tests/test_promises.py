"""The page of promises: every test it names is there, and no figure on it is too high.

A figure is a number with its name behind it, in a remark that readers do not see:
``6<!--processes-->``. What is counted now is printed; a page may say less, never more.
"""

from __future__ import annotations

import re
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from casebook.history.faults import POINTS, SHARING

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = ("docs/promises.md", "README.md", "README.nl.md")
FIGURE = re.compile(r"(\d+)<!--([a-z ]+)-->")
RECORDS = REPOSITORY / "tests" / "records"


def constants(path: str) -> dict[str, Any]:
    """What a module of the tests defines."""
    return run_path(str(REPOSITORY / path))


def how_many(module: dict[str, Any]) -> int:
    """How many tests a module has; one with several values counts once."""
    return sum(name.startswith("test_") for name in module)


def count(folder: str) -> int:
    """How many files lie below a folder of ``tests/records``."""
    return sum(path.is_file() for path in (RECORDS / folder).rglob("*"))


def sentences(name: str) -> int:
    """How many sentences a corpus of personal data holds."""
    lines = (RECORDS / "personal" / name).read_text("utf-8").splitlines()
    return sum(bool(line) and not line.startswith("# ") for line in lines)


@pytest.fixture(scope="module")
def figures() -> dict[str, int]:
    """What the tests count today."""
    company = constants("tests/git/test_git_company.py")
    crash = constants("tests/git/test_git_crash.py")
    attacks = constants("tests/git/test_attacks.py")
    incidents = constants("tests/transcripts/test_incidents.py")
    storm = constants("tests/git/test_storm.py")
    crashes = constants("tests/git/test_every_command_crash.py")
    return {
        "killed commands": len(crashes["COMMANDS"]),
        "killed moments": len(crashes["POINTS"]),
        "synced commands": len(constants("tests/git/test_fsync.py")["TYPED_AND_TRACED"]),
        "offered attacks": len(constants("tests/git/test_attacks_offered.py")["ATTACKS"]),
        "server flips": constants("tests/git/test_flips.py")["FLIPS"],
        "combinations": len(constants("tests/git/test_doctor.py")["COMBINATIONS"]),
        "clones": storm["CLONES"],
        "clone commands": storm["COMMANDS"],
        "sharing points": len(SHARING),
        "attacks": how_many(attacks),
        "flips": attacks["FLIPS"],
        "server tests": how_many(constants("tests/git/test_server.py")),
        "examples": constants("tests/properties/test_fuzz_trust.py")["EXAMPLES"],
        "kill points": len(POINTS) + len(crash["IN_GIT"]),
        "processes": company["PROCESSES"],
        "commits each": company["COMMITS"],
        "bad documents": count("bad/document"),
        "bad for checks": count("bad/checks"),
        "positives": sentences("positive.txt"),
        "negatives": sentences("negative.txt"),
        "incidents": len(incidents["SCRIPTS"]),
    }


@pytest.mark.parametrize("name", PAGES)
def test_no_figure_on_a_page_is_higher_than_what_the_tests_count(name, figures):
    print(figures)
    shown = FIGURE.findall((REPOSITORY / name).read_text("utf-8"))
    assert shown
    for number, what in shown:
        assert int(number) <= figures[what], what


def test_every_test_that_is_named_is_there():
    page = (REPOSITORY / PAGES[0]).read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", page)
    assert len(named) > len(page.split("\n## ")) / 2
    assert [path for path in named if not (REPOSITORY / path).is_file()] == []


def test_every_promise_names_what_shows_it():
    promises = (REPOSITORY / PAGES[0]).read_text("utf-8").split("\n## ")[1:]
    for text in promises:
        title = text.splitlines()[0]
        assert title == "Not promised" or "\nShown by: " in text, title
