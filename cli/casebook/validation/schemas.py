"""Walking through a schema of our dialect: properties, items and references to ``$defs``.

It judges neither schemas nor data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from casebook.frozen import frozen
from casebook.i18n import label

Schema: TypeAlias = Mapping[str, Any]
Pointer: TypeAlias = "tuple[str | int, ...]"

DEFINITIONS: Final = "#/$defs/"
LARGEST: Final = 256 * 1024  # bytes of a schema file


@frozen
class Problem:
    """Something wrong at a place in data (or in a schema, when that is what is looked at).

    ``keyword`` is the JSON Schema keyword that failed, or ``required-empty``; ``key`` says that
    the name of the field is meant and not its value. Texts are in the user's language.
    """

    pointer: Pointer
    keyword: str
    message: str
    remedy: str = ""
    key: bool = False


def resolved(node: Schema, root: Schema) -> Schema:
    """The node itself, or what its ``$ref`` names; an empty schema where that does not exist."""
    target = node.get("$ref")
    if target is None:
        return node
    found = root.get("$defs", {}).get(str(target).removeprefix(DEFINITIONS), {})
    return found if isinstance(found, dict) else {}


def at(root: Schema, *place: str | int) -> Schema:
    """The schema of a place: ``("facts", "source")`` or ``("facts", 0, "source")``.

    A list is looked through to its entries when a name follows. Empty where nothing is described.
    """
    node: Schema = root
    for step in place:
        node = resolved(node, root)
        if node.get("type") == "array":
            node = resolved(node.get("items", {}), root)
            if isinstance(step, int):
                continue
        node = node.get("properties", {}).get(step, {})
    return node


def name_of(root: Schema, pointer: Pointer) -> str:
    """What people call the field at ``pointer``: its label, else its name."""
    while pointer and isinstance(pointer[-1], int):
        pointer = pointer[:-1]
    if not pointer:
        return str(root.get("title", ""))
    return label(at(root, *pointer).get("x-label"), str(pointer[-1]))


def values_of(node: Schema) -> Schema:
    """The schema that holds ``enum`` and ``format``: of a list of texts that of its entries."""
    if node.get("type") == "array":
        items = node.get("items", {})
        return items if isinstance(items, dict) else {}
    return node


def other_side(node: Schema, typed: str) -> str:
    """The choice that ``typed`` is called when seen from the record it names, or an empty text.

    Such a tie is stored in that other record: "part of" there is "has part".
    """
    inverse = {
        _words(name): value
        for value, labels in node.get("x-inverse", {}).items()
        for name in labels.values()
    }
    stored = inverse.get(_words(typed), "")
    if not stored:
        return ""
    labels = node.get("x-labels", {})
    own = (
        one for value in node.get("enum", ()) for one in (value, *labels.get(value, {}).values())
    )
    return "" if _words(typed) in map(_words, own) else stored


def _words(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def sound(schema: Any, depth: int = 0) -> bool:
    """Whether a schema has the shape that looking things up in it needs, right or not.

    Much cheaper than ``check_dialect`` and without an engine: for labels and commands.
    """
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return False
    for key, kind in _SHAPES.items():
        if key in schema and not isinstance(schema[key], kind):
            return False
    labels = [schema.get("x-label", {}), schema.get("x-ask", {})]
    labels += [*schema.get("x-labels", {}).values(), *schema.get("x-inverse", {}).values()]
    labels += schema.get("x-helps", {}).values()
    add = schema.get("x-add", {"command": "", "prefix": ""})
    if not all(_texts(one) for one in labels) or not _texts(add, "command", "prefix"):
        return False
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    if "items" in schema:
        inner.append(schema["items"])
    return all(sound(node, depth + 1) for node in inner)


_DEEPEST: Final = 6
_MAPS: Final = ("properties", "$defs", "items", "x-kind", "x-add", "x-done")
_SHAPES: Final[dict[str, type]] = {
    **dict.fromkeys((*_MAPS, "x-labels", "x-inverse", "x-helps", "x-words"), dict),
    **dict.fromkeys(("enum", "required", "x-refers"), list),
    **dict.fromkeys(("title", "type", "format", "$ref", "x-prefix"), str),
}


def _texts(value: Any, *keys: str) -> bool:
    """A map with texts at these keys, or of nothing but texts when none are named."""
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) for key in (keys or value)
    )
