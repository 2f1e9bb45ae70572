"""Every example under tests/records/*/checks is judged as its ``expected.json`` says.

A folder is one example: ``before.md`` and ``after.md`` of one record, or trees ``before/`` and
``after/`` laid over the shipped data and policy. In ``expected.json``: ``findings`` (name, line;
line 0 is the whole file), ``file`` (the record's path), ``changed`` false (as it stands, not as a
change), ``whole`` (the casebook as a whole), ``today``, ``circle``, ``modes`` and ``removed``.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
import shop

from casebook import checks, i18n
from casebook.actions.codewords import ROOMS
from casebook.audit.words import FINDINGS as AUDIT

RECORDS = shop.ROOT / "tests" / "records"
EXAMPLES = sorted(RECORDS.glob("*/checks/*/expected.json"))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def sides(example: Path, told: dict) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What is laid over the shipped files before and after the change."""
    found = []
    for side in ("before", "after"):
        files = tree(example / side)
        single = example / f"{side}.md"
        if single.is_file():
            files[told["file"]] = single.read_bytes()
        found.append(files)
    return found[0], found[1]


def judge(example: Path, **more: bool) -> tuple[list, list]:
    """What is expected of an example, and what was found."""
    told = json.loads((example / "expected.json").read_text("utf-8"))
    before, after = sides(example, told)
    how = {key: told[key] for key in ("circle", "today") if key in told} | more
    if told.get("whole"):
        return told["findings"], shop.whole(after, removed=told.get("removed", ()), **how)
    found = shop.judged(
        before, after, changed=told.get("changed", True), modes=told.get("modes"), **how
    )
    return told["findings"], found


def name(path: Path) -> str:
    return f"{path.parts[-4]}-{path.parts[-2]}"


def is_whole(path: Path) -> bool:
    """Whether a casebook as a whole is judged, as for a person who reads."""
    return bool(json.loads(path.read_text("utf-8")).get("whole"))


@pytest.mark.parametrize("expected", EXAMPLES, ids=name)
def test_an_example_is_judged_as_expected(expected: Path) -> None:
    example = expected.parent
    files = tree(example)
    wanted, found = judge(example)
    assert shop.shown(found) == wanted
    assert tree(example) == files
    if name(expected).startswith("bad"):
        assert any(example.name.startswith(one.check) for one in found)


@pytest.mark.parametrize("expected", [one for one in EXAMPLES if not is_whole(one)], ids=name)
def test_who_asks_for_no_warnings_finds_all_that_is_wrong(expected: Path) -> None:
    """As an audit and a server do; the checks that say that they only warn do only that."""
    wrong = [one for one in judge(expected.parent)[1] if one.is_error]
    assert [one for one in judge(expected.parent, warn=False)[1] if one.is_error] == wrong


@pytest.mark.parametrize("expected", EXAMPLES, ids=name)
def test_a_finding_says_what_is_wrong_and_what_to_do_in_one_line(expected: Path) -> None:
    for language in i18n.available():
        i18n.activate(language)
        try:
            _wanted, found = judge(expected.parent)
        finally:
            i18n.activate("en")
        for one in found:
            assert one.message and one.remedy, one
            assert "\n" not in one.message + one.remedy
            assert "{" not in one.message + one.remedy


def test_every_check_has_a_good_example() -> None:
    good = {path.parent.name for path in EXAMPLES if path.parts[-4] == "good"}
    for module in checks.modules():
        word = module.__name__.rpartition(".")[2].replace("_", "-")
        assert any(one == word or one.startswith(f"{word}-") for one in good), word


def test_every_finding_of_the_program_has_a_bad_record() -> None:
    shown = {
        check for path in EXAMPLES for check, _line in json.loads(path.read_text())["findings"]
    }
    for listing in RECORDS.glob("*/*/expected.json"):
        listed = json.loads(listing.read_text("utf-8"))
        shown |= {check for findings in listed.values() for check, *_line in findings}
    rooms = [*(import_module(f"casebook.{room}") for room in ROOMS), *checks.modules()]
    no_file_can_show = {"no-access"}  # a right on the disk; shown in tests/git/test_environments.py
    no_file_can_show |= AUDIT.keys()  # what only shows in history; tests/git/test_attacks.py
    assert {name for room in rooms for name in room.FINDINGS} - shown == no_file_can_show
