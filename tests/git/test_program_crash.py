"""kill -9 and six people at once, through the program itself: no text lost, nothing mixed.

What the commit engine does on its own stands in ``test_git_crash`` and ``test_git_company``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import casebook
from casebook.history.faults import POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = str(Path(str(casebook.__file__)).parents[1])
WHY = "Both say that it was one angry evening"
# Real commands, one after the other, in a process that may be told to die.
DRIVER = """
import json, sys
from casebook.cli import run
from casebook.commands.session import Circumstances
from casebook.history import faults
root, point, *lines = sys.argv[1:]
faults.KILL_AT = point or None
for line in lines:
    words = ["-C", root, "--lang", "en", *json.loads(line)]
    code = run("git case", words, Circumstances(terminal=False))
    if code:
        sys.exit(code)
"""
COMMANDS = {
    "new": ("new", "quarrel", "A quarrel in the class app", "--reported-by", "mentor"),
    "note": ("note", "{case}", "The mentor spoke with both."),
    "settle": ("settle", "{case}", "--done", WHY, "--evaluation", "It is quiet in the class"),
}


def start(school: Any, lines: Sequence[Sequence[str]], point: str = "") -> subprocess.Popen[str]:
    """A process that types these commands and dies at ``point``."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(school.root), point, *map(json.dumps, lines)],
        env={**os.environ, "PYTHONPATH": SOURCE},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def light(school: Any) -> str:
    identity = str(school.new("quarrel", "Two pupils shout in the app", "--reported-by", "mentor"))
    words = ("--owner", "mentor", "--severity", "light", "--severity-because", WHY)
    school.do("assess", identity, *words)
    return identity


def state(school: Any) -> tuple[str, dict[str, bytes]]:
    """HEAD, and every case on disk."""
    files = school.root.rglob("cases/**/*.md")
    return school.head(), {file.name: file.read_bytes() for file in files}


# Every moment for one command, and for the others those after which something is half done.
KILLS = [("note", point) for point in POINTS] + [
    (command, point) for command in ("new", "settle") for point in ("noted", "staged", "committed")
]


@pytest.mark.parametrize(("command", "point"), KILLS)
def test_a_killed_command_left_old_or_new_and_doctor_makes_it_whole(
    school: Any, command: str, point: str
) -> None:
    case, other = light(school), light(school)
    (school.root / "README.md").write_text("Somebody else's.\n", "utf-8")
    school.git("add", "README.md")
    head, before = state(school)
    words = [word.format(case=case) for word in COMMANDS[command]]
    driver = start(school, [words], point)
    driver.communicate()
    assert driver.returncode == -9

    # Nobody needs doctor to go on with another case.
    school.do("note", other, "Work goes on.")
    assert school.git("show", "--format=", "--name-only").stdout.split() == [
        f"cases/2026/{other}.md"
    ]

    fixed = school.run("doctor", "--fix", program="casebook")
    assert "Traceback" not in fixed.out + fixed.err
    assert school.git("status", "--porcelain").stdout == "A  README.md\n", (point, fixed)
    again = school.run("doctor", program="casebook")
    assert (again.code, "broken off" in again.out) == (fixed.code, False), again.out
    _head, after = state(school)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    changed.discard(f"{other}.md")
    commits = school.git("rev-list", "--count", f"{head}..HEAD").stdout.strip()
    assert commits == str(1 + len(changed)), "what is on disk is in the history, and only once"
    if point not in ("start", "prepared"):
        assert len(changed) == 1, "what was written is kept"
    assert school.run("check", program="casebook").code == 0
    assert "error" not in school.git("fsck", "--full").stderr


def test_six_people_at_once_in_one_casebook(school: Any) -> None:
    """All succeed; no commit holds another's file; what somebody staged stays staged."""
    people, rounds = 6, 5
    shared = light(school)
    own = [light(school) for _person in range(people)]
    (school.root / "README.md").write_text("Somebody else's.\n", "utf-8")
    school.git("add", "README.md")
    head = school.head()
    drivers = []
    for person, case in enumerate(own):
        lines = []
        for count in range(rounds):
            lines += [
                ("note", case, f"Talk {count} of person {person}."),
                ("note", shared, f"Shared {count} of person {person}."),
                ("new", "quarrel", f"Case {count} of person {person}", "--reported-by", "mentor"),
            ]
        drivers.append(start(school, lines))
    said = [(driver.communicate()[0], driver.returncode) for driver in drivers]
    assert [code for _text, code in said] == [0] * people, [text[-400:] for text, _code in said]

    log = school.git("log", "--format=%x00%s", "--name-only", f"{head}..HEAD").stdout
    commits = [one.split() for one in log.split("\0") if one.strip()]
    assert len(commits) == people * rounds * 3
    for subject in commits:
        named = [word for word in subject if word.endswith(".md")]
        assert named == [f"cases/2026/{subject[1].rstrip(':')}.md"], subject
    assert school.git("status", "--porcelain").stdout == "A  README.md\n"
    text = school.path(shared).read_text("utf-8")
    for person in range(people):
        for count in range(rounds):
            assert text.count(f"Shared {count} of person {person}.") == 1
    assert school.run("check", program="casebook").code == 0
