"""Which choice a typed word means, and what is offered for a word that means none."""

from __future__ import annotations

import pytest

from casebook import i18n
from casebook.choosing import Choices, choose, role_choices
from casebook.errors import UsageError

SOME = Choices(
    [("quarrel", "online ruzie"), ("threat", "bedreiging"), ("violence", "geweld")],
    {"quarrel": {"nl": "online ruzie", "en": "online quarrel"}, "threat": {"en": "threat"}},
    {"threat": ["dreigen", "vechten"], "violence": ["mishandeling", "vechten"]},
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("threat", "threat"),
        ("BEDREIGING", "threat"),
        ("Online quarrel", "quarrel"),
        ("mishandeling", "violence"),
        ("gew", "violence"),  # the beginning of one
        ("ruzie", "quarrel"),  # a word that only one label holds
        ("vechten", ""),  # said for two
        ("", ""),
        ("xyz", ""),
    ],
)
def test_a_word_means_the_choice_with_that_name(typed: str, value: str) -> None:
    assert SOME.find(typed) == value


def test_only_a_whole_name_is_exact() -> None:
    assert SOME.exact("mishandeling") == "violence"
    assert SOME.exact("gew") == ""
    assert SOME.exact("ruzie") == ""
    assert SOME.exact("vechten") == ""


def test_what_is_named_first_has_the_name() -> None:
    twice = Choices([("a", "same"), ("b", "same")])
    assert twice.find("same") == "a"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("dreigement", ["threat"]),
        ("vechten", ["threat", "violence"]),
        ("zij dreigen met slaan", ["threat"]),
        ("mishandelt", ["violence"]),
        ("qqqq", []),
    ],
)
def test_the_nearest_are_offered_by_every_name_and_word(typed: str, near: list[str]) -> None:
    assert SOME.near(typed) == near


def test_a_slip_is_told_from_another_word() -> None:
    assert SOME.slip("thraet") == ""  # two letters changed places: not that near
    assert SOME.slip("threatt") == "threat"
    assert Choices([]).slip("threat") == ""


def test_what_cannot_be_chosen_is_answered_with_the_nearest_and_all() -> None:
    with pytest.raises(UsageError) as caught:
        choose("geweldig", SOME.options, SOME.labels)
    assert "violence (geweld)?" in caught.value.hint
    assert "quarrel (online ruzie), threat (bedreiging)" in caught.value.hint


def test_a_role_is_known_in_every_language_and_kind_of_school() -> None:
    rows = {
        "mentor": {"label_nl": "mentor", "label_nl_po": "leerkracht", "label_en": "mentor"},
        "parent": {"label_nl": "ouder of verzorger", "label_en": "parent", "words": ["moeder"]},
        "own": {},
    }
    i18n.activate("nl")
    known = role_choices(rows)
    assert known.exact("leerkracht") == "mentor"
    assert known.exact("Moeder") == "parent"
    assert known.exact("own") == "own"
    assert known.named(["parent", "own"]) == "parent (ouder of verzorger), own"
