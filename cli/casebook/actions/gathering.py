"""What a move of policy records takes along, and every file it changes.

Whether the move may be made, and making it, is not decided here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casebook import sets
from casebook.actions import entries, moving
from casebook.actions.together import Piece
from casebook.calendar import day_of
from casebook.document.edit import SetValue, apply
from casebook.errors import RefusedError
from casebook.frozen import frozen
from casebook.i18n import _, label
from casebook.versions import FROM, UNTIL, slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.record import Record
    from casebook.workflow import Move

    Values = Mapping[str, "str | list[str]"]

INHERITED = ("owner", "review")  # what a record takes from the whole it is part of, if it lacks it


@frozen
class Going:
    """One record that a move takes along; ``root`` is the one that was named for it."""

    record: Record
    move: Move
    root: Record

    @property
    def is_root(self) -> bool:
        """Whether it was named itself."""
        return self.record.path == self.root.path


@frozen
class Gathered:
    """What a move would take along: what was named, all that goes, and what stays as it is."""

    move: str
    roots: tuple[Record, ...]
    going: tuple[Going, ...]
    staying: tuple[Record, ...]


def gather(desk: Desk, typed: Sequence[str], name: str) -> Gathered:
    """What move ``name`` takes along for these references.

    A named record that cannot make it from where it is stands among ``roots`` only. Raises
    NoSuchRecordError, UsageError for an ambiguous name, RefusedError for a kind without that move.
    """
    roots = tuple({one.path: one for one in (_named(desk, each, name) for each in typed)}.values())
    going: dict[str, Going] = {}
    staying: dict[str, Record] = {}
    for root in roots:
        move = desk.kind_of(root).workflow.moves[name]
        if root.state in move.sources:
            going.setdefault(root.path, Going(root, move, root))
    for root in (one for one in roots if one.path in going):
        for kind, slug in _family(desk, root, name):
            versions = desk.policy.all_versions(kind, slug)
            workflow = desk.policy.catalogue.kind(kind).workflow
            its = workflow.moves.get(name)
            found = sets.candidate(versions, workflow, its) if its is not None else None
            if found is not None and its is not None:
                going.setdefault(found.path, Going(found, its, root))
            elif versions:
                staying.setdefault(versions[-1].path, versions[-1])
    return Gathered(name, roots, tuple(going.values()), tuple(staying.values()))


def _named(desk: Desk, typed: str, name: str) -> Record:
    """The record that was meant: without a version the newest that can make the move."""
    from casebook.actions import policies

    record = desk.load(policies.find(desk, typed).path)
    kind = desk.kind_of(record)
    move = kind.workflow.moves.get(name)
    if move is None:
        raise RefusedError(
            _("{record} is a {kind}; for that there is no such move: {move}.").format(
                record=record.short, kind=label(kind.label, kind.name), move=name
            ),
            _("See it with: git policy show {record}").format(record=record.short),
        )
    if "@" in typed or "@" not in record.id:
        return record
    versions = desk.policy.all_versions(kind.name, slug_of(record.id))
    return sets.candidate(versions, kind.workflow, move) or record


def _family(desk: Desk, root: Record, name: str) -> Iterator[tuple[str, str]]:
    """What goes along; what others still name does not end with a set."""
    found = sets.family(desk.policy, root)
    workflow = desk.kind_of(root).workflow
    ends = any(workflow.is_end(state) for state in workflow.moves[name].targets)
    kept = _named_by_others(desk, {(root.kind, slug_of(root.id)), *found}) if ends else set()
    return (one for one in found if one not in kept)


def _named_by_others(desk: Desk, inside: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set()
    for kind in desk.policy.catalogue.kinds.values():
        if sets.ties(kind, sets.PART):
            for record in desk.policy.records(kind.name):
                ended = kind.workflow.is_end(record.state)
                if not ended and (kind.name, slug_of(record.id)) not in inside:
                    found |= set(sets.tied(kind, record, sets.PART))
    return found


def pieces(desk: Desk, one: Gathered, values: Values) -> list[Piece]:
    """Every file the move changes, with these answers: what goes, and what it replaces."""
    found: dict[str, Piece] = {}
    for going in one.going:
        record = going.record
        own = answers(desk, going, values)
        changes = moving.edits(desk, record, going.move, own)
        schema = desk.kind_of(record).schema
        changes += [
            entries.set_field(schema, (name,), own[name])
            for name in INHERITED
            if name in own and name not in going.move.asks and not record.get(name)
        ]
        changes = moving.sealed(desk, record, going.move, changes)
        found[record.path] = Piece(record.document.raw, apply(record.document, changes))
        for old, until in replaced(desk, going, own):
            edit = SetValue((UNTIL,), until, entries.predecessors(schema, UNTIL))
            found.setdefault(old.path, Piece(old.document.raw, apply(old.document, [edit])))
    return list(found.values())


def answers(desk: Desk, going: Going, values: Values) -> dict[str, str | list[str]]:
    """The answers for one record: those given, or for a part what it lacks and its whole has."""
    if going.is_root:
        return {**_from(desk, going, {}), **values}
    return _from(desk, going, {**going.root.data, **values})


def _from(
    desk: Desk, going: Going, source: Mapping[str, str | list[str]]
) -> dict[str, str | list[str]]:
    record = going.record
    kind = desk.kind_of(record)
    needed = {str(guard.params.get("field")) for guard in going.move.guards}
    if not source:
        # Adopted by itself: what stands once on its whole holds for it as well.
        wholes = desk.world.about(kind).wholes(record.data).values()
        source = next((dict(every[-1].data) for every in wholes if every), {})
        names = [name for name in INHERITED if name in needed]
    else:
        names = [*going.move.asks, *(name for name in INHERITED if name in needed)]
    known = kind.schema["properties"]
    return {
        name: source[name]
        for name in names
        if name in known and not record.get(name) and source.get(name)
    }


def replaced(desk: Desk, going: Going, own: Values) -> Iterator[tuple[Record, str]]:
    """Earlier versions that still apply when this one enters into force, and their last day."""
    first = day_of(own.get(FROM) or going.record.get(FROM)) if FROM in going.move.asks else None
    if first is None:
        return
    last = first - timedelta(days=1)
    for old in _earlier(desk, going.record):
        until = day_of(old.get(UNTIL))
        if old.state in going.move.targets and (until is None or until > last):
            yield old, last.isoformat()


def _earlier(desk: Desk, record: Record) -> Iterator[Record]:
    for old in desk.policy.all_versions(record.kind, slug_of(record.id)):
        if version_of(old.id) < version_of(record.id):
            yield old
