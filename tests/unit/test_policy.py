"""The law of a snapshot: school, procedures by version and day, roles, words."""

from __future__ import annotations

from datetime import date

import pytest
import shop

from casebook.policy import PUBLIC_NUMBERS, SCHOOL, WORDING, Policy
from casebook.snapshot import MemorySnapshot

DAY = date(2026, 11, 20)
TEXT = """---
id: {id}
title: Ruzie
title_en: Quarrel
state: {state}
{more}owner: mentor
steps:
  - id: talk
    title: Gesprek
    title_en: Talk
    owner: mentor
    need: advised
    norm: school
---
"""


def policy(files: dict[str, bytes | None] | None = None) -> Policy:
    there = {**shop.shipped(), **(files or {})}
    return Policy(MemorySnapshot({path: raw for path, raw in there.items() if raw is not None}))


def procedures(**versions: str) -> dict[str, bytes | None]:
    """``v1="adopted 2026-08-01"`` -> the file of ``quarrel@1``."""
    found: dict[str, bytes | None] = {}
    for name, told in versions.items():
        state, _space, start = told.partition(" ")
        more = f"in_force_from: {start}\n" if start else ""
        identity = f"quarrel@{name[1:]}"
        text = TEXT.format(id=identity, state=state, more=more)
        found[f"policy/procedures/{identity}.md"] = text.encode()
    return found


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        ({"v1": "draft"}, "quarrel@1"),
        ({"v1": "draft", "v2": "draft"}, "quarrel@2"),
        ({"v1": "adopted 2026-08-01", "v2": "draft"}, "quarrel@1"),
        ({"v1": "adopted 2026-08-01", "v2": "adopted 2026-11-01"}, "quarrel@2"),
        ({"v1": "adopted 2026-08-01", "v2": "adopted 2026-12-01"}, "quarrel@1"),
        ({"v9": "adopted 2026-08-01", "v10": "adopted 2026-09-01"}, "quarrel@10"),
        ({"v1": "retired"}, None),
    ],
)
def test_a_reference_without_version_means_the_one_in_force(
    versions: dict[str, str], wanted: str | None
) -> None:
    found = policy(procedures(**versions)).procedure("quarrel", DAY)
    assert (found.id if found is not None else None) == wanted


def test_a_reference_with_version_means_that_one_whatever_its_state() -> None:
    law = policy(procedures(v1="retired", v2="adopted 2026-08-01"))
    first = law.procedure("procedures/quarrel@1", DAY)
    assert first is not None
    assert first.id == "quarrel@1"
    assert law.procedure("quarrel@1") is first
    assert law.procedure("quarrel@3") is None
    assert law.procedure("unheard-of") is None


def test_an_unreadable_version_does_not_hide_the_others() -> None:
    files = {**procedures(v1="draft"), "policy/procedures/quarrel@2.md": b"no record"}
    found = policy(files).procedure("quarrel", DAY)
    assert found is not None
    assert found.id == "quarrel@1"


def test_procedures_are_listed_by_id_and_versions_by_number() -> None:
    odd = {"policy/procedures/quarrel@x.md": b"", "policy/procedures/.gitkeep": b""}
    law = policy({**procedures(v2="draft", v10="draft", v1="draft"), **odd})
    assert law.versions("quarrel") == [1, 2, 10]
    assert "image-spread@1" in law.procedure_ids()
    assert ".gitkeep" not in law.procedure_ids()


def test_a_record_is_read_by_its_place() -> None:
    law = policy({"policy/procedures/broken@1.md": b"---\nid: x\n"})
    school = law.read(SCHOOL)
    assert school is not None
    assert school.kind == "school"
    assert law.read("policy/procedures/broken@1.md") is None
    assert law.read("policy/unknown.md") is None
    assert law.read("cases/2026/2026-7KQ2X.md") is None


def test_a_school_without_a_page_has_holidays_and_the_shipped_roles() -> None:
    law = policy({SCHOOL: None})
    assert law.school is None
    assert law.calendar.missing
    assert not law.calendar.is_school_day(date(2026, 12, 25))
    assert "safety-coordinator" in law.roles


def test_the_roles_of_the_school_come_before_the_shipped_ones() -> None:
    raw = shop.shipped()[SCHOOL].replace(
        b"roles:\n", b"roles:\n  - id: gym\n    role: gym-teacher\n"
    )
    law = policy({SCHOOL: raw})
    assert law.roles[0] == "gym-teacher"
    assert len(set(law.roles)) == len(law.roles)
    assert not law.calendar.missing


def test_reference_rows_are_found_by_id() -> None:
    assert policy().reference("duties")["veiligheidsbeleid"]["law"] == "WVO 2020"
    assert policy().reference("nothing") == {}


def test_word_lists_are_read_or_left_out() -> None:
    assert policy().wording is not None
    assert policy().public_numbers
    for raw in (None, b"{", b"{}"):
        law = policy({WORDING: raw, PUBLIC_NUMBERS: raw})
        assert law.wording is None
        assert law.public_numbers == frozenset()
