"""Making a move: refuse with all blockers at once, or write everything it asked in one commit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from casebook import crossing
from casebook.actions import entries, results
from casebook.actions.forms import Field, field
from casebook.actions.outcome import Blocker, Refusal
from casebook.actions.outlook import as_blocker
from casebook.document.edit import AddEntry, RemoveKey
from casebook.errors import RefusedError, UsageError
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
    from casebook.workflow import Entry, Move

    Values = Mapping[str, "str | list[str]"]

TARGET = "to"  # the question to which state a move with several targets leads


class MoveRefused(RefusedError):  # noqa: N818 - a refusal is the field's word, not an error
    """A move that cannot be made yet; ``refusal`` holds every blocker."""

    def __init__(self, refusal: Refusal, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.refusal = refusal


def form(desk: Desk, record: Record, move: Move) -> list[Field]:
    """The questions a move asks: fields of the case, of the entry it adds or of the one it ends."""
    kind = desk.cases
    found: list[Field] = []
    if len(move.targets) > 1:
        options = tuple((state, state_label(kind, state)) for state in move.targets)
        states = kind.workflow.states
        found.append(
            Field(
                TARGET,
                _("to state"),
                _("Back to which state?"),
                required=True,
                options=options,
                names={state: states[state].label for state in move.targets},
            )
        )
    for name, level in move.asks.items():
        if not record.get(name):
            schema = kind.schema["properties"][name]
            found.append(field(name, schema, required=level == REQUIRE))
    for part in (move.adds, move.ends):
        if part is not None:
            schema = entries.entry_schema(kind, part.list)["properties"]
            found += [
                _limited(field(name, schema[name], required=level == REQUIRE), part)
                for name, level in part.asks.items()
            ]
    return found


def _limited(asked: Field, part: Entry) -> Field:
    from casebook.frozen import replace

    if asked.name in part.none:
        return replace(asked, none=True)
    allowed = part.one_of.get(asked.name)
    if not allowed:
        return asked
    return replace(asked, options=tuple(one for one in asked.options if one[0] in allowed))


def options(desk: Desk, record: Record, move: Move) -> list[Field]:
    """Everything that may be given on the command line: the form, and fields already filled."""
    asked = form(desk, record, move)
    known = {one.name for one in asked}
    return asked + [
        field(name, desk.cases.schema["properties"][name])
        for name in move.asks
        if name not in known
    ]


def require_possible(desk: Desk, record: Record, move: Move, given: Values) -> None:
    """Raise MoveRefused when the move cannot be made, whatever its questions would bring."""
    kind = desk.cases
    if record.state not in move.sources:
        _raise_wrong_state(desk, record, move)
    trial = {**record.data, **{name: given[name] for name in move.asks if given.get(name)}}
    missing = crossing.standing(trial, move, desk.world)
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
    seen: dict[str, Any] = {}

    def edits(record: Record) -> Sequence[Edit]:
        require_possible(desk, record, move, values)
        target = _target(record, move, values)
        seen.update(origin=record.state, target=target)
        schema = kind.schema
        found: list[Edit] = [entries.set_field(schema, ("state",), target)]
        for name in move.asks:
            if values.get(name) and record.get(name) != values[name]:
                found.append(entries.set_field(schema, (name,), values[name]))
        for name, value in move.sets.items():
            full = _full_value(desk, name, value)
            if record.get(name) != full:
                found.append(entries.set_field(schema, (name,), full))
        for name, how in move.fills.items():
            value = record.state if how == "state" else entries.fill(desk, how, {})
            found.append(entries.set_field(schema, (name,), value))
        found += [RemoveKey((name,)) for name in move.clears if record.get(name)]
        if move.adds is not None:
            found.append(_added(desk, record, move, move.adds, values))
        if move.ends is not None:
            found += _ended(desk, record, move.ends, values)
        return found

    def subject(before: Record, after: Record) -> tuple[str, list[tuple[str, str]]]:
        origin, target = before.state, after.state
        return f"case {after.id}: {move.id} ({origin} -> {target})", [
            ("Case", after.id),
            ("Move", move.id),
            ("From", origin),
            ("To", target),
        ]

    written = desk.change(first.path, edits, subject, dry_run=dry_run)
    return results.outcome(
        desk,
        first,
        written,
        _("{case}: from {origin} to {target}.").format(
            case=first.id,
            origin=state_label(kind, seen["origin"]),
            target=state_label(kind, seen["target"]),
        ),
        dry_run=dry_run,
        move=move.id,
        origin=seen["origin"],
        target=seen["target"],
    )


def _target(record: Record, move: Move, values: Values) -> str:
    possible = crossing.destinations(record.data, move)
    wanted = str(values.get(TARGET, "")) or (possible[0] if len(possible) == 1 else "")
    if wanted not in possible:
        raise UsageError(
            _("To which state? {options}").format(options=", ".join(possible)),
            _("Give it with --to"),
        )
    return wanted


def _full_value(desk: Desk, name: str, value: str) -> str:
    """A procedure that workflow data name by its slug becomes the version that applies today."""
    if name != "procedure":
        return value
    found = desk.policy.procedure(value, desk.now.date())
    return found.id if found is not None else value


def _added(desk: Desk, record: Record, move: Move, part: Entry, values: Values) -> AddEntry:
    kind = desk.cases
    schema = entries.entry_schema(kind, part.list)
    own: dict[str, str | list[str]] = {name: values[name] for name in part.asks if values.get(name)}
    own |= part.sets
    own |= {
        name: record.state if how == "state" else entries.fill(desk, how, {})
        for name, how in part.fills.items()
    }
    if part.open:
        still = [key_slug(one) for one in left_open(desk, record, move, values)]
        if still:
            own[part.open] = still
    # A period of waiting ends later: what ends it is not filled in when it begins.
    ending = {
        name
        for other in kind.workflow.moves.values()
        if other.ends is not None and other.ends.list == part.list
        for name in other.ends.fills
    }
    entry = {
        name: value
        for name, value in entries.filled(desk, schema, own).items()
        if name not in ending
    }
    identity = entries.next_id(record, part.list, entries.prefix(kind, part.list))
    return AddEntry(
        part.list, {"id": identity, **entry}, entries.predecessors(kind.schema, part.list)
    )


def left_open(desk: Desk, record: Record, move: Move, values: Values) -> list[str]:
    """Keys of the warnings that stay unanswered when the move is made; the closure keeps them."""
    found = [
        one.key for one in crossing.standing(record.data, move, desk.world) if one.level != REQUIRE
    ]
    asks = move.adds.asks if move.adds is not None else {}
    unasked = [name for name, level in asks.items() if level != REQUIRE and not values.get(name)]
    return [*found, *(f"asked:{move.id}:{name}" for name in unasked)]


def key_slug(key: str) -> str:
    """An unmet guard's key as a slug, so that it can stand in a list of the closure."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def _ended(desk: Desk, record: Record, part: Entry, values: Values) -> list[Edit]:
    kind = desk.cases
    schema = entries.entry_schema(kind, part.list)
    listed = record.entries(part.list)
    if not listed:
        return []
    identity = str(listed[-1].get("id"))
    found: list[Edit] = []
    for name, how in part.fills.items():
        pointer = (part.list, identity, name)
        found.append(entries.set_field(schema, pointer, entries.fill(desk, how, {})))
    for name in part.asks:
        if values.get(name):
            found.append(entries.set_field(schema, (part.list, identity, name), values[name]))
    return found
