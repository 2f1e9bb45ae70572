"""A real casebook of a school that does not exist, and a coordinator who types in it.

Nothing here imitates git; only the clock and the ids are chosen by the tests.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from casebook import i18n
from casebook.cli import run
from casebook.commands.session import Circumstances
from casebook.document import parse
from casebook.history import find_repository, init_repository, install_hooks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REPOSITORY = Path(__file__).resolve().parent.parent
KIT = ("schemas", "policy", "hooks")
NOON = datetime.fromisoformat("2026-11-18T12:00+01:00")


@dataclass(slots=True)
class Clock:
    """A clock that stands still until a test sets it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now

    def set(self, text: str) -> None:
        """Show ``2026-11-20 09:00``."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=NOON.tzinfo)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    def __iter__(self) -> Iterator[Any]:
        """So that a test can write ``code, out, err = school.run(...)``."""
        return iter((self.code, self.out, self.err))

    @property
    def json(self) -> Any:
        """The answer of a command with ``--json``."""
        return json.loads(self.out)


@dataclass(slots=True)
class Casebook:
    """One casebook on disk and the words typed in it."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    language: str = "en"

    def run(self, *words: str, program: str = "git case", stdin: str = "") -> Answer:
        """Run ``git case WORDS`` in process, without a terminal."""
        out, err = io.StringIO(), io.StringIO()
        before, sys.stdin = sys.stdin, io.StringIO(stdin)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run(
                    program,
                    ["-C", str(self.root), "--lang", self.language, *words],
                    Circumstances(clock=self.clock, terminal=False),
                )
        finally:
            sys.stdin = before
        return Answer(code, out.getvalue(), err.getvalue())

    def sit(self, answers: Sequence[str], *words: str, program: str = "git case") -> Answer:
        """Run a command as at a terminal; every answer is typed at one prompt, ^C is Ctrl-C."""
        left = deque(answers)

        def typed(_prompt: str = "") -> str:
            if not left:
                raise EOFError
            answer = left.popleft()
            if answer == "^C":
                raise KeyboardInterrupt
            return answer

        out = io.StringIO()
        with (
            mock.patch("builtins.input", typed),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            code = run(
                program,
                ["-C", str(self.root), "--lang", self.language, *words],
                Circumstances(clock=self.clock, terminal=True),
            )
        assert not left, f"not asked for: {left}\n{out.getvalue()}"
        return Answer(code, out.getvalue(), "")

    def do(self, *words: str, **more: Any) -> Answer:
        """Run a command that must succeed."""
        answer = self.run(*words, **more)
        assert answer.code == 0, f"{words}\n{answer.out}\n{answer.err}"
        return answer

    def new(self, *words: str) -> str:
        """Record a case and answer its id."""
        return str(self.do("new", *words, "--json").json["id"])

    def path(self, identity: str) -> Path:
        """The file of a case."""
        return self.root / "cases" / identity[:4] / f"{identity}.md"

    def data(self, identity: str) -> dict[str, Any]:
        """The stored front matter of a case, every scalar as text."""
        document, findings = parse(self.path(identity).read_bytes(), f"{identity}.md")
        assert document is not None, findings
        return dict(document.data)

    def entry(self, identity: str, code: str) -> dict[str, Any]:
        """The stored sub-record with this id."""
        for value in self.data(identity).values():
            if isinstance(value, list):
                for one in value:
                    if isinstance(one, dict) and one.get("id") == code:
                        return one
        raise AssertionError(f"there is no {code} in {identity}")

    def git(self, *words: str, fine: bool = True) -> subprocess.CompletedProcess[str]:
        """Plain git, as a person would type it."""
        done = subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, text=True, check=False
        )
        assert not fine or done.returncode == 0, (words, done.stdout, done.stderr)
        return done

    def head(self) -> str:
        """The newest commit."""
        return self.git("rev-parse", "HEAD").stdout.strip()

    def with_hooks(self) -> Casebook:
        """Install the real hooks, run by the interpreter of the tests.

        Hooks start Python isolated (``-I``); the package need not be installed for the tests, so
        a small program stands in that finds it in the source tree.
        """
        interpreter = self.root.parent / "python-of-the-tests"
        interpreter.write_text(
            f'#!/bin/sh\nshift\nPYTHONPATH="{REPOSITORY / "cli"}" exec "{sys.executable}" "$@"\n',
            "utf-8",
        )
        interpreter.chmod(0o755)
        repository = find_repository(self.root)
        assert repository is not None
        with repository:
            install_hooks(repository, self.root / "hooks", str(interpreter))
        return self


def make_casebook(root: Path, *, circle: str = "school") -> Path:
    """Copy the kit to ``root`` and commit it, as ``init`` would."""
    root.mkdir(parents=True)
    for name in KIT:
        shutil.copytree(REPOSITORY / name, root / name)
    marker = root / "schemas" / "casebook.json"
    settings = json.loads(marker.read_text("utf-8")) | {"circle": circle}
    marker.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    (root / "cases").mkdir()
    init_repository(root).close()
    for words in (
        ("config", "user.name", "Ada"),
        ("config", "user.email", "ada@example.org"),
        ("config", "casebook.role", "safety-coordinator"),
        ("config", "core.fsync", "none"),  # power cuts are another test's business
        ("add", "."),
        ("commit", "--quiet", "--message", "start"),
    ):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings of whoever runs the tests, and no language left over from another test."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "CASEBOOK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("COLUMNS", "100")
    language = i18n.language()
    yield
    i18n.activate(language)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh casebook that other fixtures copy: faster than making it each time."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        return make_casebook(tmp_path_factory.mktemp("kit") / "school")


@pytest.fixture
def clock() -> Clock:
    """The clock of ``school``."""
    return Clock()


@pytest.fixture
def school(template: Path, tmp_path: Path, clock: Clock) -> Casebook:
    """A fresh casebook with a git identity, whose user is the safety coordinator."""
    shutil.copytree(template, tmp_path / "school", symlinks=True)
    return Casebook(tmp_path / "school", clock)


@pytest.fixture
def schools(template: Path, tmp_path: Path) -> Callable[[], Casebook]:
    """As many fresh casebooks as a test asks for."""
    numbers = itertools.count(1)

    def another() -> Casebook:
        place = tmp_path / f"school{next(numbers)}"
        shutil.copytree(template, place, symlinks=True)
        return Casebook(place)

    return another
