"""What guards may ask beyond the record: labels, steps, types and other cases."""

from __future__ import annotations

import pytest
import shop

from casebook import i18n
from casebook.world import CaseWorld, move_label, state_label

CASE = """---
id: {id}
type: {type}
state: {state}
summary: Een foto gaat rond
reported: 2026-11-18
reported_by: teacher
{more}---
"""
LINK = "links:\n  - id: L1\n    kind: {kind}\n    case: {case}\n"


def case(identity: str, more: str = "", state: str = "reported") -> dict[str, bytes]:
    text = CASE.format(id=identity, type="image-spread", state=state, more=more)
    return {f"cases/{identity[:4]}/{identity}.md": text.encode()}


@pytest.fixture
def world() -> CaseWorld:
    files = {
        **case("2026-7KQ2X"),
        **case("2026-3MV8C", LINK.format(kind="follows-from", case="2026-7KQ2X")),
        **case("2025-9TB4H", LINK.format(kind="repeat-of", case="2026-7KQ2X")),
        **case("2026-W6R3Z", "motive: Zie 2026-7KQ2X\n"),
        "cases/2026/2026-BR0KE.md": b"no record, but it links to 2026-7KQ2X",
    }
    return shop.context(files, files).world


def test_labels_come_from_the_data_in_the_language_spoken(world: CaseWorld) -> None:
    i18n.activate("nl")
    assert world.label("facts", "source") == "bron"
    assert world.value_label("victim", "persons", "roles") == "slachtoffer"
    assert world.question("offence").endswith("?")
    assert state_label(world.kind, "aftercare") == "nazorg"
    assert move_label(world.kind, "close") == "afsluiten"


def test_an_unknown_state_or_move_is_its_own_label(world: CaseWorld) -> None:
    assert state_label(world.kind, "lost") == "lost"
    assert move_label(world.kind, "vanish") == "vanish"


def test_labels_may_be_those_of_another_kind(world: CaseWorld) -> None:
    i18n.activate("nl")
    about = world.about(world.policy.catalogue.kind("procedure"))
    assert about.label("decided_by") == "vastgesteld door"
    assert about.case("2026-7KQ2X") is not None


def test_a_case_runs_under_the_procedure_it_names_or_that_of_its_type(world: CaseWorld) -> None:
    named = world.procedure({"procedure": "light@1"})
    assert named is not None
    assert named.id == "light@1"
    by_type = world.procedure({"type": "image-spread"})
    assert by_type is not None
    assert by_type.id == "image-spread@1"
    assert world.procedure({"type": "unheard-of"}) is None


def test_steps_and_aftercare_are_those_of_the_procedure(world: CaseWorld) -> None:
    harmed = {"id": "P1", "kind": "pupil", "roles": ["victim"]}
    data = {"type": "image-spread", "reported": "2026-11-18", "persons": [harmed]}
    assert "safe-now" in [one.step.id for one in world.steps(data)]
    assert world.requires_aftercare(data)
    assert world.steps({"type": "unheard-of"}) == []
    assert not world.requires_aftercare({"type": "unheard-of"})
    assert not world.requires_aftercare({"procedure": "light@1", "reported": "2026-11-18"})


def test_a_type_says_whether_a_case_may_be_light(world: CaseWorld) -> None:
    assert world.may_be_light({"type": "quarrel"})
    assert not world.may_be_light({"type": "sexting"})
    assert not world.may_be_light({"type": "unheard-of"})


def test_another_case_is_found_by_its_id(world: CaseWorld) -> None:
    found = world.case("2026-7KQ2X")
    assert found is not None
    assert world.is_open(found)
    for identity in ("2026-AAAAA", "2026-BR0KE", "../x", ""):
        assert world.case(identity) is None


def test_cases_that_name_another_are_found_by_their_text(world: CaseWorld) -> None:
    found = world.holding("2026-7KQ2X")
    assert [one.id for one in found] == ["2025-9TB4H", "2026-3MV8C", "2026-7KQ2X", "2026-W6R3Z"]
