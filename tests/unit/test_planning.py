"""Who does what, when and in how many hours, on small casebooks and on the model."""

from __future__ import annotations

from typing import Any

import pytest
import small
from small import record

from casebook.actions.planning import Need, Partner, Sum, planning

YEAR = "2026-2027"


def activity(identity: str, **more: Any) -> dict[str, bytes]:
    fields = {"kind": "lesson", "state": "planned", "owner": "mentor", "hours_planned": "4"}
    return record("activity", identity, **{**fields, **more})


def plan(**more: Any) -> dict[str, bytes]:
    return record("plan", "media@1", kind="media-literacy", state="draft", **more)


def dated(*files: dict[str, bytes], year: str = YEAR) -> list[tuple[str, str, bool]]:
    found = planning(small.desk(*files), year)
    return [
        (str(one.due), f"{one.record.id} {one.entry}".strip(), one.late(found.today))
        for one in found.rows
    ]


def test_work_stands_by_date_with_what_is_late() -> None:
    steps = [{"id": "vision", "title": "Visie", "state": "open", "due": "2026-11-15"}]
    intro = [
        {"id": "I1", "title": "Team", "owner": "principal", "due": "2026-10-01", "state": "done"}
    ]
    tasks = [
        {"id": "T1", "title": "Meten", "owner": "mentor", "every": "school-year"},
        {
            "id": "T2",
            "title": "Nakijken",
            "owner": "mentor",
            "every": "month",
            "last": "2026-11-01",
        },
    ]
    news = record(
        "announcement", "start", of=["x@1"], audience="staff", planned="2026-09-01", by="mentor"
    )
    found = dated(
        plan(steps=steps, introduction=intro, tasks=tasks),
        news,
        activity("day", dates=["2027-02-09", "2027-02-10"]),
        activity("month", due="2026-12", state="done"),
    )
    assert found == [
        ("2026-09-01", "start", True),
        ("2026-10-01", "media@1 I1", False),
        ("2026-11-15", "media@1 vision", True),
        ("2026-12-01", "media@1 T2", False),
        ("2026-12-31", "month", False),
        ("2027-02-10", "day", False),
        ("None", "media@1 T1", False),
    ]


def test_a_school_year_holds_its_own_and_what_has_no_year() -> None:
    files = (
        activity("now", school_year=YEAR),
        activity("next", school_year="2027-2028"),
        activity("ever"),
    )
    assert [name for _due, name, _late in dated(*files)] == ["ever", "now"]
    assert [name for _due, name, _late in dated(*files, year="2027-2028")] == ["ever", "next"]
    assert len(dated(*files, year="all")) == 3
    assert planning(small.desk(*files), YEAR).hidden == 1


def test_hours_are_added_up_per_owner_without_what_was_dropped() -> None:
    found = planning(
        small.desk(
            activity("a", hours_spent="3", state="done"),
            activity("b", due="2026-10"),
            activity("c", state="dropped", hours_planned="40"),
            activity("d", owner="principal", hours_planned="2"),
        ),
        YEAR,
    )
    assert found.sums == (Sum("mentor", 1, 1, 8, 3), Sum("principal", 1, 0, 2, 0))
    only = planning(small.desk(activity("a"), activity("d", owner="principal")), YEAR, "principal")
    assert [one.record.id for one in only.rows] == ["d"]


def test_equipment_training_and_partners_are_listed_with_their_state() -> None:
    needs = [
        {"id": "N1", "what": "Laptops", "kind": "equipment", "number": "30", "state": "there"},
        {"id": "N2", "what": "Licentie", "cost": "500", "owner": "it"},
    ]
    training = [{"id": "T1", "role": "teacher", "need": "Gesprek", "count": "12", "hours": "6"}]
    library = record("contact", "library", kind="partner", cost="100")
    found = planning(
        small.desk(
            activity("a", needs=needs, training=training, partners=["library"]),
            activity("b", partners=["library", "halt"]),
            library,
        ),
        YEAR,
    )
    assert found.needs == (
        Need("Laptops", "equipment", 30, None, "there", "mentor", "a"),
        Need("Licentie", "", None, 500, "wanted", "it", "a"),
    )
    assert [(one.owner, entry["count"]) for one, entry in found.training] == [("teacher", 12)]
    assert found.partners == (
        Partner("halt", "halt", None, ("b",)),
        Partner("library", "library", 100, ("a", "b")),
    )


def test_what_a_plan_does_not_say_is_a_gap() -> None:
    steps = [{"id": "vision", "title": "Visie", "state": "open"}]
    found = planning(
        small.desk(
            plan(steps=steps),
            activity("a", owner="", hours_planned="", repeats="school-year"),
            activity("b"),
            activity("c", state="dropped", owner=""),
        ),
        YEAR,
    )
    assert {(one.record.id, field) for one, field in found.incomplete} == {
        ("a", "owner"),
        ("a", "hours_planned"),
        ("b", "dates"),
        ("media@1", "owner"),
    }


def test_the_model_plan_says_who_when_and_how_long() -> None:
    found = planning(small.model(), YEAR)
    assert found.incomplete == ()
    assert found.unreadable == ()
    assert sum(one.hours for one in found.sums) == 142
    assert {one.id for one in found.partners} == {"halt", "library", "police", "school-guidance"}


def test_the_command_shows_sums_and_takes_a_role_by_its_label(school: Any) -> None:
    answer = school.run("planning", "--owner", "media coach", program="git policy")
    assert answer.code == 0, answer.err
    assert "Hours and work, by owner" in answer.out
    assert "98" in answer.out
    told = school.run("planning", "--json", program="git policy").json
    assert told["owners"][0] == {
        "owner": "media-coach", "open": 15, "late": 7, "hours": 98, "spent": 0
    }  # fmt: skip
    assert next(row["record"] for row in told["rows"]) == "start-2026-staff"


def test_a_school_year_has_two_years_that_follow_each_other(school: Any) -> None:
    assert school.run("planning", "--school-year", "2026", program="git policy").code == 2
    answer = school.run("planning", "--school-year", "2026-2028", program="git policy")
    assert answer.code == 2
    assert "2026-2027" in answer.err


def test_on_a_narrow_terminal_nothing_is_wider(
    school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = school.run("planning", program="git policy").out
    assert "Who: media coach" in out
    assert all(len(line) <= 40 for line in out.splitlines())
