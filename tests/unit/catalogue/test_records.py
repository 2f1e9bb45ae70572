"""Records with one thing wrong in their fields, and the finding each must produce."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.catalogue import FINDINGS, Catalogue
from casebook.catalogue.words import EXPLAINED
from casebook.document import parse
from casebook.snapshot import MemorySnapshot

ROOT = Path(__file__).parents[3]
RECORDS = ROOT / "tests" / "records"
PATH = "cases/2026/2026-7KQ2X.md"
DATA = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for path in (ROOT / "schemas").rglob("*")
    if path.is_file()
}
KIND = Catalogue.load(MemorySnapshot(DATA)).kind("case")


def cases(folder: str) -> list[tuple[Path, list[list[str | int]]]]:
    place = RECORDS / folder / "fields"
    expected = json.loads((place / "expected.json").read_text())
    assert set(expected) == {path.name for path in place.glob("*.md")}
    return [(place / name, findings) for name, findings in expected.items()]


def names(case: object) -> str | None:
    return case.stem if isinstance(case, Path) else ""


@pytest.mark.parametrize(("path", "expected"), cases("bad"), ids=names)
def test_what_is_wrong_in_a_field_is_named_with_its_line(
    path: Path, expected: list[list[str | int]]
) -> None:
    document, wrong = parse(path.read_bytes(), PATH)
    assert document is not None
    assert wrong == []
    record, found = KIND.read(document)
    assert [[one.check, one.line] for one in found] == expected
    assert path.stem.startswith(found[0].check)
    assert (record is None) == (found[0].check == "wrong-type")
    for one in found:
        assert one.is_error
        assert one.message
        assert one.remedy
        assert (one.message + one.remedy).isprintable()
        assert "{" not in one.message + one.remedy


@pytest.mark.parametrize(("path", "expected"), cases("good"), ids=names)
def test_what_a_school_may_write_is_accepted(path: Path, expected: list[list[str | int]]) -> None:
    document, wrong = parse(path.read_bytes(), PATH)
    assert document is not None
    record, found = KIND.read(document)
    assert [*wrong, *found] == expected == []
    assert record is not None
    assert (record.id, record.kind, record.path) == ("2026-7KQ2X", "case", PATH)


def test_every_finding_on_a_field_has_a_bad_record() -> None:
    shown = {check for _path, found in cases("bad") for check, _line in found}
    on_records = {"duplicate-id", "id-not-file-name", "unknown-type", "unknown-state"}
    assert {*EXPLAINED, *on_records} == shown


def test_every_finding_is_explained_in_a_sentence() -> None:
    assert all(text.endswith(".") for text in FINDINGS.values())
