"""Checking: all records as they stand, and what differs from the newest commit as a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from casebook.checks import judge as judging
from casebook.checks.intake import no_access
from casebook.cores import Meanwhile, Task, shared
from casebook.errors import EnvironmentProblem, NoSuchRecordError, UsageError
from casebook.finding import Finding, ordered
from casebook.frozen import fields_of
from casebook.history import find_repository
from casebook.i18n import _
from casebook.policy import Policy
from casebook.snapshot import Change, Listed, Overlay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.actions.desk import Desk
    from casebook.checks.judge import Notes
    from casebook.history import Repository
    from casebook.snapshot import Entry


def check_tree(desk: Desk, paths: Sequence[str] = ()) -> tuple[list[Finding], int]:
    """Findings on the files on disk (or those below ``paths``), and how many files were read.

    What is not committed yet is judged as the change it will be; the rest as it stands.
    """
    repository = desk.repository if find_repository(desk.casebook.root) is not None else None
    changed = Meanwhile(lambda: _unsaved(repository, paths) if repository is not None else {})
    passed_by = Meanwhile(lambda: repository.ignored() if repository is not None else set())
    tree = Listed(desk.tree, desk.tree.named())
    policy = Policy(tree)
    unsaved, ignored = changed.answer(), passed_by.answer()
    before = Overlay(tree, {path: change.before for path, change in unsaved.items()})
    context = judging.judgement(desk.casebook, before, tree, policy=policy, today=True)
    folders = tuple(one for one in ignored if one.endswith("/"))
    entries = [
        entry
        for entry in tree.entries()
        if entry.path not in ignored and not entry.path.startswith(folders)
    ]
    if paths:
        entries = [one for one in entries if any(_below(one.path, path) for path in paths)]
    if paths and not entries and not unsaved:
        raise NoSuchRecordError(_("There is no file {path}.").format(path=", ".join(paths)))

    look = desk.tree.look

    def standing(part: Sequence[Entry], shut: list[Finding]) -> Iterator[Change]:
        for entry in part:
            if entry.path not in unsaved:
                try:
                    mode, content = look(entry.path)
                except OSError as error:
                    shut.append(no_access(entry.path, error))
                    continue
                yield Change(entry.path, content, content, mode)

    def judged(part: Sequence[Entry]) -> _Judged:
        shut: list[Finding] = []
        notes: Notes = {}
        found = judging.judge(standing(part, shut), context, changed=False, notes=notes)
        return _Judged(found + shut, notes)

    def rest() -> _Judged:
        notes: Notes = {}
        found = judging.judge(unsaved.values(), context, notes=notes)
        return _Judged(found if paths else [*found, *judging.judge_whole(context)], notes)

    parts, own = shared(entries, Task(judged, _packed, _unpacked), rest)
    found = [one for part in (own, *parts) for one in part.findings]
    if not paths:
        found += judging.judge_notes(_joined([own, *parts]), context)
    return ordered(found), len(entries)


class _Judged(NamedTuple):
    """What comes of a part of the files: findings, and notes for what shows only over all."""

    findings: list[Finding]
    notes: Notes


def _packed(judged: _Judged) -> tuple[list[tuple[Any, ...]], Notes]:
    return [tuple(fields_of(one).values()) for one in judged.findings], judged.notes


def _unpacked(packed: tuple[list[tuple[Any, ...]], Notes]) -> _Judged:
    return _Judged([Finding(*row) for row in packed[0]], packed[1])


def _joined(parts: Sequence[_Judged]) -> Notes:
    joined: Notes = {}
    for part in parts:
        for name, noted in part.notes.items():
            joined.setdefault(name, []).extend(noted)
    return joined


def _unsaved(repository: Repository, paths: Sequence[str]) -> dict[str, Change]:
    found = repository.unsaved(None)
    return {
        change.path: change
        for change in found
        if not paths or any(_below(change.path, one) for one in paths)
    }


def _below(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(wanted.rstrip("/") + "/") or wanted in ("", ".")


def check_staged(desk: Desk) -> tuple[list[Finding], int]:
    """Findings on what is staged, exactly as the hook judges it."""
    repository = desk.repository
    index = repository.index()
    changes = repository.staged(index)
    before = repository.snapshot(repository.head())
    context = judging.judgement(desk.casebook, before, index)
    return judging.judge(changes, context), len(changes)


def check_range(desk: Desk, wanted: str) -> tuple[list[Finding], int]:
    """Findings on every commit in ``A..B``, each judged by the commit before it.

    Raises UsageError for a range that names no commits.
    """
    first, dots, last = wanted.partition("..")
    repository = desk.repository
    new = repository.resolve(last or "HEAD") if dots else repository.resolve(wanted)
    old = repository.resolve(first) if dots and first else None
    if new is None or (dots and first and old is None):
        raise UsageError(
            _('"{range}" is not a range of commits.').format(range=wanted),
            _("For example: casebook check --range main..HEAD"),
        )
    found: list[Finding] = []
    number = 0
    for commit in repository.between(old, new):
        parent = commit.commit.parents[0] if commit.commit.parents else None
        context = judging.judgement(
            desk.casebook, repository.snapshot(parent), repository.snapshot(commit.commit.id)
        )
        found += judging.judge(commit.changes, context)
        number += len(commit.changes)
    return ordered(found), number


def relative(desk: Desk, start: str, typed: Sequence[str]) -> list[str]:
    """Typed paths as paths of the casebook; raises EnvironmentProblem for one outside it."""
    from pathlib import Path

    found = []
    for one in typed:
        place = Path(start, one).resolve()
        try:
            path = place.relative_to(desk.casebook.root.resolve()).as_posix()
        except ValueError as error:
            raise EnvironmentProblem(
                _("{path} is not in this casebook.").format(path=one)
            ) from error
        found.append("" if path == "." else path)
    return found
