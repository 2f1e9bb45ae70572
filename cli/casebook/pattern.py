"""Patterns over a record's front matter: the one small language of guards and procedures.

A pattern is a map: ``{in: talks, for: [hear], with_role: [victim]}`` matches entries of a list,
``{field: severity, is: [serious]}`` a top-level field. It cannot compute, negate or nest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Data = Mapping[str, Any]

ANY: Final = "*"  # the field is filled
ROLE_SUFFIX: Final = "_role"  # ``with_role`` looks at the roles of the persons in ``with``
KIND_SUFFIX: Final = "_kind"  # ``with_kind`` at their kind
SUFFIXES: Final = (ROLE_SUFFIX, KIND_SUFFIX)
EACH: Final = "each"  # fields that all entries must have that a step is done by
RESERVED: Final = ("in", "field", "is", EACH)


def values(value: Any) -> tuple[str, ...]:
    """A field's value as a tuple of texts; empty when absent or blank."""
    if value is None or value == "":
        return ()
    if type(value) is str:
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return (str(value),)


def entries(data: Data, name: str) -> list[Data]:
    """The sub-records of the list ``name``; empty when absent or no list of maps."""
    found = data.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def persons(data: Data, codes: Iterable[str]) -> list[Data]:
    """The persons of the case with these codes."""
    wanted = set(codes)
    return [person for person in entries(data, "persons") if person.get("id") in wanted]


def _holds(data: Data, entry: Data, field: str, wanted: Any) -> bool:
    if field.endswith(SUFFIXES):
        codes, _, suffix = field.rpartition("_")
        people = persons(data, values(entry.get(codes)))
        attribute = "roles" if f"_{suffix}" == ROLE_SUFFIX else "kind"
        found = tuple(one for person in people for one in values(person.get(attribute)))
    else:
        value = entry.get(field)
        if value and type(value) is str:  # nearly always one word, and one that is wanted
            one = wanted[0] if type(wanted) is list and len(wanted) == 1 else wanted
            if one and type(one) is str:
                return one in (value, ANY)
        found = values(value)
    options = values(wanted) or ("",)
    if ANY in options:
        return bool(found) or "" in options
    return not set(options).isdisjoint(found) if found else "" in options


def match_entry(data: Data, entry: Data, where: Mapping[str, Any]) -> bool:
    """Whether ``entry`` of case ``data`` has all the fields that ``where`` names."""
    for field, wanted in where.items():
        if field not in RESERVED and not _holds(data, entry, field, wanted):
            return False
    return True


def find(data: Data, pattern: Mapping[str, Any]) -> list[Data]:
    """The entries that match a pattern with ``in``; [data] when a ``field`` pattern holds."""
    if "in" in pattern:
        if not data.get(pattern["in"]):
            return []
        return [
            entry for entry in entries(data, pattern["in"]) if match_entry(data, entry, pattern)
        ]
    wanted = pattern.get("is", ANY)
    return [data] if _holds(data, data, pattern["field"], wanted) else []


def holds(data: Data, pattern: Mapping[str, Any]) -> bool:
    """Whether the pattern matches anywhere in the record."""
    name = pattern.get("in")
    if name is None:
        return _holds(data, data, pattern["field"], pattern.get("is", ANY))
    return any(match_entry(data, entry, pattern) for entry in entries(data, name))


def from_path(path: str, wanted: Any) -> dict[str, Any]:
    """The pattern of a procedure's ``when: content.sexual`` / ``is: [yes]``."""
    head, _, tail = path.partition(".")
    return {"in": head, tail: wanted} if tail else {"field": head, "is": wanted}
