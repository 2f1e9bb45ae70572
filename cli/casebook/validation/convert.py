"""From text to the types of a schema: whole numbers become numbers, empty texts become absent.

It judges only what it must to convert; whether values are allowed is the validator's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _
from casebook.regex import regex
from casebook.validation.schemas import Problem, name_of, resolved

if TYPE_CHECKING:
    from casebook.validation.schemas import Pointer, Schema

_WHOLE: Final = regex(r"-?(?:0|[1-9][0-9]{0,8})", re.ASCII)


def convert(data: dict[str, Any], schema: Schema) -> tuple[dict[str, Any], list[Problem]]:
    """``data`` (all scalars text) typed by ``schema``, and what could not be converted.

    Fields the schema does not know, and values of another shape than it says, stay as they are.
    """
    return Converter(schema).convert(data)


class Converter:
    """One schema made ready to convert many documents."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._known: dict[int, _Part] = {}
        self._root = self._part(schema)

    def convert(self, data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """As the function ``convert``. Maps and lists in which nothing changes are not copied."""
        problems: list[Problem] = []
        return self._map(data, self._root, (), problems), problems

    def _part(self, raw: Schema) -> _Part:
        node = resolved(raw, self._schema)
        part = self._known.get(id(node))
        if part is None:
            part = self._known[id(node)] = _Part(node)
            part.fields = {
                name: self._part(one) for name, one in node.get("properties", {}).items()
            }
            if part.kind == "array":
                part.entry = self._part(node.get("items", {}))
        return part

    def _map(
        self, data: dict[str, Any], part: _Part, pointer: Pointer, problems: list[Problem]
    ) -> dict[str, Any]:
        out = data
        part_of = part.fields.get
        for key, value in data.items():
            below = part_of(key)
            if below is None:
                continue
            if value == "":
                out = dict(data) if out is data else out
                del out[key]
                if key in part.required:
                    problems.append(_empty(self._schema, (*pointer, key)))
            elif below.kind != "string":
                typed = self._value(value, below, (*pointer, key), problems)
                if typed is not value:
                    out = dict(data) if out is data else out
                    out[key] = typed
        return out

    def _value(self, value: Any, part: _Part, pointer: Pointer, problems: list[Problem]) -> Any:
        if part.kind == "array" and isinstance(value, list):
            return self._list(value, part.entry or part, pointer, problems)
        if part.kind == "object" and isinstance(value, dict):
            return self._map(value, part, pointer, problems)
        if part.kind == "integer" and isinstance(value, str):
            number = whole_number(value)
            if number is not None:
                return number
            problems.append(_not_whole(self._schema, pointer, value))
        return value

    def _list(
        self, value: list[Any], part: _Part, pointer: Pointer, problems: list[Problem]
    ) -> list[Any]:
        out = value
        for number, entry in enumerate(value):
            if entry == "":
                problems.append(_empty(self._schema, (*pointer, number)))
            elif part.kind != "string":
                typed = self._value(entry, part, (*pointer, number), problems)
                if typed is not entry:
                    out = list(value) if out is value else out
                    out[number] = typed
        return out


class _Part:
    """What converting needs to know of one place in a schema."""

    __slots__ = ("entry", "fields", "kind", "node", "required")

    def __init__(self, node: Schema) -> None:
        self.node = node  # kept, because it is known by its identity
        self.kind = str(node.get("type", ""))
        self.required = frozenset(node.get("required", ()))
        self.fields: dict[str, _Part] = {}
        self.entry: _Part | None = None


def whole_number(text: str) -> int | None:
    """The number that ``text`` is, without sign tricks, leading zeros or more than 9 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def _empty(root: Schema, pointer: Pointer) -> Problem:
    return Problem(
        pointer,
        "required-empty",
        _("{field} is empty").format(field=name_of(root, pointer)),
        _("Do: fill it in, or remove it from the list")
        if isinstance(pointer[-1], int)
        else _("Do: fill it in"),
    )


def _not_whole(root: Schema, pointer: Pointer, value: str) -> Problem:
    return Problem(
        pointer,
        "type",
        _('{field}: "{value}" is not a whole number').format(
            field=name_of(root, pointer), value=value[:20]
        ),
        _("Do: write digits only, as 3 or 12"),
    )
