"""Each thing that can be wrong with data is said in words that name the field and the remedy."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from casebook import validation
from casebook.validation import (
    COMPILED,
    Quick,
    Validator,
    at,
    choices,
    near_choice,
    plain,
    values_of,
)
from casebook.validation.schemas import name_of, resolved

SCHEMA: dict[str, Any] = {
    "title": "thing",
    "type": "object",
    "required": ["id", "severity"],
    "additionalProperties": False,
    "patternProperties": {"^x_[a-z0-9_]+$": {"type": "string"}},
    "properties": {
        "id": {"type": "string", "format": "slug"},
        "severity": {
            "type": "string",
            "enum": ["light", "serious"],
            "x-labels": {
                "light": {"en": "light", "nl": "licht"},
                "serious": {"en": "quite serious", "nl": "ernstig"},
            },
            "x-label": {"en": "severity", "nl": "ernst"},
        },
        "reported": {"type": "string", "format": "moment"},
        "summary": {"type": "string", "maxLength": 10},
        "code": {"type": "string", "pattern": "^[a-c]{2}$", "maxLength": 9, "examples": ["ab"]},
        "plain": {"type": "string", "pattern": "^[a-c]{2}$", "maxLength": 9},
        "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "roles": {
            "type": "array",
            "items": {"type": "string", "enum": ["victim", "maker"]},
            "uniqueItems": True,
            "minItems": 1,
            "maxItems": 3,
        },
        "persons": {"type": "array", "items": {"$ref": "#/$defs/person"}, "minItems": 2},
    },
    "$defs": {
        "person": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^P[1-9][0-9]{0,3}$", "maxLength": 5},
                "wish": {"type": "string", "maxLength": 5, "minLength": 1},
            },
        }
    },
}
PERSONS = [{"id": "P1"}, {"id": "P2"}]
VALIDATOR = Validator(SCHEMA)


def told(**changes: Any) -> list[tuple[str, str, str, str]]:
    data = {"id": "a", "severity": "light", **changes}
    data = {key: value for key, value in data.items() if value is not ...}
    problems = VALIDATOR.problems(data)
    assert VALIDATOR.valid(data) == (not problems)
    return [
        ("/".join(map(str, one.pointer)), one.keyword, one.message, one.remedy) for one in problems
    ]


def test_right_data_have_no_problems() -> None:
    assert told(x_own="anything", count=3, roles=["maker"], persons=PERSONS) == []


def test_an_unknown_field_names_the_one_that_was_meant() -> None:
    assert told(sevrity="light") == [
        (
            "sevrity",
            "additionalProperties",
            '"sevrity" is not a field here; did you mean "severity"?',
            "Do: write severity:",
        )
    ]


def test_an_unknown_field_is_also_recognised_by_its_label() -> None:
    assert 'did you mean "severity"' in told(ernst="light")[0][2]


def test_a_field_like_no_other_is_told_to_start_with_x() -> None:
    assert told(zzz="1", x_Z="2") == [
        (
            name,
            "additionalProperties",
            f'"{name}" is not a field here',
            "Do: remove it, or let a field of your own start with x_",
        )
        for name in ("zzz", "x_Z")
    ]


def test_the_name_of_an_unknown_field_is_pointed_at() -> None:
    assert VALIDATOR.problems({"id": "a", "severity": "light", "zzz": "1"})[0].key


def test_a_wrong_choice_lists_all_with_their_labels_and_the_nearest() -> None:
    [(where, keyword, message, remedy)] = told(severity="ernstg")
    assert (where, keyword) == ("severity", "enum")
    assert message == 'severity: "ernstg" is not one of the choices; did you mean "serious"?'
    assert remedy == "Do: write one of these: light, serious (quite serious)"


def test_a_choice_like_no_other_has_no_guess() -> None:
    assert told(severity="zzz")[0][2] == 'severity: "zzz" is not one of the choices'


def test_a_missing_field_is_named_by_its_label() -> None:
    assert told(severity=..., id=...) == [
        ("id", "required", "id is missing", "Do: add a line id:"),
        ("severity", "required", "severity is missing", "Do: add a line severity:"),
    ]


def test_a_wrong_form_comes_with_an_example() -> None:
    [(where, keyword, message, remedy)] = told(reported="18-11-2026")
    assert (where, keyword) == ("reported", "format")
    assert message == 'reported: "18-11-2026" is not a day or a moment that exists'
    assert remedy == "Do: write it like 2026-11-18 10:30"


def test_a_wrong_id_shows_the_letter_of_its_list() -> None:
    assert told(persons=[{"id": "T1"}, {"id": "P2"}]) == [
        ("persons/0/id", "pattern", 'id: "T1" does not have the right form', "Do: write it like P1")
    ]


def test_a_pattern_shows_an_example_where_it_has_one() -> None:
    assert told(code="zz")[0][3] == "Do: write it like ab"
    assert told(plain="zz")[0][3] == ""


def test_a_line_end_behind_a_pattern_is_wrong_in_both_engines() -> None:
    assert [one[1] for one in told(code="ab\n")] == ["pattern"]
    assert [one[1] for one in told(**{"x_own\n": "a"})] == ["additionalProperties"]


def test_a_text_that_is_too_long_is_not_repeated() -> None:
    assert told(summary="a" * 11) == [
        (
            "summary",
            "maxLength",
            "summary is too long: 11 characters, at most 10",
            "Do: write it shorter; longer text belongs in the journal",
        )
    ]


def test_what_is_too_long_for_its_pattern_is_only_too_long() -> None:
    assert [one[1] for one in told(code="z" * 10)] == ["maxLength"]


@pytest.mark.parametrize(
    ("changes", "where", "message", "remedy"),
    [
        ({"roles": "maker"}, "roles", "roles is a list", "square brackets"),
        ({"persons": "P1"}, "persons", "persons is a list", '"- id:"'),
        ({"persons": ["P1", *PERSONS]}, "persons/0", "persons: each entry has fields", '"- id:"'),
        ({"summary": ["a"]}, "summary", "summary takes one value, not a list", "one value"),
        ({"summary": {"a": "b"}}, "summary", "summary takes one value, not fields", "one line"),
        ({"count": "many"}, "count", 'count: "many" is not a whole number', "digits"),
        ({"count": ["1"]}, "count", "count takes one value, not a list", "one value"),
        ({"id": ["a"]}, "id", "id takes one value, not a list", "one value"),
        ({"code": ["ab"]}, "code", "code takes one value, not a list", "one value"),
    ],
)
def test_a_wrong_shape_says_what_is_expected(
    changes: dict[str, Any], where: str, message: str, remedy: str
) -> None:
    [(place, keyword, said, todo)] = told(**changes)
    assert (place, keyword) == (where, "type")
    assert said.startswith(message)
    assert remedy in todo


def test_a_value_that_stands_twice_is_named_where_it_stands_again() -> None:
    assert told(roles=["maker", "victim", "maker"])[0][:3] == (
        "roles/2",
        "uniqueItems",
        'roles: "maker" stands here twice',
    )


@pytest.mark.parametrize(("number", "word"), [(0, "less than 1"), (10, "more than 9")])
def test_a_number_outside_its_limits_names_the_limit(number: int, word: str) -> None:
    assert word in told(count=number)[0][2]


def test_lists_that_are_too_short_or_too_long_are_named() -> None:
    assert told(roles=[])[0][2] == "roles is empty"
    assert told(persons=[{"id": "P1"}])[0][2] == "persons has fewer than 2 entries"
    many = ["maker", "victim", "maker", "victim"]
    assert "roles has more than 3 entries" in [one[2] for one in told(roles=many)]
    assert told(persons=[{"id": "P1", "wish": ""}, {"id": "P2"}])[0][2] == "wish is empty"


def test_a_record_that_is_no_map_is_named_by_its_kind() -> None:
    [problem] = Validator(SCHEMA).problems([])
    assert problem.message.startswith("thing")


def test_a_long_wrong_value_is_shortened() -> None:
    assert len(told(severity="z" * 500)[0][2]) < 120


def test_a_keyword_outside_the_dialect_keeps_the_words_of_the_engine() -> None:
    assert Validator({"title": "t", "not": {}}).problems("a")[0].keyword == "not"


def test_a_schema_is_compiled_once_and_only_when_needed() -> None:
    before = len(COMPILED)
    validator = Validator(SCHEMA, "once")
    assert len(COMPILED) == before
    for _time in range(3):
        validator.valid({})
        validator.problems({})
    assert COMPILED[before:] == ["once"]


def test_nothing_is_fetched_for_a_reference() -> None:
    for target in ("http://localhost:9/x", "file:///etc/hostname"):
        with pytest.raises(Exception, match=target):
            Validator({"$ref": target}).valid({})


def test_without_the_fast_engine_the_verdicts_and_words_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    examples: list[dict[str, Any]] = [
        {"id": "a", "severity": "light"},
        {"id": "a", "severity": "lightt"},
        {"id": "A", "severity": "light", "count": 10},
    ]
    fast = [VALIDATOR.problems(data) for data in examples]
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    slow = Validator(SCHEMA)
    assert [slow.problems(data) for data in examples] == fast
    assert [slow.valid(data) for data in examples] == [True, False, False]


def test_engines_are_imported_only_when_a_document_needs_them() -> None:
    code = (
        "import sys; from casebook.validation import Validator;"
        "loaded = lambda: [n for n in ('jsonschema_rs', 'jsonschema', 'yaml') if n in sys.modules];"
        "v = Validator({'type': 'string'}); print(loaded());"
        "v.problems('a'); print(loaded()); v.problems(3); print(loaded())"
    )
    told_by = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert told_by.stdout.splitlines() == [
        "[]",
        "['jsonschema_rs']",
        "['jsonschema_rs', 'jsonschema']",
    ]


def test_places_in_a_schema_are_found_through_lists_and_references() -> None:
    assert at(SCHEMA, "persons", "id")["maxLength"] == 5
    assert at(SCHEMA, "persons", 0, "wish")["maxLength"] == 5
    assert at(SCHEMA, "nowhere", "id") == {}
    assert resolved({"$ref": "#/$defs/nowhere"}, SCHEMA) == {}
    assert resolved({"$ref": "#/$defs/x"}, {"$defs": {"x": []}}) == {}
    assert name_of(SCHEMA, ("roles", 0)) == "roles"
    assert name_of(SCHEMA, ()) == "thing"
    assert values_of(at(SCHEMA, "roles"))["enum"] == ["victim", "maker"]
    assert values_of(at(SCHEMA, "severity"))["enum"] == ["light", "serious"]
    assert values_of({"type": "array", "items": []}) == {}


def test_choices_of_yes_and_no_in_a_schema_are_written_as_in_json() -> None:
    assert choices({"enum": [True, False]}) == "true, false"
    assert near_choice("zzz", {"enum": []}) == ""


def test_a_list_has_as_many_values_as_the_schema_allows() -> None:
    """The small decider knows the same limits as the engines."""
    node = {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "string"}}
    assert [plain.fits(["a"] * count, node, node) for count in range(4)] == [
        False,
        True,
        True,
        False,
    ]


def test_what_is_seldom_needed_is_loaded_when_it_is_asked() -> None:
    assert validation.nearest("lihgt", ["light", "grave"]) == "light"
    assert not hasattr(validation, "unheard_of")


LINK: dict[str, Any] = {
    "type": "string",
    "enum": ["has-part", "same-as"],
    "x-labels": {"has-part": {"en": "has part", "nl": "omvat"}},
    "x-inverse": {
        "has-part": {"en": "part of", "nl": "deel van"},
        "same-as": {"en": "same as", "nl": "zelfde als"},
    },
}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("part of", "has-part"),
        ("Part-of", "has-part"),
        ("deel  van", "has-part"),
        ("zelfde als", "same-as"),
        ("same as", ""),
        ("has part", ""),
        ("omvat", ""),
        ("part", ""),
    ],
)
def test_a_choice_may_be_called_as_it_is_seen_from_the_other_side(typed: str, stored: str) -> None:
    assert validation.other_side(LINK, typed) == stored


def test_a_choice_of_the_other_side_is_answered_with_where_it_is_kept() -> None:
    schema = {**SCHEMA, "properties": {**SCHEMA["properties"], "link": LINK}}
    data = {"id": "a", "severity": "light", "link": "part of"}
    [problem] = Validator(schema, "thing").problems(data)
    assert 'is kept in the other case, as "has-part"' in problem.message
    assert problem.pointer == ("link",)


def test_the_quick_walk_gives_up_where_a_map_stands_for_another_shape() -> None:
    quick = Quick(SCHEMA)
    assert quick.typed({"id": "a", "severity": {"a": "b"}}) is None
    assert quick.typed({"id": "a", "severity": "light", "count": "3"}) == {
        "id": "a",
        "severity": "light",
        "count": 3,
    }


def test_the_quick_walk_remembers_only_so_many_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.validation.quick._MOST_KNOWN", 4)
    quick = Quick({**SCHEMA, "properties": {"id": SCHEMA["properties"]["id"]}, "required": ["id"]})
    for number in range(9):
        assert quick.typed({"id": f"a{number}"}) == {"id": f"a{number}"}


def test_the_quick_walk_types_only_what_is_not_as_before() -> None:
    quick = Quick(SCHEMA)
    raw = {"id": "a", "summary": "", "severity": "light", "persons": [*PERSONS]}
    done = quick.typed(raw)
    assert done == {"id": "a", "severity": "light", "persons": PERSONS}
    changed = {**raw, "severity": "serious", "count": "3", "persons": [*PERSONS, {"id": "P3"}]}
    again = quick.typed(changed, (raw, done))
    assert again == quick.typed(changed) != done
    assert again is not None
    assert list(again) == ["id", "severity", "persons", "count"]
    assert again["persons"][0] is done["persons"][0]
    for wrong in (
        {**raw, "severity": ""},  # what must be there is not
        {name: value for name, value in raw.items() if name != "id"},
        {**raw, "persons": [*raw["persons"], {"id": "P1", "colour": "x"}]},
        {**raw, "persons": [*raw["persons"], "P3"]},
        {**raw, "count": ["1"]},
    ):
        assert quick.typed(wrong, (raw, done)) is None
        assert quick.typed(wrong) is None
    one = {"id": "a", "severity": "light", "roles": ["victim"]}
    twice = {**one, "roles": [*one["roles"], "victim"]}
    assert quick.typed(twice, (one, one)) is None


def test_an_empty_field_of_ones_own_is_left_to_the_close_look() -> None:
    assert Quick(SCHEMA).typed({"id": "a", "severity": "light", "x_own": ""}) is None
    assert Quick(SCHEMA).typed({"id": "a", "severity": "light", "plain": "abc"}) is None


def test_a_text_of_the_wrong_length_fits_nowhere() -> None:
    node = {"type": "string", "minLength": 2, "maxLength": 3}
    assert [plain.fits("a" * length, node, node) for length in (1, 2, 4)] == [False, True, False]
