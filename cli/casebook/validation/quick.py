"""The quick typing and judging of data in which nothing is wrong; almost all data are so.

It names nothing: at the first odd thing it gives up, and ``convert`` and a ``Validator`` look at
the same data closely. A test holds it to their verdict. Only for schemas of the dialect.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from casebook.validation.convert import whole_number
from casebook.validation.plain import number_fits, parts_of, text_fits
from casebook.validation.schemas import resolved

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from casebook.validation.schemas import Schema

Data: TypeAlias = "Mapping[str, Any]"

_MOST_KNOWN: Final = 8192  # texts, or names of own fields, that one place remembers
_ANY: Final = 1 << 60  # letters or entries: more than there can be
_JUDGED: Final = ("enum", "format", "pattern")
_ASKED: Final = ("type", *_JUDGED, "minLength", "maxLength")


class _Odd(Exception):  # noqa: N818 - not an error: somebody else looks closely
    """Something that has to be looked at closely."""


class Quick:
    """One schema made ready to type and judge many documents in one walk."""

    def __init__(self, schema: Schema, parts: Parts | None = None) -> None:
        """``parts`` is shared by schemas that have the same fields and ``$defs``."""
        self._root = _part(schema, schema, parts or Parts())

    def typed(
        self, data: dict[str, Any], before: tuple[Data, Data] | None = None
    ) -> dict[str, Any] | None:
        """``data`` (all scalars text) as ``convert`` types it, or None where it may not fit.

        Maps and lists in which nothing changes are not copied. ``before`` are other data with what
        this schema made of them: a field, or an entry at the start of a list that became longer,
        that is the very same object there is not typed again.
        """
        try:
            return _map(data, self._root) if before is None else self._again(data, *before)
        except _Odd:
            return None

    def _again(self, data: dict[str, Any], raw: Data, done: Data) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        fresh: dict[str, Any] = {}
        for name, value in data.items():
            before = raw.get(name)
            if value is before:
                if name in done:  # a field without a value is left out
                    typed[name] = done[name]
            elif _grew(value, before):
                part = self._root.fields.get(name) or self._root.field(name)
                typed[name] = _list(value, part, done.get(name, ()))
            else:
                fresh[name] = typed[name] = value  # to keep its place
        found = _map(fresh, self._root, self._root.required)
        for name in fresh:
            if name in found:
                typed[name] = found[name]
            else:
                del typed[name]
        if not self._root.required <= typed.keys():
            raise _Odd
        return typed


class Parts:
    """The parts of a schema by their identity, and the texts that fit by what is asked of them."""

    __slots__ = ("known", "parts")

    def __init__(self) -> None:
        self.parts: dict[int, _Part] = {}
        self.known: dict[str, set[str]] = {}


class _Part:
    """What is known of one place in a schema; its fields are looked up when they are met.

    ``known`` holds texts that fit: codes, days and roles return in every entry and every case.
    Texts of which only the length counts are not ``judged`` further, and not kept.
    """

    __slots__ = (
        *("_parts", "_root", "fields", "judged", "kind", "known", "least", "most", "node"),
        *("required", "unique"),
    )

    def __init__(self, node: Schema, root: Schema, parts: Parts) -> None:
        self.node = node  # kept, because it is known by its identity
        self._root = root
        self._parts = parts
        self.kind = node.get("type")
        self.required = frozenset(node.get("required", ()))
        self.least = node.get("minLength", node.get("minItems", 0))
        self.most = node.get("maxLength", node.get("maxItems", _ANY))
        self.unique = node.get("uniqueItems", False)
        self.judged = any(keyword in node for keyword in _JUDGED)
        # The same days stand in many fields: whatever is asked alike is known together.
        asked = repr([node.get(keyword) for keyword in _ASKED]) if self.judged else ""
        self.known = parts.known.setdefault(asked, set())
        self.fields: dict[str, _Part] = {}

    def field(self, name: str) -> _Part:
        """The part of a field that was not met before; odd where none or several apply.

        Fields that the schema knows by a pattern only are never typed, so they must be texts.
        """
        found = parts_of(name, self.node)
        if len(found) != 1 or len(self.fields) >= _MOST_KNOWN:
            raise _Odd
        part = _part(found[0], self._root, self._parts)
        if part.kind != "string" and not self.has(name):
            raise _Odd
        self.fields[name] = part
        return part

    def has(self, name: str) -> bool:
        """Whether a field stands in the schema by its name."""
        return name in self.node.get("properties", ())

    def entry(self) -> _Part:
        """The part of the entries of a list that was not met before; kept as the field ""."""
        items = self.node.get("items", {})
        return self.fields.setdefault("", _part(items, self._root, self._parts))


def _part(raw: Schema, root: Schema, parts: Parts) -> _Part:
    node = resolved(raw, root)
    known = parts.parts
    return known.get(id(node)) or known.setdefault(id(node), _Part(node, root, parts))


def _map(data: dict[str, Any], part: _Part, beside: Container[str] = ()) -> dict[str, Any]:
    """The map typed; ``beside`` are fields that it need not have."""
    if part.kind != "object":
        raise _Odd
    out = data
    fields = part.fields
    for key, value in data.items():
        below = fields.get(key) or part.field(key)
        if type(value) is str:
            if value in below.known:
                continue
            if not value:
                if not part.has(key):
                    raise _Odd
                out = dict(data) if out is data else out
                del out[key]
                continue
        typed = _value(value, below)
        if typed is not value:
            out = dict(data) if out is data else out
            out[key] = typed
    if any(name not in out and name not in beside for name in part.required):
        raise _Odd
    return out


def _value(value: Any, part: _Part) -> Any:
    if type(value) is str:
        return _text(value, part) if part.kind == "string" else _number(value, part)
    return _map(value, part) if type(value) is dict else _list(value, part)


def _grew(value: Any, before: Any) -> bool:
    """Whether a list begins with all that stood in it before."""
    both = type(value) is list and type(before) is list
    return both and len(value) > len(before) and all(map(is_, value, before))


def _list(value: list[Any], part: _Part, done: Sequence[Any] = ()) -> list[Any]:
    """The list typed; ``done`` are entries at its start that were typed already."""
    if part.kind != "array" or not part.least <= len(value) <= part.most:
        raise _Odd
    out = [*done, *value[len(done) :]] if done else value
    entry = part.fields.get("") or part.entry()
    known = entry.known
    for number, one in enumerate(value[len(done) :] if done else value, len(done)):
        if type(one) is str and one in known:
            continue
        typed = _value(one, entry)
        if typed is not one:
            out = list(value) if out is value else out
            out[number] = typed
    if part.unique and len(out) > 1 and any(one in out[:at] for at, one in enumerate(out)):
        raise _Odd
    return out


def _text(value: str, part: _Part) -> str:
    # An empty text in a list is for convert to name, whatever its length may be.
    if not value or not part.least <= len(value) <= part.most:
        raise _Odd
    if part.judged:
        if not text_fits(value, part.node):
            raise _Odd
        if len(part.known) < _MOST_KNOWN:
            part.known.add(value)
    return value


def _number(value: str, part: _Part) -> int:
    number = whole_number(value) if part.kind == "integer" else None
    if number is None or not number_fits(number, part.node):
        raise _Odd
    return number
