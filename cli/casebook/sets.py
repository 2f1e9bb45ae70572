"""Policy records that are decided together: a code with its rules and the ladders those name.

Which fields tie records together is data (``x-set`` in a schema); what is done with a set, and
whether it may be, is decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.pattern import values
from casebook.versions import DECIDED_BY, DECIDED_ON, FROM, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.catalogue import Kind
    from casebook.policy import Policy
    from casebook.record import Record
    from casebook.workflow import Move, Workflow

WHOLE = "whole"  # the field names the record that decides for this one too
PART = "part"  # the field names a record that goes along with this one


def ties(kind: Kind, how: str) -> dict[str, list[str]]:
    """The fields of a kind that tie its records into a set in this way, with what they name."""
    return {
        name: list(node.get("x-refers", ()))
        for name, node in kind.schema.get("properties", {}).items()
        if node.get("x-set") == how
    }


def tied(kind: Kind, record: Record, how: str) -> Iterator[tuple[str, str]]:
    """Kind and slug of what a record is tied to in this way."""
    for name, kinds in ties(kind, how).items():
        for value in values(record.get(name)):
            yield from ((target, slug_of(value)) for target in kinds)


def family(policy: Policy, root: Record) -> list[tuple[str, str]]:
    """Kind and slug of all that goes along with ``root``, without it: its parts and theirs."""
    found: dict[tuple[str, str], None] = {}
    ahead = [(root.kind, slug_of(root.id))]
    for here in ahead:
        new = [one for one in _parts(policy, here) if one not in found and one != ahead[0]]
        found.update(dict.fromkeys(new))
        ahead += new
    return list(found)


def _parts(policy: Policy, whole: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What says that it belongs to ``whole``, and what ``whole`` says that goes along with it."""
    for kind in policy.catalogue.kinds.values():
        if any(whole[0] in kinds for kinds in ties(kind, WHOLE).values()):
            for record in policy.records(kind.name):
                ended = kind.workflow.is_end(record.state)
                if not ended and whole in tied(kind, record, WHOLE):
                    yield kind.name, slug_of(record.id)
    kind = policy.catalogue.kind(whole[0])
    if ties(kind, PART):
        for record in policy.all_versions(*whole):
            if not kind.workflow.is_end(record.state):
                yield from (one for one in tied(kind, record, PART) if policy.all_versions(*one))


def candidate(versions: Sequence[Record], workflow: Workflow, move: Move) -> Record | None:
    """The newest version a move can take along; None where a newer one has made it already.

    ``versions`` are those of one text, oldest first.
    """
    for record in reversed(versions):
        if record.state in move.sources:
            return record
        if any(record.state == to or workflow.path(to, record.state) for to in move.targets):
            return None
    return None


def decision(policy: Policy, record: Record) -> tuple[str, str] | None:
    """On which day and by which role a record was decided: it says so itself, or its whole does."""
    if record.text(DECIDED_ON):
        return record.text(DECIDED_ON), record.text(DECIDED_BY)
    kind = policy.catalogue.kind(record.kind)
    for target, slug in tied(kind, record, WHOLE):
        for one in _before(policy.all_versions(target, slug), record):
            return one.text(DECIDED_ON), one.text(DECIDED_BY)
    return None


def _before(wholes: Sequence[Record], record: Record) -> Iterator[Record]:
    """The decided versions of a whole, first the one that entered into force with the record."""
    decided = [one for one in wholes if one.text(DECIDED_ON)]
    since = record.text(FROM)
    yield from reversed([one for one in decided if one.text(FROM) <= since])
    yield from decided
