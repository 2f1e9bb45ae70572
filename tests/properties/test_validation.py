"""All engines give the same verdict, and whatever stands in a file gives words, never a crash."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.validation import (
    FORMATS,
    Few,
    Quick,
    Validator,
    check_dialect,
    convert,
    shaped,
    sound,
)
from casebook.validation.patterns import unsafe

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCHEMA = json.loads((SCHEMAS / "case" / "schema.json").read_text("utf-8"))
FAST = Validator(SCHEMA, "fast")
SLOW = Validator(SCHEMA, "slow")
PLAIN = Validator(SCHEMA, "plain", few=Few(10**9))
QUICK = Quick(SCHEMA)
FAST.valid({})
with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
    SLOW.valid({})

GOOD: dict[str, Any] = {
    "id": "2026-7KQ2X",
    "type": "image-spread",
    "state": "closed",
    "summary": "Foto gaat rond",
    "reported": "2026-11-18 10:30",
    "reported_by": "teacher",
    "where": ["online", "grounds"],
    "severity": "serious",
    "days_absent": "2",
    "persons": [
        {"id": "P1", "kind": "pupil", "roles": ["victim"], "minor": "yes", "group": "2a"},
        {"id": "P2", "kind": "unknown", "count": "20", "roles": ["receiver"]},
    ],
    "talks": [{"id": "T1", "on": "2026-11-18", "with": ["P1"], "by": "mentor"}],
    "facts": [{"id": "F1", "text": "P2 stuurde", "about": ["P2"], "status": "open"}],
    "messages": [{"id": "B1", "to": "parents", "sent": "no"}],
    "x_own": "what the school likes",
}
WORDS = st.sampled_from(
    [one.example for one in FORMATS.values()]
    + ["", "no", "yes", "victim", "Pupil", "P1\n", "x_a\n", "2026-02-30", "1e3", "00", "-1", "é"]
) | st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A good case with a few values replaced, removed, doubled or added anywhere."""
    data = copy.deepcopy(GOOD)
    for _time in range(draw(st.integers(0, 3))):
        node: Any = data
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], dict | list) and draw(st.booleans()):
                node = node[key]
                continue
            act = draw(st.sampled_from(["set", "remove", "double", "add"]))
            if act == "set":
                node[key] = draw(VALUES)
            elif act == "remove":
                del node[key]
            elif act == "double" and isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            elif isinstance(node, dict):
                node[draw(WORDS)] = draw(VALUES)
            break
    return data


@settings(max_examples=1200, deadline=None)
@given(damaged())
def test_all_engines_agree_and_the_words_are_one_line_each(data: dict[str, Any]) -> None:
    given = copy.deepcopy(data)
    typed, unfit = convert(data, SCHEMA)
    verdict = FAST.valid(typed)
    quick = QUICK.typed(data)
    # What is odd (an own field without a value) may be left to the others, never be got wrong.
    assert quick is None or (quick == typed and verdict and not unfit)
    assert quick is not None or data != GOOD
    assert data == given
    assert SLOW.valid(typed) == verdict
    assert PLAIN.valid(typed) == verdict
    problems = FAST.problems(typed)
    assert problems == SLOW.problems(typed)
    assert shaped(typed, SCHEMA, SCHEMA) == all(one.keyword != "type" for one in problems)
    assert bool(problems) == (not verdict)
    for one in problems:
        assert one.message
        assert len(one.message) < 300


def test_the_undamaged_case_is_valid() -> None:
    assert FAST.problems(convert(GOOD, SCHEMA)[0]) == []


@st.composite
def damaged_schemas(draw: st.DrawFn) -> Any:
    """The schema of cases with one thing replaced anywhere by some other piece of schema."""
    schema = copy.deepcopy(SCHEMA)
    node: Any = schema
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = draw(st.sampled_from(keys))
        if isinstance(node[key], dict | list) and node[key] and draw(st.integers(0, 3)):
            node = node[key]
            continue
        pieces = [{}, [], "", "x", 3, True, None, {"$ref": "#"}, {"type": "string"}, ["string"]]
        node[key] = draw(st.sampled_from(pieces))
        return schema


@settings(max_examples=30, deadline=None)
@given(damaged_schemas())
def test_a_schema_that_passes_the_dialect_can_always_be_compiled(schema: Any) -> None:
    problems = check_dialect(schema, "case")
    assert all(one.message for one in problems)
    if problems:
        return
    assert sound(schema)
    data = convert(GOOD, schema)[0]
    problems = Validator(schema).problems(data)
    assert Validator(schema, few=Few(1)).valid(data) == (not problems)


@settings(max_examples=200, deadline=None)
@given(st.text("^$ab[]-()|*+?{1,2}\\.d", max_size=12), st.text("ab-", max_size=8))
def test_a_safe_pattern_means_the_same_in_all_engines(pattern: str, text: str) -> None:
    if unsafe(pattern):
        return
    schema = {"type": "string", "pattern": pattern, "maxLength": 50}
    slow = Validator(schema)
    with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
        verdict = slow.valid(text)
    assert Validator(schema).valid(text) == verdict
    assert Validator(schema, few=Few(1)).valid(text) == verdict


def shared(value: Any, known: Any) -> Any:
    """``value`` in which everything that equals the same thing in ``known`` is that very object."""
    if value == known:
        return known
    if isinstance(value, dict) and isinstance(known, dict):
        return {name: shared(one, known.get(name)) for name, one in value.items()}
    if isinstance(value, list) and isinstance(known, list):
        others = [*known, *[None] * len(value)]
        return [shared(one, other) for one, other in zip(value, others, strict=False)]
    return value


@settings(max_examples=400, deadline=None)
@given(damaged(), damaged())
def test_what_is_typed_beside_another_version_is_typed_as_by_itself(
    data: dict[str, Any], before: dict[str, Any]
) -> None:
    done = QUICK.typed(before)
    if done is not None:
        again = QUICK.typed(shared(data, before), (before, done))
        alone = QUICK.typed(data)
        assert again == alone
        assert again is None or alone is None or list(again) == list(alone)
