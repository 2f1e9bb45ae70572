"""What a move of a record asks, misses and changes, as questions, unmet guards and edits.

It serves every kind with a workflow; making the move, and what is said of it, is done by those
who know whether it is a case or a set of policy records.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook import crossing
from casebook.actions import entries, filling
from casebook.actions.forms import Field, field
from casebook.document.edit import AddEntry, RemoveKey, apply
from casebook.errors import RefusedError, UsageError
from casebook.fingerprint import fingerprint
from casebook.frozen import replace
from casebook.i18n import _
from casebook.workflow import REQUIRE
from casebook.world import state_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Refusal
    from casebook.document.edit import Edit
    from casebook.guards import Unmet
    from casebook.record import Record
    from casebook.workflow import Entry, Move

    Values = Mapping[str, "str | list[str]"]

TARGET = "to"  # the question to which state a move with several targets leads
FINGERPRINT = "fingerprint"  # fills a field with the fingerprint of the text as it is then


class MoveRefused(RefusedError):  # noqa: N818 - a refusal is the field's word, not an error
    """A move that cannot be made yet; ``refusal`` holds every blocker."""

    def __init__(self, refusal: Refusal, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.refusal = refusal


def form(desk: Desk, record: Record, move: Move) -> list[Field]:
    """The questions a move asks: fields of the record, of an entry it adds or of one it ends."""
    kind = desk.kind_of(record)
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
            schema = filling.entry_schema(kind, part.list)["properties"]
            found += [
                _limited(field(name, schema[name], required=level == REQUIRE), part)
                for name, level in part.asks.items()
            ]
    return found


def _limited(asked: Field, part: Entry) -> Field:
    if asked.name in part.none:
        return replace(asked, none=True)
    allowed = part.one_of.get(asked.name)
    if not allowed:
        return asked
    return replace(asked, options=tuple(one for one in asked.options if one[0] in allowed))


def options(desk: Desk, record: Record, move: Move, asked: list[Field]) -> list[Field]:
    """Everything that may be given on the command line: the form, and fields already filled."""
    properties = desk.kind_of(record).schema["properties"]
    known = {one.name for one in asked}
    return asked + [field(name, properties[name]) for name in move.asks if name not in known]


def standing(desk: Desk, record: Record, move: Move, given: Values) -> list[Unmet]:
    """What the move's guards miss, whatever its questions would bring beside what is given."""
    trial = {**record.data, **{name: given[name] for name in move.asks if given.get(name)}}
    return crossing.standing(trial, move, desk.world.about(desk.kind_of(record)))


def edits(desk: Desk, record: Record, move: Move, values: Values) -> list[Edit]:
    """All that the move changes in the record, its state first; raises UsageError for a target."""
    schema = desk.kind_of(record).schema
    found: list[Edit] = [entries.set_field(schema, ("state",), _target(record, move, values))]
    for name in move.asks:
        if values.get(name) and record.get(name) != values[name]:
            found.append(entries.set_field(schema, (name,), values[name]))
    for name, value in move.sets.items():
        full = _full_value(desk, name, value)
        if record.get(name) != full:
            found.append(entries.set_field(schema, (name,), full))
    for name, how in move.fills.items():
        if how != FINGERPRINT:
            value = record.state if how == "state" else filling.fill(desk, how, {})
            found.append(entries.set_field(schema, (name,), value))
    found += [RemoveKey((name,)) for name in move.clears if record.get(name)]
    if move.adds is not None:
        found.append(_added(desk, record, move, move.adds, values))
    if move.ends is not None:
        found += _ended(desk, record, move.ends, values)
    return found


def sealed(desk: Desk, record: Record, move: Move, found: Sequence[Edit]) -> list[Edit]:
    """These edits of a move, with the fingerprint of the text that they lead to where it fills one.

    Asked last, when nothing of the text changes any more.
    """
    names = [name for name, how in move.fills.items() if how == FINGERPRINT]
    if not names:
        return list(found)
    kind = desk.kind_of(record)
    after = kind.read(apply(record.document, found))[0]
    if after is None:
        return list(found)
    mark = fingerprint(after, kind.text_fields)
    return [*found, *(entries.set_field(kind.schema, (name,), mark) for name in names)]


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
    kind = desk.kind_of(record)
    schema = filling.entry_schema(kind, part.list)
    own: dict[str, str | list[str]] = {name: values[name] for name in part.asks if values.get(name)}
    own |= part.sets
    own |= {
        name: record.state if how == "state" else filling.fill(desk, how, {})
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
        for name, value in filling.filled(desk, schema, own).items()
        if name not in ending
    }
    identity = entries.next_id(record, part.list, entries.prefix(kind, part.list))
    return AddEntry(
        part.list, {"id": identity, **entry}, entries.predecessors(kind.schema, part.list)
    )


def left_open(desk: Desk, record: Record, move: Move, values: Values) -> list[str]:
    """Keys of the warnings that stay unanswered when the move is made; the closure keeps them."""
    found = [one.key for one in standing(desk, record, move, {}) if one.level != REQUIRE]
    asks = move.adds.asks if move.adds is not None else {}
    unasked = [name for name, level in asks.items() if level != REQUIRE and not values.get(name)]
    return [*found, *(f"asked:{move.id}:{name}" for name in unasked)]


def key_slug(key: str) -> str:
    """An unmet guard's key as a slug, so that it can stand in a list of the closure."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def _ended(desk: Desk, record: Record, part: Entry, values: Values) -> list[Edit]:
    kind = desk.kind_of(record)
    schema = filling.entry_schema(kind, part.list)
    listed = record.entries(part.list)
    if not listed:
        return []
    identity = str(listed[-1].get("id"))
    found: list[Edit] = []
    for name, how in part.fills.items():
        pointer = (part.list, identity, name)
        found.append(entries.set_field(schema, pointer, filling.fill(desk, how, {})))
    for name in part.asks:
        if values.get(name):
            found.append(entries.set_field(schema, (part.list, identity, name), values[name]))
    return found
