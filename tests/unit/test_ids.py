"""Case ids: unique to the eye and the ear, understood as they are typed or heard."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from casebook import ids

KNOWN = ["2025-7KQ2X", "2026-3MV8C", "2026-AB7KQ"]


@given(st.randoms(use_true_random=False), st.integers(2000, 2100))
def test_a_new_id_has_the_form_of_an_id(chance: random.Random, year: int) -> None:
    identity = ids.new(year, lambda _tail: False, chance.choice)
    assert ids.FULL.fullmatch(identity)
    assert identity.startswith(f"{year}-")
    assert ids.normal(identity) == identity


def test_a_new_id_never_ends_like_one_that_is_taken_also_in_another_year() -> None:
    letters = iter("7KQ2X7KQ2Y")
    assert ids.new(2026, ["7KQ2X"].__contains__, lambda _alphabet: next(letters)) == "2026-7KQ2Y"


@given(st.text(ids.ALPHABET, min_size=5, max_size=5))
def test_what_is_heard_wrongly_still_means_the_id(tail: str) -> None:
    heard = tail.replace("0", "o").replace("1", "l").lower()
    assert ids.normal(f" 2026-{heard} ") == f"2026-{tail}"


def test_an_id_is_found_by_itself_or_by_its_end() -> None:
    assert ids.matching("2026-3mv8c", KNOWN) == ["2026-3MV8C"]
    assert ids.matching("kq2x", KNOWN) == ["2025-7KQ2X"]
    assert ids.matching("kq", [*KNOWN, "2026-1M5KQ"]) == ["2026-1M5KQ", "2026-AB7KQ"]
    assert ids.matching("ZZZZZ", KNOWN) == []


def test_one_sign_names_nothing() -> None:
    assert ids.matching("x", KNOWN) == []


def test_the_nearest_ids_come_first_and_far_ones_not_at_all() -> None:
    assert ids.nearest("7KQ2Y", KNOWN)[0] == "2025-7KQ2X"
    assert ids.nearest("WWWWW", KNOWN) == []
    assert ids.nearest("7KQ", ["2026-7KQ2X", "2026-7KQ3X", "2026-A7KQX"], 2) == [
        "2026-7KQ2X",
        "2026-7KQ3X",
    ]
