"""Many people at once against one shared casebook, killed at random, and who judges the outcome.

Every clone is worked in by a program of its own that types real commands; a plan says which, and
where it dies. ``judged`` reads the histories of what was asked (ok, fail, unknown) beside git's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from casebook.history import find_repository, install_hooks
from casebook.history.faults import POINTS, SHARING

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = 2  # cases that everybody works in
DUE = "2090-01-15"
ROLES = ("mentor", "principal", "safety-coordinator", "board")
OWN, TOGETHER, ACTION, OWNER, NEW, SYNC = "own", "together", "action", "owner", "new", "sync"
WEIGHTS = {OWN: 15, TOGETHER: 25, ACTION: 10, OWNER: 10, NEW: 10, SYNC: 30}
# Types commands one after the other and writes down when each began and how it ended.
DRIVER = """
import io, json, os, signal, subprocess, sys, threading, time
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from casebook.actions import syncing
from casebook.actions.desk import Desk
from casebook.casebook import Casebook
from casebook.cli import run
from casebook.errors import CasebookError
from casebook.marker import read_settings
from casebook.commands.session import Circumstances
from casebook.history import faults, find_repository, mend
root, book, *plan = sys.argv[1:]
log = os.open(book, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def note(**told):
    os.write(log, (json.dumps({"at": time.monotonic(), **told}) + "\\n").encode())
def typed(program, *words):
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run(program, ["-C", root, "--lang", "en", *words], Circumstances(terminal=False))
    return code, said.getvalue()[-300:]
def head():
    words = ["git", "-C", root, "rev-parse", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True).stdout.strip()
def repaired():
    with find_repository(Path(root)) as repository:
        mend(repository)
def choice(standoff):  # what somebody who reads both sides would choose
    return next(one for one in ("both", "theirs", "drop") if one in standoff.choices)
def resolved():
    clock = lambda: datetime.now().astimezone()
    desk = Desk(Casebook(Path(root), read_settings(Path(root)), clock=clock))
    try:
        syncing.sync(desk, choice)
        return 0, "resolved"
    except CasebookError as error:
        return error.exit_code, str(error.message)
    finally:
        desk.close()
for text in plan:
    step = json.loads(text)
    faults.KILL_AT = step["point"]
    timer = threading.Timer(step["after"] or 3600, os.kill, (os.getpid(), signal.SIGKILL))
    timer.daemon = True
    timer.start()
    note(number=step["number"], begun=True)
    if step.get("repair"):
        repaired()
    code, said = typed(step["program"], *step["words"])
    if code == 3 and step["kind"] == "sync":
        repaired()
        code, said = resolved()
    timer.cancel()
    faults.KILL_AT = None
    shared = head() if step["kind"] == "sync" and code == 0 else ""
    note(number=step["number"], code=code, said=said, head=shared)
    if code:
        repaired()
"""


@dataclass(slots=True)
class Step:
    """One command: what it is, the words, the sign by which its text is known, how it dies.

    ``outcome`` is ok, fail or unknown; ``begun`` and ``ended`` are moments of one clock.
    """

    number: int
    kind: str
    program: str
    words: list[str]
    sign: str = ""
    point: str | None = None
    after: float = 0.0
    repair: bool = False
    outcome: str = "unknown"
    said: str = ""
    head: str = ""
    begun: float = 0.0
    ended: float = 0.0

    def typed(self) -> str:
        """The step as the driver reads it."""
        names = ("number", "kind", "program", "words", "point", "after", "repair")
        return json.dumps({name: getattr(self, name) for name in names})


@dataclass(slots=True)
class Verdict:
    """What came of a storm; every count but the first six should be 0."""

    commands: int = 0
    ok: int = 0
    fail: int = 0
    unknown: int = 0
    kills: int = 0
    commits: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    undead: list[str] = field(default_factory=list)  # failed, and yet there
    mixed: list[str] = field(default_factory=list)
    same_id: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)  # a sync that did not see an earlier one

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What should be empty and is not."""
        names = ("lost", "doubled", "undead", "mixed", "same_id", "order")
        return {name: found for name in names if (found := getattr(self, name))}

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"{self.commands} commands: {self.ok} ok, {self.fail} refused, {self.unknown} unknown; "
            f"{self.kills} kills, {self.commits} commits: {len(self.lost)} lost, "
            f"{len(self.doubled)} doubled, {len(self.mixed)} mixed, {len(self.same_id)} ids twice, "
            f"{len(self.undead)} refused and yet there, {len(self.order)} out of order"
        )


def git(root: Path, *words: str) -> str:
    """What plain git answers."""
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def stand_in(folder: Path) -> Path:
    """A program that plays the server's Python: the package need not be installed."""
    place = folder / "python-of-the-server"
    source = REPOSITORY / "cli"
    place.write_text(f'#!/bin/sh\nshift\nPYTHONPATH="{source}" exec "{sys.executable}" "$@"\n')
    place.chmod(0o755)
    return place


def install(root: Path, folder: Path) -> None:
    """The hooks that everybody has, run by the Python of this program."""
    repository = find_repository(root)
    assert repository is not None
    with repository:
        install_hooks(repository, root / "hooks", str(stand_in(folder)))


@dataclass(slots=True)
class Storm:
    """A server and its clones in ``folder``; the same seed gives the same plan."""

    folder: Path
    school: Any
    clones: int
    commands: int
    seed: int = 1
    roots: list[Path] = field(default_factory=list)
    plans: list[list[Step]] = field(default_factory=list)
    start: str = ""

    @property
    def server(self) -> Path:
        """The bare repository."""
        return self.folder / "shared.git"

    def prepare(self) -> None:
        """A casebook with a case for each and some for all, shared, and cloned by everybody."""
        school = self.school
        about = ("--reported-by", "mentor")
        both = [school.new("quarrel", f"Case {n} of all", *about) for n in range(SHARED)]
        own = [school.new("quarrel", f"Case of {n}", *about) for n in range(self.clones)]
        school.do("serve-init", str(self.server), "--unsigned", program="casebook")
        git(self.server, "config", "casebook.python", str(stand_in(self.folder)))
        git(self.server, "config", "core.fsync", "none")  # power cuts are another test's business
        school.git("push", "-q", "--no-verify", str(self.server), "HEAD:refs/heads/main")
        self.start = school.head()
        random = Random(self.seed)
        for number in range(self.clones):
            root = self.folder / f"clone{number}"
            git(self.folder, "clone", "-q", str(self.server), str(root))
            for name, value in (
                *(("user.name", f"Person {number}"), ("user.email", f"p{number}@example.org")),
                ("casebook.role", "mentor"),
            ):
                git(root, "config", name, value)
            install(root, self.folder)
            git(root, "config", "core.fsync", "none")
            self.roots.append(root)
            self.plans.append(
                [self._step(random, number, n, own[number], both) for n in range(self.commands)]
            )

    def _step(self, random: Random, clone: int, number: int, own: str, both: list[str]) -> Step:
        kind = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        sign = f"zz{clone}q{number}zz"
        words = {
            OWN: ["note", own, f"Talk {sign}."],
            TOGETHER: ["note", random.choice(both), f"Talk {sign}."],
            ACTION: ["add", "action", both[0], f"Do {sign}", "--owner", "mentor", "--due", DUE],
            OWNER: ["set", random.choice(both), f"owner={random.choice(ROLES)}"],
            NEW: ["new", "quarrel", f"A case {sign}", "--reported-by", "mentor"],
            SYNC: ["sync"],
        }[kind]
        step = Step(number, kind, "casebook" if kind == SYNC else "git case", words)
        step.sign = "" if kind in (SYNC, OWNER) else sign
        step.repair = random.random() < 0.3
        chance = random.random()
        if chance < 0.15:
            step.point = random.choice(SHARING if kind == SYNC else POINTS)
        elif chance < 0.2:
            step.after = random.uniform(0.02, 0.8)
        return step

    def run(self) -> Verdict:
        """Let everybody type at once; then repair, share everything, and judge."""
        kills = [0] * self.clones
        threads = [
            threading.Thread(target=self._work, args=(number, kills))
            for number in range(self.clones)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for number in [*range(self.clones)] * 2:
            self._settle(number)
        return self.judged(sum(kills))

    def _work(self, number: int, kills: list[int]) -> None:
        left = self.plans[number]
        while left:
            code = self._drive(number, left)
            done = self._read(number)
            left = [step for step in left if step.number > max(done, default=-1)]
            if code == 0:
                return
            if code != -9:
                raise RuntimeError(f"clone {number} ended with {code}")
            kills[number] += 1

    def _drive(self, number: int, steps: list[Step]) -> int:
        words = [str(self.roots[number]), str(self.folder / f"log{number}")]
        command = [sys.executable, "-c", DRIVER, *words, *(step.typed() for step in steps)]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "cli")}
        with (self.folder / f"errors{number}").open("ab") as errors:
            return subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, stderr=errors, check=False
            ).returncode

    def _read(self, number: int) -> set[int]:
        """Take what the driver wrote down into the plan; answers the numbers that were begun."""
        seen = set()
        steps = {step.number: step for step in self.plans[number]}
        for line in (self.folder / f"log{number}").read_text("utf-8").splitlines():
            told = json.loads(line)
            step = steps.get(told["number"])
            if step is None:
                continue
            seen.add(step.number)
            if "begun" in told:
                step.begun = told["at"]
            else:
                step.outcome = "ok" if told["code"] == 0 else "fail"
                step.ended, step.said, step.head = told["at"], told["said"], told["head"]
        return seen

    def _settle(self, number: int) -> None:
        """What a person does in the end: repair, and share until it is done."""
        for _attempt in range(5):
            step = Step(10_000, SYNC, "casebook", ["sync"], repair=True)
            self._drive(number, [step])
            last = (self.folder / f"log{number}").read_text("utf-8").splitlines()[-1]
            if json.loads(last).get("code") == 0:
                return
        raise RuntimeError(f"clone {number} cannot share: {last}")

    # -- judging ---------------------------------------------------------------------------

    def judged(self, kills: int) -> Verdict:
        """The histories of what was asked, beside the history that everybody shares."""
        steps = [step for plan in self.plans for step in plan]
        counts = Counter(step.outcome for step in steps)
        verdict = Verdict(len(steps), counts["ok"], counts["fail"], counts["unknown"], kills)
        log = git(self.server, "log", "--reverse", "--format=%x00%H %s", "-p", "-U0", "main")
        commits = [self._commit(text) for text in log.split("\0")[1:]]
        verdict.commits = len(commits)
        kept = "".join(
            git(root, "log", "-p", "-U0", "--glob=refs/casebook/kept", "--not", "--all", "main")
            if git(root, "for-each-ref", "refs/casebook/kept")
            else ""
            for root in self.roots
        )
        self._texts(verdict, steps, commits, kept)
        self._commits(verdict, commits)
        self._ids(verdict)
        self._order(verdict, [one[0] for one in commits])
        return verdict

    @staticmethod
    def _commit(text: str) -> tuple[str, str, list[str], str]:
        head, _line, diff = text.partition("\n")
        identity, _space, subject = head.partition(" ")
        paths = re.findall(r"^diff --git a/.* b/(.*)$", diff, re.MULTILINE)
        added = "\n".join(
            line[1:] for line in diff.splitlines() if line[:1] == "+" and line[:3] != "+++"
        )
        return identity, subject, paths, added

    def _texts(self, verdict: Verdict, steps: list[Step], commits: list[Any], kept: str) -> None:
        signs = Counter(sign for one in commits for sign in set(re.findall(r"zz\d+q\d+zz", one[3])))
        now = "".join(git(self.server, "show", f"main:{path}") for path in self._cases())
        for step in steps:
            if not step.sign:
                continue
            times = signs[step.sign]
            if step.outcome == "ok" and not times and step.sign not in kept:
                verdict.lost.append(step.sign)
            if step.outcome == "ok" and times and step.sign not in now:
                verdict.lost.append(step.sign)
            if step.outcome == "fail" and times:
                verdict.undead.append(f"{step.sign}: {step.said}")
            if times > 1 or now.count(step.sign) > 1:
                verdict.doubled.append(step.sign)

    def _commits(self, verdict: Verdict, commits: list[Any]) -> None:
        known = False
        for identity, subject, paths, _added in commits:
            if known:
                named = re.findall(r"\d{4}-[0-9A-Z]{5}", subject)
                if [Path(path).stem for path in paths] != named[:1]:
                    verdict.mixed.append(f"{identity[:10]} {subject}: {paths}")
            known = known or identity == self.start

    def _cases(self) -> list[str]:
        names = git(self.server, "ls-tree", "-r", "--name-only", "main", "cases").split("\n")
        return [name for name in names if re.search(r"/\d{4}-\w{5}\.md$", name)]

    def _ids(self, verdict: Verdict) -> None:
        made = git(self.server, "log", "--diff-filter=A", "--name-only", "--format=", "main")
        cases = [Path(one).stem for one in made.splitlines() if re.search(r"-\w{5}\.md$", one)]
        verdict.same_id += [one for one, times in Counter(cases).items() if times > 1]
        for path in self._cases():
            text = git(self.server, "show", f"main:{path}")
            notes = Counter(re.findall(r"\bid:(J\d+)", text))
            verdict.same_id += [f"{path} {one}" for one, times in notes.items() if times > 1]
            if re.findall(r"^id: (.*)$", text, re.MULTILINE) != [Path(path).stem]:
                verdict.same_id.append(path)

    def _order(self, verdict: Verdict, commits: list[str]) -> None:
        """Whoever began to share after another was done sees what that one shared, and own work."""
        place = {identity: number for number, identity in enumerate(commits)}
        done = [
            (step, place.get(step.head, -1))
            for plan in self.plans
            for step in plan
            if step.kind == SYNC and step.outcome == "ok"
        ]
        for step, at in done:
            if at < 0:
                verdict.order.append(f"what a sync shared is gone: {step.head}")
            verdict.order += [
                f"{step.head} begun after {other.head} was done"
                for other, before in done
                if other.ended < step.begun and before > at
            ]
