"""Work is counted, not timed: what is imported, opened, started and compiled by a command.

Clocks stand in ``benchmarks``; these numbers are the same on every computer.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from casebook.history import started

if TYPE_CHECKING:
    from tests.conftest import Casebook

REPOSITORY = Path(__file__).parents[2]
HEAVY = ("git", "jsonschema", "jsonschema_rs", "yaml", "frontmatter", "rich", "holidays", "stdnum")
# What a command that judges one record has no use for: it costs from a tenth to two bare starts.
SPARED = (
    "jsonschema",
    "jsonschema_rs",
    "referencing",
    "git",
    "frontmatter",
    "dataclasses",
    "secrets",
)
SPARED += (
    "hashlib",
    "subprocess",
    "tempfile",
    "shutil",
    "difflib",
    "_strptime",
    "holidays",
    "stdnum",
)
MOST_GIT = 6
MOST_MODULES = 145  # of our own, each a tenth to two tenths of a millisecond
MOST_PATTERNS = 45  # of some two hundred in the modules: compiling them all took 25 ms

# Runs one command in a fresh Python and says afterwards what that took.
WATCH = """
import contextlib, io, json, sys
opened, listed, written = [], [], []
def heard(event, args):
    if event == "open":
        opened.append(str(args[0]))
    elif event == "compile" and args[1] == "<string>" and b"lambda" not in args[0]:
        written.append(str(args[0]))  # the lambdas are those of the library's own named tuples
    elif event in ("os.listdir", "os.scandir"):
        listed.append(str(args[0]))
sys.addaudithook(heard)
from casebook import __main__ as entry
said = io.StringIO()
with contextlib.redirect_stdout(said):
    code = entry.answer({"main": "casebook", "main_case": "git case"}[sys.argv[1]], sys.argv[2:])
engine = sys.modules.get("casebook.validation.engine")
history = sys.modules.get("casebook.history.run")
patterns = sys.modules.get("casebook.regex")
print(json.dumps({
    "code": code,
    "said": said.getvalue(),
    "modules": sorted(sys.modules),
    "opened": opened,
    "listed": listed,
    "written": written,
    "compiled": engine.COMPILED if engine else [],
    "git": history.started if history else [],
    "patterns": [repr(one) for one in patterns.compiled] if patterns else [],
}))
"""


def watched(
    *words: str, folder: Path, stdin: str | None = None, **variables: str
) -> dict[str, Any]:
    """What a command (``main`` or ``main_case``, then its words) imported, opened and started."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *words],
        cwd=folder,
        env={
            "PYTHONPATH": str(REPOSITORY / "cli"),
            "CASEBOOK_LANG": "en",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            **variables,
        },
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cases_opened(found: dict[str, Any]) -> Counter[str]:
    """How often each case file was opened."""
    names = (Path(path) for path in found["opened"])
    return Counter(name.stem for name in names if "cases" in name.parts and name.suffix == ".md")


@pytest.mark.parametrize("program", ["main", "main_case"])
def test_help_imports_no_git_no_schema_engine_and_no_yaml(program: str, school: Casebook) -> None:
    found = watched(program, "--help", folder=school.root)
    assert found["code"] == 0
    assert "Usage:" in found["said"]
    assert found["patterns"] == []
    assert not set(HEAVY) & set(found["modules"])
    assert not [name for name in found["modules"] if name.startswith("casebook.actions.")]


@pytest.mark.parametrize("program", ["main", "main_case"])
def test_help_starts_no_git_and_opens_no_case(program: str, school: Casebook) -> None:
    school.new("quarrel", "Woorden in de app", "--reported-by", "mentor")
    found = watched(program, "--help", folder=school.root)
    assert found["git"] == []
    assert not cases_opened(found)


def test_show_opens_one_case_and_starts_no_git(school: Casebook) -> None:
    made = [school.new("quarrel", "Woorden", "--reported-by", "mentor") for _number in range(3)]
    found = watched("main_case", "show", made[1], folder=school.root)
    assert found["code"] == 0
    assert cases_opened(found) == {made[1]: 1}
    assert found["git"] == []


def test_show_imports_neither_gitpython_nor_what_words_the_findings(school: Casebook) -> None:
    identity = school.new("quarrel", "Woorden in de app", "--reported-by", "mentor")
    found = watched("main_case", "show", identity, folder=school.root)
    assert not {"git", "jsonschema", "frontmatter", "rich"} & set(found["modules"])
    assert "casebook.checks.judge" not in found["modules"]
    assert max(Counter(found["compiled"]).values(), default=0) <= 1


@pytest.mark.parametrize(
    "words",
    [
        ("show", "{case}"),
        ("new", "quarrel", "Woorden", "--reported-by", "mentor"),
        ("note", "{case}", "De mentor sprak met beide leerlingen"),
    ],
    ids=lambda words: words[0],
)
def test_one_record_is_judged_without_an_engine_and_with_few_patterns(
    school: Casebook, words: tuple[str, ...]
) -> None:
    identity = school.new("quarrel", "Woorden in de app", "--reported-by", "mentor")
    typed = [word.format(case=identity) for word in words]
    own = {name: one for name, one in os.environ.items() if name.startswith(("GIT_", "HOME"))}
    found = watched("main_case", *typed, folder=school.root, **own)
    assert found["code"] == 0
    assert not set(SPARED) & set(found["modules"])
    assert found["compiled"] == []
    assert len(found["patterns"]) <= MOST_PATTERNS


CLOSING = ("--truth", "confirmed", "--harm", "limited", "--result", "repaired")
CLOSING += ("--note", "Rustig gebleven", "--evaluation", "De afspraken waren duidelijk")
CLOSING += ("--policy-change", "none", "--victim-now", "Gaat goed, zegt P1 zelf")
NEW = ("new", "quarrel", "Woorden in de app", "--reported-by", "mentor")


@pytest.fixture
def practice(school: Casebook) -> Casebook:
    """A casebook with the practice cases of this repository."""
    shutil.copytree(REPOSITORY / "cases", school.root / "cases", dirs_exist_ok=True)
    saved(school, "practice")
    return school


def saved(school: Casebook, message: str) -> None:
    for words in (("add", "-A"), ("commit", "-q", "--no-verify", "-m", message)):
        subprocess.run(["git", *words], cwd=school.root, check=True)


def test_closing_opens_no_other_case() -> None:
    found = watched("main_case", "close", "7KQ2X", *CLOSING, "--dry-run", folder=REPOSITORY)
    opened = cases_opened(found)
    assert opened.pop("2026-7KQ2X") <= 6
    assert not opened


def test_what_a_command_opens_does_not_grow_with_the_casebook(practice: Casebook) -> None:
    """Close, show, new and a note: in a casebook of six cases and in one of fifty more."""
    commands = (("close", "7KQ2X", *CLOSING), ("show", "7KQ2X"), NEW, ("note", "7KQ2X", "Gebeld"))
    few = [opened_below(practice, words) for words in commands]
    template = (practice.root / "cases/2026/2026-3MV8C.md").read_text("utf-8")
    for number in range(50):
        identity = f"2025-{number:05d}"
        place = practice.root / "cases" / "2025" / f"{identity}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(template.replace("2026-3MV8C", identity), "utf-8")
    saved(practice, "more")
    assert [opened_below(practice, words) for words in commands] == few


def test_showing_a_case_with_measures_opens_no_other_that_had_the_same_rule(
    school: Casebook,
) -> None:
    made = []
    for _number in range(3):
        made.append(school.new("image-spread", "Een foto", "--reported-by", "teacher"))
        school.do("add", "person", made[-1], "forwarder", "--kind", "pupil", "--minor", "yes")
        rule = ("--rule", "forwarding", "--track", "order")
        school.do("add", "measure", made[-1], "task", "--for", "P1", *rule)
    found = watched("main_case", "show", made[1], folder=school.root)
    assert found["code"] == 0
    assert cases_opened(found) == {made[1]: 1}
    assert set(cases_opened(watched("main_case", "todo", made[1], folder=school.root))) == {*made}


def opened_below(school: Casebook, words: tuple[str, ...]) -> tuple[list[str], Counter[str]]:
    """The kinds of files that a dry run opened and the folders it listed, below the casebook."""
    dry = () if words[0] == "show" else ("--dry-run",)
    found = watched("main_case", *words, *dry, folder=school.root)
    assert found["code"] == 0, found["said"]
    root = f"{school.root}{os.sep}"
    opened = sorted(path.removeprefix(root) for path in found["opened"] if path.startswith(root))
    listed = Counter(path.removeprefix(root) for path in found["listed"] if path.startswith(root))
    assert not [path for path in listed if path.startswith(f"cases{os.sep}2")], listed
    return opened, listed


@pytest.mark.parametrize(
    "words",
    [
        NEW,
        ("close", "7KQ2X", *CLOSING),
        ("note", "7KQ2X", "Gebeld met thuis"),
        ("set", "7KQ2X", "means=app"),
        ("add", "fact", "7KQ2X", "Het was in de pauze", "--source", "mentor"),
        ("skip", "7KQ2X", "A2", "--because", "Niet meer nodig"),
        ("show", "7KQ2X"),
    ],
    ids=lambda words: words[0],
)
def test_what_is_typed_plainly_waits_neither_for_click_nor_for_what_it_does_not_use(
    practice: Casebook, words: tuple[str, ...]
) -> None:
    dry = () if words[0] == "show" else ("--dry-run",)
    found = watched("main_case", *words, *dry, folder=practice.root)
    assert found["code"] == 0, found["said"]
    modules = set(found["modules"])
    assert not {"click", "inspect", "gettext", "platform", "uuid", "signal"} & modules
    assert not {"casebook.validation.wording", "casebook.validation.dialect"} & modules
    assert not {"casebook.actions.revising", "casebook.history.log"} & modules
    # Texts of findings, where nothing is found; code made of annotations, as NamedTuple does.
    assert not {"casebook.document.words", "casebook.catalogue.words"} & modules
    assert found["written"] == []
    assert len([name for name in modules if name.startswith("casebook")]) <= MOST_MODULES


def test_a_server_judges_without_click(tmp_path: Path) -> None:
    found = watched("main", "receive", folder=tmp_path, stdin="")
    assert "click" not in found["modules"]


def test_list_opens_each_case_once_and_starts_no_git(school: Casebook) -> None:
    made = [school.new("quarrel", "Woorden", "--reported-by", "mentor") for _number in range(4)]
    found = watched("main_case", "list", folder=school.root)
    assert cases_opened(found) == dict.fromkeys(made, 1)
    assert found["git"] == []


def test_check_of_right_files_compiles_no_schema() -> None:
    found = watched("main", "check", folder=REPOSITORY)
    assert found["compiled"] == []
    assert not {"jsonschema", "jsonschema_rs"} & set(found["modules"])


def test_check_words_what_is_wrong_and_still_compiles_nothing_for_a_few(school: Casebook) -> None:
    file = school.path(school.new("quarrel", "Woorden", "--reported-by", "mentor"))
    file.write_text(file.read_text("utf-8").replace("summary:", "sumary:"), "utf-8")
    found = watched("main", "check", folder=school.root)
    assert found["code"] == 1
    assert "jsonschema" in found["modules"]
    assert found["compiled"] == []


def counted(school: Casebook, *words: str) -> int:
    """How many git processes a command starts that must succeed."""
    before = len(started)
    school.do(*words)
    return len(started) - before


def test_a_command_that_writes_starts_at_most_six_git_processes(school: Casebook) -> None:
    new = ("new", "quarrel", "Woorden in de app", "--reported-by", "mentor")
    assert counted(school, *new) <= MOST_GIT
    identity = school.new(*new[1:])
    assert counted(school, "note", identity, "Gebeld met thuis") <= MOST_GIT
    assert counted(school, "set", identity, "means=app van de klas") <= MOST_GIT
    settle = ("--done", "Mentor sprak beide leerlingen", "--evaluation", "Na een week rustig")
    assert counted(school, "settle", identity, *settle) <= MOST_GIT


def test_closing_starts_at_most_six_git_processes(practice: Casebook) -> None:
    assert counted(practice, "close", "7KQ2X", *CLOSING) <= MOST_GIT


def test_the_number_of_git_processes_does_not_grow_with_the_casebook(school: Casebook) -> None:
    new = ("new", "quarrel", "Woorden in de app", "--reported-by", "mentor")
    school.do(*new)
    first = counted(school, *new)
    for _number in range(8):
        school.do(*new)
    assert counted(school, *new) == first
