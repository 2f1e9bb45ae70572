"""How a policy record is tied to others: what it names, and what names it.

Ties are stored on one side only; the other side is computed here, each time anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook.actions import policies
from casebook.actions.outlook import outlook
from casebook.actions.policylist import PolicyRow, row
from casebook.actions.policywords import row_text
from casebook.document import parse
from casebook.frozen import frozen
from casebook.record import Record
from casebook.versions import slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Next
    from casebook.catalogue import Kind

REPLACES = "replaces"
TYPES = "case/types"
ROWS = "reference/"
Place = tuple[str, ...]


@frozen
class Referrer:
    """A record that names another: by which field, and what it is called."""

    name: str
    title: str
    place: Place
    kind: Kind


@frozen
class PolicyView:
    """One policy record with its ties; ``names`` gives a title for what a field's value names."""

    row: PolicyRow
    names: Mapping[tuple[Place, str], str]
    referrers: Sequence[Referrer]
    replaced_by: Sequence[str]
    versions: Sequence[PolicyRow]
    cases: Sequence[str]
    next: Next | None


def versions(desk: Desk, record: Record) -> list[Record]:
    """All versions of a record, oldest first; itself in a kind without versions."""
    if not version_of(record.id):
        return [record]
    return desk.policy.all_versions(record.kind, slug_of(record.id)) or [record]


def line(desk: Desk, record: Record) -> PolicyRow:
    """What a record is: its kind, title, state, and whether it applies today."""
    return row(desk.kind_of(record), record, versions(desk, record), desk.now.date())


def view(desk: Desk, record: Record) -> PolicyView:
    """Everything that is shown of a policy record."""
    kind = desk.kind_of(record)
    today = desk.now.date()
    every = versions(desk, record)
    referrers, replaced_by = [], []
    for other, place in _naming(desk, record):
        if place == (REPLACES,) and other.kind == record.kind:
            replaced_by.append(other.id)
        elif other.path != record.path:
            its = desk.kind_of(other)
            referrers.append(Referrer(other.short, policies.title(its, other), place, its))
    return PolicyView(
        row(kind, record, every, today),
        dict(_names(desk, kind, record)),
        tuple(referrers),
        tuple(replaced_by),
        tuple(row(kind, one, every, today) for one in every if one.id != record.id),
        tuple(_cases(desk, kind, record)),
        outlook(desk, record).next,
    )


def _names(desk: Desk, kind: Kind, record: Record) -> Iterator[tuple[tuple[Place, str], str]]:
    """For every value that names something: its field and itself, and what that is called."""
    today = desk.now.date()
    for pointer, value, targets in kind.references(record.data):
        for target in targets:
            title = ""
            if target == TYPES:
                known = desk.cases.types.get(value)
                title = known.title if known is not None else ""
            elif target.startswith(ROWS):
                named = desk.policy.reference(target.removeprefix(ROWS)).get(value, {})
                title = row_text(named, "label", "title", "name")
            else:
                found = desk.policy.find(target, value, today)
                title = policies.title(desk.kind_of(found), found) if found is not None else ""
            if title:
                yield (_place(pointer), value), title
                break


def _place(pointer: Sequence[str | int]) -> Place:
    """The names of the fields in a pointer, without the entries between them."""
    return tuple(step for step in pointer if isinstance(step, str))


def _naming(desk: Desk, record: Record) -> Iterator[tuple[Record, Place]]:
    """Every policy record that names this one, once for each field that does, with the field."""
    slug = slug_of(record.id)
    for path in desk.tree.search(slug.encode(), policies.FOLDER):
        kind = desk.policy.catalogue.kind_at(path)
        document = parse(desk.tree.read(path) or b"", path)[0]
        if kind is None or document is None:
            continue
        other = Record(kind.name, kind.id_of(path) or path, path, document.data, document)
        places = dict.fromkeys(
            _place(pointer)
            for pointer, value, targets in kind.references(other.data)
            if record.kind in targets
            and slug_of(value) == slug
            and version_of(value) in (0, version_of(record.id))
        )
        for place in places:
            yield other, place


def _cases(desk: Desk, kind: Kind, record: Record) -> Iterator[str]:
    """The ids of the cases that name the record, newest year first; no case is read in full.

    A case names a record of policy with its folder, or in the field that is called as its kind.
    """
    slug, _at, number = record.id.partition("@")
    folder = kind.prefix.removeprefix(policies.FOLDER)
    version = rf"(?:@{number})?" if number else ""
    line = re.compile(
        rf"^[ -]*(?:{kind.name}: |[a-z_]+: {re.escape(folder)}){re.escape(slug)}{version} *\r?$",
        re.MULTILINE,
    )
    found = []
    for path in desk.tree.search(slug.encode(), desk.cases.prefix):
        identity = desk.cases.id_of(path)
        raw = desk.tree.read(path)
        if identity and raw is not None and line.search(raw.decode("utf-8", "replace")):
            found.append(identity)
    yield from sorted(found, key=lambda one: one[:4], reverse=True)
