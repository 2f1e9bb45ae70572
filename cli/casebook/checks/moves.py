"""A record may only stand in a state it satisfies and get there by a move that exists.

The law of the workflow, whoever changed the state: a command or a person in an editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import crossing
from casebook.checks.base import found
from casebook.finding import ERROR, WARNING
from casebook.guards import argv
from casebook.i18n import N_, _
from casebook.record import CASE
from casebook.wording import filler
from casebook.workflow import REQUIRE
from casebook.world import state_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.guards import Unmet
    from casebook.world import CaseWorld

FINDINGS = {
    "forbidden-move": N_(
        "The state was changed in a way that no move allows. A case goes from state to state by "
        "moves; each move has its own command."
    ),
    "move-blocked": N_(
        "The state was changed by a move that is not ready: something it requires is missing."
    ),
    "state-incomplete": N_("The record lacks something that the state it is in requires."),
    "new-not-initial": N_(
        "A new record starts in the first state, unless it says in entered_late why it is entered "
        "afterwards."
    ),
    "ended-record-changed": N_(
        "A case that has ended is changed only by notes, external contacts, links and a hold. "
        "Anything else needs the move reopen first."
    ),
}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on the state a record is in and on the move that brought it there."""
    workflow = subject.kind.workflow
    if subject.after.state not in workflow.states:
        return  # no states at all, or an unknown one, which the catalogue has named already
    world = judgement.world.about(subject.kind)
    step = _step(subject, world)
    if step is not None and step.illegal:
        yield _jump(subject, step)
        return
    if step is not None and step.blockers:
        # A move that also sets fields was hardly meant by whoever typed only the state.
        unset = any(one.key.startswith("sets:") for one in step.blockers)
        yield _jump(subject, step) if unset and subject.before else _blocked(subject, step)
        return
    for one in crossing.required_by_state(subject.after.data, workflow, world):
        yield _incomplete(subject, one)
    before = subject.before
    stayed = step is not None and step.move is None
    if stayed and before is not None and workflow.is_end(before.state):
        yield from _after_end(subject, workflow.after_end)


def _step(subject: Subject, world: CaseWorld) -> crossing.Crossing | None:
    """The crossing a change made; None where only the state as it stands is judged."""
    before, after = subject.before, subject.after
    if not subject.changed or (before is None and not filler(after.text("entered_late"))):
        return None
    start = before.data if before is not None else None
    return crossing.judge(start, after.data, subject.kind.workflow, world, warn=False)


def _incomplete(subject: Subject, one: Unmet) -> Finding:
    command = " ".join(argv(one.repair, subject.after, subject.kind.add_commands))
    return found(
        subject.after,
        ("state",),
        "state-incomplete",
        f"{state_label(subject.kind, subject.after.state)}: {one.message}",
        _("Do: {command}").format(command=command),
        ERROR if one.level == REQUIRE else WARNING,
    )


def _blocked(subject: Subject, step: crossing.Crossing) -> Finding:
    """All that is missing for a move in one finding, for the move is one thing to a person."""
    assert step.move is not None  # noqa: S101 - blockers belong to a move
    missing = "; ".join(one.message for one in step.blockers)
    remedy = _("Do: {command}").format(command=_command(subject, "next"))
    if subject.before is not None:
        remedy = _('Do: put back "state: {origin}", then {command}').format(
            origin=step.origin, command=_command(subject, step.move.id)
        )
    return found(
        subject.after,
        ("state",),
        "move-blocked",
        _("the state goes from {origin} to {target}, but this is missing: {missing}").format(
            origin=step.origin, target=step.target, missing=missing
        ),
        remedy,
    )


def _jump(subject: Subject, step: crossing.Crossing) -> Finding:
    workflow = subject.kind.workflow
    if subject.before is None:
        return found(
            subject.after,
            ("state",),
            "new-not-initial",
            _("a new record starts as {state}").format(state=workflow.initial),
            _("Do: write state: {state}, or say in entered_late why it is entered now").format(
                state=workflow.initial
            ),
        )
    leading = [
        move.id for move in workflow.moves.values() if step.target in move.targets and not move.sets
    ]
    by_move = leading[0] if leading else "next"
    return found(
        subject.after,
        ("state",),
        "forbidden-move",
        _("the state jumps from {origin} to {target}").format(
            origin=step.origin, target=step.target
        ),
        _('Do: put back "state: {origin}", then {command}').format(
            origin=step.origin, command=_command(subject, by_move)
        ),
    )


def _command(subject: Subject, move: str) -> str:
    record = subject.after
    # Only cases are led through what is missing.
    word = "edit" if move == "next" and record.kind != CASE else move
    return f"{record.program} {word} {record.short}"


def _after_end(subject: Subject, allowed: tuple[str, ...]) -> Iterator[Finding]:
    before, after = subject.before, subject.after
    assert before is not None  # noqa: S101 - the caller looked
    reopen = "reopen" if "reopen" in subject.kind.workflow.moves else "next"
    for name in sorted({*before.data, *after.data}):
        if name in allowed or name.startswith("x_"):
            continue
        if before.data.get(name) != after.data.get(name):
            yield found(
                after,
                (name,),
                "ended-record-changed",
                _("{field} was changed after the record had ended").format(
                    field=subject.kind.field_label(name)
                ),
                _("Do: put it back, or first: {command}").format(command=_command(subject, reopen)),
                key=True,
            )
