"""Whatever a ladder holds: at most one rung is the first, and what is not known is not guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.ladder import (
    Ladder,
    Situation,
    choose,
    compare,
    read_amount,
    read_range,
    verdict,
    window_start,
)
from casebook.ladder import same_person as linked
from casebook.record import Record

SEVERITIES = ("light", "moderate", "serious", "calamity")
ROLES = ("teacher", "mentor", "principal")

times = st.builds(
    lambda low, more: f"{low}{more}",
    st.integers(1, 5),
    st.sampled_from(["", "+", "-6"]),
)
rungs = st.fixed_dictionaries(
    {"measure": st.sampled_from(["talk", "task", "suspension"])},
    optional={
        "times": times,
        "severity": st.lists(st.sampled_from(SEVERITIES), min_size=1, max_size=3, unique=True),
        "enforcer": st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True),
        "refusal": st.sampled_from(["yes", "no"]),
        "groups": st.lists(st.sampled_from(["1a", "2b"]), min_size=1, max_size=2, unique=True),
        "age": times,
        "judgement": st.just("yes"),
    },
)
situations = st.builds(
    Situation,
    times=st.none() | st.integers(1, 8),
    severity=st.none() | st.sampled_from(SEVERITIES),
    enforcer=st.none() | st.sampled_from(ROLES),
    refused=st.none() | st.booleans(),
    group=st.none() | st.sampled_from(["1a", "2b", ""]),
    age=st.none() | st.integers(1, 8),
)
known = st.builds(
    Situation,
    times=st.integers(1, 8),
    severity=st.sampled_from(SEVERITIES),
    enforcer=st.sampled_from(ROLES),
    refused=st.booleans(),
    group=st.sampled_from(["1a", "2b", ""]),
    age=st.integers(1, 8),
)


def ladder(listed: list[dict[str, Any]]) -> Ladder:
    entries = [{"id": f"r{number}", **one} for number, one in enumerate(listed)]
    data = {"id": "any@1", "state": "adopted", "rungs": entries}
    return Ladder.from_record(Record("ladder", "any@1", "x", data, None))  # type: ignore[arg-type]


def fill(one: Situation, other: Situation) -> Situation:
    """``one``, with what it does not know taken from ``other``."""
    names = ("times", "severity", "enforcer", "refused", "group", "age")
    return Situation(
        **{
            name: getattr(other, name) if getattr(one, name) is None else getattr(one, name)
            for name in names
        }
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(rungs, max_size=6), known)
def test_of_a_known_situation_the_first_rung_that_holds_is_the_one(
    listed: list[dict[str, Any]], situation: Situation
) -> None:
    for one in listed:
        one.pop("judgement", None)
    found = ladder(listed)
    holding = [rung for rung in found.rungs if verdict(rung, situation)[0]]
    choice = choose(found, situation)
    assert choice.rung is (holding[0] if holding else None)
    assert choice.missing == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(rungs, max_size=6), situations, known)
def test_what_becomes_known_only_ever_leaves_rungs_out(
    listed: list[dict[str, Any]], partly: Situation, whole: Situation
) -> None:
    found = ladder(listed)
    before, after = choose(found, partly), choose(found, fill(partly, whole))
    assert {one.id for one in after.possible} <= {one.id for one in before.possible}
    if before.rung is not None:
        assert after.rung is before.rung
    if before.rung is None and before.possible:
        assert before.missing


@settings(max_examples=100, deadline=None)
@given(st.lists(times, min_size=1, max_size=5), known, st.integers(1, 4))
def test_on_a_ladder_that_only_counts_up_more_times_never_give_an_earlier_rung(
    listed: list[str], situation: Situation, more: int
) -> None:
    ordered = sorted(listed, key=lambda one: read_range(one).low, reverse=True)  # type: ignore[union-attr]
    # From the heaviest to the lightest, each open upwards: the usual way to write a ladder down.
    found = ladder(
        [
            {"measure": "talk", "times": f"{read_range(one).low}+"}  # type: ignore[union-attr]
            for one in ordered
        ]
    )
    later = fill(Situation(times=(situation.times or 0) + more), situation)
    first, second = choose(found, situation).rung, choose(found, later).rung
    if first is not None:
        assert second is not None
        assert found.rungs.index(second) <= found.rungs.index(first)


amounts = st.builds(
    lambda low, wide, unit: f"{low}-{low + wide} {unit}s" if wide else f"{low} {unit}s",
    st.integers(1, 20),
    st.integers(0, 5),
    st.sampled_from(["minute", "hour", "lesson", "school-day", "day", "week", "month"]),
)


@settings(max_examples=100, deadline=None)
@given(amounts, amounts)
def test_amounts_are_compared_the_same_from_both_sides_or_not_at_all(one: str, other: str) -> None:
    first, second = read_amount(one), read_amount(other)
    assert first is not None and second is not None
    assert compare(first, first) == 0
    there, back = compare(first, second), compare(second, first)
    assert (there is None) == (back is None)
    if there == 0 and back == 0:
        assert (first.low == second.low) == (first.high == second.high) or first.unit != second.unit
    assert not (
        there == -1 and back == -1 and first.low == first.high and second.low == second.high
    )


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_window_begins_on_or_before_its_day(day: date) -> None:
    starts = [window_start(one, day) for one in ("week", "month", "half-year", "school-year")]
    assert all(one is not None and one <= day for one in starts)
    assert window_start("always", day) == date.min
    assert window_start("period", day) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_who_is_the_same_person_is_the_same_from_every_side(pairs: list[tuple[int, int]]) -> None:
    cases = [
        {"id": f"2026-{one}", "persons": [{"id": "P1", "same_as": f"2026-{other}/P1"}]}
        for one, other in pairs
    ]
    for one, _other in pairs:
        group = linked(f"2026-{one}/P1", cases)
        assert all(linked(each, cases) == group for each in group)
