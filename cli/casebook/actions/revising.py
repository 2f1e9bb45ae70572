"""The next version of an adopted text: a draft beside it, in force nowhere until it is adopted.

The body and the text are copied; what belonged to the old version only (its decision, who was
consulted, its dates) is not. Adopting the draft is a move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import sets
from casebook.actions import entries, policies, together, writing
from casebook.actions.outcome import Next, Outcome
from casebook.actions.together import Piece
from casebook.document import parse
from casebook.document.edit import RemoveKey, apply
from casebook.errors import FoundError, NoSuchRecordError, RefusedError
from casebook.i18n import _, label
from casebook.pattern import values
from casebook.record import trailer
from casebook.versions import slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.actions.desk import Desk
    from casebook.document.edit import Edit
    from casebook.record import Record

REPLACES = "replaces"
CASES = "cases"


def revise(
    desk: Desk,
    typed: Sequence[str],
    parts: Sequence[str] = (),
    case: str = "",
    *,
    dry_run: bool = False,
) -> Outcome:
    """Draft the next version of what is named and of the ``parts`` of it, in one commit.

    ``case`` is the id of a case that led to it. Raises RefusedError when a next version is being
    drafted already, or for what has no versions.
    """
    roots = [_newest(desk, one) for one in typed]
    chosen = [*roots, *(_part(desk, roots, one) for one in parts)]
    old = list({one.path: one for one in chosen}.values())
    drafted = {(one.kind, slug_of(one.id)): _next_id(desk, one) for one in old}
    done = together.change(
        desk,
        lambda: [_draft(desk, one, drafted, case) for one in old],
        lambda records: _saying(old, records),
        dry_run=dry_run,
    )
    first = done.records[0]
    return Outcome(
        id=first.id,
        path=first.path,
        message=_("Drafted: {record}, beside {old}.").format(
            record=", ".join(one.short for one in done.records),
            old=", ".join(one.short for one in old),
        ),
        commit=done.commit,
        target=first.state,
        next=Next(_("change the text"), ("git", "policy", "edit", first.short)),
        findings=tuple(one for one in done.findings if not one.is_error),
        dry_run=dry_run,
        data={"records": [{"id": one.id, "path": one.path} for one in done.records]},
    )


def _newest(desk: Desk, typed: str) -> Record:
    """The version to go on from: the one named, else the newest; there may be no draft yet."""
    record = policies.to_change(desk, typed)
    kind = desk.kind_of(record)
    if REPLACES not in kind.schema.get("properties", {}):
        raise RefusedError(
            _("{record} is a {kind}; of that there are no versions.").format(
                record=record.short, kind=label(kind.label, kind.name)
            ),
            _("Do: {command}").format(command=f"git policy edit {record.short}"),
        )
    newest = desk.policy.all_versions(kind.name, slug_of(record.id))[-1]
    if not _decided(desk, newest):
        raise RefusedError(
            _("{record} is being drafted already.").format(record=newest.short),
            _("Do: {command}").format(command=f"git policy edit {newest.short}"),
        )
    return record if _decided(desk, record) else newest


def _decided(desk: Desk, record: Record) -> bool:
    """Whether a version was adopted, and perhaps retired since."""
    return bool(record.text("fingerprint")) or desk.kind_of(record).workflow.is_end(record.state)


def _part(desk: Desk, roots: Sequence[Record], typed: str) -> Record:
    record = _newest(desk, typed)
    inside = {one for root in roots for one in sets.family(desk.policy, root)}
    if (record.kind, slug_of(record.id)) not in inside:
        raise NoSuchRecordError(
            _("{record} is no part of {whole}.").format(
                record=record.short, whole=", ".join(one.short for one in roots)
            ),
            _("Revise it by itself: {command}").format(command=f"git policy revise {record.short}"),
        )
    return record


def _next_id(desk: Desk, record: Record) -> str:
    slug = slug_of(record.id)
    newest = desk.policy.all_versions(record.kind, slug)[-1]
    return f"{slug}@{version_of(newest.id) + 1}"


def _draft(desk: Desk, old: Record, drafted: dict[tuple[str, str], str], case: str) -> Piece:
    kind = desk.kind_of(old)
    identity = drafted[old.kind, slug_of(old.id)]
    path = kind.path_of(identity)
    assert path is not None  # noqa: S101 - one version higher fits as well
    document, found = parse(old.document.raw, path)
    if document is None:
        raise FoundError(_("{path} cannot be read.").format(path=old.path), found)
    newest = desk.policy.all_versions(old.kind, slug_of(old.id))[-1]
    schema = kind.schema
    edits: list[Edit] = [
        entries.set_field(schema, ("id",), identity),
        entries.set_field(schema, ("state",), kind.workflow.initial),
        *(RemoveKey((name,)) for name in kind.once if name in document.data),
        entries.set_field(schema, (REPLACES,), newest.id),
    ]
    if case and CASES in schema["properties"]:
        edits.append(entries.set_field(schema, (CASES,), [case]))
    for name, to in _named_with_version(desk, old, drafted):
        edits.append(entries.set_field(schema, (name,), to))
    return Piece(None, apply(document, edits))


def _named_with_version(
    desk: Desk, old: Record, drafted: dict[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    """Fields that name, with its version, something that is drafted anew in the same commit."""
    kind = desk.kind_of(old)
    for how in (sets.WHOLE, sets.PART):
        for name, kinds in sets.ties(kind, how).items():
            for value in values(old.get(name)):
                for target in kinds:
                    new = drafted.get((target, slug_of(value)))
                    if "@" in value and new is not None:
                        yield name, new


def _saying(old: Sequence[Record], new: Sequence[Record]) -> together.Subject:
    more = f", {len(new)} records" if len(new) > 1 else ""
    trailers = [trailer(one.kind, one.id) for one in new]
    trailers += [("Replaces", one.short) for one in old]
    return f"policy {new[0].short}: revise ({old[0].short}){more}", trailers


def for_case(desk: Desk, reference: str, case: str, *, dry_run: bool = False) -> Outcome:
    """Note a case at the version that is being drafted; where there is none, draft one.

    Raises NoSuchRecordError for an unknown record, RefusedError for a kind without versions.
    """
    record = policies.to_change(desk, reference)
    kind = desk.kind_of(record)
    if REPLACES in kind.schema.get("properties", {}):
        record = desk.policy.all_versions(kind.name, slug_of(record.id))[-1]
    if CASES not in kind.schema.get("properties", {}) or _decided(desk, record):
        return revise(desk, [reference], case=case, dry_run=dry_run)

    def edits(current: Record) -> Sequence[Edit]:
        known = list(values(current.get(CASES)))
        if case in known:
            return []
        return [entries.set_field(kind.schema, (CASES,), [*known, case])]

    written = writing.change(
        desk,
        record.path,
        edits,
        lambda _before, after: (f"{after.full}: note a case", [trailer(after.kind, after.id)]),
        dry_run=dry_run,
    )
    return Outcome(
        id=record.id,
        path=record.path,
        message=_("{record} names the case that led to it: {case}.").format(
            record=record.short, case=case
        ),
        commit=written.commit,
        next=Next(_("change the text"), ("git", "policy", "edit", record.short)),
        findings=tuple(one for one in written.findings if not one.is_error),
        dry_run=dry_run,
    )
