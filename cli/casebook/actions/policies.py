"""The school's policy records: finding, listing and reading them.

Drafting, adopting and publishing policy are not here yet; procedures are read by cases.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.checks.judge import no_access
from casebook.document import parse
from casebook.errors import NoSuchRecordError, UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.record import Record
from casebook.world import state_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind
    from casebook.finding import Finding

FOLDER = "policy/"


@frozen
class PolicyRow:
    """One policy record in a list: ``force`` says in words whether it applies now."""

    record: Record
    kind: str
    title: str
    state: str
    force: str


def readable(desk: Desk) -> Iterator[tuple[Kind, Record] | Finding]:
    """Every policy record with its kind, or the first finding of an unreadable one."""
    for entry in desk.tree.entries(FOLDER):
        kind = desk.policy.catalogue.kind_at(entry.path)
        identity = kind.id_of(entry.path) if kind is not None else None
        try:
            raw = desk.tree.read(entry.path)
        except OSError as error:
            yield no_access(entry.path, error)
            continue
        if kind is None or identity is None or raw is None:
            continue
        document, findings = parse(raw, entry.path)
        if document is None:
            yield findings[0]
        else:
            yield kind, Record(kind.name, identity, entry.path, document.data, document)


def rows(desk: Desk) -> tuple[list[PolicyRow], list[Finding]]:
    """All policy records and the findings of those that cannot be read."""
    from casebook.i18n import label

    found: list[PolicyRow] = []
    unreadable: list[Finding] = []
    for one in readable(desk):
        if not isinstance(one, tuple):
            unreadable.append(one)
            continue
        kind, record = one
        found.append(
            PolicyRow(
                record,
                label(kind.label, kind.name),
                title(kind, record),
                state_label(kind, record.state) if record.state else "",
                _force(desk, record),
            )
        )
    return found, unreadable


def title(kind: Kind, record: Record) -> str:
    """A record's title in the user's language where it has one."""
    from casebook.i18n import language

    return record.text(f"{kind.title_field}_{language()}") or record.text(kind.title_field)


def _force(desk: Desk, record: Record) -> str:
    if record.kind != "procedure":
        return ""
    found = desk.policy.procedure(record.id)
    if found is not None and found.in_force(desk.now.date()):
        return _("in force")
    return _("model text, used until the school adopts one") if record.get("model") else ""


def find(desk: Desk, typed: str) -> Record:
    """The policy record meant: ``kind/slug@n``, ``slug@n`` or a unique ``slug`` (the newest).

    Raises NoSuchRecordError with the nearest, UsageError when several kinds have that name.
    """
    known = {
        record.path: record
        for one in readable(desk)
        if isinstance(one, tuple)
        for record in one[1:]
    }
    wanted = typed.strip().removeprefix(FOLDER).removesuffix(".md")
    slug = wanted.rpartition("/")[2]
    folder = wanted.rpartition("/")[0]
    matches = [
        record
        for record in known.values()
        if (record.id == slug or record.id.partition("@")[0] == slug)
        and (not folder or folder in (record.kind, record.path.split("/")[1]))
    ]
    if not matches:
        names = [record.id for record in known.values()]
        near = get_close_matches(slug, [*names, *(one.partition("@")[0] for one in names)], n=3)
        raise NoSuchRecordError(
            _('There is no policy record "{typed}".').format(typed=typed),
            _("Did you mean: {options}?").format(options=", ".join(near))
            if near
            else _("Look with: git policy list"),
        )
    if len({record.kind for record in matches}) > 1:
        raise UsageError(
            _('"{typed}" can be more than one record.').format(typed=typed),
            _("Choose one of: {options}").format(
                options=", ".join(f"{record.kind}/{record.id}" for record in matches)
            ),
        )
    return max(matches, key=lambda record: int(record.id.partition("@")[2] or 0))
