"""What a new entry or record holds by itself: today, the role of who acts, what is usual.

Where that is said stands in the schema; nothing here changes a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind

    Values = Mapping[str, "str | list[str]"]


def entry_schema(kind: Kind, name: str) -> Mapping[str, Any]:
    """The schema of the entries of list ``name``."""
    reference = kind.schema["properties"][name]["items"]["$ref"]
    found: Mapping[str, Any] = kind.schema["$defs"][reference.rpartition("/")[2]]
    return found


def filled(desk: Desk, schema: Mapping[str, Any], values: Values) -> dict[str, str | list[str]]:
    """``values`` with what the schema fills in by itself (today, the actor's role, defaults)."""
    found = dict(values)
    for name, inner in schema["properties"].items():
        if found.get(name):
            continue
        value = fill(desk, str(inner.get("x-fill", "")), found) or str(inner.get("default", ""))
        if value:
            found[name] = value
    return {name: found[name] for name in schema["properties"] if found.get(name)}


def fill(desk: Desk, how: str, values: Mapping[str, Any]) -> str:
    """What an ``x-fill`` gives: today, now, the role of who acts, or today beside another field."""
    how, _dash, beside = how.partition("-with:")
    if beside and not values.get(beside):
        return ""
    if how == "today":
        return desk.now.date().isoformat()
    if how == "now":
        return desk.now.strftime("%Y-%m-%d %H:%M")
    return desk.role if how == "role" else ""
