"""Mistakes in a procedure's data are found where they stand."""

import json
from pathlib import Path

import pytest

from casebook.procedure import Procedure, Step
from casebook.procedure.problems import FINDINGS, problems

ROOT = Path(__file__).parents[2]
CASE = json.loads((ROOT / "schemas/case/schema.json").read_text("utf-8"))
DUTIES = {
    "sure": {"certainty": "text", "term": "at-once"},
    "loose": {"certainty": "text"},
    "vague": {"certainty": "recall"},
}
GOOD = {
    "id": "one",
    "title": "Stap",
    "title_en": "Step",
    "owner": "mentor",
    "need": "required",
    "norm": "school",
}


def found(*entries, aftercare=False, model=True):
    steps = tuple(Step.from_entry(entry) for entry in entries)
    demo = Procedure("demo@1", {}, (), aftercare, steps, {}, model=model)
    return [(at, check) for at, check, message in problems(demo, CASE, DUTIES, {"mentor"})]


@pytest.mark.parametrize(
    ("change", "at", "check"),
    [
        ({"title_en": ""}, ("title",), "step-language"),
        ({"owner": "wizard"}, ("owner",), "step-role"),
        ({"within": "soon"}, ("within",), "step-term"),
        ({"norm": "weg"}, ("norm",), "step-norm"),
        ({"norm": "vague"}, ("need",), "step-norm-unsure"),
        ({"norm": "sure", "within": "same-day"}, ("within",), "step-legal-term"),
        ({"when": "severity"}, ("when",), "step-condition"),
        ({"is": ["yes"]}, ("is",), "step-condition"),
        ({"when": "weather", "is": ["bad"]}, ("when",), "step-field"),
        ({"when": "contents.colour", "is": ["red"]}, ("when",), "step-field"),
        ({"when": "sagas.kind", "is": ["old"]}, ("when",), "step-field"),
        ({"when": "severity", "is": ["awful"]}, ("is",), "step-value"),
        ({"when": "decisions.weather", "is": ["yes"]}, ("when",), "step-value"),
        ({"when": "decisions.police", "is": ["perhaps"]}, ("is",), "step-value"),
        ({"fulfilled_by": [{"field": "weather"}]}, ("fulfilled_by", 0, "field"), "step-field"),
        ({"fulfilled_by": [{}]}, ("fulfilled_by", 0, "field"), "step-field"),
        (
            {"fulfilled_by": [{"field": "severity", "is": ["awful"]}]},
            ("fulfilled_by", 0, "is"),
            "step-value",
        ),
        (
            {"fulfilled_by": [{"field": "impact"}, {"in": "talks", "colour": ["red"]}]},
            ("fulfilled_by", 1, "colour"),
            "step-field",
        ),
        (
            {"fulfilled_by": [{"in": "talks", "for": ["chat"]}]},
            ("fulfilled_by", 0, "for"),
            "step-value",
        ),
        (
            {"fulfilled_by": [{"in": "talks", "with_role": ["wizard"]}]},
            ("fulfilled_by", 0, "with_role"),
            "step-value",
        ),
        (
            {"fulfilled_by": [{"in": "contents", "each": ["colour"]}]},
            ("fulfilled_by", 0, "each"),
            "step-field",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(change, at, check):
    assert found(GOOD | change) == [(("steps", 0, *at), check)]


@pytest.mark.parametrize(
    "change",
    [
        {"within": "2 school-days"},
        {"norm": "sure", "within": "at-once"},
        {"norm": "loose", "within": "2 school-days"},
        {"norm": "vague", "need": "advised"},
        {"when": "severity", "is": ["serious"]},
        {"when": "decisions.police", "is": ["yes", "unsure"]},
        {"when": "persons.roles", "is": ["victim"]},
        {"when": "x_own", "is": ["yes"]},
        {"fulfilled_by": [{"field": "impact"}, {"in": "talks", "with_kind": ["staff"]}]},
        {"fulfilled_by": [{"in": "contents", "sexual": ["*", ""], "each": ["decision"]}]},
    ],
)
def test_a_right_step_gives_nothing(change):
    assert found(GOOD | change) == []


def test_a_step_id_is_used_once():
    assert found(GOOD, GOOD) == [(("steps", 1, "id"), "step-twice")]


def test_aftercare_has_a_required_step():
    assert found(GOOD, aftercare=True) == [(("aftercare",), "procedure-aftercare")]
    assert found(GOOD | {"before": "close"}, aftercare=True) == []


def test_every_problem_is_explained():
    assert all(text.endswith(".") for text in FINDINGS.values())
    assert {"step-twice", "step-field", "procedure-aftercare"} <= set(FINDINGS)
