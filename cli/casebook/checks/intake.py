"""From a changed file to what checks are asked of: is it foreign, is it a record, can it be read?

It adds what is found on the way, and asks no check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import foreign
from casebook.checks.base import Subject
from casebook.finding import Finding
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.catalogue import Kind
    from casebook.catalogue.shelf import Reading
    from casebook.checks.base import Judgement
    from casebook.record import Record
    from casebook.snapshot import Change

FINDINGS = {
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
SIGNERS = "policy/signers"
CASES = "cases/"
RECORD_PLACES = (CASES, "policy/")


def take(
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
