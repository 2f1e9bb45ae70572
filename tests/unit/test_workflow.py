"""States and moves from data, and everything that can be wrong with the data."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from casebook.workflow import Guard, Workflow

LABEL = {"en": "x", "nl": "x"}
FIELDS: dict[str, Any] = {
    "state": {},
    "owner": {},
    "from": {},
    "turns": {"id": {}, "because": {}, "move": {}},
    "facts": {"id": {}, "source": {}},
}
DATA: dict[str, Any] = {
    "initial": "new",
    "states": {
        "new": {"label": LABEL, "clock": "runs"},
        "busy": {"label": LABEL, "requires": [{"guard": "field", "field": "owner"}]},
        "rest": {"label": LABEL, "clock": "paused"},
        "done": {"label": LABEL, "end": True},
    },
    "moves": {
        "start": {"label": LABEL, "from": ["new"], "to": "busy", "asks": {"owner": "require"}},
        "pause": {
            "label": LABEL,
            "from": ["new", "busy"],
            "to": "rest",
            "fills": {"from": "state"},
        },
        "resume": {"label": LABEL, "from": ["rest"], "to": {"stored": "from"}, "clears": ["from"]},
        "end": {
            "label": LABEL,
            "from": ["busy"],
            "to": ["done"],
            "adds": {"list": "turns", "asks": {"because": "require"}, "sets": {"move": "end"}},
            "guards": [{"guard": "each-entry", "list": "facts", "needs": ["source"]}],
        },
    },
    "after_end": ["notes"],
}
GUARDS = ("field", "each-entry")


def changed(*path: str, to: Any) -> Workflow:
    """The workflow with one value of the data replaced."""
    data = copy.deepcopy(DATA)
    place = data
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return Workflow.from_data(data)


def wrong(workflow: Workflow) -> list[str]:
    return [f"{'.'.join(one.pointer)}: {one.message}" for one in workflow.problems(GUARDS, FIELDS)]


def test_sound_data_have_no_problems() -> None:
    assert wrong(Workflow.from_data(DATA)) == []


def test_the_data_become_states_and_moves() -> None:
    workflow = Workflow.from_data(DATA)
    assert workflow.initial == "new"
    assert workflow.after_end == ("notes",)
    assert workflow.open_states() == ["new", "busy", "rest"]
    assert workflow.is_end("done")
    assert not workflow.is_end("busy")
    assert not workflow.is_end("nowhere")
    assert [move.id for move in workflow.moves_from("busy")] == ["pause", "end"]
    assert workflow.states["rest"].clock == "paused"
    assert workflow.moves["end"].targets == ("done",)
    assert workflow.moves["resume"].stored == "from"


def test_a_stored_move_may_lead_to_every_state_it_can_have_come_from() -> None:
    workflow = Workflow.from_data(DATA)
    assert workflow.may_reach(workflow.moves["resume"]) == ("busy", "new")
    assert workflow.may_reach(workflow.moves["start"]) == ("busy",)


def test_the_way_to_a_state_is_the_shortest_chain_of_moves() -> None:
    workflow = Workflow.from_data(DATA)
    assert workflow.path("new", "done") == ["start", "end"]
    assert workflow.path("rest", "done") == ["resume", "end"]
    assert workflow.path("done", "new") == []
    assert workflow.path("new", "new") == []


def test_a_guard_keeps_its_own_words_apart_from_its_parameters() -> None:
    guard = Guard.from_data(
        {"guard": "heard", "roles": ["victim"], "level": "warn", "if": [{"field": "a"}]}
    )
    assert (guard.name, guard.level, guard.params) == ("heard", "warn", {"roles": ["victim"]})
    assert guard.only_if == ({"field": "a"},)
    assert guard.unless == ()


@pytest.mark.parametrize(
    ("path", "to", "message"),
    [
        (("initial",), "nowhere", "initial: the initial state is not among the states"),
        (("states", "new", "label"), {"en": "x"}, "states.new: the label in nl is missing"),
        (("moves", "end", "label"), {}, "moves.end: the label in en is missing"),
        (("moves", "start", "to"), "gone", 'moves.start: "gone" is not a state'),
        (("moves", "start", "from"), ["old"], 'moves.start: "old" is not a state'),
        (
            ("moves", "start", "from"),
            [],
            "moves.start: a move needs states it comes from and leads to",
        ),
        (
            ("moves", "start", "to"),
            None,
            "moves.start: a move needs states it comes from and leads to",
        ),
        (("moves", "start", "asks"), {"hat": "warn"}, 'moves.start: "hat" is not a field'),
        (
            ("moves", "start", "asks"),
            {"owner": "must"},
            'moves.start: "owner" must be require or warn',
        ),
        (("moves", "pause", "fills"), {"hat": "state"}, 'moves.pause: "hat" is not a field'),
        (("moves", "resume", "clears"), ["hat"], 'moves.resume: "hat" is not a field'),
        (("moves", "start", "sets"), {"hat": "x"}, 'moves.start: "hat" is not a field'),
        (("moves", "end", "adds", "list"), "owner", 'moves.end: "owner" is not a list'),
        (("moves", "end", "adds", "sets"), {"hat": "x"}, 'moves.end: "turns.hat" is not a field'),
        (
            ("moves", "end", "adds", "asks"),
            {"because": "warn"},
            "moves.end: a move to an end must ask for a text",
        ),
        (("moves", "end", "adds"), None, "moves.end: a move to an end must ask for a text"),
        (("moves", "resume", "ends"), {"list": "hats"}, 'moves.resume: "hats" is not a list'),
        (("moves", "end", "guards"), [{"guard": "magic"}], 'moves.end: "magic" is not a guard'),
        (
            ("states", "busy", "requires"),
            [{"guard": "field", "field": "hat"}],
            'states.busy: "hat" is not a field',
        ),
        (
            ("states", "busy", "requires"),
            [{"guard": "field", "field": "owner", "level": "hard"}],
            'states.busy: "field": level must be require or warn',
        ),
        (
            ("moves", "end", "guards"),
            [{"guard": "each-entry", "list": "facts", "needs": ["hat"], "where": {"cap": "x"}}],
            'moves.end: "facts.cap" is not a field',
        ),
        (("states", "done", "end"), False, "states: there is no state that ends a record"),
        (
            ("moves", "resume", "from"),
            ["busy"],
            "states.rest: no chain of moves leads from here to an end",
        ),
        (("moves", "pause", "to"), "busy", "states.rest: no move leads to this state"),
    ],
)
def test_what_is_wrong_in_the_data_is_named_with_its_place(
    path: tuple[str, ...], to: Any, message: str
) -> None:
    assert message in wrong(changed(*path, to=to))


def test_data_without_anything_are_a_workflow_with_one_fault_each() -> None:
    assert wrong(Workflow.from_data({})) == [
        "initial: the initial state is not among the states",
        "states: there is no state that ends a record",
    ]
