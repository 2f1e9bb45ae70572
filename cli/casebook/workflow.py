"""States and moves of a kind, read from its ``workflow.json``.

It holds the shape of the data and says what is wrong with it; judging a record is ``crossing``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import field, frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REQUIRE: Final = "require"
WARN: Final = "warn"
LEVELS: Final = (REQUIRE, WARN)

Labels = dict[str, str]
Pattern = dict[str, Any]


@frozen
class Guard:
    """One condition: the name of a guard function, its parameters, and when it applies."""

    name: str
    params: Mapping[str, Any]
    level: str = REQUIRE
    only_if: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Guard:
        """A guard from its JSON object."""
        own = {"guard", "level", "if", "unless"}
        return cls(
            name=str(data.get("guard", "")),
            params={key: value for key, value in data.items() if key not in own},
            level=str(data.get("level", REQUIRE)),
            only_if=tuple(data.get("if", ())),
            unless=tuple(data.get("unless", ())),
        )


@frozen
class Entry:
    """A list entry that a move adds or ends: what it asks, sets and fills by itself.

    ``none`` names the questions to which "none" is an answer.
    """

    list: str
    asks: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)
    one_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    none: Sequence[str] = ()
    open: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> Entry | None:
        """An entry from its JSON object, or None."""
        return cls(**data) if data else None


@frozen
class State:
    """One state: whether it is an end, whether its clock runs, what it requires."""

    id: str
    label: Labels
    clock: str
    end: bool
    requires: tuple[Guard, ...]


@frozen
class Move:
    """One move: from which states to which, what it asks, changes and is guarded by."""

    id: str
    label: Labels
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    stored: str
    asks: Mapping[str, str]
    sets: Mapping[str, str]
    fills: Mapping[str, str]
    clears: tuple[str, ...]
    adds: Entry | None
    ends: Entry | None
    guards: tuple[Guard, ...]


@frozen
class Workflow:
    """All states and moves of one kind."""

    initial: str
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    after_end: tuple[str, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Workflow:
        """The workflow of a parsed ``workflow.json``; ``problems`` says what is wrong with it."""
        states = {name: _state(name, raw) for name, raw in data.get("states", {}).items()}
        moves = {name: _move(name, raw) for name, raw in data.get("moves", {}).items()}
        return cls(
            initial=str(data.get("initial", "")),
            states=states,
            moves=moves,
            after_end=tuple(data.get("after_end", ())),
        )

    def is_end(self, state: str) -> bool:
        """Whether ``state`` is an end; an unknown state is none."""
        return state in self.states and self.states[state].end

    def open_states(self) -> list[str]:
        """The states that are no end, in the order of the data."""
        return [state.id for state in self.states.values() if not state.end]

    def moves_from(self, state: str) -> list[Move]:
        """The moves that leave ``state``."""
        return [move for move in self.moves.values() if state in move.sources]

    def may_reach(self, move: Move) -> tuple[str, ...]:
        """The states a move can lead to; for a stored one every state it can have come from."""
        if not move.stored:
            return move.targets
        back = [
            other.sources
            for other in self.moves.values()
            if any(source in other.targets for source in move.sources)
        ]
        return tuple(sorted({state for sources in back for state in sources}))

    def path(self, start: str, goal: str) -> list[str]:
        """The shortest chain of moves from ``start`` to ``goal``; empty when there is none.

        It never leads through an end: nobody closes a case in order to go on with it. A move that
        goes back to a stored state leads on only for who stands there already.
        """
        chains: list[tuple[str, list[str]]] = [(start, [])]
        seen = {start}
        for state, chain in chains:
            if state == goal:
                return chain
            if chain and self.is_end(state):
                continue
            for move in self.moves_from(state):
                if move.stored and chain:
                    continue
                for target in self.may_reach(move):
                    if target not in seen:
                        seen.add(target)
                        chains.append((target, [*chain, move.id]))
        return []

    def problems(self, guards: Iterable[str], fields: Mapping[str, Any]) -> Iterator[Problem]:
        """Everything wrong with the data.

        ``guards`` are the known guard names; ``fields`` maps each top-level field to a map of the
        fields of its entries (empty for a plain field).
        """
        known = set(guards)
        if self.initial not in self.states:
            yield Problem(("initial",), _("the initial state is not among the states"))
        for state in self.states.values():
            place: tuple[str, ...] = ("states", state.id)
            yield from _label_problems(place, state.label)
            yield from _guard_problems(place, state.requires, known, fields)
        for move in self.moves.values():
            yield from self._move_problems(move, known, fields)
        yield from self._reach_problems()

    def _move_problems(
        self, move: Move, known: set[str], fields: Mapping[str, Any]
    ) -> Iterator[Problem]:
        place = ("moves", move.id)
        yield from _label_problems(place, move.label)
        yield from _guard_problems(place, move.guards, known, fields)
        for state in (*move.sources, *move.targets):
            if state not in self.states:
                yield Problem(place, _('"{state}" is not a state').format(state=state))
        if not move.sources or not (move.targets or move.stored):
            yield Problem(place, _("a move needs states it comes from and leads to"))
        for name in (*move.asks, *move.sets, *move.fills, *move.clears):
            if name not in fields:
                yield Problem(place, _('"{field}" is not a field').format(field=name))
        texts = [*move.asks.items()]
        for part in (move.adds, move.ends):
            if part is not None:
                texts += part.asks.items()
                yield from _entry_problems(place, part, fields)
        for name, level in texts:
            if level not in LEVELS:
                yield Problem(place, _('"{field}" must be require or warn').format(field=name))
        ends = any(self.is_end(target) for target in self.may_reach(move))
        if ends and REQUIRE not in [level for _name, level in texts]:
            yield Problem(place, _("a move to an end must ask for a text"))

    def _reach_problems(self) -> Iterator[Problem]:
        ends = {state.id for state in self.states.values() if state.end}
        if not ends:
            yield Problem(("states",), _("there is no state that ends a record"))
        for state in self.states:
            place = ("states", state)
            begins = self.initial not in self.states or state == self.initial
            if not begins and not self.path(self.initial, state):
                yield Problem(place, _("no move leads to this state"))
            if state not in ends and not any(self.path(state, end) for end in ends):
                yield Problem(place, _("no chain of moves leads from here to an end"))


@frozen
class Problem:
    """Something wrong in ``workflow.json``, at a pointer into it."""

    pointer: tuple[str, ...]
    message: str


def _state(name: str, raw: Mapping[str, Any]) -> State:
    return State(
        id=name,
        label=raw.get("label", {}),
        clock=str(raw.get("clock", "")),
        end=raw.get("end") is True,
        requires=tuple(Guard.from_data(guard) for guard in raw.get("requires", ())),
    )


def _move(name: str, raw: Mapping[str, Any]) -> Move:
    to = raw.get("to", ())
    targets = (to,) if isinstance(to, str) else tuple(to) if isinstance(to, list) else ()
    return Move(
        id=name,
        label=raw.get("label", {}),
        sources=tuple(raw.get("from", ())),
        targets=targets,
        stored=str(to.get("stored", "")) if isinstance(to, dict) else "",
        asks=raw.get("asks", {}),
        sets=raw.get("sets", {}),
        fills=raw.get("fills", {}),
        clears=tuple(raw.get("clears", ())),
        adds=Entry.from_data(raw.get("adds")),
        ends=Entry.from_data(raw.get("ends")),
        guards=tuple(Guard.from_data(guard) for guard in raw.get("guards", ())),
    )


def _entry_problems(
    place: tuple[str, ...], part: Entry, fields: Mapping[str, Any]
) -> Iterator[Problem]:
    inner = fields.get(part.list)
    if not inner:
        yield Problem(place, _('"{field}" is not a list').format(field=part.list))
        return
    for name in (*part.asks, *part.sets, *part.fills, *part.one_of, *part.none):
        if name not in inner:
            full = f"{part.list}.{name}"
            yield Problem(place, _('"{field}" is not a field').format(field=full))


def _label_problems(place: tuple[str, ...], label: Labels) -> Iterator[Problem]:
    for language in ("en", "nl"):
        if not label.get(language):
            yield Problem(place, _("the label in {language} is missing").format(language=language))


def _guard_problems(
    place: tuple[str, ...], guards: Iterable[Guard], known: set[str], fields: Mapping[str, Any]
) -> Iterator[Problem]:
    for guard in guards:
        if guard.name not in known:
            yield Problem(place, _('"{guard}" is not a guard').format(guard=guard.name))
        if guard.level not in LEVELS:
            yield Problem(
                place, _('"{guard}": level must be require or warn').format(guard=guard.name)
            )
        for key in ("field", "list"):
            if key in guard.params and guard.params[key] not in fields:
                yield Problem(place, _('"{field}" is not a field').format(field=guard.params[key]))
        inner = fields.get(guard.params.get("list", ""), {})
        for name in (*guard.params.get("where", {}), *guard.params.get("needs", ())):
            if name not in inner:
                full = f"{guard.params.get('list')}.{name}"
                yield Problem(place, _('"{field}" is not a field').format(field=full))
