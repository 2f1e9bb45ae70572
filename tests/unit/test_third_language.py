"""A third language is one catalogue: it holds the texts of the code and the labels of the data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook import i18n

if TYPE_CHECKING:
    from tests.conftest import Casebook

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs" / "tools"))
import messages  # noqa: E402 - a tool beside the pages, not a package
import sources  # noqa: E402

CODE = "fy"


@pytest.fixture
def frisian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue as a translator would fill it: here every text with a mark before it."""
    empty = messages.Undated(locale=CODE, domain="casebook", fuzzy=False)
    filled = messages.merged(empty, {**sources.messages(), **sources.worded(CODE)})
    for one in filled:
        if one.id:
            one.string = f"~{one.id}" if isinstance(one.id, str) else tuple(f"~{x}" for x in one.id)
    place = tmp_path / "locale" / CODE / "LC_MESSAGES" / "casebook.mo"
    place.parent.mkdir(parents=True)
    place.write_bytes(messages.compiled(filled))
    monkeypatch.setattr(i18n, "LOCALE", tmp_path / "locale")


@pytest.mark.usefixtures("frisian")
def test_labels_terms_days_norms_and_roles_come_from_the_catalogue(school: Casebook) -> None:
    school.language = CODE
    case = school.new("image-spread", "Foto gaat rond", "--reported-by", "teacher")
    page = school.do("todo", case).out
    for said in (
        "~reported",  # a state
        "~take up",  # a move
        "~safety coordinator, by ~Wednesday 18 ~November 2026",
    ):
        assert said in page.replace("~, by", ", by"), said
    assert "~unwanted spread of images" in school.do("show", case).out
    staff = school.do("show", "procedure/staff-conduct@1", program="git policy").out
    assert "~own norm of the school" in staff
    assert "~at once" in staff
    assert "~{law} art. {article}".partition("{")[0] in staff
    said = school.do("explain", "serious", program="casebook").out
    assert "~great effect on somebody" in " ".join(said.split())
    assert "~112 in an emergency" in school.do("now", "threat").out


@pytest.mark.usefixtures("frisian")
def test_a_casebook_may_be_kept_in_it(school: Casebook) -> None:
    place = school.root / "schemas" / "casebook.json"
    settings = json.loads(place.read_text("utf-8"))
    place.write_text(json.dumps({**settings, "language": CODE}), "utf-8")
    school.language = "en"
    answer = school.run("check", program="casebook")
    assert "settings-wrong" not in answer.out
    assert answer.code == 0, answer.out


def test_the_two_shipped_languages_need_no_labels_in_a_catalogue() -> None:
    assert sources.worded("nl") == {}
    assert sources.worded("en") == {}
    assert len(sources.worded(CODE)) > 1000
