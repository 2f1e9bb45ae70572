"""Wishes of the two texts at the beginning that are about cases, each tried as a school would.

Which wish is which stands in docs/asks.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook


@pytest.fixture
def case(school: Casebook) -> str:
    """An image case with a victim P1 and somebody who passed it on, P2."""
    identity = school.new("image-spread", "Foto gaat rond", "--reported-by", "teacher")
    school.do("add", "person", identity, "victim", "--kind", "pupil", "--minor", "yes")
    school.do("add", "person", identity, "forwarder", "--kind", "pupil", "--minor", "yes")
    return identity


def assessed(school: Casebook, case: str) -> None:
    said = ("--severity", "serious", "--severity-because", "In twee klassen")
    school.do("assess", case, "--owner", "mentor", *said)


def test_what_is_late_is_listed_as_late(school: Casebook, case: str) -> None:
    """A64, B13: the first step of an image case is due on the day of the report."""
    assert school.do("list", "--overdue", "--json").json["cases"] == []
    school.clock.set("2026-11-20T09:00+01:00")
    late = school.do("list", "--overdue", "--json").json["cases"]
    assert [one["id"] for one in late] == [case]
    assert "late" in school.do("list").out


def test_impact_and_reach_are_asked_before_the_plan(school: Casebook, case: str) -> None:
    """A67, B07, B09."""
    assessed(school, case)
    steps = {one["id"]: one["state"] for one in school.do("todo", case, "--json").json["steps"]}
    assert steps["impact"] == "open"
    school.do("set", case, "impact=P1 durft niet naar school; onrust in twee klassen")
    school.do("set", case, "reach=Twee groepsapps, vandaag nagevraagd")
    steps = {one["id"]: one["state"] for one in school.do("todo", case, "--json").json["steps"]}
    assert (steps["impact"], steps["reach"]) == ("done", "done")


def test_a_crisis_team_has_members_one_voice_and_a_next_meeting(
    school: Casebook, case: str
) -> None:
    """A72."""
    school.do("decide", case, "crisis=yes", "--because", "Pers aan de deur")
    for field, value in (
        ("team", "directeur,mentor"),
        ("spokesperson", "woordvoerder"),
        ("next_meeting", "2026-11-19 08:00"),
    ):
        school.do("set", case, f"crisis.{field}={value}")
    told = school.entry(case, "crisis")
    assert told["team"] == ["principal", "mentor"]
    assert told["spokesperson"] == "spokesperson"
    assert told["next_meeting"] == "2026-11-19 08:00"


def test_a_request_to_remove_may_fail_and_is_asked_again(school: Casebook, case: str) -> None:
    """A76: each request is kept with its result; one without an answer comes back by date."""
    school.do("add", "external", case, "Instagram", "removal", "--result", "Geweigerd")
    again = ("Helpwanted", "removal", "--ref", "HW-1", "--chase", "2026-11-20")
    school.do("add", "external", case, *again)
    assert school.entry(case, "E1")["result"] == "Geweigerd"
    assert "ask helpwanted again" in school.do("todo", case).out
    school.do("set", case, "E2.result=Verwijderd", "E2.recheck=2026-12-01")
    assert "ask helpwanted again" not in school.do("todo", case).out


def test_an_urgent_message_does_not_wait_for_the_plan(school: Casebook, case: str) -> None:
    """A81, A82: it is sent from the first hour on, and not sending one takes a reason."""
    school.do("add", "message", case, "class", "--aim", "Stop met doorsturen", "--sent", "today")
    assert school.data(case)["state"] == "reported"
    refused = school.run("add", "message", case, "parents", "--sent", "no", "--because", "nvt")
    assert refused.code == 2
    assert "says nothing" in refused.err
    school.do("add", "message", case, "media", "--sent", "no", "--because", "Niemand vroeg erom")
    assert school.data(case)["messages"][-1]["because"] == "Niemand vroeg erom"
    school.language = "nl"
    for page in (school.do("show", case, "--full").out, school.do("log", case).out):
        assert "; no" not in page
        assert ": no" not in page, "a Dutch page says nee"


@pytest.mark.parametrize("kind", ["pupil", "staff"])
def test_whoever_is_depicted_may_be_a_pupil_or_a_teacher(
    school: Casebook, case: str, kind: str
) -> None:
    """B01, B22: content names who is in it by code, and a code that is nobody is refused."""
    code = school.do("add", "person", case, "depicted", "--kind", kind, "--json").json["item"]
    made = ("photo", "Badpak, verteld door P1", "--depicts", code, "--sent-by", "P2")
    school.do("add", "content", case, *made, "--sexual", "no")
    assert school.entry(case, "C1")["depicts"] == [code]
    wrong = school.run("add", "content", case, "photo", "Nog een", "--depicts", "P9")
    assert wrong.code == 1
    assert "P9" in wrong.err


def test_evidence_is_words_a_place_and_a_keeper(school: Casebook, case: str) -> None:
    """A75, A77, A78: removing is a decision, keeping is one too, and both say why."""
    school.do("add", "content", case, "photo", "Naaktfoto, verteld door P1", "--sexual", "yes")
    assessed(school, case)
    for words in (
        ("add", "fact", case, "P2 stuurde de foto door", "--source", "P1"),
        ("add", "action", case, "Klassengesprek", "--owner", "mentor", "--due", "2026-11-20"),
        ("decide", case, "offence=unsure", "--because", "Voorgelegd aan de politie"),
    ):
        school.do(*words)
    refused = school.run("plan", case)
    assert refused.code == 3
    assert "C1" in refused.err
    school.do("set", case, "C1.decision=keep", "C1.because=De politie wil het zien")
    school.do("set", case, "C1.evidence=Telefoon van P1", "C1.kept_by=de politie, nr 12")
    school.do("plan", case)
    assert school.entry(case, "C1")["kept_by"] == "de politie, nr 12"


def test_one_contact_is_asked_when_a_case_is_taken_up(school: Casebook, case: str) -> None:
    """A70: the mentor or the confidential adviser, as long as it is one and the same."""
    answers = ["mentor", "ernstig", "In twee klassen", "", "vertrouwenspersoon"]
    answer = school.sit(answers, "assess", case)
    assert answer.code == 0, answer.out
    assert "Who is the one contact for whoever was harmed" in answer.out
    assert school.data(case)["contact"] == "confidential-adviser"
    assert "Step done: One contact" in answer.out
