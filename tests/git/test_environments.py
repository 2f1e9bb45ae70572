"""Every command in every environment: the right result, or a short message with its way out.

A cell never ends in a traceback or in exit 70, and one that refuses leaves no trace.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import casebook
from casebook.cli import run
from casebook.commands.session import Circumstances
from casebook.history import commit as engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Ran = subprocess.CompletedProcess[str]
    Prepare = Callable[["Place", pytest.MonkeyPatch], "Place | None"]

SOURCE = str(Path(str(casebook.__file__)).parents[1])
STARTED = (sys.executable, "-c", "from casebook.__main__ import main_case; main_case()")
FINE, FOUND, USAGE, REFUSED, ENVIRONMENT, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
WAY_OUT = re.compile(r"\b(?:casebook|git|cd|https?:)\b|[Oo]pen |[Cc]heck that|[Ii]nstall")


@dataclass(frozen=True, slots=True)
class Place:
    """A casebook in some environment: its folder, a case, another case, and the clock."""

    root: Path
    case: str
    other: str
    clock: Any
    encoding: str = "utf-8"
    language: str = "en"

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
        """One command, in process, in this folder, on a terminal with this character set."""
        out, err = (
            io.TextIOWrapper(io.BytesIO(), self.encoding, "strict", write_through=True)
            for _channel in range(2)
        )
        stdin, sys.stdin = sys.stdin, io.StringIO("")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                where = ["-C", str(self.root), "--lang", self.language]
                circumstances = Circumstances(clock=self.clock, terminal=False)
                code = run(program, [*where, *words], circumstances)
        finally:
            sys.stdin = stdin
        shown, aside = (each.buffer.getvalue().decode(self.encoding) for each in (out, err))
        return code, shown, aside

    def real(self, *words: str, **more: Any) -> Ran:
        """``git case`` in a process of its own; ``env`` adds variables (None takes one away)."""
        given = {**os.environ, "PYTHONPATH": SOURCE, "CASEBOOK_LANG": "en", **more.pop("env", {})}
        before = more.pop("before", [])
        # Somebody else may not write the figures of coverage, and would say so among the output.
        environment = {
            name: value
            for name, value in given.items()
            if value is not None and not (before and name.startswith("COVERAGE_"))
        }
        more = {"cwd": self.root, "stdin": subprocess.DEVNULL, **more}
        return subprocess.run(
            [*before, *STARTED, *words],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            check=False,
            **more,
        )


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
    _write("note", "{case}", "The mentor spoke with both; één verhaal – „twee” kanten 🙂."),
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


@pytest.fixture(scope="session")
def place_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two cases in a casebook without hooks (these have tests of their own)."""
    root = tmp_path_factory.mktemp("place") / "school"
    shutil.copytree(template, root, symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        place = Place(root, "", "", lambda: datetime.fromisoformat("2026-11-18T12:00+01:00"))
        ids = []
        for count in ("Two", "Three"):
            words = ("quarrel", f"{count} pupils shout in the class app", "--reported-by", "mentor")
            ids.append(json.loads(place.run("git case", "new", *words, "--json")[1])["id"])
        words = ("--owner", "mentor", "--severity", "light", "--severity-because", WHY)
        assert place.run("git case", "assess", ids[1], *words)[0] == FINE
    return replace(place, case=ids[0], other=ids[1])


@pytest.fixture
def place(
    place_template: Place, tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """A fresh copy, and an editor."""
    shutil.copytree(place_template.root, tmp_path / "school", symlinks=True)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr(engine, "LOCK_PATIENCE", 0.1)
    return replace(place_template, root=tmp_path / "school", clock=clock)


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


def ascii_only(place: Place, patch: pytest.MonkeyPatch) -> Place:
    return replace(place, encoding="ascii", language="nl")


def latin_1(place: Place, patch: pytest.MonkeyPatch) -> Place:
    return replace(place, encoding="iso-8859-1", language="nl")


def year_1970(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.clock.set("1970-01-01 00:00")


def year_2099(place: Place, patch: pytest.MonkeyPatch) -> None:
    place.clock.set("2099-12-31 23:59")


GOOD = (
    *(detached, autocrlf, ignorecase, shallow, linked, sparse, below, submodule, odd_path),
    *(no_home, no_editor, narrow, staged_by_somebody, ascii_only, latin_1),
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
    some = [READS[number] for number in (0, 7, 9, 12, 14, 17)] + [*WRITES[:3]]
    for name in ("case/workflow.json", "case/schema.json", "school/schema.json"):
        for content in (None, b"{", b'{"states": 3, "moves": [], "properties": 7}'):
            file = place.root / "schemas" / name
            kept = file.read_bytes()
            file.unlink() if content is None else file.write_bytes(content)
            wrong = walk(place, some, lambda _command: codes)
            assert wrong == [], (name, content, "\n".join(wrong))
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


# -- the terminal ---------------------------------------------------------------------------------


def test_a_terminal_without_accents_gets_text_and_text_that_is_none_is_refused(
    place: Place,
) -> None:
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    place.run("git case", "set", place.case, "summary=Een ruzie, één keer")
    shown = place.real("show", place.case, env=bare)
    assert (shown.returncode, "\\xe9\\xe9n keer" in shown.stdout) == (FINE, True), shown
    for word, stdin in ((b"caf\xe9", b""), (b"-", b"caf\xe9")):
        done = subprocess.run(
            [*STARTED, "note", place.case, word],
            input=stdin,
            cwd=place.root,
            env={**os.environ, "PYTHONPATH": SOURCE, "CASEBOOK_LANG": "en"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == USAGE, done
        assert b"not text that can be stored" in done.stderr
    assert place.git("status", "--porcelain") == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_channels_are_no_bug(place: Place, closed: str) -> None:
    for words, code in (("list", FINE), (f"next {place.case}", USAGE), ("note", USAGE)):
        shell = ("sh", "-c", f'exec "$@" {words} {closed}', "sh")
        assert place.real(before=shell).returncode == code, words


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_reader_that_leaves_is_fine_and_a_full_disk_is_said(place: Place) -> None:
    for words in ("list", "now quarrel", "-h", "list -h"):
        shell = ("sh", "-c", f'("$@" {words}; echo $? >&2) | true', "sh")
        assert place.real(before=shell).stderr.strip() == "0", words
        shell = ("sh", "-c", f'"$@" {words} > /dev/full', "sh")
        done = place.real(before=shell)
        assert (done.returncode, "the disk is not full" in done.stderr) == (ENVIRONMENT, True), done


def test_a_reader_that_leaves_stops_nothing_that_is_recorded(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # every line meets the closed pipe by itself
    before = place.git("rev-list", "--count", "HEAD")
    words = 'new quarrel "Words in the class app" --reported-by mentor'
    for number, channel in enumerate(("", "2>&1"), 1):
        shell = ("sh", "-c", f'(sleep 0.3; "$@" {words} {channel}; echo $? >&3) 3>&2 | true', "sh")
        assert place.real(before=shell).stderr.strip() == "0"
        assert int(place.git("rev-list", "--count", "HEAD")) == int(before) + number


TYPED = "They shouted in the class app, één keer"


def at_terminal(place: Place, *words: str) -> Any:
    pexpect = pytest.importorskip("pexpect")
    return pexpect.spawn(
        sys.executable,
        [*STARTED[1:], *words],
        cwd=str(place.root),
        env={**os.environ, "PYTHONPATH": SOURCE, "CASEBOOK_LANG": "en", "TERM": "dumb"},
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 100),
    )


def until(child: Any, press: Callable[[], None], said: str) -> None:
    """Press a key, again when it came between the prompt and the read (C has no answer to that)."""
    for _attempt in range(5):
        press()
        if child.expect([said, pytest.importorskip("pexpect").TIMEOUT], timeout=4) == 0:
            return
    raise AssertionError(child.before)


@pytest.mark.parametrize("stop", ["ctrl-c", "end of input"])
def test_stopping_at_a_question_prints_back_what_was_typed(place: Place, stop: str) -> None:
    """A text of ten minutes must not be lost because a phone rang."""
    head = place.git("rev-parse", "HEAD")
    child = at_terminal(place, "new", "quarrel")
    child.expect("> ")
    child.sendline(TYPED)
    child.sendline("")
    child.expect("> ")
    until(child, child.sendintr if stop == "ctrl-c" else child.sendeof, "What you typed, so that")
    child.expect(TYPED)
    child.read()
    child.close()
    assert child.exitstatus == INTERRUPTED
    assert place.git("rev-parse", "HEAD") == head
    assert place.git("status", "--porcelain") == ""


@pytest.mark.parametrize("words", ["new", "note {case}", "assess {case}", "next {case}"])
def test_stopping_at_the_first_question_of_any_command(place: Place, words: str) -> None:
    child = at_terminal(place, *words.format(case=place.case).split())
    child.expect("> ")
    until(child, child.sendintr, "nothing more was changed")
    said = child.read()
    child.close()
    assert child.exitstatus == INTERRUPTED, said
    assert "Traceback" not in said
    assert place.git("status", "--porcelain") == ""


WHOLE = re.compile(
    r"\b2026-[0-9A-Z]{5}\b|\b(?:cases|policy|schemas)/\S*\w"
    r"|(?<=: )(?:git (?:case|policy)|casebook) [a-z][\w -]*\w|^  (?:git|casebook) .*$",
    re.MULTILINE,
)


def test_nothing_that_is_typed_or_opened_is_cut_or_wrapped_on_a_narrow_terminal(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a wide terminal shows on one line can be copied from a phone's screen too."""
    refused = [
        _write("set", "{case}", "nothing=1"),
        _write("close", "{case}"),
        _write("note", "nobody"),
        _write("note", "{other}", "A talk"),
        _write("show", "2026-XXXXX"),
    ]
    with place.file.with_name(f"{place.other}.md").open("a") as file:
        file.write("unsaved\n")
    lost = []
    for command in [*READS, *refused]:
        said = {}
        for columns in ("100", "40"):
            monkeypatch.setenv("COLUMNS", columns)
            _code, out, err = place.run(command.program, *command.of(place))
            said[columns] = out + err
        if not {"-h", "--json", "json", "completion"} & set(command.words):
            wanted = {found.strip() for found in WHOLE.findall(said["100"])}
            lost += [(command.words, one) for one in wanted if one not in said["40"]]
    assert lost == []


# -- editors --------------------------------------------------------------------------------------


def program(place: Place, name: str, body: str) -> Path:
    folder = place.root.parent / "bin"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\n" + body, "utf-8")
    file.chmod(0o755)
    return folder


def test_code_is_told_to_wait_and_where(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = place.root.parent / "seen"
    bin = program(place, "code", f'printf "%s\\n" "$@" > "{seen}"\n')
    monkeypatch.setenv("PATH", f"{bin}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", "code --wait")
    assert place.run("git case", "edit", place.other, "severity")[0] == FINE
    text = place.file.with_name(f"{place.other}.md").read_text("utf-8")
    line = text.splitlines().index("severity: light")
    assert seen.read_text("utf-8").splitlines()[:2] == ["--wait", "--goto"]
    assert seen.read_text("utf-8").splitlines()[2].endswith(f"{place.other}.md:{line + 1}")


@pytest.mark.parametrize(
    ("editor", "code", "said"),
    [
        ("false", ENVIRONMENT, "casebook save"),
        ("no-such-editor-here", ENVIRONMENT, "git config core.editor"),
        ("'unclosed", ENVIRONMENT, "git config core.editor"),
        ("rm", FOUND, "put the file back"),
    ],
)
def test_an_editor_that_fails_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch, editor: str, code: int, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    answer = place.run("git case", "edit", place.case)
    assert (answer[0], said in answer[1] + answer[2]) == (code, True), answer


def test_never_vi_by_default(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not know it cannot leave it."""
    bin = program(place, "vi", "exit 0\n")
    for name in ("git", "sh"):
        (bin / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(bin))
    monkeypatch.delenv("EDITOR")
    code, _out, err = place.run("git case", "edit", place.case)
    assert (code, "No editor was found" in err, place.case in err) == (ENVIRONMENT, True, True)


# -- rights and room on the disk ------------------------------------------------------------------


@pytest.fixture
def nobody(place: Place) -> list[str]:
    """How to run a command as somebody who does not own everything."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to be somebody else")
    folder = place.root
    while folder != folder.parent:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
    subprocess.run(["chown", "-R", "65534:65534", str(place.root.parent)], check=True)
    prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    tried = subprocess.run([*prefix, sys.executable, "-c", "0"], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("the program of the tests cannot be run by another user here")
    return prefix


def test_a_folder_that_may_only_be_read(place: Place, nobody: list[str]) -> None:
    files = {file: file.stat().st_mode for file in (place.root, *place.root.rglob("*"))}
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        for words in (["list"], ["show", place.case], ["todo", place.case]):
            done = place.real(*words, before=nobody)
            assert done.returncode == FINE, done
        for words in (["note", place.case, "A talk"], ["save"]):
            done = place.real(*words, before=nobody)
            assert done.returncode == (ENVIRONMENT if words[0] == "note" else FINE), done
            # Three sentences; the long path of a test's folder takes a line of its own.
            assert len(done.stderr.splitlines()) <= 4, done.stderr
            assert "Traceback" not in done.stderr
    finally:
        for file, mode in files.items():
            file.chmod(mode)
    safe = f"safe.directory={place.root}"
    assert place.git("-c", safe, "status", "--porcelain", fine=False) == ""


def test_one_file_that_may_not_be_read_hides_no_other(place: Place, nobody: list[str]) -> None:
    place.file.chmod(0)
    try:
        done = place.real("list", before=nobody)
        assert (done.returncode, place.other[5:] in done.stdout) == (FOUND, True), done
        assert place.case in done.stdout + done.stderr
        for words in (["show", place.case], ["note", place.case, "A talk"]):
            done = place.real(*words, before=nobody)
            assert done.returncode in (FOUND, ENVIRONMENT), done
            assert (place.case in done.stderr, "Traceback" in done.stderr) == (True, False)
    finally:
        place.file.chmod(0o644)


def test_a_full_disk_leaves_everything_as_it_was(place: Place) -> None:
    """A real, small disk; every write of a command meets its end."""
    disk = place.root.parent / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    able = shutil.which("mount") is not None
    if not able or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be made by who may mount one")
    try:
        root = disk / "school"
        shutil.copytree(place.root, root, ignore=shutil.ignore_patterns("*.sample"))
        small = replace(place, root=root)
        assert small.run("git case", "note", place.case, "There is room.")[0] == FINE
        before = (small.file.read_bytes(), small.git("rev-parse", "HEAD"))
        for left in (0, 1, 2, 4, 6, 9):
            filler = disk / "filler"
            room = shutil.disk_usage(disk).free - left * 4096
            filler.write_bytes(b"x" * max(room, 0))
            code, out, err = small.run("git case", "note", place.case, "There is none.")
            filler.unlink()
            if code == FINE:
                break
            assert code == ENVIRONMENT, (left, out, err)
            assert len(err.splitlines()) <= 3, err
            assert (small.file.read_bytes(), small.git("rev-parse", "HEAD")) == before, left
            if small.git("status", "--porcelain"):
                # Git had no room to write its index back; that is named, and mended with room.
                small.run("casebook", "doctor", "--fix")
            assert small.git("status", "--porcelain") == "", left
            assert "error" not in small.git("fsck", "--full")
        assert small.run("git case", "note", place.case, "There is room again.")[0] == FINE
        assert small.git("status", "--porcelain") == ""
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_folder_that_is_gone(place: Place, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = ("sh", "-c", f'cd "{gone}" && rmdir "{gone}" && exec "$@" list', "sh")
    done = place.real(before=shell)
    assert (done.returncode, "does not exist any more" in done.stderr) == (ENVIRONMENT, True), done
