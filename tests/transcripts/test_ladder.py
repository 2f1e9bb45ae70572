"""From a breach to a measure: what the ladder says, what is recorded, what must be explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Casebook


@pytest.fixture
def case(school: Casebook) -> str:
    """An image goes round; P1 is on it, P2 and P3 passed it on."""
    identity = school.new("image-spread", "Foto gaat rond", "--reported-by", "teacher")
    for role in ("victim", "forwarder", "forwarder"):
        school.do("add", "person", identity, role, "--kind", "pupil", "--minor", "yes")
    return identity.rpartition("-")[2]


def advice(school: Casebook, *words: str) -> dict:
    return school.do("advise", *words, "--json").json["advice"]


def test_the_command_that_advise_gives_records_what_the_ladder_says(
    school: Casebook, case: str
) -> None:
    found = advice(school, case, "P2", "--rule", "phone-away", "--times", "3")
    assert found["rung"]["id"] == "third"
    assert found["decided_by"] == {"keep-device": ["team-leader"], "stay-after": ["team-leader"]}
    for argv in found["commands"]:
        school.do(*argv[2:])
    measure = school.entry(f"2026-{case}", "M1")
    assert measure["rung"] == "third"
    assert measure["rule"] == "phone-away@1"
    assert measure["decided_by"] == "team-leader"
    assert school.entry(f"2026-{case}", "A1")["owner"] == "mentor"
    checked = school.run("check", "cases", "--json", program="casebook").json["findings"]
    assert not {"deviates-from-ladder", "unknown-rung"} & {one["check"] for one in checked}


def test_what_is_not_known_is_asked_and_what_the_case_says_is_used(
    school: Casebook, case: str
) -> None:
    first = advice(school, case, "P2", "--rule", "forwarding")
    assert first["rung"] is None
    assert first["possible"] == ["light", "moderate", "serious", "calamity"]
    assert first["missing"] == ["severity"]
    said = school.do("advise", case, "P2", "--rule", "forwarding").out
    assert "--severity" in said
    school.do("set", case, "severity=serious", "severity_because=Al buiten de klas verspreid")
    then = advice(school, case, "P2", "--rule", "forwarding")
    assert then["rung"]["id"] == "serious"
    laws = {one["duty"]: one["certainty"] for one in then["duties"]}
    assert laws == {"schorsing": "text", "schorsing-max": "text", "schorsing-melding": "text"}


def test_times_are_counted_over_the_cases_that_the_school_linked(
    school: Casebook, case: str
) -> None:
    asked = advice(school, case, "P2", "--rule", "phone-away")
    assert asked["missing"] == ["times"]
    assert asked["counted"]["how"] == "unknown"
    school.do("add", "measure", case, "keep-device", "--for", "P2", "--rule", "phone-away")
    school.clock.set("2026-11-25 10:00")
    later = school.new("account-misuse", "Toestel in de les", "--reported-by", "teacher")
    same = ("--same-as", f"2026-{case}/P2")
    school.do("add", "person", later, "accused", "--kind", "pupil", "--minor", "yes", *same)
    found = advice(school, later, "accused", "--rule", "phone-away")
    assert found["counted"] == {"how": "counted", "cases": [f"2026-{case}"], "because": None}
    assert found["times"] == 2
    assert found["rung"]["id"] == "second"
    typed = advice(school, later, "P1", "--rule", "phone-away", "--times", "4", "--refused")
    assert typed["rung"]["id"] == "refused"


def test_a_rule_without_consequences_and_model_text_say_so(school: Casebook, case: str) -> None:
    found = advice(school, case, "P2", "--rule", "what-you-can-do")
    assert found["ladder"] is None
    assert found["commands"] == []
    assert any("what-you-can-do@1" in note for note in found["notes"])
    assert any("talk" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("P9", "--rule", "forwarding"), "P2"),
        (("perpetrator", "--rule", "forwarding"), "P2"),
        (("P2", "--rule", "forwardin"), "forwarding"),
    ],
)
def test_an_unknown_person_or_rule_names_the_nearest(
    school: Casebook, case: str, words: tuple[str, ...], near: str
) -> None:
    answer = school.run("advise", case, *words, "--json")
    assert answer.code == 5
    assert near in answer.json["error"]["hint"]


def test_an_unknown_case_is_5_and_no_rule_lists_the_rules_for_its_type(
    school: Casebook, case: str
) -> None:
    assert school.run("advise", "ZZZZZ", "P2", "--rule", "forwarding").code == 5
    answer = school.run("advise", case, "P2")
    assert answer.code == 2
    assert "forwarding" in answer.err
    assert school.run("advise", case, "forwarder", "--rule", "forwarding").code == 2


def test_a_difference_in_treatment_is_shown_with_its_reason(school: Casebook, case: str) -> None:
    rule = ("--rule", "forwarding", "--track", "order", "--decided-by", "principal")
    school.do("add", "measure", case, "task", "--for", "P2", *rule, "--because", "Gaf het toe")
    school.do("add", "measure", case, "time-out", "--for", "P3", *rule)
    found = advice(school, case, "P2", "--rule", "forwarding", "--severity", "light")
    assert [one["person"] for one in found["differences"][0]["own"]] == ["P2", "P3"]
    for command in ("show", "todo"):
        said = school.do(command, case).out
        assert "Gaf het toe" in said
        assert "forwarding" in said
    data = school.do("todo", case, "--json").json
    assert [one["rule"] for one in data["differences"]] == ["forwarding"]
    assert json.dumps(data["differences"]).count("Gaf het toe") == 1


def test_an_earlier_decision_on_the_same_rung_is_compared(school: Casebook, case: str) -> None:
    rule = ("--rule", "forwarding", "--rung", "light", "--track", "order")
    why = ("--because", "Stopte meteen")
    school.do("add", "measure", case, "reflection", "--for", "P2", *rule, *why)
    school.clock.set("2026-11-25 10:00")
    later = school.new("image-spread", "Weer een foto", "--reported-by", "teacher")
    school.do("add", "person", later, "forwarder", "--kind", "pupil", "--minor", "yes")
    school.do("add", "measure", later, "suspension", "--for", "P1", *rule)
    found = advice(school, later, "P1", "--rule", "forwarding", "--severity", "light")
    assert [one["id"] for one in found["earlier"]] == [f"2026-{case}"]
    assert found["differences"][0]["earlier"][0]["because"] == "Stopte meteen"
    assert f"2026-{case} M1 P2" in school.do("show", later, "--full").out
    assert f"2026-{case} M1 P2" in school.do("todo", later).out
    assert f"2026-{case}" not in school.do("show", later).out  # it looks at one case only


def test_the_advice_reads_in_dutch(school: Casebook, case: str) -> None:
    school.language = "nl"
    said = school.do("advise", case, "P2", "--rule", "phone-away", "--times", "1").out
    assert "Trede" in said
    assert "apparaat innemen" in said
    assert "Rung" not in said
