"""The step of a record from one state to another: which move it was and what it lacks."""

from __future__ import annotations

from typing import Any

import pytest
import shop

from casebook import crossing
from casebook.crossing import Crossing
from casebook.workflow import Workflow
from casebook.world import CaseWorld

WORLD: CaseWorld = shop.context({}, {}).world
CASES: Workflow = WORLD.kind.workflow
BASE: dict[str, Any] = {"id": "2026-7KQ2X", "type": "quarrel", "state": "reported"}
TAKEN_UP = {
    **BASE,
    "state": "investigating",
    "owner": "mentor",
    "contact": "mentor",
    "severity": "moderate",
    "severity_because": "Twee leerlingen slapen er slecht van",
}
WAIT = {"id": "W1", "from": "investigating", "for": "politie", "what": "Antwoord"}
TURN = {"id": "R1", "move": "reinvestigate", "on": "2026-11-20", "because": "Er kwam iets bij"}


def step(before: dict[str, Any] | None, after: dict[str, Any]) -> Crossing:
    return crossing.judge(before, after, CASES, WORLD)


def keys(found: Crossing) -> list[str]:
    return [one.key for one in found.unmet]


def test_a_record_that_stays_makes_no_move() -> None:
    found = step(BASE, {**BASE, "owner": "mentor"})
    assert (found.move, found.illegal, found.unmet) == (None, False, ())


def test_a_new_record_may_stand_in_the_first_state_or_one_move_further() -> None:
    assert step(None, BASE).move is None
    taken = step(None, TAKEN_UP)
    assert taken.move is not None
    assert taken.move.id == "assess"
    assert not taken.blockers
    assert step(None, {**TAKEN_UP, "state": "planned"}).illegal


def test_a_state_no_move_leads_to_is_illegal() -> None:
    found = step(BASE, {**BASE, "state": "aftercare"})
    assert found.illegal
    assert (found.origin, found.target, found.move) == ("reported", "aftercare", None)


def test_what_a_move_asks_must_be_answered_with_more_than_a_filler() -> None:
    found = step(BASE, {**TAKEN_UP, "severity_because": "nvt", "contact": ""})
    assert keys(found) == ["asked:assess:severity_because", "asked:assess:contact"]
    assert [one.key for one in found.blockers] == ["asked:assess:severity_because"]
    assert [one.key for one in found.warnings] == ["asked:assess:contact"]
    assert found.unmet[0].repair.fields == ("severity_because",)


def test_of_two_moves_to_one_state_the_one_that_lacks_least_was_made() -> None:
    closure = {
        "id": "K1",
        "move": "close",
        "truth": "confirmed",
        "harm": "none",
        "result": ["agreements"],
        "note": "Afspraken gemaakt en nagekomen",
        "evaluation": "De aanpak werkte",
        "policy_change": "none",
        "victim_now": "Het gaat goed",
    }
    closed = {**TAKEN_UP, "state": "closed", "closures": [closure]}
    found = step({**TAKEN_UP, "state": "planned"}, closed)
    assert found.move is not None
    assert found.move.id == "close"
    # "none" is an answer to what harm and which change of policy, and to nothing else.
    assert [key for key in keys(found) if key.startswith("asked:")] == []
    silent = {**closed, "closures": [{**closure, "evaluation": "none"}]}
    assert "asked:close:evaluation" in keys(step({**TAKEN_UP, "state": "planned"}, silent))


def test_a_set_field_must_have_that_value_or_a_version_of_it() -> None:
    light = {"done": "Gesproken met beiden", "evaluation": "Rustig gebleven", "severity": "light"}
    settled = {**BASE, "state": "closed", **light}
    assert keys(step(BASE, {**settled, "procedure": "light@1"})) == []
    assert keys(step(BASE, {**settled, "procedure": "lighter"})) == ["sets:procedure"]
    assert keys(step(BASE, {**settled, "severity": "serious"}))[:1] == ["sets:severity"]


def test_a_move_that_adds_an_entry_needs_a_new_one_of_its_own() -> None:
    planned = {**TAKEN_UP, "state": "planned"}
    again = {**TAKEN_UP, "turns": [TURN]}
    assert keys(step(planned, again)) == []
    assert keys(step({**planned, "turns": [TURN]}, again)) == ["asked:reinvestigate:because"]
    other = {**TURN, "move": "replan"}
    assert keys(step(planned, {**again, "turns": [other]})) == ["asked:reinvestigate:because"]
    silent = {**TURN, "because": "x"}
    assert keys(step(planned, {**again, "turns": [silent]})) == ["asked:reinvestigate:because"]


def test_an_entry_may_be_limited_to_some_values() -> None:
    closure = {"id": "K1", "move": "dismiss", "because": "Het was een grap", "note": "Besproken"}
    after = {**TAKEN_UP, "state": "unfounded"}
    fine = {**closure, "truth": "untrue", "accused_told": "Gebeld"}
    assert keys(step(TAKEN_UP, {**after, "closures": [fine]})) == []
    found = step(TAKEN_UP, {**after, "closures": [{**fine, "truth": "confirmed"}]})
    assert keys(found) == ["asked:dismiss:truth"]
    empty = step(TAKEN_UP, {**after, "closures": [{**fine, "truth": ""}]})
    assert keys(empty) == ["asked:dismiss:truth"]


def test_a_wait_ends_with_a_day_and_a_reason() -> None:
    waiting = {**TAKEN_UP, "state": "waiting", "waits": [WAIT]}
    ended = {**WAIT, "until": "2026-11-20", "because": "De politie belde terug"}
    found = step(waiting, {**TAKEN_UP, "waits": [ended]})
    assert found.move is not None
    assert (found.move.id, keys(found)) == ("resume", [])
    silent = {**ended, "until": "", "because": "..."}
    assert sorted(keys(step(waiting, {**TAKEN_UP, "waits": [silent]}))) == [
        "asked:resume:because",
        "asked:resume:until",
    ]
    assert len(keys(step(waiting, {**TAKEN_UP, "waits": []}))) == 2


def test_a_waiting_case_goes_back_only_to_where_it_came_from() -> None:
    waiting = {**TAKEN_UP, "state": "waiting", "waits": [WAIT]}
    assert step(waiting, {**waiting, "state": "planned"}).illegal
    assert crossing.destinations(waiting, CASES.moves["resume"]) == ("investigating",)
    assert crossing.destinations({"state": "waiting"}, CASES.moves["resume"]) == ()
    merged = {"merged_from": "planned"}
    assert crossing.destinations(merged, CASES.moves["unmerge"]) == ("planned",)
    assert crossing.destinations({}, CASES.moves["unmerge"]) == ()
    assert crossing.destinations({}, CASES.moves["assess"]) == ("investigating",)


def test_a_state_says_what_it_requires_and_an_unknown_one_nothing() -> None:
    assert crossing.required_by_state(TAKEN_UP, CASES, WORLD) == []
    found = crossing.required_by_state({"state": "investigating"}, CASES, WORLD)
    assert [one.key for one in found] == ["field:owner", "field:severity", "text:severity_because"]
    assert crossing.required_by_state({"state": "lost"}, CASES, WORLD) == []


def test_what_guards_miss_is_known_before_anything_is_asked() -> None:
    found = crossing.standing(TAKEN_UP, CASES.moves["plan"], WORLD)
    assert "list-not-empty:facts" in [one.key for one in found]
    assert crossing.standing(TAKEN_UP, CASES.moves["wait"], WORLD) == []


@pytest.mark.parametrize("value", ["2026-11-25", ["2026-11-25"], "De wijkagent"])
def test_a_day_is_an_answer_in_a_form(value: Any) -> None:
    waiting = {**TAKEN_UP, "state": "waiting", "waits": [{**WAIT, "chase": value}]}
    assert keys(step(TAKEN_UP, waiting)) == []


@pytest.mark.parametrize("value", ["", "-", "nvt", "none", [], ["..."], "2026-13-45"])
def test_a_filler_is_no_answer_in_a_form(value: Any) -> None:
    waiting = {**TAKEN_UP, "state": "waiting", "waits": [{**WAIT, "chase": value}]}
    assert keys(step(TAKEN_UP, waiting)) == ["asked:wait:chase"]
