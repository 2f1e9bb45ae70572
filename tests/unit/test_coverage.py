"""Who has been told which version of the rules and consequences, on small casebooks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import small
from small import FORCE, record

from casebook.actions.coverage import Cover, coverage
from casebook.actions.tellings import school_groups
from casebook.render import coveragepage

DAY = date(2026, 11, 20)
SUMMER = [{"id": "zomer", "title": "Zomer", "from": "2027-07-17", "until": "2027-08-29"}]
PAGE = small.page(groups=["1a", "2a"], vacations=SUMMER)
RUNG = [{"id": "first", "measure": "talk"}]


def code(version: int = 1, **more: Any) -> dict[str, bytes]:
    return record("code", f"phones@{version}", placement="own", **{**FORCE, **more})


def rule(identity: str, **more: Any) -> dict[str, bytes]:
    fields = {"code": "phones", "kind": "must-not", "audience": ["pupil"], "ladder": "none"}
    return record("rule", identity, **{**fields, **FORCE, **more})


def ladder(identity: str = "phone@1", **more: Any) -> dict[str, bytes]:
    return record("ladder", identity, audience=["pupil"], rungs=RUNG, **{**FORCE, **more})


def told(identity: str, *of: str, **more: Any) -> dict[str, bytes]:
    fields = {"audience": "pupil", "given": "2026-09-07", "again": "school-year"}
    return record("announcement", identity, of=list(of), **{**fields, **more})


def rows(*files: dict[str, bytes], day: date = DAY, **limits: str) -> list[Cover]:
    desk = small.desk(PAGE, *files, now=f"{day}T12:00+01:00")
    return list(coverage(desk, day, **limits).rows)


def said(found: list[Cover], audience: str = "pupil") -> list[tuple[Any, ...]]:
    return [
        (one.text, one.groups, one.state, one.missing) for one in found if one.audience == audience
    ]


BOTH = ("1a", "2a")


def test_a_code_and_its_ladder_are_told_apart() -> None:
    texts = (code(), rule("away@1", ladder="phone"), ladder())
    found = rows(*texts, told("start", "phones@1"))
    assert said(found) == [
        ("phones@1", BOTH, "told", ()),
        ("phone@1", BOTH, "not-told", ()),
    ]
    assert said(rows(*texts, told("start", "phones@1", "phone@1"))) == [
        ("phones@1", BOTH, "told", ()),
        ("phone@1", BOTH, "told", ()),
    ]


def test_only_the_groups_an_announcement_names_have_heard_it() -> None:
    found = rows(code(), rule("away@1"), told("start", "phones@1", groups=["1a"]))
    assert said(found) == [
        ("phones@1", ("1a",), "told", ()),
        ("phones@1", ("2a",), "not-told", ()),
    ]
    only = rows(code(), rule("away@1"), told("start", "phones@1", groups=["1a"]), group="1a")
    assert said(only) == [("phones@1", ("1a",), "told", ())]


def test_a_rule_with_a_newer_version_was_not_told_as_it_is_now() -> None:
    texts = (
        code(),
        rule("away@1", state="retired", in_force_until="2026-10-31"),
        rule("away@2", in_force_from="2026-11-01"),
        rule("film@1"),
        told("start", "phones@1"),
    )
    first = rows(*texts)[0]
    assert (first.state, first.missing, first.before) == ("changed", ("away@2",), 1)
    assert first.gap
    again = told("again", "away@2", given="2026-11-09")
    assert said(rows(*texts, again)) == [("phones@1", BOTH, "told", ())]


def test_a_code_told_before_it_began_was_told_with_the_rules_it_began_with() -> None:
    texts = (
        code(2, in_force_from="2026-09-01"),
        rule("away@1", state="retired", in_force_from="2025-08-01", in_force_until="2026-08-31"),
        rule("away@2", in_force_from="2026-09-01"),
        told("start", "phones@2", given="2026-08-31"),
    )
    assert said(rows(*texts)) == [("phones@2", BOTH, "told", ())]


def test_every_school_year_it_is_told_again() -> None:
    texts = (code(), rule("away@1"), told("start", "phones@1"))
    first = rows(*texts)[0]
    assert (first.state, first.again) == ("told", date(2027, 8, 30))
    late = rows(*texts, day=date(2027, 8, 30))[0]
    assert (late.state, late.given) == ("again", date(2026, 9, 7))
    renewed = told("next", "phones@1", given="2027-08-30")
    assert said(rows(*texts, renewed, day=date(2027, 9, 1))) == [("phones@1", BOTH, "told", ())]


def test_what_need_not_be_told_again_stays_told() -> None:
    first = rows(code(), rule("away@1"), told("start", "phones@1", again="none"))[0]
    assert (first.state, first.again) == ("told", None)


@pytest.mark.parametrize(
    ("counts", "state", "reached"),
    [
        ([(78, 82)], "partly", 78),
        ([(82, 82)], "told", 82),
        ([(78, 82), (4, 4)], "told", 82),
        ([(78, 82), (3, 4)], "partly", 81),
        ([(70, 82), (78, 82)], "partly", 78),
        ([], "told", None),
    ],
)
def test_those_who_were_absent_may_catch_up(
    counts: list[tuple[int, int]], state: str, reached: int | None
) -> None:
    every = [
        told(f"t{number}", "phones@1", reached=str(some), of_total=str(total))
        for number, (some, total) in enumerate(counts)
    ] or [told("start", "phones@1")]
    first = rows(code(), rule("away@1"), *every)[0]
    assert (first.state, first.reached) == (state, reached)


def test_a_planned_announcement_tells_nobody_yet_and_is_named() -> None:
    planned = told("start", "phones@1", given="", planned="2026-11-30")
    first = rows(code(), rule("away@1"), planned)[0]
    assert (first.state, first.planned, first.planned_on) == (
        "not-told",
        "start",
        date(2026, 11, 30),
    )


def test_newcomers_are_asked_for_apart_and_only_their_own_announcement_counts() -> None:
    texts = (code(), rule("away@1"), told("start", "phones@1"))
    assert said(rows(*texts), "newcomers") == [("phones@1", BOTH, "not-told", ())]
    for one in ({"audience": "newcomers"}, {"again": "newcomers"}):
        found = rows(*texts, told("new", "phones@1", **one))
        assert said(found, "newcomers") == [("phones@1", BOTH, "told", ())]


def test_staff_are_one_group_unless_somebody_named_teams() -> None:
    texts = (code(), rule("voice@1", audience=["staff"]))
    assert said(rows(*texts), "staff") == [("phones@1", (), "not-told", ())]
    team = told("team", "phones@1", audience="staff", groups=["onderbouw"])
    other = told("other", "phones@1", audience="staff", groups=["bovenbouw"], given="")
    assert said(rows(*texts, team, other), "staff") == [
        ("phones@1", ("bovenbouw",), "not-told", ()),
        ("phones@1", ("onderbouw",), "told", ()),
    ]


def test_pupils_must_also_hear_what_is_punishable() -> None:
    texts = (code(), rule("film@1", offences=["smaad"]))
    without = rows(*texts, told("start", "phones@1"))
    assert said(without)[1] == ("offences", BOTH, "not-told", ())
    heard = rows(*texts, told("start", "phones@1", offences_told="yes"))
    assert said(heard)[1] == ("offences", BOTH, "told", ())


def test_a_consequence_that_does_not_apply_yet_was_told_to_nobody() -> None:
    found = rows(code(), rule("away@1", ladder="phone"), told("start", "phones@1", "phone@1"))
    assert said(found)[1] == ("phone", BOTH, "not-told", ())


def test_a_draft_beside_what_is_in_force_asks_for_nothing() -> None:
    found = rows(code(), rule("away@1"), rule("new@1", state="draft", in_force_from=""))
    assert [one.rules for one in found if one.audience == "pupil"] == [1]


def test_while_nothing_is_in_force_the_drafts_are_shown_and_said_to_be_drafts() -> None:
    draft = {"state": "draft", "in_force_from": ""}
    desk = small.desk(PAGE, code(**draft), rule("away@1", **draft))
    found = coverage(desk, DAY)
    assert found.drafts
    assert [one.state for one in found.rows] == ["not-told", "not-told"]


def test_an_unreadable_announcement_is_named() -> None:
    broken = {"policy/announcements/start.md": b"no record"}
    found = coverage(small.desk(PAGE, code(), broken), DAY)
    assert [one.path for one in found.unreadable] == ["policy/announcements/start.md"]


def test_groups_are_those_of_the_school_else_those_anybody_named() -> None:
    plan = record("plan", "media@1", kind="media-literacy", state="draft", groups=["3c"])
    assert school_groups(small.desk(PAGE, plan).policy) == BOTH
    assert school_groups(small.desk(plan).policy) == ("3c",)


def test_the_model_announcements_tell_everything_that_has_to_be_told() -> None:
    found = coverage(small.model(), DAY)
    assert found.drafts
    assert {one.state for one in found.rows} == {"not-told"}
    assert all(one.planned for one in found.rows)
    assert {one.audience for one in found.rows} == {"pupil", "newcomers", "staff", "parent"}


def test_the_command_ends_with_one_when_somebody_was_not_told(school: Any) -> None:
    answer = school.run("coverage", "--audience", "staff", program="git policy")
    assert answer.code == 1
    assert "not told; was planned for Monday 31 August 2026 (start-2026-staff)" in " ".join(
        answer.out.split()
    )
    assert answer.out.endswith("3 gaps.\nNext: git policy todo\n")
    rows = school.run("coverage", "--json", program="git policy").json["rows"]
    assert {one["text"] for one in rows if one["audience"] == "staff"} == {
        "general-manners@1",
        "phones-and-social-media@1",
        "staff@1",
    }


def test_on_a_narrow_terminal_the_table_becomes_lines(
    school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = school.run("coverage", "--audience", "staff", program="git policy").out
    assert "What: consequences staff@1" in out
    assert all(len(line) <= 40 for line in out.splitlines())


def test_an_unknown_audience_is_named_with_the_choices(school: Any) -> None:
    answer = school.run("coverage", "--audience", "cats", program="git policy")
    assert answer.code == 2
    assert "newcomers" in answer.err


def test_from_the_councils_decision_to_everybody_told(school: Any) -> None:
    """As a school would type it: decide, adopt, announce, count, catch up."""

    def do(*words: str) -> None:
        school.do(*words, program="git policy")

    def states(audience: str) -> set[tuple[str, int | None]]:
        told = school.run("coverage", "--audience", audience, "--json", program="git policy").json
        return {(row["state"], row["reached"]) for row in told["rows"]}

    decided = ("--in-force-from", "2026-11-16", "--decided-by", "principal")
    for name in ("general-manners", "phones-and-social-media"):
        do("set", name, "R1.decision=agreed", "R1.answered=2026-11-10")
        do("adopt", name, *decided, "--decided-on", "2026-11-12")
    assert states("staff") == {("not-told", None)}
    do("announce", "start-2026-staff", "--on", "2026-11-17", "--reached", "60", "--of-total", "62")
    assert states("staff") == {("partly", 60)}
    names = ("general-manners", "phones-and-social-media", "staff")
    absent = ("--audience", "staff", "--reached", "2", "--of-total", "2", "--again", "school-year")
    do("announce", *names, "--on", "2026-11-18", *absent)
    assert states("staff") == {("told", 62)}
    assert states("pupil") == {("not-told", None)}


def page(*files: dict[str, bytes], day: date = DAY) -> str:
    found = coverage(small.desk(PAGE, *files), day, "pupil")
    return " ".join(" ".join(coveragepage.page(found, str, 100)).split())


def test_the_page_says_in_words_how_far_it_is() -> None:
    texts = (code(), rule("away@1", ladder="phone"), ladder())
    start = told("start", "phones@1", "phone@1", reached="78", of_total="82")
    said = page(*texts, start)
    assert "phones@1 (1 rule) not to everybody on Monday 7 September 2026 (start)" in said
    assert "78 of 82 reached; again from Monday 30 August 2027" in said
    assert "2 gaps." in said
    assert "to be told again; last on Monday 7 September 2026" in page(
        *texts, start, day=date(2027, 9, 1)
    )
    full = page(*texts, told("start", "phones@1", "phone@1", again="none"))
    assert "consequences phone@1 on Monday 7 September 2026 (start); not counted" in full
    assert full.endswith("No gaps.")


def test_the_page_says_what_was_told_in_an_older_version_and_what_is_planned() -> None:
    texts = (
        code(),
        rule("away@1"),
        rule("film@1"),
        rule("film@2"),
        ladder("phone@1", state="retired", in_force_until="2026-10-31"),
        ladder("phone@2", in_force_from="2026-11-01"),
        rule("use@1", ladder="phone"),
        told("start", "away@1", "phone@1"),
        told("soon", "phone@2", given="", planned="2026-11-30"),
        told("some-day", "phones@1", given="", planned=""),
    )
    said = page(*texts)
    assert "not told as it is now: film@2, use@1; planned without a date (some-day)" in said
    assert "told in version 1, not in this one; planned for Monday 30 November 2026" in said


def test_a_row_names_its_groups_only_where_others_know_something_else() -> None:
    texts = (code(), rule("away@1"))
    assert "1a: on Monday 7 September 2026" in page(*texts, told("s", "phones@1", groups=["1a"]))
    assert "2a: not told" in page(*texts, told("s", "phones@1", groups=["1a"]))
    assert "1a, 2a: " not in page(*texts, told("s", "phones@1"))
    assert "There is nothing to tell." in page()
