"""What changed between two contents of a record, in words: for history and for hand edits.

Commit messages are not read: a message can say anything, the content cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.document import journal, parse
from casebook.i18n import _
from casebook.pattern import values
from casebook.record import Record
from casebook.world import entry_label, move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind


def differences(desk: Desk, path: str, before: bytes | None, after: bytes | None) -> list[str]:
    """Sentences on what changed, the move first; a file that cannot be read says so."""
    kind = desk.policy.catalogue.kind_at(path)
    if after is None:
        return [_("record removed")]
    new = _record(kind, path, after)
    if kind is None or new is None:
        return [_("changed; cannot be read here")]
    old = _record(kind, path, before) if before is not None else None
    if before is None:
        return [_("recorded: {title}").format(title=new.text(kind.title_field))]
    if old is None:
        return [_("made readable again")]
    return [*_moves(kind, old, new), *_fields(kind, old, new), *_journal(old, new)] or [
        _("only the layout of the text changed")
    ]


def _record(kind: Kind | None, path: str, raw: bytes) -> Record | None:
    document, _findings = parse(raw, path)
    if document is None or kind is None:
        return None
    return Record(kind.name, kind.id_of(path) or path, path, document.data, document)


def _moves(kind: Kind, old: Record, new: Record) -> Iterator[str]:
    if old.state == new.state:
        return
    by = [
        move.id
        for move in kind.workflow.moves_from(old.state)
        if new.state in kind.workflow.may_reach(move)
    ]
    name = move_label(kind, by[0]) if by else _("not a known move")
    yield _("{move}: from {origin} to {target}").format(
        move=name, origin=state_label(kind, old.state), target=state_label(kind, new.state)
    )


def _fields(kind: Kind, old: Record, new: Record) -> Iterator[str]:
    for name in dict.fromkeys([*new.data, *old.data]):
        if name == "state":
            continue
        before, after = old.data.get(name), new.data.get(name)
        if before == after:
            continue
        if _is_entries(before) or _is_entries(after):
            yield from _entries(kind, name, old, new)
        else:
            yield _changed(kind, (name,), kind.field_label(name), before, after)


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _entries(kind: Kind, name: str, old: Record, new: Record) -> Iterator[str]:
    before = {str(one.get("id")): one for one in old.entries(name)}
    after = {str(one.get("id")): one for one in new.entries(name)}
    for code, entry in after.items():
        if code not in before:
            yield _("{list}: {entry} added ({what})").format(
                list=kind.field_label(name),
                entry=_code(kind, name, code),
                what=_gist(kind, name, entry),
            )
            continue
        for field in dict.fromkeys([*entry, *before[code]]):
            if entry.get(field) != before[code].get(field):
                label = f"{_code(kind, name, code)}, {kind.field_label(name, field)}"
                yield _changed(
                    kind, (name, field), label, before[code].get(field), entry.get(field)
                )
    for code in before:
        if code not in after:
            yield _("{list}: {entry} taken out").format(
                list=kind.field_label(name), entry=_code(kind, name, code)
            )


def _code(kind: Kind, name: str, code: str) -> str:
    label = kind.value_label(code, name, "id")
    return code if label == code else label


def _gist(kind: Kind, name: str, entry: Mapping[str, Any]) -> str:
    said = [
        ", ".join(kind.value_label(one, name, field) for one in values(value))
        for field, value in entry.items()
        if field != "id" and values(value)
    ]
    text = "; ".join(said[:3])
    return text if len(text) <= 90 else text[:89].rstrip() + "…"


def _changed(kind: Kind, place: tuple[str, ...], label: str, before: Any, after: Any) -> str:
    def said(value: Any) -> str:
        text = ", ".join(kind.value_label(one, *place) for one in values(value))
        return text if len(text) <= 60 else text[:59].rstrip() + "…"

    if not values(before):
        return _("{field}: {new}").format(field=label, new=said(after))
    if not values(after):
        return _("{field} taken out").format(field=label)
    return _("{field}: from {old} to {new}").format(field=label, old=said(before), new=said(after))


def _journal(old: Record, new: Record) -> Iterator[str]:
    before = {entry.id: entry for entry in journal.read(old.document)[0]}
    for entry in journal.read(new.document)[0]:
        known = before.get(entry.id)
        if known is None:
            first = entry.text.strip().splitlines()[:1] or [""]
            yield _("{kind} in the journal, {entry} ({day}): {text}").format(
                kind=entry_label(entry.kind), entry=entry.id, day=entry.at[:10], text=first[0][:90]
            )
        elif entry.redacted and not known.redacted:
            yield _("journal: text of {entry} removed, ground {ground}").format(
                entry=entry.id, ground=entry.redacted
            )
