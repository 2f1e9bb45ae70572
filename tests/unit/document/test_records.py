"""Every bad record under tests/records gets its findings, every good one is accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.document import FINDINGS, parse

RECORDS = Path(__file__).parents[2] / "records"


def cases(folder: str) -> list[tuple[Path, list[list[str | int]]]]:
    place = RECORDS / folder / "document"
    expected = json.loads((place / "expected.json").read_text())
    assert set(expected) == {path.name for path in place.glob("*.md")}
    return [(place / name, findings) for name, findings in expected.items()]


def names(case: object) -> str | None:
    return case.stem if isinstance(case, Path) else ""


@pytest.mark.parametrize(("path", "expected"), cases("bad"), ids=names)
def test_a_bad_record_is_named_with_its_line(path: Path, expected: list[list[str | int]]) -> None:
    document, found = parse(path.read_bytes(), "cases/2026/x.md")
    assert document is None
    assert [[finding.check, finding.line] for finding in found] == expected
    assert path.stem.startswith(found[0].check)
    for finding in found:
        assert finding.message and finding.remedy
        assert "\n" not in finding.message + finding.remedy
        assert "{" not in finding.message + finding.remedy
        assert (finding.message + finding.remedy).isprintable()


@pytest.mark.parametrize(("path", "expected"), cases("good"), ids=names)
def test_a_good_record_is_accepted_and_kept(path: Path, expected: list[list[str | int]]) -> None:
    raw = path.read_bytes()
    document, found = parse(raw, "cases/2026/x.md")
    assert document is not None
    assert document.raw == raw
    assert [[finding.check, finding.line] for finding in found] == expected
    assert not any(finding.is_error for finding in found)


def test_every_finding_of_the_parser_has_a_bad_or_a_good_record() -> None:
    shown = {check for folder in ("bad", "good") for _, e in cases(folder) for check, _ in e}
    assert {name for name in FINDINGS if not name.startswith("journal-")} <= shown
