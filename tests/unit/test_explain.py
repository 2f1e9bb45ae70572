"""``casebook explain``: every word has a meaning and a place that can be opened."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from casebook import checks, guards, i18n
from casebook.actions import explaining
from casebook.actions.codewords import ROOMS
from casebook.cli import run
from casebook.errors import NoSuchRecordError
from casebook.policy import Policy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.activate("en")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return explaining.law(ROOT)


def _line(path: str, number: int) -> str:
    root = ROOT / "cli" if path.startswith("casebook/") else ROOT
    return (root / path).read_text("utf-8").splitlines()[number - 1]


@pytest.mark.parametrize(
    ("word", "sort", "holds"),
    [
        ("closed", "state", '"closed"'),
        ("close", "move", '"close"'),
        ("image-spread", "type", "id: image-spread"),
        ("owner", "field", '"owner"'),
        ("forbidden-move", "check", '"forbidden-move"'),
        ("duplicate-key", "check", '"duplicate-key"'),
        ("steps-done", "guard", "def steps_done("),
        ("safe-now", "step", "id: safe-now"),
        ("mentor", "roles", "id: mentor"),
        ("veiligheidsbeleid", "duties", "id: veiligheidsbeleid"),
        ("forwarder", "value", '"forwarder"'),
        ("light@1", "procedure", "title:"),
        ("procedure", "kind", "{"),
    ],
)
def test_every_sort_of_word_is_found_with_the_line_that_defines_it(
    policy: Policy, word: str, sort: str, holds: str
) -> None:
    found = [one for one in explaining.explain(policy, word) if one.sort == sort]
    assert found
    assert holds in _line(found[0].path, found[0].line)


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("afgesloten", "closed"),
        ("Afsluiten", "close"),
        ("VEILIGHEIDSCOÖRDINATOR", "safety-coordinator"),
    ],
)
def test_a_label_in_either_language_and_any_case_is_understood(
    policy: Policy, typed: str, id: str
) -> None:
    assert id in [one.id for one in explaining.explain(policy, typed)]


def test_every_finding_and_guard_is_explained_and_placed(policy: Policy) -> None:
    modules = [import_module(f"casebook.{name}") for name in ROOMS]
    names = {
        name for module in (*modules, *checks.modules()) for name in getattr(module, "FINDINGS", {})
    }
    for name in (*names, *guards.REGISTRY):
        found = [one for one in explaining.explain(policy, name) if one.sort in ("check", "guard")]
        assert len(found) == 1, name
        assert found[0].text[0], name
        line = _line(found[0].path, found[0].line)
        assert name in line or name.replace("-", "_") in line, (name, line)


def test_every_state_move_and_type_is_explained(policy: Policy) -> None:
    for kind in policy.catalogue.kinds.values():
        for sort, names in (
            ("state", kind.workflow.states),
            ("move", kind.workflow.moves),
            ("type", kind.types),
        ):
            for name in names:
                assert sort in [one.sort for one in explaining.explain(policy, name)], name


def test_a_word_that_is_not_there_names_the_nearest(policy: Policy) -> None:
    with pytest.raises(NoSuchRecordError) as refused:
        explaining.explain(policy, "evaluaton")
    assert "evaluation" in refused.value.hint


def test_outside_a_casebook_the_starter_kit_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("casebook", ["--lang", "en", "explain", "closed", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["word"] == "closed"
    assert {"state"} <= {one["sort"] for one in answer["meanings"]}
    assert run("casebook", ["--lang", "nl", "explain", "afgesloten"]) == 0
    assert "schemas/case/workflow.json:" in capsys.readouterr().out
    assert run("casebook", ["--lang", "en", "explain", "zzzz"]) == 5
