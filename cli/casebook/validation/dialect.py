"""The dialect of JSON Schema that casebooks use: whether a schema keeps to it.

``dialect.json`` says what JSON Schema can say; the rest is said here. It lies in the package and
not in ``schemas/``: a casebook may change its fields, not what this program can carry out.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _
from casebook.validation.engine import Validator
from casebook.validation.formats import FORMATS
from casebook.validation.patterns import unsafe
from casebook.validation.schemas import DEFINITIONS, Problem, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.validation.schemas import Pointer, Schema

# Annotations that say something about each choice.
_BY_CHOICE: Final = ("x-labels", "x-inverse", "x-helps", "x-words")
_NAME: Final = "abcdefghijklmnopqrstuvwxyz0123456789_"


@cache
def dialect() -> Validator:
    """The schema of schemas, compiled once."""
    text = Path(__file__).with_name("dialect.json").read_text(encoding="utf-8")
    return Validator(json.loads(text), "dialect")


def check_dialect(schema: Any, name: str) -> list[Problem]:
    """Everything in ``schema`` that the dialect does not allow; empty when it may be used.

    ``name`` is the kind it is meant for; ``title`` must be the same.
    """
    shape = dialect().problems(schema)
    if shape:  # what follows trusts the shape
        return shape
    found = list(_references(schema))
    if found:
        return found
    if schema["title"] != name:
        text = _('the title must be the name of the folder, "{name}"').format(name=name)
        found.append(Problem(("title",), "title", text))
    found += _kind_problems(schema)
    found += _map_problems(schema, schema, ())
    for name_of_entry, entry in schema.get("$defs", {}).items():
        found += _map_problems(entry, schema, ("$defs", name_of_entry))
    return found


def _references(schema: Schema) -> Iterator[Problem]:
    """References that lead nowhere or round in a circle."""
    entries = schema.get("$defs", {})
    leads = {name: sorted(set(_targets(entry))) for name, entry in entries.items()}
    for pointer, target in _all_targets(schema):
        if target not in entries:
            text = _('there is no "{name}" below $defs').format(name=target)
            yield Problem(pointer, "$ref", text)
    for name in leads:
        if name in _reached(name, leads):
            text = _('"{name}" leads back to itself').format(name=name)
            yield Problem(("$defs", name), "$ref", text)


def _targets(entry: Schema) -> Iterator[str]:
    for node in entry["properties"].values():
        target = node.get("$ref") or node.get("items", {}).get("$ref")
        if target:
            yield target.removeprefix(DEFINITIONS)


def _all_targets(schema: Schema) -> Iterator[tuple[Pointer, str]]:
    places: list[tuple[Pointer, Schema]] = [((), schema)]
    places += [(("$defs", name), entry) for name, entry in schema.get("$defs", {}).items()]
    for pointer, entry in places:
        for name, node in entry["properties"].items():
            for target in _targets({"properties": {name: node}}):
                yield (*pointer, "properties", name), target


def _reached(start: str, leads: dict[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(leads[start])
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += leads.get(name, [])
    return reached


def _kind_problems(schema: Schema) -> Iterator[Problem]:
    kind, properties = schema["x-kind"], schema["properties"]
    place = kind["place"]
    if not place.endswith(".md") or place.startswith(("/", ".")) or "\\" in place or ".." in place:
        text = _("the place is a path below the casebook that ends in .md")
        yield Problem(("x-kind", "place"), "place", text)
    if ("{id}" in place) == (kind["id"] == "fixed"):
        text = _("the place holds {id}, unless there is one file only and id is fixed")
        yield Problem(("x-kind", "place"), "place", text.format(id="{id}"))
    if "{year}" in place and kind["id"] != "case-id":
        text = _("only the id of a case begins with a year")
        yield Problem(("x-kind", "place"), "place", text)
    if "id" not in properties or "id" not in schema["required"]:
        yield Problem(("properties",), "id", _('a record has a required field "id"'))
    for key in ("title", "text"):
        named = kind.get(key, [])
        for field in [named] if isinstance(named, str) else named:
            if field not in properties:
                yield Problem(("x-kind", key), key, _not_a_field(field))


def _map_problems(node: Schema, root: Schema, pointer: Pointer) -> Iterator[Problem]:
    """What is wrong with the fields of a record or of an entry."""
    properties = node["properties"]
    for field in node["required"]:
        if field not in properties:
            yield Problem((*pointer, "required"), "required", _not_a_field(field))
    if pointer and "id" in properties and next(iter(properties)) != "id":
        yield Problem((*pointer, "properties"), "id", _('"id" stands first in an entry'))
    for field, part in properties.items():
        place = (*pointer, "properties", field)
        if field.strip(_NAME) or not field[:1].isalpha() or field.startswith("x_"):
            text = _(
                "a field is named with small letters, digits and _, and does not start with x_"
            )
            yield Problem(place, "name", text, key=True)
        if "x-label" not in resolved(part, root) and "x-label" not in part:
            yield Problem(place, "x-label", _("a field has a label in every language"))
        yield from _field_problems(part, place)
        if part.get("type") == "array":
            yield from _field_problems(part["items"], (*place, "items"))
            yield from _list_problems(part, root, place)


def _field_problems(part: Schema, place: Pointer) -> Iterator[Problem]:
    if "pattern" in part:
        why = unsafe(part["pattern"])
        if why:
            yield Problem((*place, "pattern"), "pattern", why)
    choices, labels = part.get("enum"), part.get("x-labels", {})
    for value in choices or ():
        if "x-labels" in part and value not in labels:
            text = _('"{value}" has no label').format(value=value)
            yield Problem((*place, "x-labels"), "x-labels", text)
    for key in _BY_CHOICE:
        for value in part.get(key, {}):
            if value not in (choices or ()):
                text = _('"{value}" is not among the choices').format(value=value)
                yield Problem((*place, key, value), key, text, key=True)
    least, most = part.get("minimum"), part.get("maximum")
    if least is not None and most is not None and least > most:
        yield Problem((*place, "maximum"), "maximum", _("the maximum is below the minimum"))
    default = part.get("default")
    if default is not None and not _may_be(part, default):
        yield Problem((*place, "default"), "default", _("the default is not allowed itself"))


def _may_be(part: Schema, value: Any) -> bool:
    if part["type"] == "integer":
        return bool(part.get("minimum", value) <= value <= part.get("maximum", value))
    form = part.get("format")
    return value in part.get("enum", (value,)) and (form is None or FORMATS[form].fits(value))


def _list_problems(part: Schema, root: Schema, place: Pointer) -> Iterator[Problem]:
    """Lists that commands write: flat entries, an id with the prefix, arguments that exist."""
    add = part.get("x-add", {})
    yield from _done_problems(part, root, place)
    prefix = add.get("prefix") or part.get("x-prefix")
    if not prefix:
        return
    properties = resolved(part["items"], root).get("properties", {})
    for field in ("id", *add.get("arguments", ()), *add.get("lead", ())):
        if field not in properties:
            yield Problem((*place, "x-add"), "x-add", _not_a_field(field))
    if not properties.get("id", {}).get("pattern", f"^{prefix}").startswith(f"^{prefix}"):
        text = _("the ids of the entries start with {prefix}").format(prefix=prefix)
        yield Problem((*place, "x-add"), "x-add", text)
    for field, inner in properties.items():
        if "$ref" in inner or "$ref" in inner.get("items", {}):
            text = _('an entry is flat: "{field}" may hold no entries').format(field=field)
            yield Problem((*place, "items"), "flat", text)


def _done_problems(part: Schema, root: Schema, place: Pointer) -> Iterator[Problem]:
    """What marks an entry as done: fields that exist."""
    how = part.get("x-done", {})
    named = (how.get("day"), *how.get("sets", {}), *how.get("skips", {}))
    properties = resolved(part["items"], root).get("properties", {}) if how else {}
    for field in named:
        if field is not None and field not in properties:
            yield Problem((*place, "x-done"), "x-done", _not_a_field(field))


def _not_a_field(field: str) -> str:
    return _('"{field}" is not a field').format(field=field)
