"""The shipped procedures, school page and reference rows are whole and agree with each other."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from casebook.calendar import SchoolCalendar
from casebook.document import parse
from casebook.procedure import Procedure, has_required_aftercare, open_before, status
from casebook.procedure.model import SCHOOL_NORM
from casebook.procedure.problems import problems
from casebook.record import Record

ROOT = Path(__file__).parents[2]
PROCEDURES = sorted((ROOT / "policy/procedures").glob("*.md"))
CERTAINTIES = {"text", "secondary", "recall", "uncertain"}
TODAY = date(2026, 11, 20)


def read(path):
    document, findings = parse((ROOT / path).read_bytes(), path)
    assert document is not None
    assert findings == []
    return document


def rows(name):
    return {row["id"]: row for row in read(f"schemas/reference/{name}.yaml").data[name]}


def load(name):
    document = read(f"policy/procedures/{name}.md")
    record = Record("procedure", document.data["id"], document.path, document.data, document)
    return Procedure.from_record(record)


def without_formats(schema):
    """Only the shape: formats and numbers are the business of the validator's own tests."""
    if isinstance(schema, list):
        return [without_formats(one) for one in schema]
    if isinstance(schema, dict):
        return {key: without_formats(value) for key, value in schema.items() if key != "format"}
    return "string" if schema == "integer" else schema


def shape_problems(kind, data):
    schema = json.loads((ROOT / f"schemas/{kind}/schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(without_formats(schema))
    return [f"{list(one.path)}: {one.message}" for one in checker.iter_errors(data)]


def case_schema():
    schema = json.loads((ROOT / "schemas/case/schema.json").read_text("utf-8"))
    answers = {"type": "string", "enum": ["yes", "no", "unknown"]}
    extra = {"sexual_suspicion": answers, "data_breach": answers}  # fields of two case types
    return schema | {"properties": schema["properties"] | extra}


def statuses(name, **data):
    case = {"reported": "2026-11-18 10:30"} | data
    return status(load(name), case, SchoolCalendar(), TODAY)


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.stem)
def test_every_procedure_is_whole(path):
    document = read(f"policy/procedures/{path.name}")
    found = load(path.stem)
    assert document.data["id"] == path.stem
    assert shape_problems("procedure", document.data) == []
    assert problems(found, case_schema(), rows("duties"), rows("roles")) == []
    assert set(document.data["source"]) <= set(rows("sources"))
    assert found.model
    assert found.state == "draft"
    for step in found.steps:
        assert step.hint("nl")
        assert step.hint("en") != step.hint("nl")
        assert step.fulfilled_by
        assert f"### {step.title('nl')}\n" in document.body


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.stem)
def test_pupils_may_read_who_will_know_and_what_they_can_do(path):
    public = load(path.stem).public
    for heading in ("Wie krijgt dit te weten", "Horen mijn ouders", "beschuldigd", "niet mee eens"):
        assert heading in public["nl"]
    for heading in ("Who will know", "my parents be told", "accused", "disagree"):
        assert heading in public["en"]


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.stem)
def test_the_text_holds_no_programmers_words(path):
    body = read(f"policy/procedures/{path.name}").body.lower()
    assert not re.search(r"\b(git|yaml|commit|json|hook)\b", body)


def test_a_type_and_its_procedure_name_each_other():
    named = {kind: load(path.stem).id for path in PROCEDURES for kind in load(path.stem).types}
    types = sorted((ROOT / "schemas/case/types").glob("*.md"))
    assert types
    for path in types:
        data = read(f"schemas/case/types/{path.name}").data
        assert named[data["id"]] == f"{data['procedure']}@1"


def test_the_heavy_procedures_hold_the_steps_the_sources_ask_for():
    """Kennisnet's article: impact, wishes, mentor, help, crisis, offence, police, four messages."""
    asked = {
        "what-happened",
        "impact",
        "victim-heard",
        "victim-parents",
        "wishes",
        "contact",
        "help",
        "crisis",
        "offence",
        "police",
        "evidence-first",
        "plan",
        "message-parents",
        "message-class",
        "message-staff",
        "message-media",
        "aftercare-victim",
        "evaluation",
        "content-recheck",
        "class-talks",
        "reporter-safe",
    }
    for name in ("image-spread@1", "bullying-and-quarrel@1", "threat-privacy-defamation@1"):
        assert asked <= {step.id for step in load(name).steps}
    assert load("image-spread@1").step("stop-forwarding")


def test_an_ordinary_image_case_needs_four_steps_at_most():
    required = [step.id for step in load("image-spread@1").steps if step.need == "required"]
    assert required == ["safe-now", "evidence-first", "offence", "aftercare-victim"]


def test_a_first_look_at_the_content_is_no_second_check():
    content = [{"id": "C1", "kind": "photo", "online": "yes", "checked": "2026-11-18"}]
    found = {one.step.id: one for one in statuses("image-spread@1", contents=content)}
    assert found["content-recheck"].is_open


def test_what_an_image_case_records_anyway_completes_its_required_steps():
    found = statuses(
        "image-spread@1",
        severity="moderate",
        contact="mentor",
        persons=[{"id": "P1", "kind": "pupil", "minor": "yes", "roles": ["victim"]}],
        contents=[{"id": "C1", "kind": "photo", "sexual": "yes", "decision": "ask-police"}],
        decisions=[{"id": "safe-now", "answer": "yes"}, {"id": "offence", "answer": "unsure"}],
        talks=[{"id": "T1", "with": ["P1"], "for": "support"}],
        actions=[{"id": "A1", "text": "Klassengesprek", "owner": "mentor", "due": "2026-11-20"}],
        messages=[{"id": "B1", "to": "class", "sent": "no", "because": "Op verzoek van P1"}],
    )
    assert open_before(found, ["assess", "plan", "aftercare", "close", ""], "required") == []
    done = {one.step.id: one.fulfilled_by for one in found if one.state == "done"}
    assert done["evidence-first"] == ("C1",)
    assert done["aftercare-victim"] == ("T1",)
    assert done["message-class"] == ("B1",)
    assert done["plan"] == ("A1",)
    assert done["contact"] == ("contact",)


def test_a_sexual_image_without_a_decision_keeps_the_evidence_question_open():
    content = [
        {"id": "C1", "kind": "photo", "sexual": "yes", "decision": "keep"},
        {"id": "C2", "kind": "photo"},
    ]
    found = statuses("image-spread@1", contents=content)
    assert "evidence-first" in {one.step.id for one in open_before(found, ["plan"], "required")}


def test_a_case_without_known_victim_asks_for_no_aftercare_of_one():
    found = statuses("image-spread@1", persons=[{"id": "P1", "roles": ["forwarder"]}])
    assert not has_required_aftercare(load("image-spread@1"), found)


def test_staff_conduct_follows_the_order_of_the_law():
    """WVO 2020 art. 3.39: board, confidential inspector, parents and person, police, inspector."""
    legal = [step for step in load("staff-conduct@1").steps if step.norm != SCHOOL_NORM]
    assert [(step.id, step.norm) for step in legal] == [
        ("tell-board", "meldplicht-personeel-zeden"),
        ("consult-inspector", "overlegplicht-vertrouwensinspecteur"),
        ("inform-parents", "vooraf-informeren-zeden"),
        ("inform-accused", "vooraf-informeren-zeden"),
        ("report-police", "aangifteplicht-zeden"),
        ("inspector-told", "inspecteur-informeren-aangifte"),
    ]
    assert {step.need for step in legal} == {"required"}


def test_the_confidential_inspector_is_due_while_nobody_has_ruled_a_sexual_offence_out():
    for data, applies in (({}, True), ({"sexual_suspicion": "no"}, False)):
        found = {one.step.id: one for one in statuses("staff-conduct@1", **data)}
        assert found["consult-inspector"].applies is applies


def test_told_no_is_not_told():
    found = statuses("staff-conduct@1", decisions=[{"id": "board", "answer": "no"}])
    assert found[0].step.id == "tell-board"
    assert found[0].is_open


def test_the_reporting_code_has_its_five_steps_in_order():
    five = [step.id for step in load("reporting-code@1").steps if step.norm == "meldcode-stappen"]
    assert five == ["signals", "consult", "talk", "weigh", "decide"]


def test_a_light_case_is_complete_with_what_was_done_and_how_it_ended():
    found = statuses("light@1", done="Gesprek", evaluation="Rustig")
    assert open_before(found, ["close", ""]) == []
    assert not any(one.required for one in found)


@pytest.mark.parametrize("name", ["duties", "contacts", "sources"])
def test_every_reference_row_says_how_sure_it_is(name):
    for row in rows(name).values():
        assert row["certainty"] in CERTAINTIES
        assert row.get("phone_certainty", "text") in CERTAINTIES
        assert ("phone" in row or "phone_nl" in row) == ("phone_certainty" in row)
        if name != "sources":
            assert set(row.get("source", [])) <= set(rows("sources"))
            checked = row["certainty"] in ("text", "secondary")
            assert (row["verified_on"] == "no") is not checked


def test_every_label_of_a_reference_row_has_both_languages():
    for name in ("duties", "contacts", "roles"):
        for row in rows(name).values():
            dutch = {key.replace("_nl", "_en", 1) for key in row if "_nl" in key}
            assert dutch == {key for key in row if "_en" in key}


def test_a_variant_points_at_a_duty_and_covers_another_kind_of_school():
    duties = rows("duties")
    for row in duties.values():
        if "variant_of" in row:
            other = duties[row["variant_of"]]
            assert not set(row["applies_to"]) & set(other["applies_to"])


def test_the_duties_that_the_case_workflow_cites_exist():
    workflow = (ROOT / "schemas/case/workflow.json").read_text("utf-8")
    assert set(re.findall(r'"law": "([^"]+)"', workflow)) <= set(rows("duties"))


def test_the_model_school_is_whole_and_says_that_its_dates_are_examples():
    data = read("policy/school.md").data
    assert shape_problems("school", data) == []
    assert {entry["role"] for entry in data["roles"]} <= set(rows("roles"))
    assert {entry["certainty"] for entry in data["vacations"] + data["free_days"]} == {"example"}
    calendar = SchoolCalendar.from_school(data)
    assert not calendar.missing_in(TODAY)
    assert calendar.next_school_day(date(2026, 12, 18)) == date(2027, 1, 4)
