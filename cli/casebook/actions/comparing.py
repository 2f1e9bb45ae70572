"""What changed between two contents of a record, in words: for history and for hand edits.

Commit messages are not read: a message can say anything, the content cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.document import journal, parse
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.pattern import values
from casebook.record import Record
from casebook.world import entry_label, move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind

    Data = Mapping[str, Any]


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
    changed = (sentence(one) for one in fields(kind, old.data, new.data, ("state",)))
    return [*_moves(kind, old, new), *changed, *_journal(old, new)] or [
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


@frozen
class Difference:
    """One field that differs, or one entry that came or went (``whole``).

    ``label`` says which field, with the entry it stands in, and ``list`` what that entry's list is
    called. ``before`` and ``after`` are in words, empty where the field was not there; of an entry
    they hold all its fields, one a line.
    """

    place: tuple[str, ...]
    label: str
    before: str
    after: str
    list: str = ""
    whole: bool = False


def fields(kind: Kind, old: Data, new: Data, skip: Collection[str] = ()) -> Iterator[Difference]:
    """What differs between the fields of two records of a kind, in the order of the new one."""
    for name in dict.fromkeys([*new, *old]):
        if name not in skip and old.get(name) != new.get(name):
            yield from _differing(
                kind, (name,), kind.field_label(name), old.get(name), new.get(name)
            )


def _differing(  # noqa: PLR0917 - which field, then its two values
    kind: Kind, place: tuple[str, ...], label: str, before: Any, after: Any, listed: str = ""
) -> Iterator[Difference]:
    if _is_entries(before) or _is_entries(after):
        yield from _entries(kind, place, before or [], after or [])
    else:
        said = [_said(kind, place, value) for value in (before, after)]
        yield Difference(place, label, said[0], said[1], listed)


def _said(kind: Kind, place: tuple[str, ...], value: Any) -> str:
    return ", ".join(kind.value_label(one, *place) for one in values(value))


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _entries(
    kind: Kind, place: tuple[str, ...], old: Sequence[Data], new: Sequence[Data]
) -> Iterator[Difference]:
    before = {str(one.get("id")): one for one in old}
    after = {str(one.get("id")): one for one in new}
    listed = kind.field_label(*place)
    for code, entry in after.items():
        named = _code(kind, place, code)
        if code not in before:
            yield Difference((*place, code), named, "", _whole(kind, place, entry), listed, True)
            continue
        for field in dict.fromkeys([*entry, *before[code]]):
            if entry.get(field) != before[code].get(field):
                inner = (*place, field)
                label = f"{named}, {kind.field_label(*inner)}"
                values_of = (before[code].get(field), entry.get(field))
                yield from _differing(kind, inner, label, *values_of, listed)
    for code, entry in before.items():
        if code not in after:
            named = _code(kind, place, code)
            yield Difference((*place, code), named, _whole(kind, place, entry), "", listed, True)


def _code(kind: Kind, place: tuple[str, ...], code: str) -> str:
    return kind.value_label(code, *place, "id")


def _whole(kind: Kind, place: tuple[str, ...], entry: Data) -> str:
    """All fields of an entry in words, one a line; what it holds itself is only counted."""
    return "\n".join(
        _("{number} entries").format(number=len(value))
        if _is_entries(value)
        else _said(kind, (*place, field), value)
        for field, value in entry.items()
        if field != "id" and values(value)
    )


def sentence(one: Difference) -> str:
    """A difference in one sentence, long texts cut."""
    if one.whole and not one.after:
        return _("{list}: {entry} taken out").format(list=one.list, entry=one.label)
    if one.whole:
        gist = shortened("; ".join(one.after.splitlines()[:3]), 90)
        return _("{list}: {entry} added ({what})").format(list=one.list, entry=one.label, what=gist)
    if not one.before:
        return _("{field}: {new}").format(field=one.label, new=shortened(one.after, 60))
    if not one.after:
        return _("{field} taken out").format(field=one.label)
    return _("{field}: from {old} to {new}").format(
        field=one.label, old=shortened(one.before, 60), new=shortened(one.after, 60)
    )


def shortened(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters, an ellipsis where something is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


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
