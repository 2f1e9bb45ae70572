"""Ladders: the first rung that fits, what is missing, counting, limits, duties, consequent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import shop

from casebook import ladder as ladders
from casebook.document import parse
from casebook.ladder import Ladder, Situation, choose
from casebook.policy import Policy
from casebook.record import Record
from casebook.snapshot import MemorySnapshot

POLICY = Policy(MemorySnapshot(shop.shipped()))
DUTIES = POLICY.reference("duties")


def shipped(name: str) -> Ladder:
    record = POLICY.find("ladder", name)
    assert record is not None
    return Ladder.from_record(record)


def made(*rungs: dict[str, Any], **more: Any) -> Ladder:
    data = {"id": "own@1", "state": "adopted", "rungs": list(rungs), **more}
    document = parse(b"---\nid: own@1\n---\n", "x.md")[0]
    assert document is not None
    return Ladder.from_record(Record("ladder", "own@1", "x.md", data, document))


@pytest.mark.parametrize(
    ("times", "rung"), [(1, "first"), (2, "second"), (3, "third"), (4, "again"), (9, "again")]
)
def test_the_times_choose_the_rung_of_the_phone_ladder(times: int, rung: str) -> None:
    choice = choose(shipped("phone"), Situation(times=times, refused=False))
    assert choice.rung is not None
    assert choice.rung.id == rung


def test_a_refusal_goes_before_the_times() -> None:
    choice = choose(shipped("phone"), Situation(times=1, refused=True))
    assert choice.rung is not None
    assert choice.rung.id == "refused"
    assert choice.rung.main.kinds == ("leave-lesson",)


def test_without_the_times_every_rung_that_counts_is_possible_and_times_are_asked() -> None:
    choice = choose(shipped("phone"), Situation(refused=False))
    assert choice.rung is None
    assert [one.id for one in choice.possible] == ["first", "second", "third", "again"]
    assert choice.missing == ("times",)


def test_an_unknown_severity_leaves_the_rungs_of_severity() -> None:
    choice = choose(shipped("images-and-harm"), Situation(refused=False))
    assert [one.id for one in choice.possible] == ["light", "moderate", "serious", "calamity"]
    assert choice.missing == ("severity",)


def test_several_conditions_hold_together() -> None:
    found = choose(shipped("staff"), Situation(times=2, severity="moderate", refused=False))
    assert found.rung is not None and found.rung.id == "again"
    none = choose(shipped("staff"), Situation(times=1, severity="moderate", refused=False))
    assert none == ladders.Choice(None)


def test_enforcer_group_and_age_choose_too() -> None:
    own = made(
        {"id": "young", "measure": "talk", "age": "12-14", "groups": ["1a"]},
        {"id": "seen", "measure": "task", "enforcer": ["principal"]},
        {"id": "rest", "measure": "keep-device"},
    )
    assert choose(own, Situation(age=12, group="1a", enforcer="teacher")).possible[0].id == "young"
    assert choose(own, Situation(age=15, enforcer="principal")).possible[0].id == "seen"
    rest = choose(own, Situation(age=15, group="", enforcer="teacher")).rung
    assert rest is not None and rest.id == "rest"
    assert choose(own, Situation(group="1a", enforcer="teacher")).missing == ("age",)


def test_an_age_in_words_is_never_guessed() -> None:
    own = made({"id": "a", "measure": "talk", "age": "onderbouw"}, {"id": "b", "measure": "task"})
    choice = choose(own, Situation(age=12))
    assert [one.id for one in choice.possible] == ["a", "b"]
    assert choice.missing == ("age",)


def test_a_rung_of_judgement_alone_stays_possible_beside_the_next() -> None:
    own = made(
        {"id": "grave", "measure": "suspension", "judgement": "yes", "when": "Heel erg"},
        {"id": "rest", "measure": "talk"},
    )
    choice = choose(own, Situation())
    assert [one.id for one in choice.possible] == ["grave", "rest"]
    assert choice.missing == ("judgement",)


def test_who_may_decide_must_be_allowed_by_rung_and_limit() -> None:
    images = shipped("images-and-harm")
    serious = images.rung("serious")
    assert serious is not None
    assert images.may_decide(serious.main, "suspension") == ("principal",)
    assert images.may_decide(serious.main, "written-warning") == ("principal",)
    calamity = images.rung("calamity")
    assert calamity is not None
    assert images.may_decide(calamity.main, "removal") == ("board",)


# -- counting --------------------------------------------------------------------------------


def case(identity: str, day: str, *measures: dict[str, Any], **person: str) -> dict[str, Any]:
    return {
        "id": identity,
        "type": "quarrel",
        "reported": day,
        "persons": [{"id": "P1", "kind": "pupil", "roles": ["accused"], **person}],
        "measures": [
            {"id": f"M{number}", "for": ["P1"], "status": "decided", "kind": "keep-device", **one}
            for number, one in enumerate(measures, 1)
        ],
    }


BEFORE = case("2026-AAAAA", "2026-09-10", {"rule": "phone-away@1"}, {"rule": "phone-away"})
NOW = case("2026-BBBBB", "2026-11-18", same_as="2026-AAAAA/P1")


def count(*cases: dict[str, Any], rules: tuple[str, ...] = ("phone-away",)) -> list[str]:
    listed = [*cases, NOW]
    people = ladders.same_person("2026-BBBBB/P1", listed)
    return list(ladders.earlier(people, rules, "2026-BBBBB", date(2026, 11, 18), listed))


def test_an_earlier_case_of_the_linked_person_counts_once() -> None:
    assert count(BEFORE) == ["2026-AAAAA"]


def test_links_lead_on_and_work_from_both_sides() -> None:
    third = case("2026-CCCCC", "2026-10-01", {"rule": "phone-away"}, same_as="2026-AAAAA/P1")
    assert count(BEFORE, third) == ["2026-AAAAA", "2026-CCCCC"]


@pytest.mark.parametrize(
    "measure",
    [
        {"rule": "forwarding@1"},
        {"rule": "phone-away", "status": "considered"},
        {"rule": "phone-away", "status": "withdrawn"},
        {"rule": "phone-away", "kind": "none"},
        {"rule": "phone-away", "for": ["P2"]},
    ],
)
def test_another_rule_a_thought_and_a_withdrawn_measure_do_not_count(
    measure: dict[str, Any],
) -> None:
    assert count(case("2026-AAAAA", "2026-09-10", measure)) == []


def test_what_came_later_does_not_count() -> None:
    assert count(case("2026-AAAAA", "2026-11-19", {"rule": "phone-away"})) == []


def test_the_school_year_begins_on_1_august() -> None:
    start = ladders.window_start
    assert start("school-year", date(2027, 7, 31)) == date(2026, 8, 1)
    assert start("school-year", date(2026, 8, 1)) == date(2026, 8, 1)
    assert start("month", date(2026, 3, 31)) == date(2026, 3, 1)
    assert start("week", date(2026, 11, 18)) == date(2026, 11, 12)


# -- deviating -------------------------------------------------------------------------------


def differs(ladder: str, *measures: dict[str, Any]) -> list[str]:
    listed = [{"id": f"M{number}", **one} for number, one in enumerate(measures, 1)]
    return [one.what for one in ladders.deviations(listed[-1], listed, shipped(ladder))]


def test_a_measure_that_follows_its_rung_does_not_differ() -> None:
    own = {
        "kind": "keep-device",
        "rung": "first",
        "amount": "1 school-day",
        "decided_by": "teacher",
    }
    assert differs("phone", own) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"kind": "task"}, ["kind"]),
        ({"amount": "2 school-days"}, ["amount", "maximum"]),
        ({"decided_by": "mentor"}, ["decided-by", "decided-by"]),
        ({"kind": "task", "track": "guidance"}, []),
        ({"kind": "task", "status": "considered"}, []),
        ({"amount": "een dag"}, []),
    ],
)
def test_what_differs_from_the_rung_is_named(change: dict[str, Any], what: list[str]) -> None:
    own = {
        "kind": "keep-device",
        "rung": "first",
        "amount": "1 school-day",
        "decided_by": "teacher",
    }
    assert differs("phone", {**own, **change}) == what


def test_terms_that_extend_each_other_add_up_to_the_maximum() -> None:
    first = {"kind": "suspension", "decided_by": "principal", "from": "2026-11-02"}
    long = {**first, "until": "2026-11-06"}
    more = {**first, "from": "2026-11-07", "until": "2026-11-09", "extends": "M1"}
    assert differs("images-and-harm", long) == []
    assert differs("images-and-harm", long, more) == ["maximum"]


def test_a_rung_that_needs_the_board_says_so() -> None:
    own = {"kind": "suspension", "rung": "calamity", "decided_by": "principal"}
    assert differs("images-and-harm", own) == ["approved-by"]
    assert differs("images-and-harm", {**own, "approved_by": "board"}) == []


# -- consequent ------------------------------------------------------------------------------


def two(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    found = case("2026-BBBBB", "2026-11-18")
    found["persons"].append({"id": "P2", "kind": "pupil", "roles": ["accused"]})
    found["measures"] = [
        {"id": "M1", "for": ["P1"], "rule": "forwarding@1", "kind": "task", **first},
        {"id": "M2", "for": ["P2"], "rule": "forwarding", "kind": "task", **second},
    ]
    return found


def test_the_same_measure_on_one_rule_is_consequent() -> None:
    assert ladders.differences(two({}, {})) == []


def test_a_different_measure_on_one_rule_is_listed_with_its_reason() -> None:
    found = ladders.differences(two({"because": "Gaf het toe"}, {"kind": "suspension"}))
    assert [one.rule for one in found] == ["forwarding"]
    assert [(one.person, one.kind, one.because) for one in found[0].own] == [
        ("P1", "task", "Gaf het toe"),
        ("P2", "suspension", ""),
    ]


def test_an_earlier_case_on_the_same_rung_is_compared_and_a_later_one_is_not() -> None:
    own = case("2026-BBBBB", "2026-11-18", {"rule": "phone-away", "rung": "first"})
    other = {"rule": "phone-away", "rung": "first", "kind": "task"}
    before = case("2026-AAAAA", "2026-09-10", other)
    after = case("2026-CCCCC", "2026-11-20", other)
    found = ladders.differences(own, [before, after])
    assert [one.case for each in found for one in each.earlier] == ["2026-AAAAA"]
    higher = case("2026-AAAAA", "2026-09-10", {**other, "rung": "third"})
    assert ladders.differences(own, [higher]) == []


# -- duties ----------------------------------------------------------------------------------


def lacks(sector: str, measure: dict[str, Any], **more: Any) -> dict[str, tuple[str, ...]]:
    data: dict[str, Any] = {
        "id": "2026-BBBBB",
        "persons": [{"id": "P1", "kind": "pupil", "minor": "yes", "roles": ["accused"]}],
        "measures": [{"id": "M1", "for": ["P1"], "status": "decided", **measure}],
        **more,
    }
    return {str(one.duty["id"]): one.fields for one in ladders.gaps(data, DUTIES, sector)}


WRITTEN = {"letter": "2026-11-02", "because": "Stuurde het door", "parents_told": "2026-11-02"}
WEEK = {"kind": "suspension", "from": "2026-11-02", "until": "2026-11-06", **WRITTEN}
DAY = {"kind": "suspension", "from": "2026-11-02", "until": "2026-11-02"}


@pytest.mark.parametrize(
    ("sector", "written", "told"),
    [
        ("vo", "schorsing", "schorsing-melding"),
        ("po", "schorsing-po", "schorsing-melding-po"),
        ("so", "schorsing-so", "schorsing-melding-so"),
        ("vso", "schorsing-so", "schorsing-melding-so"),
        ("mbo", "schorsing-mbo", ""),
    ],
)
def test_a_suspension_is_asked_what_the_law_of_its_own_kind_of_school_asks(
    sector: str, written: str, told: str
) -> None:
    assert lacks(sector, {**DAY, "because": "Stuurde het door"}) == {
        written: ("letter", "parents_told")
    }
    assert lacks(sector, WEEK) == ({told: ("inspectorate",)} if told else {})
    long = {**WEEK, "until": "2026-11-09", "inspectorate": "2026-11-02"}
    most = told.replace("melding", "max")
    assert lacks(sector, long) == ({most: ("until",)} if told else {})


def test_a_written_record_of_a_week_lacks_nothing() -> None:
    assert lacks("vo", {**WEEK, "inspectorate": "2026-11-02"}) == {}
    told = {"id": "E1", "contact": "inspectorate", "kind": "notification", "about": ["M1"]}
    assert lacks("vo", WEEK, external=[told]) == {}
    assert lacks("vo", WEEK, external=[{**told, "kind": "advice"}]) != {}


def test_the_parents_of_who_is_18_need_not_be_told() -> None:
    grown = [{"id": "P1", "kind": "pupil", "minor": "no", "roles": ["accused"]}]
    assert (
        lacks("vo", {**DAY, "letter": "2026-11-02", "because": "Doorgestuurd"}, persons=grown) == {}
    )


@pytest.mark.parametrize("kind", ["time-out", "other"])
def test_no_lessons_for_more_than_a_day_counts_whatever_it_is_called(kind: str) -> None:
    own = {**WEEK, "kind": kind}
    if kind == "other":
        assert lacks("vo", own) == {}
        own["effect"] = "no-lessons"
    assert lacks("vo", own) == {"schorsing-melding": ("inspectorate",)}
    assert lacks("vo", {**own, "until": own["from"]}) == {}


def test_a_thought_of_suspension_and_one_of_staff_are_asked_nothing() -> None:
    assert lacks("vo", {**DAY, "status": "considered"}) == {}
    staff = [{"id": "P1", "kind": "staff", "roles": ["accused"]}]
    assert lacks("vo", DAY, persons=staff) == {}


def test_school_days_reach_over_the_week_end() -> None:
    six = {"kind": "suspension", "amount": "6 school-days", **WRITTEN, "inspectorate": "2026-11-02"}
    assert list(lacks("vo", six)) == ["schorsing-max"]
    assert lacks("vo", {**six, "amount": "5 school-days"}) == {}


REMOVAL = {
    "kind": "removal",
    **WRITTEN,
    "heard": ["T1"],
    "inspectorate": "2026-11-01",
    "notice": "2026-11-03",
    "other_school": "School in de buurt",
    "compulsory_age": "yes",
}
HEARD = [{"id": "T1", "with": ["P1"], "parents": "present", "for": "hear"}]


def test_a_removal_shows_hearing_consultation_other_school_and_notice() -> None:
    assert lacks("vo", REMOVAL, talks=HEARD) == {}
    bare = {key: value for key, value in REMOVAL.items() if key in ("kind", "because")}
    assert lacks("vo", bare) == {
        "verwijdering": ("letter", "parents_told"),
        "verwijdering-horen": ("heard", "parents_heard"),
        "verwijdering-overleg": ("compulsory_age", "inspectorate"),
        "verwijdering-andere-school": ("compulsory_age", "other_school"),
        "verwijdering-kennisgeving": ("notice",),
    }


def test_past_compulsory_age_no_other_school_is_asked() -> None:
    own = {key: REMOVAL[key] for key in REMOVAL if key not in ("other_school", "inspectorate")}
    assert lacks("vo", {**own, "compulsory_age": "no"}, talks=HEARD) == {}
    assert list(lacks("vo", {**own, "compulsory_age": "unknown"}, talks=HEARD)) == [
        "verwijdering-overleg",
        "verwijdering-andere-school",
    ]


def test_the_parents_of_a_minor_are_heard_before_a_removal() -> None:
    alone = [{**HEARD[0], "parents": "told"}]
    assert lacks("vo", REMOVAL, talks=alone) == {"verwijdering-horen": ("parents_heard",)}
    assert lacks("vo", {**REMOVAL, "parents_heard": "2026-11-01"}, talks=alone) == {}


def test_every_duty_on_a_measure_says_how_sure_it_is_in_every_kind_of_school() -> None:
    for sector in ("po", "so", "vo", "vso", "mbo"):
        for kind in ("suspension", "removal"):
            found = list(ladders.which(kind, "", None, DUTIES, sector))
            assert found
            assert all(one["certainty"] and one["law"] for one in found)
    sure = {one["certainty"] for one in ladders.which("removal", "", None, DUTIES, "po")}
    assert sure <= {"recall", "uncertain"}
