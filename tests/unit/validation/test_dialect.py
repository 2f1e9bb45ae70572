"""The dialect: the schemas of the kit keep to it, and each way of leaving it is named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from casebook.validation import check_dialect, sound

SCHEMAS = Path(__file__).parents[3] / "schemas"
LABEL = {"en": "x", "nl": "y"}
LOOSE = {"type": "string", "pattern": "a", "maxLength": 3}
GOOD: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "thing",
    "type": "object",
    "x-kind": {"place": "things/{id}.md", "id": "slug", "label": LABEL, "plural": LABEL},
    "required": ["id"],
    "additionalProperties": False,
    "patternProperties": {"^x_[a-z0-9_]+$": {"type": "string"}},
    "properties": {
        "id": {"type": "string", "format": "slug", "x-label": LABEL},
        "size": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3, "x-label": LABEL},
        "colour": {
            "type": "string",
            "enum": ["red", "blue"],
            "x-labels": {"red": LABEL, "blue": LABEL},
            "x-inverse": {"red": LABEL},
            "x-helps": {"red": LABEL},
            "x-words": {"blue": ["navy"]},
            "default": "red",
            "x-label": LABEL,
        },
        "parts": {
            "type": "array",
            "items": {"$ref": "#/$defs/part"},
            "x-label": LABEL,
            "x-add": {"command": "part", "prefix": "P", "arguments": ["note"]},
        },
        "words": {"type": "array", "items": {"type": "string", "format": "word"}, "x-label": LABEL},
        "other": {
            "type": "string",
            "format": "slug",
            "x-refers": ["thing", "case/types", "reference/duties"],
            "x-label": LABEL,
        },
        "first": {"$ref": "#/$defs/part"},
    },
    "$defs": {
        "part": {
            "type": "object",
            "x-label": LABEL,
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^P[1-9]$", "maxLength": 2, "x-label": LABEL},
                "note": {"type": "string", "maxLength": 20, "x-label": LABEL},
            },
        }
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The good schema with one value set (or removed, when it is ...)."""
    schema = copy.deepcopy(GOOD)
    node: Any = schema
    *steps, last = path.split("/")
    for step in steps:
        node = node[step]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return schema


@pytest.mark.parametrize("name", sorted(one.parent.name for one in SCHEMAS.glob("*/schema.json")))
def test_the_schemas_of_the_kit_keep_to_the_dialect(name: str) -> None:
    schema = json.loads((SCHEMAS / name / "schema.json").read_text("utf-8"))
    assert check_dialect(schema, name) == []
    assert sound(schema)


def test_the_schema_used_here_keeps_to_the_dialect() -> None:
    assert check_dialect(GOOD, "thing") == []


BAD: list[tuple[str, Any, str]] = [
    ("properties/id/$ref", "#/$defs/part", "properties/id/type"),
    ("properties/first", {"$ref": "http://localhost/x"}, "properties/first/$ref"),
    ("properties/first", {"$ref": "file:///etc/passwd"}, "properties/first/$ref"),
    ("properties/first", {"$ref": "#"}, "properties/first/$ref"),
    ("properties/first", {"$ref": "#/properties/id"}, "properties/first/$ref"),
    ("properties/first", {"$ref": "#/$defs/nowhere"}, "properties/first"),
    ("$defs/part/properties/note", {"$ref": "#/$defs/part"}, "$defs/part"),
    ("properties/parts/items", {"$ref": "#/$defs/nowhere"}, "properties/parts"),
    ("properties/id/type", ["string", "integer"], "properties/id/type"),
    ("properties/id/type", ..., "properties/id/type"),
    ("properties/id/type", "number", "properties/id/type"),
    ("properties/id/anyOf", [{"type": "string"}], "properties/id/anyOf"),
    ("properties/id", True, "properties/id"),
    ("properties/words/items/type", "array", "properties/words/items/type"),
    ("properties/words/items", ..., "properties/words/items"),
    ("properties/id/format", "uri", "properties/id/format"),
    ("$defs/part/properties/id/maxLength", ..., "$defs/part/properties/id/pattern"),
    ("$defs/part/properties/id/pattern", "^P(a+)+$", "$defs/part/properties/id/pattern"),
    ("properties/words/items/pattern", "^a$", "properties/words/items/pattern"),
    ("properties/words/items", LOOSE, "properties/words/items/pattern"),
    ("patternProperties/^[a-z]+$", {"type": "string"}, "patternProperties/^[a-z]+$"),
    ("additionalProperties", True, "additionalProperties"),
    ("$defs/part/additionalProperties", True, "$defs/part/additionalProperties"),
    ("$defs/part/additionalProperties", {"type": "array"}, "$defs/part/additionalProperties/items"),
    ("$defs/part/x-label", ..., "$defs/part/x-label"),
    ("$id", "http://localhost/thing", "$id"),
    ("allOf", [], "allOf"),
    ("$schema", "http://json-schema.org/draft-07/schema#", "$schema"),
    ("title", "other", "title"),
    ("title", "Other Kind", "title"),
    ("x-kind", ..., "x-kind"),
    ("x-kind/place", "../outside/{id}.md", "x-kind/place"),
    ("x-kind/place", "/etc/{id}.md", "x-kind/place"),
    ("x-kind/place", "things/{id}.yaml", "x-kind/place"),
    ("x-kind/place", "things\\{id}.md", "x-kind/place"),
    ("x-kind/place", "things/one.md", "x-kind/place"),
    ("x-kind/place", "things/{year}/{id}.md", "x-kind/place"),
    ("x-kind/id", "fixed", "x-kind/place"),
    ("x-kind/id", "number", "x-kind/id"),
    ("x-kind/label", {"en": "thing"}, "x-kind/label/nl"),
    ("x-kind/title", "name", "x-kind/title"),
    ("x-kind/text", ["id", "name"], "x-kind/text"),
    ("required", [], "properties"),
    ("required", ["id", "name"], "required"),
    ("$defs/part/required", ["id", "name"], "$defs/part/required"),
    ("properties/x_own", {"type": "string", "x-label": LABEL}, "properties/x_own"),
    ("properties/Size", {"type": "string", "x-label": LABEL}, "properties/Size"),
    ("properties/1size", {"type": "string", "x-label": LABEL}, "properties/1size"),
    ("properties/size/x-label", ..., "properties/size"),
    ("properties/size/x-label", {"en": "x"}, "properties/size/x-label/nl"),
    ("properties/size/x-label", {"en": "x", "nl": ""}, "properties/size/x-label/nl"),
    ("properties/size/maximum", 0, "properties/size/maximum"),
    ("properties/size/default", 10, "properties/size/default"),
    ("properties/size/default", "3", "properties/size/default"),
    ("properties/other/x-refers", [], "properties/other/x-refers"),
    ("properties/other/x-refers", "thing", "properties/other/x-refers"),
    ("properties/other/x-refers", ["../thing"], "properties/other/x-refers/0"),
    ("properties/id/default", "No Slug", "properties/id/default"),
    ("properties/colour/default", "green", "properties/colour/default"),
    ("properties/colour/enum", [], "properties/colour/enum"),
    ("properties/colour/enum", ["red", "red"], "properties/colour/enum/1"),
    ("properties/colour/x-labels", {"red": LABEL}, "properties/colour/x-labels"),
    ("properties/colour/x-labels/green", LABEL, "properties/colour/x-labels/green"),
    ("properties/colour/x-helps/green", LABEL, "properties/colour/x-helps/green"),
    ("properties/colour/x-words/green", ["grass"], "properties/colour/x-words/green"),
    ("properties/colour/x-words/red", [], "properties/colour/x-words/red"),
    ("properties/id/x-labels", {"a": LABEL}, "properties/id/x-labels"),
    ("properties/colour/x-inverse/green", LABEL, "properties/colour/x-inverse/green"),
    ("properties/id/x-inverse", {"a": LABEL}, "properties/id/x-inverse"),
    ("properties/id/x-text", True, "properties/id/x-text"),
    ("properties/id/x-unknown", "a", "properties/id/x-unknown"),
    ("properties/parts/x-add/arguments", ["colour"], "properties/parts/x-add"),
    ("properties/parts/x-add/prefix", "Q", "properties/parts/x-add"),
    ("properties/parts/x-add/prefix", "QQ", "properties/parts/x-add/prefix"),
    ("properties/parts/x-add/command", ..., "properties/parts/x-add/command"),
    ("properties/parts/x-done", {"day": "until"}, "properties/parts/x-done"),
    ("properties/words/x-prefix", "W", "properties/words/x-add"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where"), BAD)
def test_each_way_out_of_the_dialect_is_named_with_its_place(
    path: str, value: Any, where: str
) -> None:
    problems = check_dialect(changed(path, value), "thing")
    assert where in {"/".join(str(step) for step in one.pointer) for one in problems}
    assert all(one.message for one in problems)


def test_an_entry_starts_with_its_id() -> None:
    part = GOOD["$defs"]["part"]["properties"]
    turned = changed("$defs/part/properties", {"note": part["note"], "id": part["id"]})
    assert [one.keyword for one in check_dialect(turned, "thing")] == ["id"]


def test_an_entry_that_commands_write_is_flat() -> None:
    schema = changed("$defs/inner", GOOD["$defs"]["part"])
    schema["$defs"]["part"]["properties"]["inner"] = {
        "type": "array",
        "items": {"$ref": "#/$defs/inner"},
        "x-label": LABEL,
    }
    assert [one.keyword for one in check_dialect(schema, "thing")] == ["flat"]
    del schema["properties"]["parts"]["x-add"]
    assert check_dialect(schema, "thing") == []


def test_an_entry_may_be_an_open_map_of_lists() -> None:
    rest = {"type": "array", "items": {"type": "string", "maxLength": 9}}
    assert check_dialect(changed("$defs/part/additionalProperties", rest), "thing") == []


def test_a_long_circle_of_references_is_found() -> None:
    schema = changed("$defs/other", GOOD["$defs"]["part"])
    for here, there in (("part", "other"), ("other", "part")):
        entry = copy.deepcopy(GOOD["$defs"]["part"])
        entry["properties"]["more"] = {"$ref": f"#/$defs/{there}", "x-label": LABEL}
        schema["$defs"][here] = entry
    problems = check_dialect(schema, "thing")
    assert {one.pointer for one in problems} == {("$defs", "part"), ("$defs", "other")}


@pytest.mark.parametrize("value", [None, [], "x", 3, {}, {"properties": []}])
def test_what_is_no_schema_at_all_is_a_problem_and_no_exception(value: Any) -> None:
    assert check_dialect(value, "thing")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("properties", []),
        ("properties/id", "x"),
        ("properties/id/x-label", "x"),
        ("properties/id/x-label", {"en": 3}),
        ("properties/colour/x-labels", {"red": "red"}),
        ("properties/colour/x-inverse", {"red": "red"}),
        ("properties/colour/enum", "red"),
        ("properties/parts/items", []),
        ("properties/parts/x-add", {"command": "part"}),
        ("properties/parts/x-add", []),
        ("required", "id"),
        ("x-kind", "x"),
    ],
)
def test_a_schema_that_nothing_can_be_looked_up_in_is_not_sound(path: str, value: Any) -> None:
    schema = changed(path, value)
    assert not sound(schema)
    assert check_dialect(schema, "thing")


def test_a_schema_nested_without_end_is_not_sound() -> None:
    schema: dict[str, Any] = {}
    for _level in range(500):
        schema = {"properties": {"a": schema}}
    assert not sound(schema)
    assert not sound([])
