"""Judging changes: the one door through which command, hook, CI and audit come.

It decides what is a record and hands each to every check; what is wrong the checks say.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from casebook import checks, foreign
from casebook.checks.base import Judgement, Subject
from casebook.finding import Finding, ordered
from casebook.i18n import N_, _
from casebook.policy import Policy
from casebook.world import CaseWorld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from casebook.casebook import Casebook
    from casebook.catalogue import Kind
    from casebook.catalogue.shelf import Reading
    from casebook.checks import Note
    from casebook.record import Record
    from casebook.snapshot import Change, Snapshot

    Notes = dict[str, list[Any]]  # by the name of the check that made them
    _Asked = tuple[Change, Judgement, list[Finding]]  # what is found on the change is added

FINDINGS = {
    "schema-with-record": N_(
        "Files in schemas/ and records were saved in one go. A record is judged by what stood in "
        "schemas/ before, so the two are saved one after the other."
    ),
    "record-removed": N_(
        "A record was deleted or renamed. Cases are closed, never deleted by hand; erasing one "
        "lawfully has its own command."
    ),
    "signers-wrong": N_(
        "A line of the list of signers cannot stand: it cannot be read, could let others sign, or "
        "was taken away or rewritten. Keys are added and ended with casebook identity."
    ),
    "no-access": N_("This computer does not let you read the file, so nobody could look at it."),
}
SCHEMAS = "schemas/"
SIGNERS = "policy/signers"
CASES = "cases/"
RECORD_PLACES = (CASES, "policy/")
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
        subject = _read(change, context, findings, changed=changed and not context.beginning)
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


def no_access(path: str, error: OSError) -> Finding:
    """What is said of a file that this computer does not let anybody read."""
    return Finding(
        path,
        0,
        0,
        "no-access",
        _("the file cannot be read: {reason}").format(reason=error.strerror or error),
        _("Do: check that you may read it"),
    )


def _read(
    change: Change, context: Judgement, findings: list[Finding], *, changed: bool
) -> Subject | None:
    """What checks are asked of, if the file is a readable record; adds what is found on the way."""
    if change.path == SIGNERS:
        findings += _foreign(change, context.casebook.outside)
        findings += _signers(change, changed=changed)
        return None
    kind = context.policy.catalogue.kind_at(change.path)
    if change.after is None:
        findings += _removed(change, kind) if changed else ()
        return None
    former, reading = _readings(change, kind, context, changed=changed)
    odd = _foreign(change, context.casebook.outside, clear=reading is not None and reading.clear)
    findings += odd
    if odd and any(one.is_error for one in odd):
        return None
    if kind is None or reading is None:
        findings += _homeless(change.path, context)
        return None
    findings += reading.findings
    if reading.record is None:
        return None
    before = _before(former, reading.record.state) if former else None
    return Subject(change.path, kind, change, before, reading.record, changed, reading.clear)


def _readings(
    change: Change, kind: Kind | None, context: Judgement, *, changed: bool
) -> tuple[Sequence[Record | None], Reading | None]:
    """The record that it was, in each parent of a merge, and what it is now."""
    if kind is None or change.after is None:
        return (), None
    shelf = context.policy.shelf
    # What stood before is what was read last where history is walked: it is asked for first.
    contents = (change.before, *change.others) if changed else ()
    former = [shelf.record(kind, change.path, one) if one is not None else None for one in contents]
    return former, shelf.read(kind, change.path, change.after)


def _signers(change: Change, *, changed: bool) -> Iterator[Finding]:
    """Lines of the list of signers that cannot stand, whoever wrote them."""
    from casebook.signing import signers, succession  # few changes are about keys

    after = signers.read(change.after)
    said = [(line, _(signers.REASONS[reason])) for line, reason in after.problems]
    if changed and change.before is not None:
        old = signers.read(change.before)
        said += [
            (after.line_of(one.key), _(succession.REASONS[one.reason]).format(person=one.person))
            for one in succession.faults(old, after, None)
            if one.reason in ("removed", "rewritten")
        ]
    for line, message in said:
        remedy = _("Do: put it back; keys are added and ended with: casebook identity")
        yield Finding(change.path, line, 0, "signers-wrong", message, remedy)


def _homeless(path: str, context: Judgement) -> list[Finding]:
    """A text among the records that is none: no check would ever read it."""
    if not path.startswith(RECORD_PLACES) or path.endswith("/README.md"):
        return []
    places = ", ".join(kind.prefix for kind in context.policy.catalogue.kinds.values())
    return [
        Finding(
            path,
            0,
            0,
            "wrong-place",
            _("no record has its place here"),
            _("Do: move it to where a record belongs: {places}").format(places=places),
        )
    ]


def _before(former: Sequence[Record | None], state: str) -> Record | None:
    """The record it was; in a merge the parent's that was in ``state`` already, if there is one.

    A move was judged in the branch that made it: what the merge adds is what the other branch
    brings to a record that had moved on (a new action in a case that was closed).
    """
    same = (one for one in former if one is not None and one.state == state)
    return next(same, former[0])


def _removed(change: Change, kind: Kind | None) -> list[Finding]:
    if kind is None or change.before is None:
        return []
    return [
        Finding(
            change.path,
            0,
            0,
            "record-removed",
            _("this record was deleted or renamed"),
            _(
                "Do: put the file back under its own name (casebook doctor --fix does); a case is "
                "closed, not deleted"
            ),
        )
    ]


def _foreign(change: Change, outside: Sequence[str], *, clear: bool = False) -> list[Finding]:
    problem = foreign.judge_path(change.path, change.mode, outside)
    if change.after is not None and problem is None and not clear:
        problem = foreign.judge_content(change.path, change.after, outside)
    return [problem.at(change.path)] if problem is not None else []


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
