"""Moves of a case: refused with all blockers at once, or all that it asked in one commit.

What a move asks and changes is said by ``moving``; here stands what is so only of cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import crossing
from casebook.actions import filling, results, writing
from casebook.actions.moving import MoveRefused, edits, sealed, standing
from casebook.actions.outcome import Blocker, Refusal
from casebook.actions.outlook import as_blocker
from casebook.crossing import NONE
from casebook.errors import CasebookError
from casebook.guards import blocking
from casebook.i18n import _
from casebook.workflow import REQUIRE
from casebook.world import move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.document.edit import Edit
    from casebook.record import Record
    from casebook.workflow import Move

    Values = Mapping[str, "str | list[str]"]

POLICY = "policy-change"  # the format of a question whose answer names a text that must change


def require_possible(desk: Desk, record: Record, move: Move, given: Values) -> None:
    """Raise MoveRefused when the move cannot be made, whatever its questions would bring."""
    kind = desk.cases
    if record.state not in move.sources:
        _raise_wrong_state(desk, record, move)
    missing = standing(desk, record, move, given)
    if blocking(missing):
        blockers = [as_blocker(one, record, kind.add_commands) for one in blocking(missing)]
        warned = [
            as_blocker(one, record, kind.add_commands) for one in missing if one.level != REQUIRE
        ]
        label = move_label(kind, move.id)
        tail = record.id.rpartition("-")[2]
        raise MoveRefused(
            Refusal(record.id, move.id, label, blockers, warned),
            _("Cannot do this yet: {move}.").format(move=label),
            f"git case next {tail}",
        )


def _raise_wrong_state(desk: Desk, record: Record, move: Move) -> None:
    kind = desk.cases
    now = state_label(kind, record.state)
    tail = record.id.rpartition("-")[2]
    if record.state in move.targets:
        message = _("{case} is in that state already: {state}.").format(case=record.id, state=now)
        closures = record.entries("closures")
        if kind.workflow.is_end(record.state) and closures:
            message = _("{case} is already {state}: on {on}, by {by}.").format(
                case=record.id, state=now, on=closures[-1].get("on"), by=closures[-1].get("by")
            )
        raise MoveRefused(Refusal(record.id, move.id, now, ()), message, "")
    road = _road(desk, record, move)
    if not road:
        raise MoveRefused(
            Refusal(record.id, move.id, now, ()),
            _("{case} is {state}; from there this move is not possible: {move}.").format(
                case=record.id, state=now, move=move_label(kind, move.id)
            ),
            _("See what is possible: git case todo {case}").format(case=tail),
        )
    raise MoveRefused(
        Refusal(record.id, move.id, move_label(kind, move.id), _along(desk, record, road, move)),
        _("{case} is {state}; other moves come first.").format(case=record.id, state=now),
        f"git case next {tail}",
    )


def _road(desk: Desk, record: Record, move: Move) -> list[Move]:
    """The moves that lead from the state of a case to one from which ``move`` is possible."""
    workflow = desk.cases.workflow
    roads = [workflow.path(record.state, source) for source in move.sources]
    open_roads = [
        road
        for road in roads
        if road and not any(workflow.is_end(state) for one in road for state in _to(desk, one))
    ]
    shortest = min(open_roads, key=len, default=[])
    return [workflow.moves[one] for one in shortest]


def _to(desk: Desk, move: str) -> tuple[str, ...]:
    return desk.cases.workflow.moves[move].targets


def _along(desk: Desk, record: Record, road: Sequence[Move], move: Move) -> list[Blocker]:
    """The moves that come first, each once, and everything that any of them still misses."""
    kind = desk.cases
    tail = record.id.rpartition("-")[2]
    found: dict[str, Blocker] = {}
    for one in (*road, move):
        for missing in blocking(crossing.standing(record.data, one, desk.world)):
            found.setdefault(missing.key, as_blocker(missing, record, kind.add_commands))
    first = [
        Blocker(
            f"first:{one.id}",
            _("first: {move}").format(move=move_label(kind, one.id)),
            ("git", "case", one.id, tail),
        )
        for one in road
    ]
    return [*first, *found.values()]


def make(desk: Desk, typed: str, move: Move, values: Values, *, dry_run: bool = False) -> Outcome:
    """Make the move with these answers; raises MoveRefused, UsageError or FoundError."""
    kind = desk.cases
    first = desk.case(typed)
    require_possible(desk, first, move, values)
    texts = _texts_to_change(desk, first, move, values)

    def changes(record: Record) -> Sequence[Edit]:
        require_possible(desk, record, move, values)
        return sealed(desk, record, move, edits(desk, record, move, values))

    def subject(before: Record, after: Record) -> tuple[str, list[tuple[str, str]]]:
        origin, target = before.state, after.state
        return f"case {after.id}: {move.id} ({origin} -> {target})", [
            ("Case", after.id),
            ("Move", move.id),
            ("From", origin),
            ("To", target),
        ]

    written = writing.change(desk, first.path, changes, subject, dry_run=dry_run)
    followed = tuple(_note_case(desk, one, first, dry_run=dry_run) for one in texts)
    return results.outcome(
        desk,
        first,
        written,
        _("{case}: from {origin} to {target}.").format(
            case=first.id,
            origin=state_label(kind, first.state),
            target=state_label(kind, written.record.state),
        ),
        dry_run=dry_run,
        move=move.id,
        origin=first.state,
        target=written.record.state,
        details=followed,
    )


def _texts_to_change(desk: Desk, record: Record, move: Move, values: Values) -> list[str]:
    """The policy records that the answers say must change; raises NoSuchRecordError."""
    if move.adds is None:
        return []
    properties = filling.entry_schema(desk.kind_of(record), move.adds.list)["properties"]
    found = [
        str(values[name])
        for name in move.adds.asks
        if properties[name].get("format") == POLICY and values.get(name, NONE) != NONE
    ]
    if found:
        from casebook.actions import policies  # few closures change a text

        for one in found:
            policies.path_of(desk, one)
    return found


def _note_case(desk: Desk, reference: str, record: Record, *, dry_run: bool) -> str:
    """Note the case at the draft of the text, in a commit of its own, and say so.

    The case has been saved by now: what stands in the way of this is told, with the command.
    """
    from casebook.actions import revising

    try:
        return revising.for_case(desk, reference, record.id, dry_run=dry_run).message
    except CasebookError as error:
        command = f"git policy revise {reference} --case {record.short}"
        return _("{reason} Do that later: {command}").format(reason=error.message, command=command)
