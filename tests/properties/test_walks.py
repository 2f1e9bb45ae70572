"""No walk off the workflow passes: not by command, not by a hand that edits the file.

The oracle reads ``workflow.json`` as plain JSON and shares no code with what it judges.
"""

from __future__ import annotations

import itertools
import json
import random
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import ids
from casebook.actions.desk import Desk
from casebook.casebook import open_casebook
from casebook.document.compose import compose
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Casebook

PATH = "cases/2026/2026-7KQ2X.md"
BASE = {
    "id": "2026-7KQ2X",
    "type": "image-spread",
    "state": "reported",
    "summary": "Foto gaat rond",
    "reported": "2026-11-10",
    "reported_by": "teacher",
    "procedure": "image-spread@1",
}
CLOSURE = {"id": "K1", "on": "2026-11-17", "by": "mentor"}
WAIT = {"id": "W1", "for": "politie", "what": "advies", "since": "2026-11-12"}


@pytest.fixture(scope="module")
def desk(template: Path) -> Iterator[Desk]:
    now = datetime.fromisoformat("2026-11-18T12:00+01:00")
    desk = Desk(open_casebook(template, clock=lambda: now))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def workflow(template: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((template / "schemas/case/workflow.json").read_text())
    return found


def allowed(workflow: dict[str, Any]) -> set[tuple[str, str]]:
    """Every pair of states some move connects; stored ones lead back where one came from."""
    open_states = [name for name, one in workflow["states"].items() if not one.get("end")]
    pairs = set()
    for move in workflow["moves"].values():
        to = move["to"]
        if isinstance(to, dict):
            targets = [one for one in open_states if one not in move["from"]]
        else:
            targets = [to] if isinstance(to, str) else to
        pairs |= {(origin, target) for origin in move["from"] for target in targets}
    return pairs


def judged(desk: Desk, before: dict[str, Any] | None, after: dict[str, Any]) -> list[str]:
    """The errors of a change made by hand, as the hook finds them."""
    old = compose(before).encode() if before is not None else None
    made = Change(PATH, old, compose(after).encode())
    return [one.check for one in desk.judge([made]) if one.is_error]


def test_between_two_states_only_a_move_leads(desk: Desk, workflow: dict[str, Any]) -> None:
    """Every ordered pair: off the workflow it is a forbidden move, on it something is missing."""
    possible = allowed(workflow)
    for origin, target in itertools.permutations(workflow["states"], 2):
        errors = judged(desk, {**BASE, "state": origin}, {**BASE, "state": target})
        assert errors, (origin, target)
        if (origin, target) not in possible:
            assert "forbidden-move" in errors, (origin, target, errors)


def test_a_new_record_starts_at_the_beginning(desk: Desk, workflow: dict[str, Any]) -> None:
    for state in workflow["states"]:
        errors = judged(desk, None, {**BASE, "state": state})
        assert bool(errors) == (state != workflow["initial"]), (state, errors)


def test_no_command_makes_a_move_from_a_wrong_state(
    school: Casebook, workflow: dict[str, Any]
) -> None:
    """Refused with 3, nothing written; a move from a right state is never refused for its state."""
    cases = {}
    for number, state in enumerate(workflow["states"]):
        identity = f"2026-0000{'0123456789ABC'[number]}"
        extra = {"entered_late": "Voor de proef", "owner": "mentor", "severity": "serious"}
        extra |= {"severity_because": "Voor de proef"}
        data = {**BASE, "id": identity, "state": state, **extra}
        file = school.path(identity)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(compose(data))
        cases[state] = identity
    school.git("add", ".")
    school.git("commit", "--quiet", "--message", "cases in every state")
    head = school.head()
    for name, move in workflow["moves"].items():
        for state in set(workflow["states"]) - set(move["from"]):
            answer = school.run(name, cases[state], "--json")
            assert answer.code == 3, (name, state, answer)
            assert answer.json["refused"]["move"] == name
    assert school.head() == head
    assert school.git("status", "--porcelain").stdout == ""


TEXTS = st.sampled_from(["x", "nvt", "", "De politie vroeg dit", "Besproken met ouders"])
EDITS = st.one_of(
    st.tuples(st.just("state"), st.sampled_from(["reported", "investigating", "planned"])),
    st.tuples(st.just("state"), st.sampled_from(["aftercare", "waiting", "closed", "unfounded"])),
    st.tuples(st.just("state"), st.sampled_from(["withdrawn", "merged", "transferred", "weg"])),
    st.tuples(st.just("owner"), st.just("mentor")),
    st.tuples(st.just("severity"), st.sampled_from(["light", "moderate", "serious"])),
    st.tuples(st.just("severity_because"), TEXTS),
    st.tuples(st.just("done"), TEXTS),
    st.tuples(st.just("evaluation"), TEXTS),
    st.builds(
        lambda move, note, truth: (
            "closures",
            [{**CLOSURE, "move": move, "truth": truth, "note": note, "because": note}],
        ),
        st.sampled_from(["close", "dismiss", "withdraw"]),
        TEXTS,
        st.sampled_from(["confirmed", "untrue"]),
    ),
    st.builds(
        lambda origin: ("waits", [{**WAIT, "from": origin, "chase": "2026-11-30"}]),
        st.sampled_from(["reported", "planned"]),
    ),
    st.tuples(st.just("actions"), st.just([{"id": "A1", "text": "Praten", "done": "no"}])),
    st.tuples(
        st.just("facts"), st.just([{"id": "F1", "text": "Gebeurd", "status": "established"}])
    ),
    st.tuples(st.just("decisions"), st.just([{"id": "offence", "answer": "no"}])),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_random_walk_leaves_the_workflow(
    desk: Desk, workflow: dict[str, Any], steps: list[list[tuple[str, Any]]]
) -> None:
    """Whatever a hand writes: what passes is a move that exists, with what its end requires."""
    possible = allowed(workflow)
    current: dict[str, Any] = dict(BASE)
    for edits in steps:
        wanted = {**current, **dict(edits)}
        wanted = {name: value for name, value in wanted.items() if value != ""}
        if judged(desk, current, wanted):
            continue
        origin, target = current["state"], wanted["state"]
        assert origin == target or (origin, target) in possible, (current, wanted)
        _holds(target, wanted)
        current = wanted


def _holds(state: str, data: dict[str, Any]) -> None:
    """What the lifecycle says of a state, in other words than the program's."""
    hollow = (None, "", "x", "nvt")
    if state in ("investigating", "planned", "aftercare"):
        assert data.get("owner"), data
        assert data.get("severity_because") not in hollow, data
    if state == "planned":
        assert data.get("facts") and data.get("actions") and data.get("decisions"), data
    if state in ("unfounded", "withdrawn"):
        assert data["closures"][-1]["because"] not in hollow, data
    if state == "unfounded":
        assert data["closures"][-1]["truth"] == "untrue", data
    if state == "closed":
        if data.get("severity") == "light" and not data.get("closures"):
            assert data.get("done") not in hollow, data
            assert data.get("evaluation") not in hollow, data
        else:
            assert data["closures"][-1]["note"] not in hollow, data
    if state == "waiting":
        assert data["waits"][-1]["chase"], data


@given(
    taken=st.sets(st.text(ids.ALPHABET[:2], min_size=5, max_size=5), max_size=24),
    seed=st.integers(),
)
@settings(max_examples=100)
def test_ids_never_collide_with_what_is_visible(taken: set[str], seed: int) -> None:
    """Also over years: the short form of an id stays clear for ever."""
    known = [f"{2024 + number % 3}-{tail}" for number, tail in enumerate(sorted(taken))]
    luck = random.Random(seed)
    made = ids.new(2026, taken.__contains__, lambda alphabet: luck.choice(alphabet[:2]))
    assert made not in known
    assert ids.matching(made[-5:], [*known, made]) == [made]
