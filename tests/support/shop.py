"""A casebook in memory for tests: the shipped data and policy, with a fixed clock.

It judges what it is given and writes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casebook import kit
from casebook.actions import policylist
from casebook.actions.relating import PolicyView
from casebook.casebook import Casebook
from casebook.checks import judge
from casebook.finding import ordered
from casebook.render import policypage
from casebook.snapshot import FILE, Change, MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from casebook.checks.base import Judgement
    from casebook.finding import Finding
    from casebook.policy import Policy
    from casebook.record import Record

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-20T12:00+01:00")
CASE = "cases/2026/2026-7KQ2X.md"


@cache
def shipped() -> Mapping[str, bytes]:
    """The files every casebook starts with, by path."""
    start = kit.folder()
    found = {}
    for folder in ("schemas", "policy"):
        for file in sorted((start / folder).rglob("*")):
            if file.is_file():
                found[file.relative_to(start).as_posix()] = file.read_bytes()
    return found


def casebook(circle: str = "school", now: datetime = NOW) -> Casebook:
    settings = {"format": 1, "outside": ["tests/", "docs/"], "circle": circle}
    return Casebook(Path("/casebook"), settings, clock=lambda: now)


def context(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    *,
    circle: str = "school",
    today: bool = False,
    now: datetime = NOW,
    warn: bool = True,
) -> Judgement:
    """The judgement from the shipped files plus ``before`` to the same plus ``after``."""
    old = MemorySnapshot({**shipped(), **before})
    new = MemorySnapshot({**shipped(), **after})
    return judge.judgement(casebook(circle, now), old, new, today=today, warn=warn)


def judged(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    *,
    changed: bool = True,
    modes: Mapping[str, str] | None = None,
    circle: str = "school",
    today: bool = False,
    warn: bool = True,
) -> list[Finding]:
    """The findings on every file that differs (or, as it stands, on every file of ``after``)."""
    told = context(before, after, circle=circle, today=today, warn=warn)
    old = {**shipped(), **before}
    paths = sorted({*before, *after})
    changes = [
        Change(path, old.get(path), after.get(path), (modes or {}).get(path, FILE))
        for path in paths
        if not changed or old.get(path) != after.get(path)
    ]
    return judge.judge(changes, told, changed=changed)


def whole(
    files: Mapping[str, bytes], removed: Collection[str] = (), *, today: bool = True, **how: str
) -> list[Finding]:
    """The findings on a casebook as a whole: the shipped files less ``removed`` plus ``files``."""
    there = {path: raw for path, raw in {**shipped(), **files}.items() if path not in removed}
    snapshot = MemorySnapshot(there)
    book = casebook(**how)
    told = judge.judgement(book, snapshot, snapshot, today=today)
    notes: judge.Notes = {}
    standing = (Change(path, raw, raw) for path, raw in files.items())
    judge.judge(standing, told, changed=False, notes=notes)
    return ordered([*judge.judge_whole(told), *judge.judge_notes(notes, told)])


def page(policy: Policy, record: Record) -> list[str]:
    """A policy record as ``git policy show`` prints it, without what it is tied to."""
    line = policylist.row(policy.catalogue.kind(record.kind), record, [record], NOW.date())
    view = PolicyView(line, {}, (), (), (), (), None)
    return policypage.page(view, policy.reference("duties"), 80)


def shown(findings: list[Finding]) -> list[list[str | int]]:
    """Findings as they stand in ``expected.json``: name and line."""
    return [[one.check, one.line] for one in findings]


def without(findings: list[Finding], *checks: str) -> list[Finding]:
    return [one for one in findings if one.check not in checks]


def later(told: Judgement, now: datetime) -> Judgement:
    return replace(told, now=now)
