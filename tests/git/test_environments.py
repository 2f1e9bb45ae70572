"""Every command in every environment: the right result, or a short message with its way out.

A cell never ends in a traceback or in exit 70, and one that refuses leaves no trace.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from casebook.cli import run
from casebook.commands.session import Circumstances
from casebook.history import commit as engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Prepare = Callable[["Place", pytest.MonkeyPatch], "Place | None"]

FINE, FOUND, USAGE, REFUSED, ENVIRONMENT, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
WAY_OUT = re.compile(r"\b(?:casebook|git|cd|https?:)\b|[Oo]pen |[Cc]heck that|[Ii]nstall")


@dataclass(frozen=True, slots=True)
class Place:
    """A casebook in some environment: its folder, a case, another case, and the clock."""

    root: Path
    case: str
    other: str
    clock: Any

    def git(self, *words: str, fine: bool = True, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.root, capture_output=True, text=True, check=False
        )
        assert not fine or done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout.strip("\n")

    @property
    def file(self) -> Path:
        return self.root / "cases" / self.case[:4] / f"{self.case}.md"

    def run(self, program: str, *words: str) -> tuple[int, str, str]:
        """One command, in process, in this folder."""
        out, err = io.StringIO(), io.StringIO()
        stdin, sys.stdin = sys.stdin, io.StringIO("")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                where = ["-C", str(self.root), "--lang", "en"]
                circumstances = Circumstances(clock=self.clock, terminal=False)
                code = run(program, [*where, *words], circumstances)
        finally:
            sys.stdin = stdin
        return code, out.getvalue(), err.getvalue()


@dataclass(frozen=True, slots=True)
class Command:
    """A line somebody types; ``{case}`` and ``{other}`` are filled in."""

    program: str
    words: tuple[str, ...]
    writes: bool = False
    needs_git: bool = True  # whether it can say anything at all without git

    def of(self, place: Place) -> list[str]:
        return [word.format(case=place.case, other=place.other) for word in self.words]


def _read(program: str, *words: str, needs_git: bool = False) -> Command:
    return Command(program, words, needs_git=needs_git)


def _write(*words: str, program: str = "git case") -> Command:
    return Command(program, words, writes=True)


WHY = "Both say that it was one angry evening"
# In this order they are one story: each finds what it needs.
READS = (
    _read("casebook"),
    _read("casebook", "-h"),
    _read("casebook", "check", needs_git=True),
    _read("casebook", "check", "--format", "json", needs_git=True),
    _read("casebook", "explain", "close"),
    _read("casebook", "completion", "bash"),
    _read("git case"),
    _read("git case", "list"),
    _read("git case", "list", "--all", "--json"),
    _read("git case", "show", "{case}"),
    _read("git case", "show", "{case}", "--json"),
    _read("git case", "log", "{case}", needs_git=True),
    _read("git case", "todo", "{case}"),
    _read("git case", "todo", "{case}", "--json"),
    _read("git case", "now", "quarrel"),
    _read("git policy"),
    _read("git policy", "list"),
    _read("git policy", "show", "light"),
    _read("git policy", "log", "light", needs_git=True),
)
WRITES = (
    _write("new", "quarrel", "A quarrel in the class app", "--reported-by", "mentor"),
    _write("note", "{case}", "The mentor spoke with both."),
    _write("add", "person", "{case}", "victim", "--kind", "pupil", "--minor", "yes"),
    _write("add", "action", "{case}", "Call home", "--owner", "mentor", "--due", "2026-11-20"),
    _write("set", "{case}", "contact=mentor"),
    _write("decide", "{case}", "police=no", "--because", WHY),
    _write("done", "{case}", "A1"),
    _write("drop", "{case}", "A1", "--because", WHY),
    _write("redact", "{case}", "J1", "--ground", "avg"),
    _write("edit", "{case}"),
    _write("save"),
    _write("wait", "{case}", "--for", "police", "--what", "advice", "--chase", "2026-11-20"),
    _write("resume", "{case}", "--because", WHY),
    _write(*("settle", "{other}", "--done", WHY, "--evaluation", "It is quiet in the class again")),
    _write("save", program="casebook"),
    _write("save", program="git policy"),
    _write("init", ".", program="casebook"),
)
ALL = READS + WRITES


@pytest.fixture
def place(school: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Two cases in a casebook without hooks (these have tests of their own), and an editor."""
    ids = [
        school.new("quarrel", f"{count} pupils shout in the class app", "--reported-by", "mentor")
        for count in ("Two", "Three")
    ]
    words = ("--owner", "mentor", "--severity", "light", "--severity-because", WHY)
    school.do("assess", ids[1], *words)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr(engine, "LOCK_PATIENCE", 0.1)
    return Place(school.root, *ids, school.clock)


# -- the cells ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """What one command answered."""

    command: Command
    words: Sequence[str]
    code: int
    out: str
    err: str

    def wrong(self, expected: Sequence[int]) -> str:
        """Why this is not what it should be; empty when it is."""
        if self.code not in expected:
            return f"exit {self.code}, expected {expected}"
        if "Traceback" in self.out + self.err or self.code == 70:
            return "a bug"
        if self.code in (ENVIRONMENT, UNKNOWN, REFUSED, USAGE) and "--json" not in self.words:
            if len(self.err.splitlines()) > 3:
                return "more than three lines"
            if not WAY_OUT.search(self.err):
                return "no way out"
        return ""


def walk(
    place: Place, commands: Sequence[Command], expected: Callable[[Command], Sequence[int]]
) -> list[str]:
    """Run all commands and say what is wrong, one line a cell."""
    said = []
    for command in commands:
        words = command.of(place)
        cell = Cell(command, words, *place.run(command.program, *words))
        wrong = cell.wrong(expected(command))
        if wrong:
            said.append(f"{command.program} {' '.join(words)}: {wrong}\n{cell.out}{cell.err}")
    return said


def state_of(place: Place) -> tuple[str, str]:
    """What must be the same after a refusal."""
    env = dict(os.environ)
    try:
        head = place.git("rev-parse", "--quiet", "--verify", "HEAD", fine=False)
        return head, place.git("status", "--porcelain", "--untracked-files=all", fine=False)
    finally:
        os.environ.update(env)


# -- environments in which everything works ------------------------------------------------------


def detached(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.git("checkout", "--quiet", "--detach")


def autocrlf(place: Place, patch: pytest.MonkeyPatch) -> None:
    """As Git for Windows is installed: files come out with CRLF."""
    place.git("config", "core.autocrlf", "true")
    shutil.rmtree(place.root / "cases")
    place.git("checkout", "--", "cases")


def ignorecase(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.git("config", "core.ignorecase", "true")


def shallow(place: Place, patch: pytest.MonkeyPatch) -> Place:
    return cloned(place, "--depth=1", f"file://{place.root}")


def cloned(place: Place, *words: str) -> Place:
    target = place.root.parent / "clone"
    place.git("clone", "--quiet", *words, str(target))
    fresh = replace(place, root=target)
    known(fresh)
    return fresh


def known(place: Place) -> None:
    for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        place.git("config", name, value)
    place.git("config", "casebook.role", "safety-coordinator")


def linked(place: Place, patch: pytest.MonkeyPatch) -> Place:
    target = place.root.parent / "linked"
    place.git("worktree", "add", "--quiet", "-b", "other", str(target))
    return replace(place, root=target)


def sparse(place: Place, patch: pytest.MonkeyPatch) -> None:
    """Another year's cases stay away."""
    old = place.root / "cases/2025/2025-AAAAA.md"
    old.parent.mkdir()
    text = place.file.read_text("utf-8").replace(place.case, "2025-AAAAA")
    old.write_text(text.replace("2026-11-18", "2025-11-18"), "utf-8")
    place.git("add", ".")
    place.git("commit", "--quiet", "-m", "an older case")
    place.git("sparse-checkout", "set", "--no-cone", "/*", "!/cases/2025/")
    assert not old.exists()


def below(place: Place, patch: pytest.MonkeyPatch) -> Place:
    """The casebook is a folder in a larger repository."""
    top = place.root.parent / "larger"
    top.mkdir()
    (top / "other.txt").write_text("other\n")
    shutil.copytree(place.root, top / "inner" / "casebook", ignore=lambda *_: [".git"])
    fresh = replace(place, root=top / "inner" / "casebook")
    place.git("init", "--quiet", cwd=top)
    known(fresh)
    place.git("add", ".", cwd=top)
    place.git("commit", "--quiet", "-m", "all", cwd=top)
    note = ("note", place.case, "So that there is an entry J1.")
    assert fresh.run("git case", *note)[0] == 0
    return fresh


def submodule(place: Place, patch: pytest.MonkeyPatch) -> Place:
    top = place.root.parent / "super"
    top.mkdir()
    place.git("init", "--quiet", cwd=top)
    allowed = ("-c", "protocol.file.allow=always")
    place.git(*allowed, "submodule", "add", "--quiet", str(place.root), "casebook", cwd=top)
    fresh = replace(place, root=top / "casebook")
    known(fresh)
    return fresh


def odd_path(place: Place, patch: pytest.MonkeyPatch) -> Place:
    target = place.root.parent / "één map\nmet 'alles' $HOME; `x`"
    place.root.rename(target)
    return replace(place, root=target)


def no_home(place: Place, patch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "USERPROFILE", "USER", "LOGNAME"):
        patch.delenv(name, raising=False)


def no_editor(place: Place, patch: pytest.MonkeyPatch) -> None:
    patch.delenv("EDITOR")
    place.git("config", "core.editor", "true")


def narrow(place: Place, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("COLUMNS", "40")
    patch.setenv("NO_COLOR", "1")
    patch.setenv("TERM", "dumb")


def staged_by_somebody(place: Place, patch: pytest.MonkeyPatch) -> None:
    (place.root / "README.md").write_text("Read me.\n")
    place.git("add", "README.md")


def year_1970(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.clock.set("1970-01-01 00:00")


def year_2099(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.clock.set("2099-12-31 23:59")


GOOD = (
    *(detached, autocrlf, ignorecase, shallow, linked, sparse, below, submodule, odd_path),
    *(no_home, no_editor, narrow, staged_by_somebody),
)


@pytest.mark.parametrize("prepare", GOOD, ids=lambda prepare: str(prepare.__name__))
def test_everything_works(place: Place, monkeypatch: pytest.MonkeyPatch, prepare: Prepare) -> None:
    place = prepare(place, monkeypatch) or place
    wrong = walk(place, ALL, lambda command: (FINE,))
    assert wrong == [], "\n".join(wrong)
    assert place.git("status", "--porcelain").strip() in ("", "A  README.md")


@pytest.mark.parametrize("prepare", [year_1970, year_2099])
def test_a_wrong_clock_is_no_bug(
    place: Place, monkeypatch: pytest.MonkeyPatch, prepare: Prepare
) -> None:
    """A computer that thinks it is 1970 may refuse what lies ahead, and says what is wrong."""
    prepare(place, monkeypatch)
    wrong = walk(place, READS, lambda command: (FINE, FOUND))
    wrong += walk(place, WRITES, lambda command: (FINE, FOUND, USAGE, REFUSED))
    assert wrong == [], "\n".join(wrong)


# -- environments in which nothing can be written -------------------------------------------------


def no_identity(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.git("config", "--unset", "user.name")
    place.git("config", "--unset", "user.email")


def merging(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.git("checkout", "--quiet", "-b", "side")
    (place.root / "README.md").write_text("side\n")
    place.git("add", ".")
    place.git("commit", "--quiet", "-m", "side")
    place.git("checkout", "--quiet", "-")
    place.git("merge", "--quiet", "--no-ff", "--no-commit", "side")


def rebasing(place: Place, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_SEQUENCE_EDITOR", "sed -i -e '1s/^pick/edit/'")
    place.git("rebase", "--quiet", "--interactive", "HEAD^")


def index_locked(place: Place, patch: pytest.MonkeyPatch) -> None:
    (place.root / ".git/index.lock").touch()


def without_git(place: Place, patch: pytest.MonkeyPatch) -> None:
    empty = place.root.parent / "empty"
    empty.mkdir()
    patch.setenv("PATH", str(empty))


BAD = (no_identity, merging, rebasing, index_locked)


@pytest.mark.parametrize("prepare", BAD, ids=lambda prepare: str(prepare.__name__))
def test_reading_works_and_writing_says_what_to_do(
    place: Place, monkeypatch: pytest.MonkeyPatch, prepare: Prepare
) -> None:
    prepare(place, monkeypatch)
    before = state_of(place)
    wrong = walk(place, READS, lambda command: (FINE,))
    unharmed = {("edit", place.case), ("save",), ("init", ".")}

    def expected(command: Command) -> tuple[int, ...]:
        # There is nothing to save, or what is to be done needs no commit.
        return (ENVIRONMENT, FINE) if tuple(command.of(place)) in unharmed else (ENVIRONMENT,)

    writes = [one for one in WRITES if one.words[0] not in ("done", "drop", "redact", "resume")]
    wrong += walk(place, writes, expected)
    assert wrong == [], "\n".join(wrong)
    assert state_of(place) == before


def test_without_git_records_can_still_be_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        without_git(place, patch)
        patch.setenv("EDITOR", sys.executable + " -c pass")

        def expected(command: Command) -> tuple[int, ...]:
            # Shows the cases, and says that it could not see the rest.
            bare = not command.words and command.program != "git policy"
            return (ENVIRONMENT,) if command.needs_git or bare else (FINE,)

        writes = [one for one in WRITES if one.words[0] not in ("done", "drop", "redact", "resume")]
        wrong = walk(place, READS + tuple(writes), expected)
        code, out, err = place.run("git case")
        assert (code, place.case[5:] in out) == (ENVIRONMENT, True)
        assert "git-scm.com" in err
    assert wrong == [], "\n".join(wrong)
    assert place.git("status", "--porcelain") == ""


# -- no casebook, or not a whole one --------------------------------------------------------------


def unborn(place: Place, patch: pytest.MonkeyPatch) -> None:
    """Files, but nothing was ever committed."""
    shutil.rmtree(place.root / ".git")
    place.git("init", "--quiet")
    known(place)


def no_repository(place: Place, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(place.root / ".git")


def test_before_the_first_commit_records_can_be_read_and_new_ones_made(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    unborn(place, monkeypatch)
    wrong = walk(place, [one for one in READS if one.program != "casebook"], lambda one: (FINE,))
    wrong += walk(place, WRITES[:1], lambda one: (FINE,))
    wrong += walk(place, WRITES[1:3], lambda one: (REFUSED,))  # first: git case save
    wrong += walk(place, [_write("save", program="casebook")], lambda one: (FINE,))
    wrong += walk(place, WRITES[1:3], lambda one: (FINE,))
    assert wrong == [], "\n".join(wrong)
    assert place.git("status", "--porcelain") == "?? hooks/", "a casebook of a school has none"


def test_a_folder_without_history_can_be_read_and_says_how_to_begin_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_repository(place, monkeypatch)
    reads = [one for one in READS if one.words[:1] != ("log",)]
    wrong = walk(place, reads, lambda one: (FINE,))
    logs = [one for one in READS if one.words[:1] == ("log",)]
    wrong += walk(place, [*logs, *WRITES[:3]], lambda one: (ENVIRONMENT,))
    assert wrong == [], "\n".join(wrong)


def bare_repository(place: Place, patch: pytest.MonkeyPatch) -> Place:
    target = place.root.parent / "bare.git"
    place.git("clone", "--quiet", "--bare", ".", str(target))
    return replace(place, root=target)


def somewhere_else(place: Place, patch: pytest.MonkeyPatch) -> Place:
    target = place.root.parent / "elsewhere"
    target.mkdir()
    return replace(place, root=target)


def unreadable_marker(place: Place, patch: pytest.MonkeyPatch) -> None:
    (place.root / "schemas/casebook.json").write_bytes(b'{"format": 1,')


def marker_in_latin(place: Place, patch: pytest.MonkeyPatch) -> None:
    (place.root / "schemas/casebook.json").write_bytes(b'{"format": 1, "x": "\xe9"}')


def newer_format(place: Place, patch: pytest.MonkeyPatch) -> None:
    (place.root / "schemas/casebook.json").write_text('{"format": 2}')


NONE = (bare_repository, somewhere_else, unreadable_marker, marker_in_latin, newer_format)


@pytest.mark.parametrize("prepare", NONE, ids=lambda prepare: str(prepare.__name__))
def test_without_a_casebook_every_command_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch, prepare: Prepare
) -> None:
    place = prepare(place, monkeypatch) or place
    outside = prepare in (bare_repository, somewhere_else)
    none = "or type the command at a terminal"
    free = {("-h",), ("completion", "bash"), *([(), ("now", "quarrel")] if outside else [])}

    def expected(command: Command) -> tuple[int, ...]:
        if command.words[0:1] == ("init",) and outside:
            return (USAGE, ENVIRONMENT)  # it would make one here; the answers are missing
        if command.words[0:1] in (("explain",), ("now",)):
            return (FINE, ENVIRONMENT)
        return (FINE,) if command.words in free else (ENVIRONMENT,)

    wrong = [one for one in walk(place, ALL, expected) if none not in one]
    assert wrong == [], "\n".join(wrong)


def test_no_cases_yet(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(school.root, "2026-7KQ2X", "2026-9TB4H", school.clock)
    monkeypatch.setenv("EDITOR", "true")

    def expected(command: Command) -> tuple[int, ...]:
        return (UNKNOWN,) if "{case}" in command.words or "{other}" in command.words else (FINE,)

    wrong = walk(place, ALL, expected)
    assert wrong == [], "\n".join(wrong)


def test_damaged_data_are_named_by_every_command(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A schema or workflow that is no JSON, or is gone, is a finding and never a bug."""
    monkeypatch.setenv("EDITOR", "true")
    codes = (FINE, FOUND, USAGE, REFUSED, ENVIRONMENT, UNKNOWN)
    for name in ("case/workflow.json", "case/schema.json", "school/schema.json"):
        for content in (None, b"{", b"[]", b'{"states": 3, "moves": [], "properties": 7}'):
            file = place.root / "schemas" / name
            kept = file.read_bytes()
            file.unlink() if content is None else file.write_bytes(content)
            wrong = [
                f"{name} {content!r} {one}"
                for one in walk(place, READS + WRITES[:3], lambda _: codes)
            ]
            assert wrong == [], "\n".join(wrong)
            code, out, err = place.run("casebook", "check")
            said = ("no record has its place here", f"schemas/{name}")  # a kind that is gone
            assert any(one in out + err for one in said), (content, out, err)
            assert code in (FOUND, UNKNOWN)
            file.write_bytes(kept)


def test_a_record_that_cannot_be_read_hides_no_other(place: Place) -> None:
    place.file.write_bytes(b"---\nid: x\n")
    for words in (("list",), ("list", "--all"), ()):
        code, out, err = place.run("git case", *words)
        assert (code, place.other[5:] in out) == (FOUND, True)
        assert place.case in out + err
    wrong = walk(place, READS[9:12], lambda command: (FOUND, FINE))
    assert wrong == [], "\n".join(wrong)
    place.file.unlink()
    codes = {place.run("git case", *words, place.case)[0] for words in (("show",), ("todo",))}
    assert codes == {UNKNOWN}


@pytest.mark.parametrize("how", ["option", "variable"])
def test_another_folder_is_named_by_option_or_variable(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    monkeypatch.chdir(tmp_path)
    gone = place.root / "nowhere"
    for folder, code in (
        (place.root, FINE),
        (place.root / "cases/2026", FINE),
        (gone, ENVIRONMENT),
    ):
        words = ["list"]
        if how == "option":
            words = ["-C", str(folder), *words]
        else:
            monkeypatch.setenv("CASEBOOK_DIR", str(folder))
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            assert run("git case", words, Circumstances(clock=place.clock)) == code
        assert (place.case[5:] in out.getvalue()) == (code == FINE)
