"""Each guard: what it lets pass, what it names as missing, and the command that clears it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import shop

from casebook import guards, ladder
from casebook.document import parse
from casebook.guards import Question, Repair, Unmet
from casebook.policy import Policy
from casebook.record import Record
from casebook.snapshot import MemorySnapshot
from casebook.workflow import Guard

if TYPE_CHECKING:
    from collections.abc import Sequence

VICTIM = {"id": "P1", "kind": "pupil", "minor": "yes", "roles": ["victim"]}
ACCUSED = {"id": "P2", "kind": "pupil", "minor": "yes", "roles": ["accused"]}


@dataclass
class Around:
    """A world of a few lines: no procedure, no other cases, unless a test says so."""

    steps_: Sequence[Any] = ()
    aftercare: bool = False
    light: bool = True
    cases: dict[str, Record] = field(default_factory=dict)
    ended: Sequence[str] = ()
    sector: str = "vo"

    def label(self, *place: str) -> str:
        return ".".join(place)

    def value_label(self, value: str, *_place: str) -> str:
        return value

    def question(self, question: str) -> str:
        return f"{question}?"

    def steps(self, _data: Any) -> Sequence[Any]:
        return self.steps_

    def requires_aftercare(self, _data: Any) -> bool:
        return self.aftercare

    def may_be_light(self, _data: Any) -> bool:
        return self.light

    def case(self, identity: str) -> Record | None:
        return self.cases.get(identity)

    def holding(self, text: str) -> Sequence[Record]:
        return [one for one in self.cases.values() if text in repr(one.data)]

    def gaps(self, data: Any) -> Sequence[Any]:
        rows = Policy(MemorySnapshot(shop.shipped())).reference("duties")
        return list(ladder.gaps(data, rows, self.sector))

    def is_open(self, record: Record) -> bool:
        return record.id not in self.ended


def ask(
    guard: dict[str, Any],
    world: Around | None = None,
    origin: str = "",
    before: dict[str, Any] | None = None,
    **data: Any,
) -> Any:
    """What is missing for a guard written as in ``workflow.json``."""
    asked = Question(data, origin, world or Around(), before or data)
    return guards.unmet(asked, Guard.from_data(guard))


def keys(found: list[Unmet]) -> list[str]:
    return [one.key for one in found]


def other(identity: str, **data: Any) -> Record:
    document, _found = parse(f"---\nid: {identity}\n---\n".encode(), f"{identity}.md")
    assert document is not None
    return Record("case", identity, f"{identity}.md", {"id": identity, **data}, document)


def test_a_guard_speaks_only_where_it_applies() -> None:
    guard = {"guard": "field", "field": "owner", "if": [{"field": "severity", "is": ["serious"]}]}
    assert ask(guard) == []
    assert keys(ask(guard, severity="serious")) == ["field:owner"]
    unless = {"guard": "field", "field": "owner", "unless": [{"in": "closures"}]}
    assert keys(ask(unless)) == ["field:owner"]
    assert ask(unless, closures=[{"id": "K1"}]) == []


def test_the_level_of_a_guard_goes_with_what_it_misses() -> None:
    found = ask({"guard": "field", "field": "owner", "level": "warn"})
    assert found[0].level == "warn"
    assert guards.blocking(found) == []
    assert guards.blocking(ask({"guard": "field", "field": "owner"})) != []


def test_field_wants_any_value_and_text_a_real_one() -> None:
    assert ask({"guard": "field", "field": "owner"}, owner="x") == []
    assert ask({"guard": "text", "field": "done"}, done="Gesproken met beiden") == []
    found = ask({"guard": "text", "field": "done"}, done="nvt")
    assert found == [
        Unmet("text:done", "require", "done is missing", Repair("set", fields=("done",)))
    ]


def test_a_list_needs_an_entry_of_the_described_kind() -> None:
    guard = {
        "guard": "list-not-empty",
        "list": "external",
        "where": {"kind": "handover", "on": "*"},
    }
    found = ask(guard, external=[{"id": "E1", "kind": "advice"}])
    assert found[0].message == "there is not yet external"
    assert found[0].repair == Repair("add", list="external", preset=(("kind", "handover"),))
    assert ask(guard, external=[{"id": "E1", "kind": "handover", "on": "2026-11-18"}]) == []
    named = ask({"guard": "list-not-empty", "list": "facts", "label": {"en": "a fact"}})
    assert named[0].message == "there is not yet a fact"


def test_every_entry_has_the_fields_it_needs() -> None:
    guard = {"guard": "each-entry", "list": "actions", "needs": ["owner", "due"]}
    found = ask(guard, actions=[{"id": "A1", "owner": "mentor"}, {"id": "A2"}])
    assert keys(found) == ["each-entry:A1:due", "each-entry:A2:owner,due"]
    assert found[1].message == "A2 lacks: actions.owner, actions.due"
    assert found[1].repair == Repair("set", list="actions", entry="A2", fields=("owner", "due"))
    assert ask(guard, actions=[]) == []


@pytest.mark.parametrize("value", ["", "no", None, []])
def test_no_is_nothing_where_an_entry_needs_a_field(value: Any) -> None:
    guard = {"guard": "each-entry", "list": "measures", "needs": ["letter"]}
    assert keys(ask(guard, measures=[{"id": "M1", "letter": value}])) == ["each-entry:M1:letter"]


def test_a_reason_of_an_entry_must_say_something() -> None:
    guard = {"guard": "each-entry", "list": "actions", "needs": ["because"]}
    assert keys(ask(guard, actions=[{"id": "A1", "because": "..."}])) == ["each-entry:A1:because"]
    assert ask(guard, actions=[{"id": "A1", "because": "Niet meer nodig, opgelost"}]) == []


def test_one_field_may_stand_in_for_another() -> None:
    guard = {"guard": "each-entry", "list": "measures", "needs": ["heard"], "or": "heard_because"}
    assert keys(ask(guard, measures=[{"id": "M1"}])) == ["each-entry:M1:heard"]
    assert ask(guard, measures=[{"id": "M1", "heard_because": "Kwam tweemaal niet"}]) == []


def test_a_field_of_an_entry_may_be_limited_to_some_values() -> None:
    guard = {
        "guard": "each-entry",
        "list": "measures",
        "needs": [],
        "one_of": {"decided_by": ["principal", "board"]},
    }
    found = ask(guard, measures=[{"id": "M1", "decided_by": "mentor"}])
    assert keys(found) == ["each-entry:M1:decided_by"]
    assert "principal or board" in found[0].message
    assert ask(guard, measures=[{"id": "M1", "decided_by": "board"}, {"id": "M2"}]) == []


def test_no_entry_may_be_left_open_where_that_is_asked() -> None:
    guard = {"guard": "each-entry", "list": "actions", "where": {"done": ["no", ""]}, "never": True}
    found = ask(guard, actions=[{"id": "A1", "done": "no"}, {"id": "A2", "done": "2026-11-18"}])
    assert keys(found) == ["each-entry:A1"]
    assert found[0].repair == Repair("done", list="actions", entry="A1")
    content = {**guard, "list": "contents", "where": {"decision": "ask-police"}}
    found = ask(content, contents=[{"id": "C1", "decision": "ask-police"}])
    assert found[0].repair == Repair("set", list="contents", entry="C1", fields=("decision",))


def test_a_question_is_answered_and_where_the_law_says_so_with_yes() -> None:
    guard = {"guard": "answered", "question": "board"}
    assert keys(ask(guard)) == ["answered:board"]
    assert ask(guard, decisions=[{"id": "board", "answer": "no"}]) == []
    lawful = {**guard, "answers": ["yes"]}
    found = ask(lawful, decisions=[{"id": "board", "answer": "no"}])
    assert found[0].message == '"board?" must be answered with yes'
    assert found[0].repair == Repair("decide", entry="board")
    assert ask(lawful, decisions=[{"id": "board", "answer": "yes"}]) == []


HEARD = {"guard": "heard", "roles": ["victim"], "for": ["hear", "consult"]}


def test_everybody_in_the_role_is_heard() -> None:
    found = ask(HEARD, persons=[VICTIM, ACCUSED])
    assert keys(found) == ["heard:P1"]
    assert found[0].message == "P1 (victim) has not been heard"
    assert found[0].repair == Repair("add", list="talks", preset=(("with", "P1"), ("for", "hear")))
    assert ask(HEARD, persons=[VICTIM], talks=[{"id": "T1", "with": ["P1"], "for": "hear"}]) == []
    other_aim = [{"id": "T1", "with": ["P1"], "for": "inform"}]
    assert keys(ask(HEARD, persons=[VICTIM], talks=other_aim)) == ["heard:P1"]


@pytest.mark.parametrize(
    "person", [{"kind": "unknown"}, {"kind": None}, {"absent": "yes"}, {"roles": ["witness"]}]
)
def test_who_is_unknown_or_out_of_reach_need_not_be_heard(person: dict[str, Any]) -> None:
    assert ask(HEARD, persons=[{**VICTIM, **person}]) == []


def test_a_talk_that_was_not_held_counts_with_a_reason_only() -> None:
    talk = {"id": "T1", "with": ["P1"], "for": "hear", "held": "no"}
    assert keys(ask(HEARD, persons=[VICTIM], talks=[talk])) == ["heard:P1"]
    excused = {**talk, "because": "De ouders willen geen gesprek"}
    assert ask(HEARD, persons=[VICTIM], talks=[excused]) == []


PARENTS = {"guard": "parents-consulted", "roles": ["victim", "accused"]}


def test_the_parents_of_every_minor_pupil_are_consulted() -> None:
    found = ask(PARENTS, persons=[VICTIM, {**ACCUSED, "minor": "no"}])
    assert keys(found) == ["parents-consulted:P1"]
    assert found[0].repair == Repair("decide", entry="parents-informed")
    assert ask(PARENTS, persons=[{**VICTIM, "kind": "staff"}]) == []


def test_parents_are_consulted_in_a_talk_with_them_or_beside_their_child() -> None:
    parent = {"id": "P5", "kind": "parent", "roles": ["parent"], "of": ["P1"]}
    beside = [{"id": "T1", "with": ["P1"], "parents": "present"}]
    alone = [{"id": "T1", "with": ["P5"]}]
    assert ask(PARENTS, persons=[VICTIM], talks=beside) == []
    assert ask(PARENTS, persons=[VICTIM, parent], talks=alone) == []
    assert keys(ask(PARENTS, persons=[VICTIM, parent])) == ["parents-consulted:P1"]
    assert keys(ask(PARENTS, persons=[VICTIM], talks=alone)) == ["parents-consulted:P1"]


@pytest.mark.parametrize(("answer", "open_"), [("yes", 0), ("no", 0), ("unsure", 1)])
def test_the_question_about_parents_answers_for_all(answer: str, open_: int) -> None:
    decided = [{"id": "parents-informed", "answer": answer}]
    assert len(ask(PARENTS, persons=[VICTIM], decisions=decided)) == open_


def status(name: str, **more: Any) -> SimpleNamespace:
    step = SimpleNamespace(id=name, before=more.pop("before", "plan"), title_now=lambda: name)
    return SimpleNamespace(step=step, **{"state": "open", "required": True, **more})


def test_required_open_steps_before_the_move_are_named() -> None:
    world = Around(
        [
            status("a"),
            status("b", state="done"),
            status("c", required=False),
            status("d", before="close"),
        ]
    )
    found = ask({"guard": "steps-done", "before": ["plan"]}, world)
    assert keys(found) == ["steps-done:a"]
    assert found[0].repair == Repair("done", list="steps", entry="a")


def test_parts_of_a_case_are_closed_first_or_the_link_says_why_not() -> None:
    guard = {"guard": "links-closed", "kind": "has-part"}
    link = {"id": "L1", "kind": "has-part", "case": "2026-3MV8C"}
    around = Around(cases={"2026-3MV8C": other("2026-3MV8C")})
    found = ask(guard, around, links=[link])
    assert keys(found) == ["links-closed:2026-3MV8C"]
    assert found[0].repair == Repair("move", entry="2026-3MV8C", fields=("next",))
    ended = Around(cases=around.cases, ended=["2026-3MV8C"])
    assert ask(guard, ended, links=[link]) == []
    because = {**link, "because": "Loopt door bij de politie"}
    assert ask(guard, around, links=[because]) == []
    assert keys(ask(guard, around, links=[{**link, "because": "-"}])) == ["links-closed:2026-3MV8C"]
    assert keys(ask(guard, around, links=[link, {**link, "id": "L2"}])) == [
        "links-closed:2026-3MV8C"
    ]


def test_only_parts_that_are_there_hold_a_case_open() -> None:
    guard = {"guard": "links-closed", "kind": "has-part"}
    around = Around(cases={"2026-3MV8C": other("2026-3MV8C")})
    assert ask(guard, around) == []
    for kind, case in (("follows-from", "2026-3MV8C"), ("has-part", "none")):
        assert ask(guard, around, links=[{"id": "L1", "kind": kind, "case": case}]) == []


@pytest.mark.parametrize(
    ("data", "light", "what"),
    [
        ({}, False, "type"),
        ({"contents": [{"id": "C1", "sexual": "unknown"}]}, True, "content"),
        ({"decisions": [{"id": "offence", "answer": "unsure"}]}, True, "offence"),
        ({"measures": [{"id": "M1", "track": "order"}]}, True, "measure"),
    ],
)
def test_something_heavy_keeps_a_case_from_being_settled_as_light(
    data: dict[str, Any], light: bool, what: str
) -> None:
    found = ask({"guard": "is-light"}, Around(light=light), **data)
    assert keys(found) == [f"is-light:{what}"]
    assert found[0].repair == Repair("move", fields=("next",))


def test_content_of_which_nobody_said_whether_it_is_sexual_is_not_light() -> None:
    found = ask({"guard": "is-light"}, contents=[{"id": "C1"}, {"id": "C2", "sexual": "no"}])
    assert keys(found) == ["is-light:sexual:C1"]
    assert found[0].repair == Repair("set", list="contents", entry="C1", fields=("sexual",))


@pytest.mark.parametrize("severity", ["serious", "calamity"])
def test_a_case_that_was_said_to_be_serious_is_not_light(severity: str) -> None:
    """Although the move itself says that it is."""
    found = ask({"guard": "is-light"}, before={"severity": severity}, severity="light")
    assert keys(found) == ["is-light:severity"]
    assert found[0].repair == Repair("set", fields=("severity", "severity_because"))
    for other in ("light", "moderate", ""):
        assert ask({"guard": "is-light"}, before={"severity": other}, severity="light") == []


def test_a_light_case_may_be_settled() -> None:
    content = [{"id": "C1", "sexual": "yes", "minor": "no"}, {"id": "C2", "sexual": "no"}]
    assert ask({"guard": "is-light"}, contents=content) == []


@pytest.mark.parametrize(
    ("origin", "severity", "aftercare", "stops"),
    [
        ("planned", "light", False, False),
        ("planned", "moderate", False, False),
        ("planned", "moderate", True, True),
        ("planned", "serious", False, True),
        ("planned", "", False, True),
        ("aftercare", "serious", True, False),
    ],
)
def test_only_a_mild_case_closes_without_aftercare(
    origin: str, severity: str, aftercare: bool, stops: bool
) -> None:
    guard = {"guard": "short-close", "when_from": ["planned"]}
    found = ask(guard, Around(aftercare=aftercare), origin, severity=severity)
    assert bool(found) is stops


def test_a_case_is_merged_into_another_open_case() -> None:
    guard = {"guard": "target-open", "field": "merged_into"}
    world = Around(cases={"2026-3MV8C": other("2026-3MV8C"), "2026-7KQ2X": other("2026-7KQ2X")})
    me = {"id": "2026-7KQ2X"}
    assert ask(guard, world, **me) == []
    assert ask(guard, world, **me, merged_into="2026-3MV8C") == []
    for target, words in (
        ("2026-7KQ2X", "into itself"),
        ("2026-AAAAA", "there is no case"),
    ):
        found = ask(guard, world, **me, merged_into=target)
        assert words in found[0].message
        assert found[0].repair == Repair("move", fields=("merge",))
    world.ended = ["2026-3MV8C"]
    assert "has ended" in ask(guard, world, **me, merged_into="2026-3MV8C")[0].message


def measure(code: str, person: str, kind: str, **more: str) -> dict[str, Any]:
    return {"id": code, "for": [person], "kind": kind, **more}


def test_the_same_role_gets_the_same_measure_or_a_reason() -> None:
    guard = {"guard": "same-treatment", "level": "warn"}
    people = [ACCUSED, {**ACCUSED, "id": "P3"}]
    unequal = [
        measure("M1", "P2", "suspension", because="Plaatste het"),
        measure("M2", "P3", "talk"),
    ]
    found = ask(guard, persons=people, measures=unequal)
    assert keys(found) == ["same-treatment:accused"]
    assert found[0].repair == Repair("set", list="measures", entry="M2", fields=("because",))
    told = [unequal[0], {**unequal[1], "because": "Keek alleen toe"}]
    assert ask(guard, persons=people, measures=told) == []
    equal = [measure("M1", "P2", "talk"), measure("M2", "P3", "talk")]
    assert ask(guard, persons=people, measures=equal) == []
    not_taken = [unequal[0], {**unequal[1], "status": "considered"}]
    assert ask(guard, persons=people, measures=not_taken) == []


@pytest.mark.parametrize(
    ("repair", "typed"),
    [
        (Repair("set", fields=("owner",)), "git case set 7KQ2X owner"),
        (
            Repair("set", list="measures", entry="M1", fields=("facts", "letter")),
            "git case set 7KQ2X M1.facts M1.letter",
        ),
        (
            Repair("add", list="talks", preset=(("with", "P1"), ("for", "hear"))),
            "git case add talk 7KQ2X --with P1 --for hear",
        ),
        (Repair("add", list="odd"), "git case edit 7KQ2X odd"),
        (Repair("decide", entry="offence"), "git case decide 7KQ2X offence"),
        (Repair("done", list="actions", entry="A1"), "git case done 7KQ2X A1"),
        (Repair("move", fields=("assess",)), "git case assess 7KQ2X"),
        (Repair("move", entry="2026-3MV8C", fields=("next",)), "git case next 3MV8C"),
    ],
)
def test_a_repair_is_a_command_that_can_be_typed(repair: Repair, typed: str) -> None:
    case = called("case", "2026-7KQ2X")
    assert " ".join(guards.argv(repair, case, {"talks": "talk"})) == typed


def called(kind: str, identity: str) -> Record:
    document, _findings = parse(b"---\nid: any\n---\n", "any.md")
    assert document is not None
    return Record(kind, identity, "any.md", {}, document)


def test_a_repair_of_policy_is_a_command_of_policy() -> None:
    rule = called("rule", "forwarding@3")
    assert guards.argv(Repair("set", fields=("owner",)), rule, {}) == (
        "git",
        "policy",
        "set",
        "rule/forwarding@3",
        "owner",
    )


SUSPENDED = {
    "id": "M1",
    "for": ["P2"],
    "kind": "suspension",
    "status": "decided",
    "from": "2026-11-02",
    "until": "2026-11-04",
}


def asked(sector: str, **more: Any) -> list[tuple[str, str]]:
    """What the guard on legal form misses, as key and level."""
    people = {"persons": [ACCUSED], "measures": [{**SUSPENDED, **more}]}
    found = ask({"guard": "legal-form"}, Around(sector=sector), **people)
    return [(one.key.removeprefix("legal-form:"), one.level) for one in found]


def test_a_suspension_needs_the_form_that_the_law_of_the_school_asks() -> None:
    assert asked("vo") == [("M1:schorsing", "require"), ("M1:schorsing-melding", "require")]
    assert asked("po") == [("M1:schorsing-po", "require"), ("M1:schorsing-melding-po", "require")]
    assert asked("vo", status="considered") == []


def test_where_nobody_read_the_law_the_form_only_warns() -> None:
    assert asked("mbo") == [("M1:schorsing-mbo", "warn")]
    removal = asked("po", kind="removal")
    assert removal
    assert {level for _key, level in removal} == {"warn"}


def test_what_lasted_too_long_or_only_works_as_a_suspension_warns() -> None:
    form = {"letter": "2026-11-02", "because": "Doorgestuurd", "parents_told": "2026-11-02"}
    told = {**form, "inspectorate": "2026-11-02"}
    assert asked("vo", **told, until="2026-11-12") == [("M1:schorsing-max", "warn")]
    assert asked("vo", **form, kind="time-out") == [("M1:schorsing-melding", "warn")]


def test_what_a_measure_of_order_is_asked_already_is_not_asked_twice() -> None:
    told = {"parents_told": "2026-11-02", "inspectorate": "2026-11-02"}
    assert asked("vo", **told) == [("M1:schorsing", "require")]
    assert asked("vo", **told, track="order") == []


def test_measures_on_one_rule_that_differ_say_why_whatever_the_roles() -> None:
    people = [ACCUSED, {**ACCUSED, "id": "P3", "roles": ["forwarder"]}]
    why = "Gaf het toe en herstelde het"
    first = {"id": "M1", "for": ["P2"], "kind": "task", "rule": "care@1", "because": why}
    second = {"id": "M2", "for": ["P3"], "kind": "time-out", "rule": "care", "because": why}
    same = {"guard": "same-treatment", "level": "warn"}
    assert ask(same, persons=people, measures=[first, second]) == []
    found = ask(same, persons=people, measures=[first, {**second, "because": "nvt"}])
    assert [one.key for one in found] == ["same-treatment:care"]
    assert found[0].repair == Repair("set", "measures", "M2", ("because",))


def test_a_measure_that_differs_from_an_earlier_case_on_the_rung_says_why() -> None:
    measure = {"id": "M1", "for": ["P2"], "kind": "task", "rule": "care@1", "rung": "light"}
    before = other(
        "2026-AAAAA",
        reported="2026-09-01",
        persons=[ACCUSED],
        measures=[{**measure, "kind": "time-out"}],
    )
    world = Around(cases={before.id: before})
    now = {"id": "2026-BBBBB", "reported": "2026-11-18", "persons": [ACCUSED]}
    found = ask({"guard": "same-treatment"}, world, **now, measures=[measure])
    assert [one.key for one in found] == ["same-treatment:care"]
    assert "2026-AAAAA" in found[0].message
    explained = {**measure, "because": "Had het zelf gemeld"}
    assert ask({"guard": "same-treatment"}, world, **now, measures=[explained]) == []
