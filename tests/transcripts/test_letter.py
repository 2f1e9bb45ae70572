"""A letter of the school for a measure or message: filled in, without a single name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Casebook


@pytest.fixture
def case(school: Casebook) -> str:
    """P1 was harmed; P2 was heard with a parent, and is suspended for two days."""
    identity = school.new("image-spread", "Foto gaat rond", "--reported-by", "teacher")
    for role in ("victim", "forwarder"):
        school.do("add", "person", identity, role, "--kind", "pupil", "--minor", "yes")
    school.do("add", "talk", identity, "P2", "--for", "hear", "--by", "mentor", "--parents=present")
    school.do("add", "fact", identity, "P2 stuurde de foto van P1 door", "--source", "T1")
    measure = ("--for", "P2", "--facts", "F1", "--heard", "T1", "--decided-by", "principal")
    days = ("--from", "2026-11-19", "--until", "2026-11-20")
    school.do("add", "measure", identity, "suspension", *measure, *days, "--because", "Na verbod")
    return identity.rpartition("-")[2]


def letter(school: Casebook, *words: str) -> dict:
    return school.do("letter", *words, "--json").json["letter"]


def test_a_letter_holds_what_the_case_knows_and_places_for_what_it_does_not(
    school: Casebook, case: str
) -> None:
    school.language = "nl"
    found = letter(school, case, "M1")
    assert found["letter"] == "suspension@1"
    text = found["text"]
    assert "{" not in text
    for known in ("19 november 2026", "20 november 2026", "Na verbod", "(F1)", "schoolleider"):
        assert known in text
    assert {"from", "until", "reason", "facts", "heard-on", "decided-by"} <= set(found["filled"])
    assert {"pupil", "addressed-to", "objection-term"} <= set(found["open"])


def test_a_letter_names_only_who_it_is_for_and_nobody_by_name(school: Casebook, case: str) -> None:
    text = letter(school, case, "M1")["text"]
    assert "[name of P2]" in text
    assert "[P1, no name]" in text
    bare = text.replace("[name of P2]", "").replace("[names of P2 and the parents]", "")
    assert "P2" not in bare
    assert "P1" not in bare.replace("[P1, no name]", "")


def test_a_fitting_letter_is_found_by_audience_kind_and_sector(school: Casebook, case: str) -> None:
    school.do("add", "message", case, "parents", "--because", "Nog niet")
    assert letter(school, case, "B1")["letter"] == "parents-images@1"
    school.do("add", "message", case, "media", "--because", "Nog niet")
    assert letter(school, case, "B2")["letter"] == "media-statement@1"
    page = school.root / "policy" / "school.md"
    page.write_text(page.read_text("utf-8").replace("sector: vo", "sector: po"), "utf-8")
    answer = school.run("letter", case, "M1")
    assert answer.code == 2
    assert "--letter" in answer.err
    assert letter(school, case, "M1", "--letter", "suspension")["letter"] == "suspension@1"


def test_several_fitting_letters_are_offered(school: Casebook, case: str) -> None:
    school.do("add", "measure", case, "removal", "--for", "P2", "--because", "Na verbod")
    answer = school.run("letter", case, "M2")
    assert answer.code == 2
    assert "removal@1" in answer.err
    assert "removal-intention@1" in answer.err
    found = letter(school, case, "M2", "--letter", "removal")
    assert "zes weken" in found["text"]


def test_the_words_are_looked_at_when_it_is_rendered_and_when_it_is_sent(
    school: Casebook, case: str
) -> None:
    policy = school.root / "policy" / "letters" / "parents-images@1.md"
    changed = policy.read_text("utf-8").replace("Praat er thuis over.", "De dader is geschorst.")
    policy.write_text(changed, "utf-8")
    school.do("save", program="casebook")
    words = ("--text", "letters/parents-images@1", "--because", "Nog niet")
    added = school.do("add", "message", case, "parents", *words, "--json").json
    assert {one["check"] for one in added["warnings"]} == {"message-wording"}
    found = letter(school, case, "B1")
    assert {one["word"] for one in found["warnings"]} == {"dader", "geschorst"}
    assert "dader" in school.do("letter", case, "B1").err
    sent = school.do("done", case, "B1", "--json").json
    assert [one["check"] for one in sent["warnings"]].count("message-wording") == 2


def test_a_letter_is_written_outside_the_casebook_and_never_over_another(
    school: Casebook, case: str, tmp_path: Path
) -> None:
    target = tmp_path / "brief.txt"
    assert letter(school, case, "M1", "--out", str(target))["path"] == str(target)
    assert "[name of P2]" in target.read_text("utf-8")
    assert school.run("letter", case, "M1", "--out", str(target)).code == 3
    assert school.run("letter", case, "M1", "--out", str(school.root / "x.txt")).code == 3
    assert not (school.root / "x.txt").exists()
    assert school.run("letter", case, "M1", "--out", str(tmp_path / "no" / "x.txt")).code == 5
    assert school.git("status", "--porcelain").stdout == ""


def test_an_unknown_item_or_letter_names_what_there_is(school: Casebook, case: str) -> None:
    answer = school.run("letter", case, "B9", "--json")
    assert answer.code == 5
    assert "M1" in answer.json["error"]["hint"]
    answer = school.run("letter", case, "M1", "--letter", "geen", "--json")
    assert answer.code == 5
    assert "suspension@1" in answer.json["error"]["hint"]


def test_the_term_for_objection_is_filled_in_only_where_the_law_was_read(
    school: Casebook, case: str
) -> None:
    school.do("add", "measure", case, "removal", "--for", "P2", "--because", "Na verbod")
    path = school.root / "policy" / "letters" / "removal@1.md"
    text = path.read_text("utf-8").replace("binnen zes weken", "binnen {objection-term}")
    path.write_text(text.replace("fills: [", "fills: [objection-term, "), "utf-8")
    school.language = "nl"
    assert "6 weken" in letter(school, case, "M2", "--letter", "removal")["text"]
    page = school.root / "policy" / "school.md"
    page.write_text(page.read_text("utf-8").replace("sector: vo", "sector: po"), "utf-8")
    assert "objection-term" in letter(school, case, "M2", "--letter", "removal")["open"]
