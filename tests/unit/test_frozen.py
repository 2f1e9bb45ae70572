"""Frozen values behave as the ones of ``dataclasses`` do, and patterns as those of ``re``."""

from __future__ import annotations

import pickle
import re

import pytest

from casebook import regex as patterns
from casebook.frozen import field, fields_of, frozen, replace
from casebook.regex import regex


@frozen
class Stone:
    """A value with a default, one that is made anew, and a property."""

    kind: str
    weight: int = 1
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def heavy(self) -> bool:
        """Whether one person cannot lift it."""
        return self.weight > 50


@frozen
class Pebble:
    """A value of one field."""

    kind: str


def test_a_value_takes_its_fields_by_place_and_by_name() -> None:
    assert fields_of(Stone("flint", 60)) == {"kind": "flint", "weight": 60, "marks": {}}
    assert Stone(weight=60, kind="flint").heavy
    assert not Stone("flint").heavy


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), (("flint", 1, {}, 4), {}), (("flint",), {"size": 3}), (("flint",), {"kind": "a"})],
)
def test_a_value_takes_neither_too_few_nor_unknown_fields(
    given: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        Stone(*given, **named)


def test_a_value_cannot_be_changed_or_given_more() -> None:
    stone = Stone("flint")
    for name in ("kind", "colour"):
        with pytest.raises(AttributeError):
            setattr(stone, name, "slate")
    with pytest.raises(AttributeError):
        del stone.kind
    assert replace(stone, weight=2) == Stone("flint", 2)
    with pytest.raises(TypeError):
        replace(stone, colour="grey")


def test_a_made_default_is_not_shared() -> None:
    one, other = Stone("flint"), Stone("flint")
    one.marks["A"] = "B"
    assert other.marks == {}


def test_values_are_equal_by_what_they_hold_and_only_within_their_class() -> None:
    assert Stone("flint") == Stone("flint", 1)
    assert Stone("flint") != Stone("flint", 2)
    assert Pebble("flint") != Stone("flint")
    assert {Pebble("flint"), Pebble("flint")} == {Pebble("flint")}
    assert repr(Pebble("flint")) == "Pebble(kind='flint')"


def test_a_value_survives_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Stone("flint", 3))) == Stone("flint", 3)


def test_a_pattern_is_compiled_once_and_only_when_it_is_used() -> None:
    before = len(patterns.compiled)
    vowel = regex(r"[aeiou]+", re.IGNORECASE)
    assert len(patterns.compiled) == before
    assert vowel.sub("-", "OUder") == "-d-r"
    assert vowel.findall("OUder") == ["OU", "e"]
    assert vowel.pattern == "[aeiou]+"
    assert patterns.compiled[before:] == ["[aeiou]+"]
