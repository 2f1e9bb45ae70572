"""Pages whose ```console blocks are run: what a reader types, and what the program answers.

It runs and compares; which pages there are is the tests' business. A line ``...`` on a page stands
for any lines. ``python tests/support/transcript.py PAGE`` writes the answers into a page anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.cli import run
from casebook.commands.session import Circumstances

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
HOME = "~"  # how the folder of the test is written on a page
START = datetime.fromisoformat("2026-11-18T10:30+01:00")
TAILS = ("7KQ2X", "3MV8C", "K4T9W", "B8N2R", "M6D3Y", "Q5H7C")
START_COMMIT = ["commit", "--quiet", "--message=start"]
ADA = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "Ada"),
        ("EMAIL", "ada@example.org"),
        ("DATE", START.isoformat()),
    )
}
PROGRAMS = {("casebook",): "casebook", ("git", "case"): "git case", ("git", "policy"): "git policy"}
ANSWER = re.compile(r"[>|](?: .*)?")
BLOCK = re.compile(
    r"(?P<hint><!-- (?P<what>[^>]*) -->\n)?```console\n(?P<text>.*?)```\n", re.DOTALL
)
CUT = "...\n"
COMMIT = re.compile(r"\b[0-9a-f]{7}(?:[0-9a-f]{33})?\b")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: what the hidden note above it sets (``at 2026-11-20 09:00``), and its text."""

    line: int
    note: str
    text: str


@dataclass(slots=True)
class Typist(io.StringIO):
    """Somebody at the keyboard: every answer is echoed, as a terminal does."""

    answers: list[str]
    screen: io.StringIO

    def readline(self, size: int | None = -1, /) -> str:
        """The next answer; nothing (end of input) when there is none."""
        if not self.answers:
            return ""
        answer = self.answers.pop(0) + "\n"
        self.screen.write(answer)
        return answer


@dataclass(slots=True)
class Desk:
    """One reader's computer: a folder, a clock and the ids that chance will choose."""

    home: Path
    now: datetime = START
    tails: list[str] = field(default_factory=lambda: list("".join(TAILS)))
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.home

    def answer(self, block: Block) -> str:
        """The block as it really goes: every typed line with its real output."""
        for order in block.note.split(";"):
            self.obey(order.split())
        shown = []
        for typed, answers in commands(block.text):
            screen = self.type(typed, answers)
            shown.append(f"$ {typed}\n{self.tidy(screen)}")
        return "".join(shown)

    def obey(self, words: list[str]) -> None:
        """Do what the hidden note says: set the clock, or change a file as an editor would."""
        match words:
            case ["at", *moment]:
                self.now = datetime.fromisoformat(" ".join(moment)).replace(tzinfo=START.tzinfo)
            case ["days", number]:
                self.now += timedelta(days=int(number))
            case ["edit", name, expression]:
                subprocess.run(["sed", "-i", expression, name], cwd=self.here, check=True)
            case []:
                pass
            case _:
                raise ValueError(f"what does this note mean: {words}")

    def type(self, typed: str, answers: list[str]) -> str:
        """Type one line; its output on the screen, with the exit code when it is not 0."""
        # The dates in a history are those of the story, not of the day the tests run.
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = self.now.isoformat()
        words = shlex.split(typed)
        if words[0] == "cd":
            self.here = self.here / words[1]
            return ""
        for prefix, program in PROGRAMS.items():
            if tuple(words[: len(prefix)]) == prefix:
                code, screen = self.ours(program, words[len(prefix) :], answers)
                break
        else:
            done = subprocess.run(
                words,
                cwd=self.here,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            code, screen = done.returncode, done.stdout
        return screen + (f"(exit code {code})\n" if code else "")

    def ours(self, program: str, words: list[str], answers: list[str]) -> tuple[int, str]:
        """One of our own programs, in this Python, at a terminal."""
        screen = io.StringIO()
        circumstances = Circumstances(
            clock=lambda: self.now, choose=lambda _alphabet: self.tails.pop(0), terminal=True
        )
        before, sys.stdin = sys.stdin, Typist(answers, screen)
        try:
            with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
                code = run(program, ["-C", str(self.here), *words], circumstances)
        finally:
            sys.stdin = before
        return code, screen.getvalue()

    def tidy(self, screen: str) -> str:
        """The screen without what differs from run to run: the folder, names of commits."""
        screen = screen.replace(str(self.home), HOME)
        screen = COMMIT.sub("1a2b3c4", screen)
        return "".join(line.rstrip() + "\n" for line in screen.splitlines())


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page that are run, in order."""
    for found in BLOCK.finditer(page):
        line = page.count("\n", 0, found.start("text"))
        yield Block(line, found["what"] or "", found["text"])


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The typed lines of a block, each with the answers typed at its questions."""
    for part in split(text):
        typed, *shown = part.splitlines()
        yield typed.removeprefix("$ "), [line[2:] for line in shown if ANSWER.fullmatch(line)]


def shortened(real: str, shown: str) -> str:
    """The real answers, with as many lines left out in the middle as the page left out before."""
    parts = []
    for new, old in zip(split(real), split(shown), strict=True):
        before, cut, after = old.partition(CUT)
        lines, first, last = new.splitlines(True), before.count("\n"), after.count("\n")
        short = [*lines[:first], CUT, *lines[len(lines) - last :]]
        parts.append("".join(short if cut and len(short) < len(lines) else lines))
    return "".join(parts)


def split(text: str) -> list[str]:
    """A block in parts, each a typed line with what follows it."""
    return re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]


def typed_in(text: str) -> list[str]:
    """All that is typed in a block, without the empty lines."""
    return [one for typed, answers in commands(text) for one in (typed, *answers) if one]


def agrees(shown: str, real: str) -> bool:
    """Whether a page shows what really happens; a line ``...`` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), real) is not None


def rewritten(page: str, desk: Desk, name: str) -> str:
    """The page with the real answers in its blocks; a block that agrees stays as it is."""

    def real(found: re.Match[str]) -> str:
        block = Block(0, found["what"] or "", found["text"])
        answer = desk.answer(block)
        text = block.text if agrees(block.text, answer) else shortened(answer, block.text)
        if lost := [one for one in typed_in(block.text) if one not in typed_in(text)]:
            raise SystemExit(f"{answer}\nNobody asked for {lost}; {name} stays as it was.")
        return f"{found['hint'] or ''}```console\n{text}```\n"

    return BLOCK.sub(real, page)


def calm(home: Path, language: str) -> dict[str, str]:
    """The settings of a computer on which nothing has been set: 80 columns, no identity."""
    interpreter = home / ".python"
    interpreter.write_text(
        f'#!/bin/sh\nshift\nPYTHONPATH="{REPOSITORY / "cli"}" exec "{PYTHON}" "$@"\n', "utf-8"
    )
    interpreter.chmod(0o755)
    return {
        "CASEBOOK_LANG": language[:2] if language != "C.UTF-8" else "en",
        "COLUMNS": "80",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(home),
        "LANG": language,
        "LC_ALL": language,
        "PYTHONUTF8": "1",
        "TZ": "Europe/Amsterdam",
    }


def practice(home: Path) -> None:
    """A copy of this repository's casebook, with its practice cases, in ``home``/practice."""
    place = home / "practice"
    place.mkdir()
    for name in ("schemas", "policy", "cases"):
        shutil.copytree(REPOSITORY / name, place / name)
    for words in (["init", "--quiet", "--initial-branch=main"], ["add", "."], START_COMMIT):
        subprocess.run(["git", *words], cwd=place, check=True, env=os.environ | ADA)


def main(arguments: list[str]) -> Any:
    """Write the pages anew: ``python tests/transcripts/transcript.py README.md``."""
    import tempfile

    for name in arguments:
        page = Path(name)
        language = "nl_NL.UTF-8" if page.name.endswith(".nl.md") else "C.UTF-8"
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder).resolve()
            os.environ.update(calm(home, language))
            sys.executable = str(home / ".python")
            practice(home)
            page.write_text(rewritten(page.read_text("utf-8"), Desk(home), name), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
