"""Timing whole commands side by side: every round runs each of them once, in turn.

It says how long commands take and how that compares; what they do is not its business.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Command:
    """One command to time: its words, folder, extra variables, expected exit codes.

    ``words`` may be a function of the round's number; ``after`` puts things back, untimed.
    """

    name: str
    words: list[str] | Callable[[int], list[str]]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[int, ...] = (0,)
    before: Callable[[int], None] | None = None
    after: Callable[[int], None] | None = None

    def run(self, number: int) -> float:
        """Run it once and answer the seconds; stops everything when it fails."""
        if self.before is not None:
            self.before(number)
        words = self.words(number) if callable(self.words) else self.words
        start = time.perf_counter()
        done = subprocess.run(
            words,
            cwd=self.folder,
            env=environment(self.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        taken = time.perf_counter() - start
        if done.returncode not in self.codes:
            said = done.stderr.decode("utf-8", "replace")[-2000:]
            raise SystemExit(f"{self.name}: exit {done.returncode}\n{' '.join(words)}\n{said}")
        if self.after is not None:
            self.after(number)
        return taken


def environment(more: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """The variables of every command: one language, no settings of this computer's user."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    fixed = {
        "LC_ALL": "C.UTF-8",
        "CASEBOOK_LANG": "en",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "NO_COLOR": "1",
    }
    return {**kept, **fixed, **more}


def interleaved(commands: list[Command], rounds: int) -> dict[str, float]:
    """The median seconds of each command over ``rounds``, after one round that does not count."""
    taken: dict[str, list[float]] = {one.name: [] for one in commands}
    for number in range(-1, rounds):
        for one in commands:
            seconds = one.run(number + 1)
            if number >= 0:
                taken[one.name].append(seconds)
    return {name: median(times) for name, times in taken.items()}


@dataclass(frozen=True, slots=True)
class Budget:
    """A promise: ``name`` takes at most ``most`` times ``yardstick`` (or at least ``least``
    times less)."""

    name: str
    yardstick: str
    most: float = 0.0
    least: float = 0.0

    def judged(self, medians: Mapping[str, float]) -> str:
        """The line of the table about this promise, or why there is none."""
        if self.name not in medians or self.yardstick not in medians:
            return ""
        ours, theirs = medians[self.name], medians[self.yardstick]
        if self.least:
            ratio, wanted = theirs / ours, f"at least {self.least:g} x faster"
            met = ratio >= self.least
            said = f"{ratio:.1f} x faster"
        else:
            ratio, wanted = ours / theirs, f"at most {self.most:g} x"
            met = ratio <= self.most
            said = f"{ratio:.2f} x"
        verdict = "met" if met else "**missed**"
        return f"| {self.name} | {self.yardstick} | {said} | {wanted} | {verdict} |"


def report(title: str, medians: Mapping[str, float], budgets: list[Budget], rounds: int) -> None:
    """Print the medians, then each promise with its ratio and whether it was kept."""
    print(f"\n### {title}\n\nMedians of {rounds} interleaved rounds.\n")
    print("| command | ms |\n|---|---:|")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds * 1000:.0f} |")
    lines = [line for one in budgets if (line := one.judged(medians))]
    if lines:
        print("\n| ours | yardstick | ratio | promised | |\n|---|---|---|---|---|")
        print("\n".join(lines))


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    """Print a table of facts that need no clock."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
