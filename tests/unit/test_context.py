"""The context of a run: which folder is a casebook, what its settings say, who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebook import kit
from casebook.casebook import (
    MARKER,
    Casebook,
    choose_at_random,
    find_root,
    local_now,
    open_casebook,
    read_settings,
)
from casebook.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, text: str) -> Path:
    (root / "schemas").mkdir()
    (root / MARKER).write_text(text, "utf-8")
    return root


def test_a_casebook_is_the_nearest_folder_with_the_marker(tmp_path: Path) -> None:
    make(tmp_path, '{"format": 1}')
    deep = tmp_path / "cases" / "2026"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path
    assert find_root(tmp_path) == tmp_path


def test_a_folder_outside_a_casebook_has_none(tmp_path: Path) -> None:
    assert find_root(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 2}', '{"format": "1"}', "{}", "\udcff"]
)
def test_settings_that_cannot_be_used_are_refused_with_what_to_do(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / MARKER).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(EnvironmentProblem) as caught:
        read_settings(tmp_path)
    assert caught.value.exit_code == 4
    assert caught.value.hint.startswith("Do: ")


def test_a_missing_marker_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        read_settings(tmp_path)


def test_settings_have_safe_defaults(tmp_path: Path) -> None:
    book = open_casebook(make(tmp_path, '{"format": 1}'))
    assert (book.outside, book.circle, book.language) == ((), "school", "nl")
    assert book.actor.role == ""
    book = Casebook(tmp_path, {"outside": "tests/", "circle": "board", "language": "en"})
    assert (book.outside, book.circle, book.language) == ((), "board", "en")
    assert Casebook(tmp_path, {"outside": ["tests/"]}).outside == ("tests/",)


def test_now_is_to_the_minute_and_knows_its_zone() -> None:
    now = local_now()
    assert (now.second, now.microsecond) == (0, 0)
    assert now.utcoffset() is not None


def test_chance_takes_one_of_the_given_signs() -> None:
    assert {choose_at_random("AB") for _number in range(64)} == {"A", "B"}


def test_the_starter_kit_lies_beside_the_package_or_is_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (kit.folder() / "schemas" / "casebook.json").is_file()
    monkeypatch.setattr(kit, "HERE", tmp_path)
    assert kit.folder() == tmp_path.parent.parent
    (tmp_path / "starter").mkdir()
    assert kit.folder() == tmp_path / "starter"
