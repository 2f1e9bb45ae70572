"""What the policy asks somebody to do, by date, on small casebooks and on the model."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import small
from small import FORCE, record

from casebook.actions.duetasks import Todo, todo
from casebook.actions.outlook import prospects

FAR = date(2099, 1, 1)
TABLES = ("coverage", "competences", "planning", "readiness")


def told(*files: dict[str, bytes], now: str = small.NOON, **limits: Any) -> Todo:
    return todo(small.desk(*files, now=now), **{"until": FAR, **limits})


def rows(*files: dict[str, bytes], **limits: Any) -> list[tuple[str, str, str]]:
    """Kind, day and command of every row, without announcements that nobody planned."""
    return [
        (one.kind, str(one.due or ""), " ".join(one.argv[2:]))
        for one in told(*files, **limits).rows
        if one.kind != "announcement" or one.due is not None
    ]


def code(**more: Any) -> dict[str, bytes]:
    return record("code", "phones@1", placement="own", **{**FORCE, **more})


def rule(identity: str, **more: Any) -> dict[str, bytes]:
    fields = {"code": "phones", "kind": "must", "audience": ["pupil"], "ladder": "none"}
    return record("rule", identity, **{**fields, **FORCE, **more})


def test_rules_are_reviewed_with_their_code_unless_they_have_a_day_of_their_own() -> None:
    found = rows(
        code(review="2027-06-01"),
        rule("a@1", review="2027-06-01"),
        rule("b@1", review="2027-01-01"),
    )
    assert found == [
        ("review", "2027-01-01", "revise b@1"),
        ("review", "2027-06-01", "revise phones@1"),
    ]


def test_a_draft_is_not_reviewed_but_waits() -> None:
    draft = {"state": "draft", "in_force_from": ""}
    found = rows(code(review="2027-06-01", **draft), rule("a@1", review="2027-06-01", **draft))
    assert found == [("draft", "", "adopt phones@1")]


def test_a_draft_beside_what_is_in_force_waits_too() -> None:
    draft = record("code", "phones@2", placement="own", state="draft")
    found = told(code(), draft, rule("a@1"))
    assert [(one.what, one.record) for one in found.rows if one.kind == "draft"] == [
        ("draft: phones@2 (0 rules, 0 ladders)", "phones@2")
    ]


def test_many_drafts_of_one_kind_are_one_line() -> None:
    letters = [record("letter", f"l{one}@1", use="message", state="draft") for one in range(4)]
    found = told(*letters)
    assert [(one.what, " ".join(one.argv)) for one in found.rows] == [
        ("4 drafts: letters", "git policy list")
    ]
    assert len(told(*letters[:3]).rows) == 3


def test_steps_introductions_and_tasks_of_plans_are_due_on_their_day() -> None:
    plan = record(
        "plan",
        "safe@1",
        kind="safety",
        **FORCE,
        steps=[{"id": "see", "title": "Zien", "state": "done", "due": "2026-10-01"}],
        introduction=[
            {"id": "I1", "title": "Team", "owner": "principal", "due": "2026-11-19"},
        ],
        tasks=[
            {"id": "T1", "title": "Bel", "owner": "mentor", "every": "month", "last": "2026-11-01"},
            {"id": "T2", "title": "Ooit", "owner": "mentor", "every": "month"},
        ],
    )
    assert rows(plan) == [
        ("introduction", "2026-11-19", "done safe@1 I1"),
        ("task", "2026-12-01", "set safe@1 T1.last"),
    ]
    assert [one.entry for one in told(plan).late] == ["I1"]
    assert rows(plan, owner="mentor") == [("task", "2026-12-01", "set safe@1 T1.last")]


def test_what_comes_after_the_last_day_is_only_counted() -> None:
    activity = {"kind": "lesson", "state": "planned", "owner": "mentor"}
    soon = record("activity", "soon", dates=["2026-12-01"], **activity)
    late = record("activity", "later", dates=["2027-03-01"], **activity)
    found = told(soon, late, until=None)
    assert [one.record for one in found.rows] == ["soon"]
    assert (found.until, found.later, found.last) == (date(2027, 1, 19), 1, date(2027, 3, 1))


def test_an_announcement_is_due_when_planned_and_again_when_its_term_ends() -> None:
    fields = {"of": ["phones@1"], "audience": "pupil", "again": "school-year"}
    texts = (code(), rule("a@1"))
    planned = record("announcement", "start", planned="2026-11-30", **fields)
    assert ("announcement", "2026-11-30", "announce start") in rows(*texts, planned)
    given = record("announcement", "start", given="2026-09-07", **fields)
    assert ("announcement", "2027-08-02", "announce phones") in rows(*texts, given)
    late = told(*texts, given, now="2027-09-01T12:00+02:00")
    assert ("start", date(2027, 8, 2)) in [(one.record, one.due) for one in late.late]


def test_a_text_that_nobody_planned_to_tell_is_named() -> None:
    found = told(code(), rule("a@1"))
    said = [one.what for one in found.rows if one.kind == "announcement"]
    assert said == ["tell newcomers: phones@1", "tell pupils: phones@1"]
    assert {one.argv for one in found.rows} == {("git", "policy", "announce", "phones")}


def test_a_contact_is_checked_every_year_and_one_that_never_was_waits() -> None:
    contact = {"kind": "police", "owner": "principal"}
    found = rows(
        record("contact", "old", verified_on="2025-11-01", **contact),
        record("contact", "new", verified_on="2026-11-01", **contact),
        record("contact", "never", verified_on="no", **contact),
        record("contact", "gone", until="2026-08-01", **contact),
    )
    assert found == [
        ("contact", "2026-11-02", "set old verified_on"),
        ("contact", "2027-11-02", "set new verified_on"),
        ("contact", "", "set never verified_on"),
    ]


def test_agreements_are_looked_at_on_their_day_and_those_of_the_school_every_year() -> None:
    agreed = [{"id": "A1", "text": "Wie belt", "review": "2027-02-01"}]
    police = record("contact", "police", kind="police", verified_on="2026-11-01", agreements=agreed)
    page = small.page(police_agreements="Wie belt", police_reviewed="2026-01-01")
    assert rows(page, police)[:2] == [
        ("agreement", "2027-01-02", "set school police_reviewed"),
        ("agreement", "2027-02-01", "set police A1.review"),
    ]


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"exercise": "2026-12-01"}, "2026-12-01"),
        ({"exercise": "2026-12-01", "exercised_on": "2026-10-01"}, "2026-12-01"),
        ({"exercise": "2026-10-01", "exercised_on": "2026-10-01"}, "2027-10-02"),
        ({}, ""),
    ],
)
def test_a_procedure_with_a_team_is_practised_every_year(fields: dict[str, str], due: str) -> None:
    steps = [{"id": "safe", "title": "Veilig", "need": "required", "norm": "school"}]
    calamity = record(
        "procedure",
        "calamity@1",
        owner="principal",
        team=["mentor"],
        steps=steps,
        **FORCE,
        **fields,
    )
    assert rows(calamity) == [("exercise", due, "set calamity@1 exercised_on")]


def test_words_that_nobody_answered_wait() -> None:
    feedback = [
        {"id": "F1", "text": "Te lang"},
        {"id": "F2", "text": "Goed", "answer": "taken"},
    ]
    activity = record(
        "activity", "day", kind="lesson", state="done", outcome="Gegeven", feedback=feedback
    )
    consulted = [
        {"id": "C1", "who": "parents", "said": "Graag eerder"},
        {"id": "C2", "who": "staff"},
    ]
    signals = [{"id": "G1", "text": "Gangen"}]
    council = [{"id": "R1", "section": "whole", "right": "consent", "asked": "2026-10-01"}]
    found = rows(activity, code(consulted=consulted, signals=signals, council=council))
    assert {command for kind, _due, command in found if kind == "answer"} == {
        "set day F1.answer",
        "set phones@1 C1.answer",
        "set phones@1 G1.answer",
        "set phones@1 R1.decision",
    }


def test_one_record_shows_its_moves_with_what_is_missing() -> None:
    desk = small.model()
    plan = desk.policy.find("plan", "school-safety")
    assert plan is not None
    ahead = {one.move.id: one for one in prospects(desk, plan)}
    assert set(ahead) == {"consult", "adopt"}
    assert [one.message for one in ahead["adopt"].blockers] == ["R1 lacks: decision"]
    found = todo(desk, FAR, record=plan.path)
    assert {one.record for one in found.rows} == {"school-safety@1"}


def test_a_file_that_cannot_be_read_is_named() -> None:
    found = told({"policy/letters/x@1.md": b"nothing"})
    assert [one.path for one in found.unreadable] == ["policy/letters/x@1.md"]


def test_the_list_the_page_and_the_record_are_shown(school: Any) -> None:
    fresh = school.do("todo", program="git policy").out
    assert "Late" not in fresh
    assert "dates of the model set are proposals" in fresh
    # What the school changes is its own from then on, and counts.
    school.do("set", "start-2026-staff", "note=Ours", program="git policy")
    page = (school.root / "policy/announcements/start-2026-staff.md").read_text("utf-8")
    assert "model:" not in page
    out = school.do("todo", program="git policy").out
    assert out.startswith("Late\n  2026-08-31, mentor: tell: Rules and consequences for staff\n")
    assert "draft: Code for phones and social media (25 rules, 3 ladders)" in out
    assert "National contact points that nobody checked for a year: police" in out
    one = school.do("todo", "school-safety", program="git policy").out
    assert "Possible moves" in one
    assert "9999" not in one
    told = school.do("todo", "school-safety", "--json", program="git policy").json
    assert {move["move"] for move in told["moves"]} == {"consult", "adopt"}
    assert told["rows"][0]["owner"] == "safety-coordinator"


def test_bare_policy_says_what_now_and_ends_with_the_next_command(school: Any) -> None:
    out = school.do(program="git policy").out
    assert "15 gaps in who knows the rules and consequences: git policy coverage" in out
    assert "more: git policy todo" in out
    assert out.splitlines()[-1].startswith("Next: git policy ")
    assert school.do("--json", program="git policy").json["gaps"] == {
        "coverage": 15,
        "competences": 0,
    }
    mine = school.do("--mine", "--json", program="git policy").json["rows"]
    assert {row["owner"] for row in mine} == {"safety-coordinator"}


def test_the_pages_fit_a_narrow_terminal(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for words in ((), ("todo",)):
        out = school.do(*words, program="git policy").out
        commands = ("    git ", "  git ", "Next: ", "  schemas/")
        assert all(len(one) <= 40 for one in out.splitlines() if not one.startswith(commands))


def test_every_command_that_is_suggested_on_the_model_is_one_that_can_be_typed(school: Any) -> None:
    """It works, asks what only a person knows (2), or refuses with what is missing (3)."""
    rows = school.do("todo", "--until", "2099-01-01", "--json", program="git policy").json["rows"]
    lines = school.run("readiness", "--json", program="git policy").json["rows"]
    typed = {tuple(row["argv"]) for row in (*rows, *lines) if row["argv"]}
    writing = [one for one in typed if one[2] not in ("list", "edit", "todo", *TABLES)]
    assert len(writing) > 20
    for words in writing:
        answer = school.run(*words[2:], "--dry-run", program=f"git {words[1]}")
        asks = answer.code == 2 and "Still needed" in answer.err
        assert answer.code in (0, 3) or asks, (words, answer.err)
