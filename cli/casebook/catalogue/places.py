"""Where in a record fields of some sort stand: found once in the schema, then in every record.

It does not know what the fields mean, and judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from casebook.validation import resolved, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebook.validation import Pointer, Schema

Plan: TypeAlias = "Mapping[str, Any]"


def plan(root: Schema, wanted: Callable[[Schema], bool]) -> Plan:
    """Where fields whose schema is ``wanted`` can stand: name -> the same below it, or nothing.

    Made once for a schema, so that a record is walked only where something can be found.
    """
    return _plan(root, root, wanted)


def _plan(node: Schema, root: Schema, wanted: Callable[[Schema], bool]) -> Plan:
    out: dict[str, Any] = {}
    for name, raw in node.get("properties", {}).items():
        part = resolved(raw, root)
        below = _plan(resolved(values_of(part), root), root, wanted)
        if below or wanted(part):
            out[name] = below
    return out


def values_at(data: Mapping[str, Any], where: Plan) -> Iterator[tuple[Pointer, str]]:
    """Every text in ``data`` that stands where the plan says, with its place."""
    return _walk(data, where, ())


def _walk(data: Mapping[str, Any], where: Plan, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    for name, value in data.items():
        below = where.get(name)
        if below is None:
            continue
        place = (*pointer, name)
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            here = (*place, number) if isinstance(value, list) else place
            if isinstance(entry, dict):
                yield from _walk(entry, below, here)
            elif isinstance(entry, str) and not below:
                yield here, entry
