"""Judging changes: the one door through which command, hook, CI and audit come.

It hands every record to every check, many at a time; what is wrong the checks say.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from casebook import checks
from casebook.checks.base import Judgement, Subject
from casebook.checks.intake import CASES, RECORD_PLACES, take
from casebook.finding import Finding, ordered
from casebook.i18n import N_, _
from casebook.policy import Policy
from casebook.world import CaseWorld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from casebook.casebook import Casebook
    from casebook.checks import Note
    from casebook.snapshot import Change, Snapshot

    Notes = dict[str, list[Any]]  # by the name of the check that made them
    _Asked = tuple[Change, Judgement, list[Finding]]  # what is found on the change is added

FINDINGS = {
    "schema-with-record": N_(
        "Files in schemas/ and records were saved in one go. A record is judged by what stood in "
        "schemas/ before, so the two are saved one after the other."
    ),
}
SCHEMAS = "schemas/"
# Records that are read before the first of them is judged. One check after the other looks at all
# of them, which is faster than all checks at one after the other: the computer has each at hand.
TOGETHER = 64


def judgement(
    casebook: Casebook,
    before: Snapshot,
    after: Snapshot,
    policy: Policy | None = None,
    *,
    today: bool = False,
    warn: bool = True,
    now: datetime | None = None,
) -> Judgement:
    """What the changes from ``before`` to ``after`` are judged by.

    The law is ``policy``, else that of ``before``; where there is none yet (a first commit), that
    of ``after``. The moment is ``now``, else that of the casebook's clock.
    ``today`` asks for what is late today as well, for a person who reads; without ``warn`` checks
    that only warn are not asked.
    """
    beginning = policy is None and before.read(f"{SCHEMAS}casebook.json") is None
    if policy is None:
        policy = Policy(after if beginning else before)
    moment = now or casebook.clock()
    world = CaseWorld(policy, after, moment)
    return Judgement(casebook, policy, world, before, after, moment, today, warn, beginning)


def judge(
    changes: Iterable[Change],
    context: Judgement,
    *,
    changed: bool = True,
    notes: Notes | None = None,
) -> list[Finding]:
    """All findings on ``changes``, sorted; each record is looked at by every check.

    With ``changed`` false the records are judged as they stand, not as a step from before.
    ``notes`` takes what ``judge_notes`` will want to know of each.
    """
    findings: list[Finding] = []
    listed = list(changes) if changed else ()  # what only stands is looked at and let go
    noted = checks.of_notes() if notes is not None else ()
    waiting = iter(listed or changes)
    while some := list(islice(waiting, TOGETHER)):
        if not changed:
            known = ((one.path, one.after) for one in some if one.path.startswith(CASES))
            context.policy.shelf.parse((path, raw) for path, raw in known if raw is not None)
        asked = [(change, context, findings) for change in some]
        subjects = _look(asked, context, changed=changed)
        if notes is not None:
            _take_notes(subjects, context, noted, notes)
    if changed:
        findings += _of_all(listed, context)
    return ordered(findings)


def judge_each(steps: Sequence[tuple[Sequence[Change], Judgement]]) -> list[list[Finding]]:
    """What ``judge`` finds on each of some steps one after the other, sooner than one by one.

    All are judged for a reader of the same sort: today or not, with warnings or without.
    """
    each: list[list[Finding]] = [[] for _step in steps]
    asked = [
        (change, context, findings)
        for (changes, context), findings in zip(steps, each, strict=True)
        for change in changes
    ]
    for start in range(0, len(asked), TOGETHER):
        _look(asked[start : start + TOGETHER], steps[0][1])
    for (changes, context), findings in zip(steps, each, strict=True):
        findings.extend(_of_all(changes, context))
    return [ordered(findings) for findings in each]


def _look(asked: Sequence[_Asked], sort: Judgement, *, changed: bool = True) -> list[Subject]:
    """Add what is found on some files to the findings of each; answers those that are records.

    ``sort`` is one of their judgements, which are all of one sort.
    """
    found: list[tuple[Subject, Judgement, list[Finding]]] = []
    for change, context, findings in asked:
        subject = take(change, context, findings, changed=changed and not context.beginning)
        if subject is not None:
            found.append((subject, context, findings))
    cases = all(subject.path.startswith(CASES) for subject, _context, _findings in found)
    for check in checks.of_records(today=sort.today, warn=sort.warn, only_cases=cases):
        for subject, context, findings in found:
            findings.extend(check(subject, context))
    return [subject for subject, _context, _findings in found]


def judge_whole(context: Judgement) -> list[Finding]:
    """Findings on the casebook as a whole: its data, and the names of all files."""
    found: list[Finding] = []
    for module in checks.modules():
        if hasattr(module, "check_all"):
            found += module.check_all(context)
    return ordered(found)


def judge_notes(notes: Notes, context: Judgement) -> list[Finding]:
    """Findings that only show over all records, from what was noted while each was judged."""
    found: list[Finding] = []
    for module in checks.modules():
        if module.__name__ in notes:
            found += module.check_notes(notes[module.__name__], context)
    return ordered(found)


def _take_notes(
    subjects: Sequence[Subject],
    context: Judgement,
    noted: Sequence[tuple[str, Note]],
    notes: Notes,
) -> None:
    for name, note in noted:
        told = (note(subject, context) for subject in subjects)
        notes.setdefault(name, []).extend(one for one in told if one is not None)


def _of_all(changes: Sequence[Change], context: Judgement) -> Iterator[Finding]:
    """What changes of data or new names do to the casebook as a whole, and to each other."""
    if any(one.path.startswith(SCHEMAS) for one in changes):
        from casebook.checks import data  # few changes are about data

        yield from _together(changes)
        yield from data.check_all(context)
    # A new record at its own place can collide with nothing that has a right name itself.
    if any(one.before is None and _misplaced(one, context) for one in changes):
        from casebook.checks import names

        yield from names.check_all(context)


def _misplaced(change: Change, context: Judgement) -> bool:
    kind = context.policy.catalogue.kind_at(change.path)
    return kind is None or kind.id_of(change.path) is None


def _together(changes: Sequence[Change]) -> list[Finding]:
    """A commit that touches ``schemas/`` of an existing casebook touches no record."""
    schemas = [one for one in changes if one.path.startswith(SCHEMAS) and one.before is not None]
    records = [
        one for one in changes if one.path.startswith(RECORD_PLACES) and one.path.endswith(".md")
    ]
    if not schemas or not records:
        return []
    return [
        Finding(
            one.path,
            0,
            0,
            "schema-with-record",
            _("saved together with a change of {file}").format(file=schemas[0].path),
            _("Do: save the files in schemas/ first, then the records"),
        )
        for one in records
    ]
