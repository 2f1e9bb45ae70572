"""Competences by group and school year, on small casebooks and on the model."""

from __future__ import annotations

from typing import Any

import pytest
import small
from small import record

from casebook.actions.competences import Cell, Mastery, Matrix, matrix
from casebook.errors import UsageError
from casebook.render import competencespage

YEAR = "2026-2027"
PAGE = small.page(groups=["1a", "2a"])
TEN = ["B1", "B2", "B3", "G1", "G2", "C1", "C2", "C3", "S1", "S2"]


def activity(identity: str, *competences: str, **more: Any) -> dict[str, bytes]:
    fields = {
        "kind": "lesson",
        "state": "planned",
        "school_year": YEAR,
        "repeats": "school-year",
        "competences": list(competences),
    }
    return record("activity", identity, **{**fields, **more})


def found(*files: dict[str, bytes], **asked: str) -> Matrix:
    return matrix(small.desk(PAGE, *files), **asked)


def cell(told: Matrix, competence: str, group: str) -> Cell:
    return next(one for one in told.cells if (one.competence, one.group) == (competence, group))


def test_the_default_set_has_exactly_ten_in_four_groups_of_three_two_three_and_two() -> None:
    told = found()
    assert told.set["id"] == "mediawijzer-2012"
    assert [str(row["id"]) for row in told.rows] == TEN
    parts = [str(row["group"]) for row in told.rows]
    assert [parts.count(one) for one in told.set["groups"]] == [3, 2, 3, 2]
    assert len(told.gaps) == 20


def test_an_activity_counts_for_the_groups_it_names_else_for_all() -> None:
    told = found(activity("a", "C3", groups=["1a"]), activity("b", "S1"))
    assert cell(told, "C3", "1a").activities == ("a",)
    assert cell(told, "C3", "2a").gap
    assert cell(told, "S1", "2a").activities == ("b",)
    assert len(told.gaps) == 20 - 3


@pytest.mark.parametrize(
    "more", [{"state": "dropped", "because": "x"}, {"audience": ["staff"]}, {"groups": ["9z"]}]
)
def test_what_was_dropped_or_is_not_for_these_pupils_counts_for_nothing(
    more: dict[str, Any],
) -> None:
    assert len(found(activity("a", *TEN, **more)).gaps) == 20


def test_what_does_not_come_back_is_told_apart() -> None:
    told = found(
        activity("a", "C3", repeats="once"),
        activity("b", "S1", repeats=""),
        activity("c", "S1"),
        activity("d", "B1", repeats="", kind="learning-line"),
    )
    assert cell(told, "C3", "1a").only_once
    assert not cell(told, "S1", "1a").only_once
    assert cell(told, "S1", "1a").once == ("b",)
    assert not cell(told, "B1", "1a").only_once


def test_a_school_year_is_looked_at_by_itself() -> None:
    files = (
        activity("a", "C3"),
        activity("b", "C3", school_year="2025-2026"),
        activity("c", "C3", school_year="", dates=["2027-09-01"]),
        activity("d", "S1", school_year=""),
    )
    assert cell(found(*files), "C3", "1a").activities == ("a",)
    assert cell(found(*files, year="2025-2026"), "C3", "1a").activities == ("b",)
    assert found(*files, year="all").years == ("2025-2026", "2026-2027", "2027-2028")
    assert cell(found(*files), "S1", "1a").activities == ("d",)


def test_another_set_is_reached_through_a_mapping_that_is_said_to_be_ours() -> None:
    told = found(activity("a", "C3"), set_name="slo-2024-concept")
    assert told.mapped
    reached = {one.competence for one in told.cells if not one.gap}
    assert reached == {"slo-3", "slo-8"}
    assert all(one.mapped for one in told.cells if not one.gap)
    named = found(activity("a", "slo-4"), set_name="slo-2024-concept")
    assert not named.mapped
    assert not cell(named, "slo-4", "1a").gap


def test_the_plan_says_which_set_and_which_groups() -> None:
    plan = record(
        "plan",
        "media@1",
        kind="media-literacy",
        state="draft",
        competence_set="mediawijsheid-2021",
        groups=["2a"],
    )
    told = found(plan)
    assert told.set["id"] == "mediawijsheid-2021"
    assert told.groups == ("2a",)
    assert len(told.gaps) == 8


def test_mastery_belongs_to_groups_and_the_last_finding_counts() -> None:
    first = {"id": "M1", "competence": "C3", "groups": ["1a"], "reached": "partly"}
    then = {"id": "M2", "competence": "C3", "groups": ["1a"], "reached": "yes", "level": "2"}
    mastery = [{**first, "on": "2026-10-01"}, {**then, "on": "2026-11-01"}]
    told = found(activity("a", "C3", mastery=mastery))
    assert cell(told, "C3", "1a").mastery == Mastery("yes", 2, "2026-11-01")
    assert cell(told, "C3", "2a").mastery is None


def test_an_unknown_set_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as refused:
        found(set_name="nonsense")
    assert "mediawijzer-2012" in refused.value.hint


def test_the_model_plan_covers_the_ten_in_every_year_and_says_what_slo_still_lacks() -> None:
    told = matrix(small.model())
    assert told.gaps == ()
    assert not told.mapped
    slo = matrix(small.model(), "slo-2024-concept")
    assert {one.competence for one in slo.gaps} == {"slo-4", "slo-7"}


def test_the_command_shows_the_matrix_and_how_sure_it_is(school: Any) -> None:
    answer = school.run("competences", program="git policy")
    assert answer.code == 0
    assert "B1   2           2           2           Understand" in answer.out
    assert "No gaps." in answer.out
    slo = school.run("competences", "--set", "slo-2024-concept", program="git policy")
    assert slo.code == 1
    assert "our own mapping" in " ".join(slo.out.split())
    assert "Nobody works on (leerjaar 1): slo-4, slo-7" in slo.out
    rows = school.run("competences", "--json", program="git policy").json["rows"]
    assert len(rows) == 30


def test_many_groups_stand_below_each_other(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "62")
    out = school.run("competences", program="git policy").out
    assert "No.: B1\nleerjaar 1: 2\n" in out


def test_the_page_says_what_happens_only_once_and_what_was_mastered() -> None:
    mastery = [{"id": "M1", "competence": "C3", "groups": ["1a"], "reached": "yes"}]
    told = found(
        activity("a", "C3", repeats="once", groups=["1a"], mastery=mastery), activity("b", "S1")
    )
    said = "\n".join(competencespage.page(told, str, 100))
    assert "C3   1 once  none  Take part in social networks (communication)" in said
    assert "Only once, not built in (1a): C3" in said
    assert "1a: masters 1 of 10: C3 yes ()" in said
    assert "17 gaps." in said
