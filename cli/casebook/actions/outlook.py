"""What stands in front of a record: open steps, possible moves and their blockers, the next thing.

It computes from one record; lists of records are put together elsewhere.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from casebook import crossing, pattern
from casebook.actions.outcome import Blocker, Next
from casebook.calendar import day_of
from casebook.frozen import frozen
from casebook.guards import Unmet, argv, blocking
from casebook.i18n import _
from casebook.record import CASE
from casebook.world import move_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind
    from casebook.procedure import StepStatus
    from casebook.record import Record
    from casebook.workflow import Move

FORWARD = ("assess", "plan", "aftercare", "close")


@frozen
class Prospect:
    """One move that leaves the present state, and what is missing for it."""

    move: Move
    label: str
    unmet: tuple[Unmet, ...]

    @property
    def blockers(self) -> list[Unmet]:
        """What stops it."""
        return blocking(self.unmet)


@frozen
class Deadline:
    """Something with a date: an action, a chase, a review."""

    text: str
    argv: tuple[str, ...]
    due: date | datetime


@frozen
class Outlook:
    """What is still to do in one record, and what comes first; only cases have steps and dates."""

    record: Record
    open: bool
    steps: Sequence[StepStatus]
    deadlines: Sequence[Deadline]
    next: Next | None


def as_blocker(one: Unmet, record: Record, commands: Mapping[str, str]) -> Blocker:
    """An unmet guard with its command, for the terminal and JSON."""
    return Blocker(
        guard=one.key,
        message=one.message,
        argv=argv(one.repair, record, commands),
        asks=one.repair.fields,
        level=one.level,
    )


def prospects(desk: Desk, record: Record) -> list[Prospect]:
    """Every move from the state the record is in, in the order of the data."""
    kind = desk.kind_of(record)
    world = desk.world.about(kind)
    return [
        Prospect(
            move,
            move_label(kind, move.id),
            tuple(crossing.standing(record.data, move, world)),
        )
        for move in kind.workflow.moves_from(record.state)
    ]


def forward(found: Sequence[Prospect]) -> Prospect | None:
    """The move that brings the case further on the main road."""
    return next((one for one in found if one.move.id in FORWARD), None)


def deadlines(record: Record) -> list[Deadline]:
    """Open actions and dates to ask again, soonest first."""
    tail = record.short
    found = []
    for action in pattern.find(record.data, {"in": "actions", "done": ["no", ""]}):
        due = day_of(action.get("due"))
        if due is not None:
            code = str(action["id"])
            found.append(Deadline(str(action["text"]), ("git", "case", "done", tail, code), due))
    for outside in pattern.find(record.data, {"in": "external", "result": ""}):
        due = day_of(outside.get("chase"))
        if due is not None:
            code = str(outside["id"])
            text = _("ask {contact} again").format(contact=outside.get("contact"))
            command = ("git", "case", "set", tail, f"{code}.result")
            found.append(Deadline(text, command, due))
    for wait in pattern.find(record.data, {"in": "waits", "until": ""}):
        due = day_of(wait.get("chase"))
        if due is not None:
            text = _("ask {who} again: {what}").format(who=wait.get("for"), what=wait.get("what"))
            found.append(Deadline(text, ("git", "case", "resume", tail), due))
    return sorted(found, key=lambda one: moment(one.due))


def moment(due: date | datetime) -> datetime:
    """A day or moment as one comparable moment (a day ends at midnight), without offset."""
    if isinstance(due, datetime):
        return due.replace(tzinfo=None)
    return datetime.combine(due, time(23, 59))


def outlook(desk: Desk, record: Record) -> Outlook:
    """The outlook of ``record`` now; of the moves only the next one is looked at."""
    kind = desk.kind_of(record)
    is_open = not kind.workflow.is_end(record.state)
    if not is_open:
        return Outlook(record, False, (), (), None)
    if record.kind != CASE:
        return Outlook(record, True, (), (), _onward(kind, record, prospects(desk, record)))
    steps = desk.world.steps(record.data)
    dated = deadlines(record)
    return Outlook(record, True, steps, dated, _next(desk, record, steps, dated))


def _onward(kind: Kind, record: Record, found: Sequence[Prospect]) -> Next | None:
    """What brings a policy record further: the last of its moves that does not lead to an end.

    A draft is adopted, whether or not it was put up for consultation first.
    """
    ahead = [
        one for one in found if not any(kind.workflow.is_end(state) for state in one.move.targets)
    ]
    if not ahead:
        return None
    last = ahead[-1]
    if last.blockers:
        # What can be mended in the record itself comes before what others decide.
        ordered = sorted(last.blockers, key=lambda one: one.repair.verb == "move")
        first = as_blocker(ordered[0], record, kind.add_commands)
        return Next(
            _("before {move}: {what}").format(move=last.label, what=first.message), first.argv
        )
    command = (*record.program.split(), last.move.id, record.short)
    return Next(_("possible now: {move}").format(move=last.label), command)


def _next(
    desk: Desk,
    record: Record,
    steps: Sequence[StepStatus],
    dated: Sequence[Deadline],
) -> Next:
    tail = record.short
    today = desk.now.replace(tzinfo=None)
    moves = desk.cases.workflow.moves_from(record.state)
    ahead = next((one for one in moves if one.id in FORWARD), None)
    options = [Next(one.text, one.argv, one.due, moment(one.due) < today) for one in dated]
    limit = FORWARD.index(ahead.id) if ahead is not None else len(FORWARD)
    for status in steps:
        if not status.is_open or status.step.need == "optional":
            continue
        before = status.step.before
        if before in FORWARD and FORWARD.index(before) > limit:
            continue
        command = ("git", "case", "next", tail)
        options.append(Next(status.step.title_now(), command, status.due, status.overdue))
    if ahead is not None:
        options.append(_ahead(desk, record, ahead))
    if not options:
        return Next(_("see what is possible"), ("git", "case", "todo", tail))
    far = datetime.max
    return min(options, key=lambda one: moment(one.due) if one.due is not None else far)


def _ahead(desk: Desk, record: Record, move: Move) -> Next:
    """The next move on the main road: it can be made, or what stands before it."""
    tail = record.short
    label = move_label(desk.cases, move.id)
    blocker = crossing.first_blocker(record.data, move, desk.world)
    if blocker is None:
        return Next(_("possible now: {move}").format(move=label), ("git", "case", move.id, tail))
    text = _("before {move}: {what}").format(move=label, what=blocker.message)
    return Next(text, ("git", "case", "next", tail))
