"""What an edit is, and what the fields must read after it.

It does not touch text; ``splice`` does, and ``edit`` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebook.frozen import frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document.events import Value
    from casebook.document.model import Pointer


class Impossible(Exception):  # noqa: N818 - becomes an EditError at the border of this room
    """The edit has no meaning for this document; the message says why, for people."""


@frozen
class SetValue:
    """Give a field a text or a flat list; a missing key is added.

    It is added behind the last present key among ``after``, else at the end of its map.
    """

    pointer: Pointer
    value: str | list[str]
    after: tuple[str, ...] = ()


@frozen
class AddEntry:
    """Append a map to the top-level list ``key``; the list is made when it is not there."""

    key: str
    entry: Mapping[str, str | list[str]]
    after: tuple[str, ...] = ()


@frozen
class RemoveEntry:
    """Remove the entry with this id from the top-level list ``key``."""

    key: str
    id: str


@frozen
class RemoveKey:
    """Remove a key and its value."""

    pointer: Pointer


@frozen
class ReplaceBody:
    """Replace the characters ``start`` to ``end`` of the body; ``\\n`` becomes the file's own."""

    start: int
    end: int
    text: str


@frozen
class AppendBody:
    """Add text at the end of the body, on a line of its own."""

    text: str


Edit: TypeAlias = "SetValue | AddEntry | RemoveEntry | RemoveKey | ReplaceBody | AppendBody"
FieldEdit: TypeAlias = "SetValue | AddEntry | RemoveEntry | RemoveKey"


def expected(data: dict[str, Value], edit: FieldEdit) -> dict[str, Value]:
    """A copy of the fields with the edit carried out. Raises Impossible."""
    out: dict[str, Value] = {key: _copied(value) for key, value in data.items()}
    match edit:
        case SetValue():
            _set(out, edit)
        case AddEntry():
            entries = out.get(edit.key) or []
            if not isinstance(entries, list):
                raise Impossible(_('"{name}" is not a list').format(name=edit.key))
            out[edit.key] = [*entries, {name: _copied(value) for name, value in edit.entry.items()}]
        case RemoveEntry():
            entries = _entries(out, edit.key)
            out[edit.key] = [entry for entry in entries if entry is not _by_id(entries, edit.id)]
        case _:
            parent = _walk(out, edit.pointer[:-1])
            name = edit.pointer[-1]
            if not isinstance(parent, dict) or name not in parent:
                raise _missing(edit.pointer)
            if len(parent) == 1:
                raise Impossible(_("the last field cannot be removed"))
            del parent[str(name)]
    return out


def _set(out: dict[str, Value], edit: SetValue) -> None:
    parent = _walk(out, edit.pointer[:-1])
    name = edit.pointer[-1]
    new = _copied(edit.value)
    if isinstance(parent, dict) and isinstance(name, str):
        old = parent.get(name, "")
        if isinstance(old, dict) or (isinstance(old, list) and not _is_flat(old)):
            raise Impossible(_('"{name}" holds entries, not a value').format(name=name))
        parent[name] = new
    elif isinstance(parent, list) and isinstance(name, int) and 0 <= name < len(parent):
        if not isinstance(parent[name], str) or not isinstance(new, str):
            raise Impossible(_('"{name}" holds entries, not a value').format(name=name))
        parent[name] = new
    else:
        raise _missing(edit.pointer)


def _walk(value: Value, pointer: Pointer) -> Value:
    for step in pointer:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        elif isinstance(value, list) and isinstance(step, str):
            value = _by_id(value, step)
        else:
            raise _missing(pointer)
    return value


def _entries(data: dict[str, Value], key: str) -> list[Value]:
    entries = data.get(key)
    if not isinstance(entries, list):
        raise _missing((key,))
    return entries


def _by_id(entries: list[Value], identity: str) -> Value:
    for entry in entries:
        if isinstance(entry, dict) and entry.get("id") == identity:
            return entry
    raise _missing((identity,))


def _is_flat(values: list[Value]) -> bool:
    return all(isinstance(value, str) for value in values)


def _missing(pointer: Pointer) -> Impossible:
    name = ".".join(str(step) for step in pointer)
    return Impossible(_('there is no "{name}" here').format(name=name))


def _copied(value: Value | list[str]) -> Value:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copied(inner) for inner in value]
    return value
