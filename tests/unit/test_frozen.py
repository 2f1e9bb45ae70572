"""Frozen values behave as the ones of ``dataclasses`` do, and patterns as those of ``re``."""

from __future__ import annotations

import pickle
import re

import pytest

from casebook import regex as patterns
from casebook.frozen import field, fields_of, frozen, hasten, replace
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


@frozen
class Brick:
    """A value with two defaults."""

    kind: str
    weight: int = 1
    colour: str = "red"


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


def test_a_written_out_constructor_makes_the_same_values_of_the_same_fields() -> None:
    calls: list[tuple[tuple[object, ...], dict[str, object]]] = [
        *(
            (("clay",), {}),
            (("clay", 2), {}),
            (("clay", 2, "grey"), {}),
            (("clay", 2, "grey", 4), {}),
        ),
        *(((), {}), ((), {"kind": "clay"}), ((), {"weight": 3, "kind": "clay"}), ((), {"size": 1})),
        *(
            (("clay",), {"colour": "grey"}),
            (("clay",), {"kind": "sand"}),
            (("clay", 2), {"weight": 3}),
        ),
    ]

    def made() -> list[Brick | None]:
        values: list[Brick | None] = []
        for given, named in calls:
            try:
                values.append(Brick(*given, **named))  # type: ignore[arg-type]
            except TypeError:
                values.append(None)
        return values

    before, slow = made(), Brick.__init__
    hasten(Brick, Stone)
    assert made() == before
    assert before.count(None) == 5
    assert Brick.__init__ is not slow
    brick = Brick("clay")
    assert pickle.loads(pickle.dumps(brick)) == brick == replace(brick, weight=1)
    with pytest.raises(AttributeError):
        brick.kind = "sand"  # type: ignore[misc]
    one, other = Stone("flint"), Stone("flint")
    assert one.marks is not other.marks  # its defaults are made: it stays as it was


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
