"""Moves of policy records: one text, or a code with its rules and ladders, as one decision.

Refused as a whole with everything that is missing, or done as a whole in one commit; what goes
along is said by ``gathering``, what a move asks and changes by ``moving``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NoReturn

from casebook import crossing, sets
from casebook.actions import gathering, moving, telling, together
from casebook.actions.moving import MoveRefused
from casebook.actions.outcome import Blocker, Refusal
from casebook.actions.outlook import as_blocker
from casebook.calendar import day_of
from casebook.checks import judge as judging
from casebook.checks import moves as moves_check
from casebook.errors import RefusedError
from casebook.frozen import replace
from casebook.i18n import _
from casebook.versions import FROM
from casebook.workflow import REQUIRE
from casebook.world import move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.forms import Field
    from casebook.actions.gathering import Gathered, Going
    from casebook.actions.outcome import Outcome
    from casebook.actions.together import Piece
    from casebook.checks.base import Judgement
    from casebook.guards import Unmet
    from casebook.record import Record
    from casebook.workflow import Move

    Values = Mapping[str, "str | list[str]"]


# -- questions -------------------------------------------------------------------------------


def form(desk: Desk, one: Gathered) -> list[Field]:
    """The questions of the move for all that was named, each once."""
    asked: dict[str, Field] = {}
    for root in one.roots:
        move = desk.kind_of(root).workflow.moves[one.move]
        for each in moving.form(desk, root, move):
            asked.setdefault(each.name, each)
    return list(asked.values())


def options(desk: Desk, one: Gathered) -> list[Field]:
    """Everything that may be given: the form, and fields that some record has filled already."""
    asked = {each.name: each for each in form(desk, one)}
    for root in one.roots:
        move = desk.kind_of(root).workflow.moves[one.move]
        for each in moving.options(desk, root, move, moving.form(desk, root, move)):
            asked.setdefault(each.name, each)
    return list(asked.values())


# -- refusing and making -----------------------------------------------------------------------


def require_states(desk: Desk, one: Gathered) -> None:
    """Raise MoveRefused when a record that was named cannot make the move from where it is."""
    wrong = [
        refused
        for root in one.roots
        if (refused := _wrong_state(desk, root, desk.kind_of(root).workflow.moves[one.move]))
    ]
    if len(one.roots) == 1 and wrong:
        raise wrong[0]
    if wrong:
        blockers = [
            Blocker("state", each.message, ("git", "policy", "show", each.refusal.id))
            for each in wrong
        ]
        _refuse(desk, one, blockers, ())


def _refuse(
    desk: Desk, one: Gathered, blockers: Sequence[Blocker], warnings: Sequence[Blocker]
) -> NoReturn:
    label = move_label(desk.kind_of(one.roots[0]), one.move)
    raise MoveRefused(
        Refusal(telling.all_named(one), one.move, label, blockers, warnings),
        _("Cannot do this yet: {move}.").format(move=label),
        "",
    )


def require_possible(
    desk: Desk, one: Gathered, given: Values, asked: Sequence[str] = ()
) -> list[Blocker]:
    """What the set would rather have; raises MoveRefused with all that stops it.

    ``asked`` names the answers that are still to come.
    """
    changed = gathering.pieces(desk, one, given)
    context = desk.judgement([one.change for one in changed])
    blockers: list[Blocker] = []
    warnings: list[Blocker] = []
    # What is still to be asked is passed on to the parts that lack it.
    waited = {key for name in asked for key in (f"asked:{one.move}:{name}", f"field:{name}")}
    for going in one.going:
        blockers += _unsaved(desk, going.record)
        blockers += _too_early(desk, going, gathering.answers(desk, going, given))
        for missing in _unmet(desk, going, changed, context):
            if missing.key in waited:
                continue
            (blockers if missing.level == REQUIRE else warnings).append(
                _blocker(desk, going, missing)
            )
    if not asked:
        blockers += _found(desk, changed, context)
    if blockers:
        _refuse(desk, one, blockers, warnings)
    return warnings


def _unmet(
    desk: Desk, going: Going, changed: Sequence[Piece], context: Judgement
) -> Sequence[Unmet]:
    kind = desk.kind_of(going.record)
    after = next(one.after for one in changed if one.after.path == going.record.path)
    record = kind.read(after)[0]
    if record is None:
        return ()
    world = context.world.about(kind)
    return crossing.judge(going.record.data, record.data, kind.workflow, world).unmet


def _blocker(desk: Desk, going: Going, missing: Unmet) -> Blocker:
    kind = desk.kind_of(going.record)
    made = as_blocker(missing, going.record, kind.add_commands)
    return replace(made, message=f"{going.record.short}: {missing.message}")


def _unsaved(desk: Desk, record: Record) -> Iterator[Blocker]:
    try:
        desk.require_saved(record)
    except RefusedError as error:
        yield Blocker("unsaved", error.message, ("git", "policy", "save", record.short))


def _too_early(desk: Desk, going: Going, own: Values) -> Iterator[Blocker]:
    """A version cannot begin before the one it replaces."""
    for old, last in gathering.replaced(desk, going, own):
        began = day_of(old.get(FROM))
        if began is not None and began > date.fromisoformat(last):
            yield Blocker(
                f"after:{old.id}",
                _("{record} enters into force on {day}; {new} can only do so after that").format(
                    record=old.short, day=began, new=going.record.short
                ),
                ("git", "policy", going.move.id, going.record.short),
            )


def _found(desk: Desk, changed: Sequence[Piece], context: Judgement) -> Iterator[Blocker]:
    """What the checks find wrong in the set beside what the moves miss."""
    for one in judging.judge([each.change for each in changed], context):
        if one.is_error and one.check not in moves_check.FINDINGS:
            record = desk.load(one.path).short
            yield Blocker(
                one.check,
                f"{record}: {one.message}. {one.remedy}",
                ("git", "policy", "edit", record),
            )


def _wrong_state(desk: Desk, record: Record, move: Move) -> MoveRefused | None:
    if record.state in move.sources:
        return None
    kind = desk.kind_of(record)
    now = state_label(kind, record.state)
    if record.state in move.targets:
        decided = sets.decision(desk.policy, record)
        message = _("{record} is in that state already: {state}.").format(
            record=record.short, state=now
        )
        if decided is not None:
            message = _("{record} is already {state}: on {on}, by {by}.").format(
                record=record.short, state=now, on=decided[0], by=kind.role_label(decided[1])
            )
    else:
        message = _("{record} is {state}; from there this move is not possible: {move}.").format(
            record=record.short, state=now, move=move_label(kind, move.id)
        )
    ways = [f"git policy {one.id} {record.short}" for one in kind.workflow.moves_from(record.state)]
    if "replaces" in kind.schema["properties"] and record.state != kind.workflow.initial:
        ways.append(f"git policy revise {record.short.partition('@')[0]}")
    hint = _("Do one of: {commands}").format(commands="; ".join(ways)) if ways else ""
    return MoveRefused(Refusal(record.short, move.id, now, ()), message, hint)


def make(desk: Desk, one: Gathered, values: Values, *, dry_run: bool = False) -> Outcome:
    """Make the move with these answers for the whole set, or raise and change nothing."""
    warnings = require_possible(desk, one, values)
    done = together.change(
        desk,
        lambda: gathering.pieces(desk, one, values),
        lambda _records: telling.subject(one),
        dry_run=dry_run,
    )
    return telling.outcome(desk, one, done, warnings, dry_run=dry_run)
