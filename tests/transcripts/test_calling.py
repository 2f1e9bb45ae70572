"""Whom the page of the first hour says to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook

POLICE = "policy/contacts/police.md"
ADVISER = "policy/contacts/confidential-adviser.md"


def calls(school: Casebook, type_: str = "sexting") -> dict[str, str]:
    found: list[dict[str, Any]] = school.do("now", type_, "--json").json["calls"]
    return {one["who"]: one["how"] for one in found}


def write(school: Casebook, path: str, **fields: str) -> None:
    """Change fields of a contact as an editor would, and make it the school's own."""
    place = school.root / path
    lines = [one for one in place.read_text("utf-8").splitlines() if not one.startswith("model:")]
    head = [one for one in lines[1:] if one.partition(":")[0] not in fields]
    added = [f"{name}: {value}" for name, value in fields.items()]
    place.write_text("\n".join(["---", *added, *head]) + "\n", "utf-8")


def test_a_contact_that_nobody_filled_in_is_said_to_be_missing(school: Casebook) -> None:
    place = school.root / "policy/school.md"
    kept = [one for one in place.read_text("utf-8").splitlines() if "police_" not in one]
    place.write_text("\n".join(kept) + "\n", "utf-8")
    assert calls(school)["Your police contact"] == "not filled in yet (policy/school.md)"


def test_the_police_and_help_against_suicide_are_always_there(school: Casebook) -> None:
    found = calls(school)
    assert found["police"].startswith("112 in an emergency, 0900-8844 otherwise")
    assert found["police"].endswith("(number not verified)")
    assert found["113 suicide prevention"].startswith("113 or 0800-0113")
    assert found["Helpwanted"].startswith("020 261 52 75")
    assert found["confidential inspector"].startswith("0900 111 3 111")
    school.language = "nl"
    assert calls(school)["politie"].startswith("112 spoed, 0900-8844 geen spoed")


def test_the_fixed_police_contact_of_the_school_comes_before_the_national_ones(
    school: Casebook,
) -> None:
    write(school, POLICE, phone="0900-8844")
    found = list(calls(school))
    assert found.index("Local or youth officer of the district") < found.index("police")


@pytest.mark.parametrize(
    ("field", "day", "shown"),
    [("from", "2026-11-19", False), ("until", "2026-11-17", False), ("until", "2026-11-18", True)],
)
def test_a_contact_is_called_only_while_it_lasts(
    school: Casebook, field: str, day: str, *, shown: bool
) -> None:
    write(school, POLICE, **{field: day})
    assert ("Local or youth officer of the district" in calls(school)) is shown


def test_another_contact_is_named_with_the_incidents_it_is_for(school: Casebook) -> None:
    write(school, ADVISER, types="[sexting]", phone="intern 12")
    who = next(one for one, how in calls(school).items() if "intern 12" in how)
    assert who not in calls(school, "quarrel")
