"""A few data judged by a schema of our dialect without an engine: importing one takes longer.

It only says yes or no, and only for schemas that passed ``check_dialect``. jsonschema stays the
authority and words what is wrong; a test holds all of them to the same verdict.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from casebook.validation.formats import FORMATS
from casebook.validation.schemas import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.validation.schemas import Schema


def fits(value: Any, node: Schema, root: Schema) -> bool:
    """Whether ``value`` (as ``convert`` leaves it) is as ``node`` of the schema ``root`` says."""
    node = resolved(node, root)
    kind = node.get("type")
    if kind == "string":
        return isinstance(value, str) and text_fits(value, node)
    if kind == "array":
        return isinstance(value, list) and _list(value, node, root)
    if kind == "object":
        return isinstance(value, dict) and _map(value, node, root)
    return _is_whole(value) and number_fits(value, node)


def shaped(value: Any, node: Schema, root: Schema) -> bool:
    """Whether texts, numbers, lists and maps stand where the schema has them, right or not."""
    node = resolved(node, root)
    kind = node.get("type")
    if kind == "string":
        return isinstance(value, str)
    if kind == "array":
        items = node.get("items", {})
        return isinstance(value, list) and all(shaped(one, items, root) for one in value)
    if kind == "object":
        return isinstance(value, dict) and all(
            shaped(one, part, root) for key, one in value.items() for part in parts_of(key, node)
        )
    return kind is None or _is_whole(value)


def parts_of(key: str, node: Schema) -> list[Schema]:
    """What a field must be: by its name and by patterns, else as all others; maybe nothing."""
    named: Mapping[str, Schema] = node.get("properties", {})
    found = [named[key]] if key in named else []
    for pattern, part in node.get("patternProperties", {}).items():
        if _pattern(pattern).search(key):
            found.append(part)
    rest = node.get("additionalProperties")
    return found or ([rest] if isinstance(rest, dict) else [])


def _map(value: Mapping[str, Any], node: Schema, root: Schema) -> bool:
    if any(name not in value for name in node.get("required", ())):
        return False
    for key, one in value.items():
        parts = parts_of(key, node)
        if not parts or not all(fits(one, part, root) for part in parts):
            return False
    return True


def _list(value: list[Any], node: Schema, root: Schema) -> bool:
    if not node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value)):
        return False
    if node.get("uniqueItems") and any(one in value[:at] for at, one in enumerate(value)):
        return False
    items = node.get("items", {})
    return all(fits(one, items, root) for one in value)


def text_fits(value: str, node: Schema) -> bool:
    """Whether a text is as ``node``, of the type string, says."""
    if not node.get("minLength", 0) <= len(value) <= node.get("maxLength", len(value)):
        return False
    if "enum" in node and value not in node["enum"]:
        return False
    if "format" in node and not FORMATS[node["format"]].fits(value):
        return False
    return "pattern" not in node or _pattern(node["pattern"]).search(value) is not None


def number_fits(value: int, node: Schema) -> bool:
    """Whether a whole number is as ``node``, of the type integer, says."""
    return bool(node.get("minimum", value) <= value <= node.get("maximum", value))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """As both engines read it: ``$`` is the end, not the place before a last newline."""
    return re.compile(ended(pattern), re.ASCII)


def ended(pattern: str) -> str:
    """The pattern with Python's way to say that a text ends here."""
    return pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
