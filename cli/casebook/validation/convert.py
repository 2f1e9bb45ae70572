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
    problems: list[Problem] = []
    return _map(data, schema, schema, (), problems), problems


def whole_number(text: str) -> int | None:
    """The number that ``text`` is, without sign tricks, leading zeros or more than 9 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def _map(
    data: dict[str, Any], node: Schema, root: Schema, pointer: Pointer, problems: list[Problem]
) -> dict[str, Any]:
    out: dict[str, Any] = {}
    properties = node.get("properties", {})
    for key, value in data.items():
        part = properties.get(key)
        if part is None:
            out[key] = value
        elif value == "":
            if key in node.get("required", ()):
                problems.append(_empty(root, (*pointer, key)))
        elif isinstance(value, str) and part.get("type") == "string":
            out[key] = value
        else:
            out[key] = _value(value, part, root, (*pointer, key), problems)
    return out


def _value(
    value: Any, node: Schema, root: Schema, pointer: Pointer, problems: list[Problem]
) -> Any:
    node = resolved(node, root)
    kind = node.get("type")
    if kind == "array" and isinstance(value, list):
        items = node.get("items", {})
        return [
            _entry(entry, items, root, (*pointer, number), problems)
            for number, entry in enumerate(value)
        ]
    if kind == "object" and isinstance(value, dict):
        return _map(value, node, root, pointer, problems)
    if kind == "integer" and isinstance(value, str):
        number = whole_number(value)
        if number is None:
            problems.append(_not_whole(root, pointer, value))
            return value
        return number
    return value


def _entry(
    value: Any, node: Schema, root: Schema, pointer: Pointer, problems: list[Problem]
) -> Any:
    if value == "":
        problems.append(_empty(root, pointer))
        return value
    return (
        value
        if isinstance(value, str) and node.get("type") == "string"
        else _value(value, node, root, pointer, problems)
    )


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
