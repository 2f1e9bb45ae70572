"""Text becomes what the schema says, empty text becomes absent, the rest stays as typed."""

from __future__ import annotations

from typing import Any

import pytest

from casebook.validation import convert

SCHEMA: dict[str, Any] = {
    "title": "thing",
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "x-label": {"en": "number", "nl": "nummer"}},
        "count": {"type": "integer"},
        "words": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
        "one": {"$ref": "#/$defs/row"},
    },
    "$defs": {
        "row": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}, "years": {"type": "integer"}},
        }
    },
}


def test_digits_become_a_number_only_where_the_schema_says_so() -> None:
    data, problems = convert({"id": "012", "count": "20", "x_count": "20"}, SCHEMA)
    assert (data, problems) == ({"id": "012", "count": 20, "x_count": "20"}, [])


def test_entries_of_lists_and_maps_are_typed_too() -> None:
    typed = {"id": "a", "rows": [{"id": "r", "years": "-3"}], "one": {"id": "s", "years": "0"}}
    data, problems = convert(typed, SCHEMA)
    assert data["rows"] == [{"id": "r", "years": -3}]
    assert data["one"] == {"id": "s", "years": 0}
    assert problems == []


@pytest.mark.parametrize(
    "text", ["1e3", "0x1F", "1_000", ".nan", "007", "1.0", "+1", "٣", "9" * 5000, "3 ", "twenty"]
)
def test_only_plain_digits_are_a_number(text: str) -> None:
    data, problems = convert({"id": "a", "count": text}, SCHEMA)
    assert data["count"] == text
    assert [(one.pointer, one.keyword) for one in problems] == [(("count",), "type")]
    assert len(problems[0].message) < 80


def test_an_empty_optional_field_is_absent() -> None:
    data, problems = convert({"id": "a", "count": "", "words": "", "rows": ""}, SCHEMA)
    assert (data, problems) == ({"id": "a"}, [])


def test_an_empty_field_of_the_schools_own_stays_as_typed() -> None:
    assert convert({"id": "a", "x_note": ""}, SCHEMA)[0]["x_note"] == ""


def test_an_empty_required_field_is_named_by_its_label() -> None:
    data, problems = convert({"id": "", "rows": [{"id": ""}]}, SCHEMA)
    assert data == {"rows": [{}]}
    assert [(one.pointer, one.keyword) for one in problems] == [
        (("id",), "required-empty"),
        (("rows", 0, "id"), "required-empty"),
    ]
    assert problems[0].message == "number is empty"


def test_an_empty_entry_of_a_list_is_named() -> None:
    data, problems = convert({"id": "a", "words": ["x", ""], "rows": [""]}, SCHEMA)
    assert data["words"] == ["x", ""]
    assert [one.pointer for one in problems] == [("words", 1), ("rows", 0)]


def test_a_value_of_another_shape_is_left_for_the_validator() -> None:
    typed = {"id": ["a"], "count": ["1"], "words": "x", "rows": {"id": "r"}, "one": "x"}
    assert convert(typed, SCHEMA) == (typed, [])
