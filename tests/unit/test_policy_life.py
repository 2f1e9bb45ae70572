"""What stands between a draft and its adoption, as the workflows of the policy kinds say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shop

from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.document.compose import compose
from casebook.fingerprint import fingerprint
from casebook.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from casebook.finding import Finding

CODE = "policy/codes/phones-and-social-media@1.md"
RULE = "policy/rules/forwarding@1.md"
LADDER = "policy/ladders/phone@1.md"
PLAN = "policy/plans/school-safety@1.md"
MEDIA = "policy/plans/media-literacy@1.md"
LETTER = "policy/letters/suspension@1.md"
ACTIVITY = "policy/activities/project-podcast.md"
DECISION = {"in_force_from": "2026-12-01", "decided_by": "principal", "decided_on": "2026-11-20"}
AGREED = [{"id": "R1", "section": "whole", "right": "consent", "decision": "agreed"}]
ADOPTED: dict[str, dict[str, Any]] = {
    CODE: {**DECISION, "council": AGREED},
    RULE: {"in_force_from": "2026-12-01"},
    LADDER: {"in_force_from": "2026-12-01"},
    PLAN: {**DECISION, "council": AGREED},
    MEDIA: DECISION,
    LETTER: DECISION,
}


def fields_of(raw: bytes, path: str) -> dict[str, Any]:
    document, _wrong = parse(raw, path)
    assert document is not None
    return dict(document.data)


def draft(path: str) -> dict[str, Any]:
    return fields_of(shop.shipped()[path], path)


def replaced(raw: bytes, path: str, data: dict[str, Any]) -> bytes:
    document, _wrong = parse(raw, path)
    assert document is not None
    return compose(data, document.body).encode()


def written(path: str, data: dict[str, Any]) -> bytes:
    """The record with the fingerprint of its text."""
    old, _wrong = parse(shop.shipped()[path], path)
    assert old is not None
    kept = {name: value for name, value in data.items() if value is not None}
    document, _wrong = parse(compose(kept, old.body).encode(), path)
    assert document is not None
    kind = Catalogue.load(MemorySnapshot(shop.shipped())).kind_at(path)
    assert kind is not None
    record, _findings = kind.read(document)
    assert record is not None
    if kind.text_fields:
        kept["fingerprint"] = fingerprint(record, kind.text_fields)
    return compose(kept, old.body).encode()


def crossed(path: str, state: str, **fields: Any) -> list[Finding]:
    """What is found when the shipped record goes to ``state`` with these fields.

    The code that rules and ladders are part of has been adopted before.
    """
    after = written(path, {**draft(path), "state": state, **fields})
    code = written(CODE, {**draft(CODE), "state": "adopted", **ADOPTED[CODE]})
    before = {} if path == CODE else {CODE: code}
    return [one for one in shop.judged(before, {**before, path: after}) if one.is_error]


@pytest.mark.parametrize("path", ADOPTED)
def test_a_model_text_is_adopted_once_the_school_has_decided(path: str) -> None:
    assert crossed(path, "adopted", **ADOPTED[path]) == []


@pytest.mark.parametrize("path", ADOPTED)
def test_a_text_goes_into_consultation_without_any_question(path: str) -> None:
    assert crossed(path, "consultation") == []


@pytest.mark.parametrize(
    ("path", "without"),
    [
        (CODE, "in_force_from"),
        (CODE, "decided_by"),
        (CODE, "decided_on"),
        (CODE, "review"),
        (CODE, "owner"),
        (CODE, "council"),
        (RULE, "formal"),
        (RULE, "positive"),
        (RULE, "ladder"),
        (RULE, "owner"),
        (RULE, "review"),
        (LADDER, "owner"),
        (PLAN, "social_media"),
        (PLAN, "themes"),
        (PLAN, "goal"),
        (PLAN, "council"),
        (MEDIA, "steps"),
        (LETTER, "parts"),
        (LETTER, "signed_by"),
    ],
)
def test_a_text_is_not_adopted_without(path: str, without: str) -> None:
    names = [one.check for one in crossed(path, "adopted", **{**ADOPTED[path], without: None})]
    assert "move-blocked" in names


@pytest.mark.parametrize("path", [RULE, LADDER])
def test_a_part_is_not_adopted_before_what_it_is_part_of(path: str) -> None:
    after = written(path, {**draft(path), "state": "adopted", **ADOPTED[path]})
    found = [one for one in shop.judged({}, {path: after}) if one.is_error]
    assert [one.check for one in found] == ["move-blocked"]
    assert "code/phones-and-social-media@1" in found[0].message


def test_a_part_is_adopted_in_one_commit_with_its_whole() -> None:
    after = {
        path: written(path, {**draft(path), "state": "adopted", **ADOPTED[path]})
        for path in (CODE, RULE, LADDER)
    }
    assert [one for one in shop.judged({}, after) if one.is_error] == []


@pytest.mark.parametrize(
    ("sector", "placement", "section", "fits"),
    [
        ("vo", "own", "whole", True),
        ("vo", "own", "pupils", False),
        ("vo", "pupil-charter", "pupils", True),
        ("vo", "pupil-charter", "whole", False),
        ("po", "pupil-charter", "parents", True),
        ("po", "pupil-charter", "pupils", False),
        ("mbo", "own", "", True),
    ],
)
def test_the_council_is_asked_where_the_law_of_the_sector_asks_it(
    sector: str, placement: str, section: str, fits: bool
) -> None:
    school = "policy/school.md"
    said = {**draft(school), "sector": sector}
    before = {school: replaced(shop.shipped()[school], school, said)}
    council = [{"id": "R1", "section": section, "right": "consent", "decision": "agreed"}]
    fields = {**draft(CODE), "state": "adopted", **DECISION, "placement": placement}
    fields["council"] = council if section else None
    after = {**before, CODE: written(CODE, fields)}
    names = [one.check for one in shop.judged(before, after) if one.is_error]
    assert names == ([] if fits else ["move-blocked"])


def test_advice_is_no_consent() -> None:
    council = [{"id": "R1", "section": "whole", "right": "consent", "decision": "advice-for"}]
    fields = {**ADOPTED[CODE], "council": council}
    assert [one.check for one in crossed(CODE, "adopted", **fields)] == ["move-blocked"]


@pytest.mark.parametrize("decision", ["", "refused"])
def test_a_council_that_has_not_agreed_holds_the_code_back(decision: str) -> None:
    council = [{"id": "R1", "section": "whole", "right": "consent", "decision": decision}]
    fields = {**ADOPTED[CODE], "council": council}
    assert [one.check for one in crossed(CODE, "adopted", **fields)] == ["move-blocked"]


def test_where_the_council_has_no_right_the_reason_stands_in_its_place() -> None:
    council = [{"id": "R1", "section": "whole", "right": "none", "because": "Alleen herplaatst"}]
    assert crossed(CODE, "adopted", **{**ADOPTED[CODE], "council": council}) == []


def test_a_theme_without_a_protocol_says_why() -> None:
    themes = [dict(one) for one in draft(PLAN)["themes"]]
    del themes[0]["protocol"]
    fields = {**ADOPTED[PLAN], "themes": themes}
    assert [one.check for one in crossed(PLAN, "adopted", **fields)] == ["move-blocked"]
    themes[0]["because"] = "Het protocol van het bestuur geldt"
    assert crossed(PLAN, "adopted", **fields) == []


def test_a_choice_of_measures_says_what_can_be_chosen() -> None:
    rungs = [{"id": "one", "times": "1", "measure": "choose", "by": ["teacher"], "guidance": "x"}]
    fields = {**ADOPTED[LADDER], "rungs": rungs}
    assert [one.check for one in crossed(LADDER, "adopted", **fields)] == ["move-blocked"]


def test_nothing_is_adopted_without_passing_a_move() -> None:
    names = [one.check for one in crossed(CODE, "retired", in_force_until="2026-12-31")]
    assert "forbidden-move" in names


@pytest.mark.parametrize(
    ("path", "field", "text"),
    [
        (RULE, "positive", "Iets anders."),
        (RULE, "ladder", "none"),
        (CODE, "scope", "Alleen in de les."),
        (LETTER, "aim", "Iets anders"),
    ],
)
def test_an_adopted_text_does_not_change(path: str, field: str, text: str) -> None:
    data = {**draft(path), "state": "adopted", **ADOPTED[path]}
    before = written(path, data)
    after = replaced(before, path, {**fields_of(before, path), field: text})
    names = [one.check for one in shop.judged({path: before}, {path: after}) if one.is_error]
    assert names == ["adopted-text-changed"]


def test_who_adopted_the_text_and_when_is_said_of_a_rule_by_its_code() -> None:
    code = written(CODE, {**draft(CODE), "state": "adopted", **ADOPTED[CODE]})
    before = written(RULE, {**draft(RULE), "state": "adopted", **ADOPTED[RULE]})
    after = replaced(before, RULE, {**fields_of(before, RULE), "positive": "Iets anders."})
    found = shop.judged({CODE: code, RULE: before}, {CODE: code, RULE: after})
    said = next(one.message for one in found if one.check == "adopted-text-changed")
    assert "rule/forwarding@1" in said
    assert "principal" in said
    assert "2026-11-20" in said


def test_a_circle_is_named() -> None:
    rules = {"a@1": "b@1", "b@1": "c@1", "c@1": "a@1"}
    files = {}
    for identity, other in rules.items():
        data = {**draft(RULE), "id": identity, "translates": other}
        files[f"policy/rules/{identity}.md"] = written(RULE, data)
    found = [one for one in shop.judged({}, files) if one.check == "reference-circle"]
    assert len(found) == 3
    assert "a@1 - b@1 - c@1 - a@1" in found[0].message


def test_what_happens_after_adoption_is_no_change_of_the_text() -> None:
    before = written(CODE, {**draft(CODE), "state": "adopted", **ADOPTED[CODE]})
    data = fields_of(before, CODE)
    data["introduction"] = [{**one, "state": "done"} for one in data["introduction"]]
    data["signals"] = [{"id": "G1", "text": "In de kantine is het te druk"}]
    data["ambassadors"] = [{"id": "A1", "group": "2a", "count": "2"}]
    data["cases"] = ["2026-7KQ2X"]
    after = replaced(before, CODE, data)
    assert [one for one in shop.judged({CODE: before}, {CODE: after}) if one.is_error] == []


def test_an_activity_ends_with_an_outcome_or_a_reason() -> None:
    assert crossed(ACTIVITY, "done", outcome="Vier podcasts gemaakt") == []
    assert [one.check for one in crossed(ACTIVITY, "done")] == ["move-blocked"]
    assert crossed(ACTIVITY, "dropped", because="Geen rooster te vinden") == []
    assert [one.check for one in crossed(ACTIVITY, "dropped")] == ["move-blocked"]
