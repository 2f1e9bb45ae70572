"""Fields and values of a kind by their words: labels, choices, and values found by what is typed.

It only looks things up in schemas, types and workflow; it changes none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import i18n
from casebook.i18n import N_
from casebook.quantities import WORDED
from casebook.validation import at, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.catalogue.kind import Kind
    from casebook.catalogue.typefiles import TypeFiles
    from casebook.validation import Problem, Schema
    from casebook.workflow import Move, State

    Place = Sequence[str | int]

# What stands in a field of this form when there is no day, case or record to name.
NOT_GIVEN: Final = {
    "date-or-no": {"no": N_("no")},
    "day-or-month": {"unknown": N_("unknown")},
    "case-or-none": {"none": N_("none")},
    "policy-change": {"none": N_("none")},
}
_SHORTEST: Final = 3  # letters of a beginning that may stand for a whole value


def field_label(kind: Kind, place: Place) -> str:
    """The label of a field in the user's language, else the field's name."""
    named = [step for step in place if isinstance(step, str)]
    node = at(kind.schema, *named)
    if not node and len(named) == 1:
        node = _extra_field(kind, named[0])
    return i18n.label(node.get("x-label"), named[-1] if named else kind.name)


def value_label(kind: Kind, value: str, place: Place) -> str:
    """The label of a value in the user's language, else the value.

    Roles have their labels in reference data; amounts, counts and terms are put in words.
    """
    if place in (("type",), ("also",)) and value in kind.types.names:
        one = kind.types.get(value)  # of the others, which are many, no file need be opened
        return i18n.label(one.label, value) if one is not None else value
    known = value_labels(kind, place)
    if not known:
        form = _format(kind, place)
        if form == "role":
            return role_label(kind, value)
        if form == "slug" and place[-1:] == ("contact",):
            return role_label(kind, value)
        if form == "slug":
            return i18n.label(_in_workflow(kind, place).get(value), value)
        if form in NOT_GIVEN and value in NOT_GIVEN[form]:
            return i18n._(NOT_GIVEN[form][value])
        if form in WORDED:
            return WORDED[form](value, i18n.language())
    return i18n.label(known.get(value), value)


def role_label(kind: Kind, role: str) -> str:
    """What a role is called in the user's language; the school's own roles are words already."""
    return i18n.label(kind.role_names.get(role), role)


def _format(kind: Kind, place: Place) -> str:
    named = [step for step in place if isinstance(step, str)]
    return str(values_of(at(kind.schema, *named)).get("format", ""))


def _in_workflow(kind: Kind, place: Place) -> Mapping[str, Mapping[str, str]]:
    """Labels of moves for a field ``move``, else of states: both are kept by their short name."""
    workflow = kind.workflow
    named: Mapping[str, State | Move] = (
        workflow.moves if place[-1:] == ("move",) else workflow.states
    )
    return {name: one.label for name, one in named.items()}


def value_labels(kind: Kind, place: Place) -> Mapping[str, Mapping[str, str]]:
    """All values a field may have, with their labels by language; empty for a free field."""
    named = tuple(step for step in place if isinstance(step, str))
    if named == ("state",) and kind.workflow.states:
        return {name: state.label for name, state in kind.workflow.states.items()}
    if named in (("type",), ("also",)) and kind.types:
        return {name: known.label for name, known in kind.types.items()}
    if named == ("variant",) and kind.types:
        return {name: one for known in kind.types.values() for name, one in known.variants.items()}
    node = values_of(at(kind.schema, *named))
    if not node and len(named) == 1:
        node = values_of(_extra_field(kind, named[0]))
    given = node.get("x-labels", {})
    return {value: given.get(value, {}) for value in node.get("enum", ())}


def find_value(kind: Kind, typed: str, place: Place) -> str | None:
    """The value that was meant: its id, a label in any language, or a clear beginning of one."""
    wanted = plain(typed)
    names: dict[str, str] = {}
    known = value_labels(kind, place)
    for value in known:
        names[plain(value)] = value
    for value, labels in known.items():
        for label in labels.values():
            names.setdefault(plain(label), value)
    if wanted in names:
        return names[wanted]
    if len(wanted) < _SHORTEST:
        return None
    starting = {value for name, value in names.items() if name.startswith(wanted)}
    return starting.pop() if len(starting) == 1 else None


def plain(text: str) -> str:
    """``text`` for comparison: lower case, without accents, spaces and dashes alike."""
    bare = text.strip().casefold()
    if not bare.isascii():
        import unicodedata  # most that is typed needs no table of accents

        folded = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return bare.replace("_", "-").replace(" ", "-")


def merged(schema: dict[str, Any], types: TypeFiles, names: Place) -> dict[str, Any]:
    """The schema with the fields and variants of these types; the same object without any."""
    known = [found for found in (types.get(str(name)) for name in names) if found is not None]
    variants = {name: labels for one in known for name, labels in one.variants.items()}
    properties = schema.get("properties", {})
    changed: dict[str, Any] = {
        name: node
        for one in known
        for name, node in one.fields.items()
        if name not in properties
        and (types.is_shipped(one.id) or not extra_field_problems(schema, name, node))
    }
    if variants and "variant" in properties:
        changed["variant"] = {
            **{key: one for key, one in properties["variant"].items() if key != "format"},
            "enum": list(variants),
            "x-labels": variants,
        }
    return {**schema, "properties": {**properties, **changed}} if changed else schema


def extra_field_problems(schema: dict[str, Any], name: str, node: Schema) -> list[Problem]:
    """What keeps an extra field from standing in the schema; such a field is left out."""
    alone = {**schema, "properties": {**schema.get("properties", {}), name: node}}
    from casebook.validation import check_dialect  # few casebooks have fields of their own

    found = check_dialect(alone, str(schema.get("title")))
    return [one for one in found if one.pointer[:2] == ("properties", name)]


def _extra_field(kind: Kind, name: str) -> Schema:
    """The schema of a field that only some type has."""
    for known in kind.types.values():
        if name in known.fields:
            return known.fields[name]
    return {}
