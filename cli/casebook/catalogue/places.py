"""Where in a record fields of some sort stand: found once in the schema, then in every record.

It does not know what the fields mean, and judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from casebook.validation import resolved, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

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


def values_at(
    data: Mapping[str, Any], where: Plan, known: Container[str] = ()
) -> list[tuple[Pointer, str]]:
    """Every text in ``data`` that stands where the plan says and is not ``known``; its place.

    In the order of the schema.
    """
    found: list[tuple[Pointer, str]] = []
    _walk(data, where, (), found, known)
    return found


def _walk(
    data: Mapping[str, Any],
    where: Plan,
    pointer: Pointer,
    found: list[tuple[Pointer, str]],
    known: Container[str],
) -> None:
    for name, below in where.items():  # nearly always fewer than the fields there are
        value = data.get(name)
        if value is None:
            continue
        if type(value) is str:
            if not below and value not in known:
                found.append(((*pointer, name), value))
        elif isinstance(value, dict):
            _walk(value, below, (*pointer, name), found, known)
        elif isinstance(value, list):
            for number, entry in enumerate(value):
                if isinstance(entry, dict):
                    _walk(entry, below, (*pointer, name, number), found, known)
                elif isinstance(entry, str) and not below and entry not in known:
                    found.append(((*pointer, name, number), entry))
