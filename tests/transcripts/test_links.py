"""Cases that are tied to one another: stored in one of them, seen from both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook

CLOSING = ("--truth", "confirmed", "--harm", "none", "--result", "repaired", "--note", "Rustig")
CLOSING += ("--evaluation", "De afspraken waren duidelijk", "--policy-change", "none")


@pytest.fixture
def whole(school: Casebook) -> str:
    """A quarrel that turns out to hold another one."""
    return school.new("quarrel", "Ruzie in twee klassen", "--reported-by", "mentor")


@pytest.fixture
def part(school: Casebook) -> str:
    """The other quarrel."""
    return school.new("quarrel", "Ruzie in de kleedkamer", "--reported-by", "teacher")


def blockers(school: Casebook, case: str) -> list[str]:
    found = json.loads(school.do("todo", case, "--json").out)
    closing = next(one for one in found["moves"] if one["move"] == "close")
    return [one["guard"] for one in closing["blockers"] if one["guard"].startswith("links-closed")]


def plan(school: Casebook, case: str) -> None:
    school.do(
        *("assess", case, "--owner", "mentor", "--severity", "licht"),
        *("--severity-because", "Over en weer"),
    )
    school.do("add", "fact", case, "Berichten over en weer", "--source", "mentor")
    school.do("add", "action", case, "Gesprek", "--owner", "mentor", "--due", "2026-11-20")
    school.do("decide", case, "offence=no", "--because", "Alleen woorden")
    school.do("plan", case)


def test_a_case_names_its_parts_and_waits_for_them(school: Casebook, whole: str, part: str) -> None:
    school.do("add", "link", whole, part, "--kind", "omvat")
    assert school.entry(whole, "L1") == {"id": "L1", "kind": "has-part", "case": part}
    shown = school.do("show", whole).out
    assert "has part" in shown and part in shown


@pytest.mark.parametrize("typed", ["part-of", "part of", "deel van", "Deel-van"])
def test_a_link_that_belongs_in_the_whole_is_answered_with_what_to_type(
    school: Casebook, whole: str, part: str, typed: str
) -> None:
    answer = school.run("add", "link", part, whole, "--kind", typed)
    assert answer.code == 2
    assert f'"{typed}" is kept in the other case, as "has-part".' in answer.err
    command = f"git case add link {whole[5:]} {part[5:]} --kind has-part"
    assert command in answer.err
    assert "links" not in school.data(part)
    school.do(*command.split()[2:])
    assert school.entry(whole, "L1")["case"] == part


def test_the_same_word_on_both_sides_is_an_ordinary_choice(
    school: Casebook, whole: str, part: str
) -> None:
    school.do("add", "link", part, whole, "--kind", "zelfde uiting als")
    assert school.entry(part, "L1")["kind"] == "same-content-as"


def test_whoever_is_asked_or_sets_it_is_told_the_same(
    school: Casebook, whole: str, part: str
) -> None:
    school.do("add", "link", part, whole)
    answer = school.run("set", part, "L1.kind=deel van")
    assert answer.code == 2
    assert 'is kept in the other case, as "has-part"' in answer.err
    assert school.entry(part, "L1")["kind"] == "follows-from"


def test_whoever_writes_it_by_hand_is_told_the_same(
    school: Casebook, whole: str, part: str
) -> None:
    file = school.path(part)
    text = file.read_text("utf-8")
    link = f"links:\n  - id: L1\n    kind: part-of\n    case: {whole}\n---\n"
    file.write_text(text.replace("\n---\n", f"\n{link}", 1), "utf-8")
    answer = school.run("save", part)
    assert answer.code == 1
    assert '"part-of" is kept in the other case, as "has-part"' in answer.out


def test_the_other_side_of_a_link_is_computed(school: Casebook, whole: str, part: str) -> None:
    school.do("add", "link", whole, part, "--kind", "has-part")
    school.do("note", whole, f"Zie ook {part}")
    shown = school.do("show", part, "--full").out
    assert "Links in other cases" in shown
    assert f"part of {whole}: Ruzie in twee klassen" in shown
    assert "Links in other cases" not in school.do("show", part).out
    assert "Links in other cases" not in school.do("show", whole, "--full").out
    data = json.loads(school.do("show", part, "--full", "--json").out)
    assert data["linked_from"] == [{"kind": "has-part", "case": whole}]
    assert "linked_from" not in json.loads(school.do("show", part, "--json").out)


def test_a_whole_is_closed_when_its_parts_are_or_the_link_says_because(
    school: Casebook, whole: str, part: str
) -> None:
    school.do("add", "link", whole, part, "--kind", "has-part")
    plan(school, whole)
    assert blockers(school, whole) == [f"links-closed:{part}"]
    answer = school.run("close", whole, *CLOSING)
    assert answer.code == 3
    assert f"{part} is part of this case and still open" in answer.err
    assert f"git case next {part[5:]}" in answer.err
    school.do("set", whole, "L1.because=Loopt door bij de politie")
    assert blockers(school, whole) == []
    assert "still open" not in school.run("close", whole, *CLOSING).err
