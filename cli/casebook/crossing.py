"""Judging one record's step from before to after: states it may be in, moves it may make.

The same judgement answers a command before it writes and a hook after somebody typed by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.dates import day
from casebook.frozen import frozen
from casebook.guards import Question, Repair, Unmet, blocking, unmet
from casebook.i18n import _
from casebook.ids import FULL
from casebook.pattern import entries, values
from casebook.wording import filler
from casebook.workflow import REQUIRE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.guards import World
    from casebook.workflow import Entry, Guard, Move, Workflow

    Data = Mapping[str, Any]


ASSUMED: Final = "assumed"  # stands in for an answer that has not been given yet
NONE: Final = "none"  # an answer where the move says so: no policy change, nothing withheld


@frozen
class Crossing:
    """The move a record made (None when it stayed) and what is missing for it.

    ``illegal`` is true when no move leads from the one state to the other.
    """

    origin: str
    target: str
    move: Move | None
    unmet: tuple[Unmet, ...]
    illegal: bool = False

    @property
    def blockers(self) -> list[Unmet]:
        """What must be there before this move."""
        return blocking(self.unmet)

    @property
    def warnings(self) -> list[Unmet]:
        """What should be there, and is shown and kept."""
        return [one for one in self.unmet if one.level != REQUIRE]


def required_by_state(data: Data, workflow: Workflow, world: World) -> list[Unmet]:
    """What the state the record is in requires and is missing; nothing for an unknown state."""
    state = workflow.states.get(str(data.get("state", "")))
    if state is None:
        return []
    question = Question(data, state.id, world, data)
    return [one for guard in state.requires for one in unmet(question, guard)]


def standing(data: Data, move: Move, world: World) -> list[Unmet]:
    """What a move's guards would miss even if all that it asks were answered."""
    return list(_standing(data, move, world, move.guards))


def first_blocker(data: Data, move: Move, world: World) -> Unmet | None:
    """The first thing that must be there before a move and is not; the guards behind it rest."""
    asked = (guard for guard in move.guards if guard.level == REQUIRE)  # the others only warn
    found = _standing(data, move, world, asked)
    return next((one for one in found if one.level == REQUIRE), None)


def _standing(data: Data, move: Move, world: World, asked: Iterable[Guard]) -> Iterator[Unmet]:
    question = Question(assumed(data, move), str(data.get("state", "")), world, data)
    for guard in asked:
        yield from unmet(question, guard)


def assumed(data: Data, move: Move) -> Data:
    """``data`` with the entry the move adds, every required question of it answered somehow.

    A step that the move itself completes (the evaluation is written when closing) stops nobody.
    """
    part = move.adds
    if part is None:
        return data
    answers = {name: ASSUMED for name, level in part.asks.items() if level == REQUIRE}
    entry = {"id": ASSUMED, **answers, **part.sets}
    return {**data, part.list: [*entries(data, part.list), entry]}


def asked(before: Data, after: Data, move: Move, world: World) -> list[Unmet]:
    """What the move's own questions leave unanswered in ``after``."""
    found = [
        _unasked(move, "", name, level, world)
        for name, level in move.asks.items()
        if _blank(after, name)
    ]
    if move.adds is not None:
        found += _asked_of_new(before, after, move, move.adds, world)
    if move.ends is not None:
        found += _asked_of_last(after, move, move.ends, world)
    for name, wanted in move.sets.items():
        value = str(after.get(name, ""))
        if value != wanted and not value.startswith(f"{wanted}@"):
            found.append(_not_set(name, wanted, world))
    return found


def judge(
    before: Data | None, after: Data, workflow: Workflow, world: World, *, warn: bool = True
) -> Crossing:
    """The crossing from ``before`` (None for a new record) to ``after``.

    A new record counts as coming from the initial state: it may stand there, or one move further.
    Without ``warn`` the guards that only warn are not asked.
    """
    origin = str(before.get("state", "")) if before is not None else workflow.initial
    target = str(after.get("state", ""))
    start: Data = before if before is not None else {"state": origin}
    if origin == target:
        return Crossing(origin, target, None, ())
    candidates = [
        move for move in workflow.moves_from(origin) if target in destinations(start, move)
    ]
    if not candidates:
        return Crossing(origin, target, None, (), illegal=True)
    question = Question(after, origin, world, start)
    judged = [
        Crossing(
            origin,
            target,
            move,
            (
                *asked(start, after, move, world),
                *(
                    one
                    for guard in move.guards
                    if warn or guard.level == REQUIRE
                    for one in unmet(question, guard)
                ),
            ),
        )
        for move in candidates
    ]
    return min(judged, key=lambda crossing: len(crossing.blockers))


def destinations(data: Data, move: Move) -> tuple[str, ...]:
    """The states this move may lead to for a record as it is now."""
    if not move.stored:
        return move.targets
    name, _dot, inner = move.stored.partition(".")
    if not inner:
        return values(data.get(name))
    waiting = entries(data, name)
    return values(waiting[-1].get(inner)) if waiting else ()


def _blank(data: Data, name: str) -> bool:
    """Whether a field says nothing: absent, or one text that is a filler.

    A day and the id of a case say enough, however few letters they hold.
    """
    value = values(data.get(name))
    if len(value) != 1:
        return not value
    one = value[0]
    return filler(one) and day(one) is None and not FULL.fullmatch(one)


def _unasked(move: Move, list_name: str, name: str, level: str, world: World) -> Unmet:
    place = (list_name, name) if list_name else (name,)
    return Unmet(
        key=f"asked:{move.id}:{name}",
        level=level,
        message=_("{field} is missing").format(field=world.label(*place)),
        repair=Repair("set", list=list_name, fields=(name,)),
    )


def _asked_of_new(before: Data, after: Data, move: Move, part: Entry, world: World) -> list[Unmet]:
    known = {entry.get("id") for entry in entries(before, part.list)}
    new = [entry for entry in entries(after, part.list) if entry.get("id") not in known]
    fitting = [
        entry
        for entry in new
        if all(str(entry.get(name, "")) == value for name, value in part.sets.items())
    ]
    if not fitting:
        return [_unasked(move, part.list, name, level, world) for name, level in part.asks.items()]
    entry = fitting[-1]
    found = [
        _unasked(move, part.list, name, level, world)
        for name, level in part.asks.items()
        if _unanswered(entry, name, part)
    ]
    for name, allowed in part.one_of.items():
        if str(entry.get(name, "")) not in (*allowed, ""):
            found.append(_unasked(move, part.list, name, REQUIRE, world))
    return found


def _asked_of_last(after: Data, move: Move, part: Entry, world: World) -> list[Unmet]:
    listed = entries(after, part.list)
    last: Data = listed[-1] if listed else {}
    wanted = {**dict.fromkeys(part.fills, REQUIRE), **part.asks}
    return [
        _unasked(move, part.list, name, level, world)
        for name, level in wanted.items()
        if _unanswered(last, name, part)
    ]


def _unanswered(entry: Data, name: str, part: Entry) -> bool:
    if name in part.none and entry.get(name) == NONE:
        return False
    return _blank(entry, name)


def _not_set(name: str, wanted: str, world: World) -> Unmet:
    return Unmet(
        key=f"sets:{name}",
        level=REQUIRE,
        message=_("{field} must be {value}").format(
            field=world.label(name), value=world.value_label(wanted, name)
        ),
        repair=Repair("set", fields=(name,)),
    )
