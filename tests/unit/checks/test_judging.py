"""Judging as such: which law, which checks, and what a hook never says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shop

from casebook import checks
from casebook.checks import intake, judge, roles
from casebook.checks.base import Subject
from casebook.finding import ordered
from casebook.policy import Policy
from casebook.snapshot import Change, MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

CASE = b"""---
id: 2026-7KQ2X
type: quarrel
state: reported
summary: Ruzie over een bericht
reported: 2026-11-18
reported_by: teacher
---
"""
PLACE = "cases/2026/2026-7KQ2X.md"
REPOSITORY = Path(__file__).parents[3]
NEW_CHECK = '''"""Summaries end without a full stop.

Other texts may.
"""

from casebook.checks.base import found

FINDINGS = {"full-stop": "A summary ends in a full stop."}


def check(subject, judgement):
    """A finding on a summary with a full stop."""
    if subject.after.text("summary").endswith("."):
        yield found(subject.after, ("summary",), "full-stop", "a full stop", "Do: take it out")


def check_all(judgement):
    """A finding where there are no cases at all."""
    if not list(judgement.after.entries("cases/")):
        yield from ()
'''


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module dropped into a folder of checks, and nothing else touched."""
    (tmp_path / "full_stop.py").write_text(NEW_CHECK, "utf-8")
    monkeypatch.setattr(checks, "__path__", [*checks.__path__, str(tmp_path)])
    forget()
    yield
    forget()


def forget() -> None:
    checks.modules.cache_clear()
    checks.of_records.cache_clear()


@pytest.mark.usefixtures("dropped")
def test_a_check_is_added_with_one_file() -> None:
    raw = CASE.replace(b"bericht", b"bericht.")
    found = shop.judged({}, {shop.CASE: raw})
    assert shop.shown(found) == [["full-stop", 5]]
    assert shop.whole({shop.CASE: raw}) == []
    names = [name for module in checks.modules() for name in module.FINDINGS]
    assert "full-stop" in names


def many() -> dict[str, bytes]:
    """Cases of all sorts: right, with a wrong field, unreadable, a late step, a second name."""
    files = {}
    for number in range(20):
        identity = f"2026-7KQ{number // 10 + 2}{number % 10}"
        raw = CASE.replace(b"2026-7KQ2X", identity.encode())
        wrong = (
            *(b"state: gone", b"reporter: mother", b"summary: [", b"summary: Bel 06 12345678"),
            *(b"summary: Ruzie", b"also: [bullyingg]"),
        )
        raw = raw.replace(b"summary: Ruzie over een bericht", wrong[number % len(wrong)])
        files[f"cases/2026/{identity}.md"] = raw
    return files


@pytest.mark.parametrize("changed", [True, False])
@pytest.mark.parametrize("together", [1, 3, 64])
def test_how_many_are_read_together_changes_no_finding(
    together: int, changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = many()
    alone = [
        one
        for path in sorted(files)
        for one in shop.judged({}, {path: files[path]}, changed=changed, today=True)
    ]
    monkeypatch.setattr(judge, "TOGETHER", together)
    found = shop.judged({}, files, changed=changed, today=True)
    assert len({one.check for one in alone}) > 5
    assert found == ordered(alone)


def test_what_was_parsed_ahead_serves_only_those_very_bytes() -> None:
    told = shop.context({}, {})
    kind, shelf = told.policy.catalogue.kind("case"), told.policy.shelf
    other = CASE.replace(b"Ruzie over", b"Weer ruzie over")
    shelf.parse([(PLACE, CASE)])
    reading = shelf.read(kind, PLACE, other)
    assert reading.record is not None
    assert reading.record.text("summary") == "Weer ruzie over een bericht"
    again = shelf.read(kind, PLACE, CASE).record
    assert again is not None
    assert again.text("summary") == "Ruzie over een bericht"


@pytest.mark.parametrize("module", checks.modules(), ids=lambda module: module.__name__)
def test_every_check_explains_itself(module: object) -> None:
    assert (module.__doc__ or "").count(".") >= 2
    assert isinstance(module.FINDINGS, dict)  # type: ignore[attr-defined]
    offered = [name for name in ("check", "check_all", "check_notes") if hasattr(module, name)]
    assert offered
    for name in offered:
        assert getattr(module, name).__doc__


def test_a_change_is_judged_by_the_data_of_before() -> None:
    path = "schemas/case/workflow.json"
    data = json.loads(shop.shipped()[path])
    data["moves"]["leap"] = {
        "label": {"en": "leap", "nl": "sprong"},
        "from": ["reported"],
        "to": "aftercare",
    }
    leap = {path: json.dumps(data).encode()}
    jumped = {shop.CASE: CASE.replace(b"reported\n", b"aftercare\n", 1)}
    found = shop.judged({shop.CASE: CASE}, {**jumped, **leap})
    assert {one.check for one in found} == {"forbidden-move", "schema-with-record"}
    found = shop.judged({shop.CASE: CASE, **leap}, {**jumped, **leap})
    assert "forbidden-move" not in {one.check for one in found}


def test_a_first_commit_is_judged_by_its_own_data() -> None:
    files = {**shop.shipped(), shop.CASE: CASE}
    told = judge.judgement(shop.casebook(), MemorySnapshot({}), MemorySnapshot(files))
    changes = [Change(path, None, raw) for path, raw in files.items()]
    assert judge.judge(changes, told) == []


def test_the_law_may_be_given_apart_from_what_was_before() -> None:
    law = Policy(MemorySnapshot(shop.shipped()))
    told = judge.judgement(shop.casebook(), MemorySnapshot({}), MemorySnapshot({}), law)
    assert told.policy is law
    assert not told.today


def test_broken_data_are_named_when_they_are_saved() -> None:
    path = "schemas/procedure/workflow.json"
    broken = shop.shipped()[path].replace(b'"initial": "draft"', b'"initial": "drift"')
    found = shop.judged({}, {path: broken})
    assert {one.check for one in found} == {"workflow-wrong"}
    assert found[0].path == path


def test_what_is_late_is_told_to_readers_and_never_to_a_hook() -> None:
    late = CASE.replace(
        b"reported_by: teacher\n",
        b"reported_by: teacher\nactions:\n  - id: A1\n    text: Bellen\n    due: 2026-11-01\n",
    )
    files = {shop.CASE: late}
    today = shop.judged(files, files, changed=False, today=True)
    assert [one.check for one in today if one.check.endswith("overdue")] != []
    assert all(not one.is_error for one in today)
    assert shop.judged(files, files, changed=False) == []


def test_a_record_that_was_unreadable_before_is_judged_like_a_new_one() -> None:
    broken = {shop.CASE: CASE.replace(b"id:", b"id")}
    assert shop.judged(broken, {shop.CASE: CASE}) == []
    jumped = {shop.CASE: CASE.replace(b"state: reported", b"state: planned")}
    assert [one.check for one in shop.judged(broken, jumped)] == ["new-not-initial"]


def test_a_record_of_a_wrong_shape_gets_no_further_checks() -> None:
    wrong = CASE.replace(b"summary: Ruzie over een bericht", b"summary: [Ruzie]")
    assert [one.check for one in shop.judged({}, {shop.CASE: wrong})] == ["wrong-type"]


def test_nothing_is_said_of_roles_where_nobody_wrote_any_down() -> None:
    bare = {
        path: raw
        for path, raw in shop.shipped().items()
        if path not in ("policy/school.md", "schemas/reference/roles.yaml")
    }
    snapshot = MemorySnapshot({**bare, shop.CASE: CASE})
    told = judge.judgement(shop.casebook(), snapshot, snapshot)
    record = told.policy.read(shop.CASE)
    kind = told.policy.catalogue.kind_at(shop.CASE)
    assert record is not None
    assert kind is not None
    subject = Subject(shop.CASE, kind, Change(shop.CASE, CASE, CASE), None, record, False)
    assert list(roles.check(subject, told)) == []


def test_checks_read_and_never_write() -> None:
    files = {shop.CASE: CASE}
    snapshot = MemorySnapshot({**shop.shipped(), **files})
    told = judge.judgement(shop.casebook(), snapshot, snapshot, today=True)
    before = {entry.path: snapshot.read(entry.path) for entry in snapshot.entries()}
    judge.judge([Change(shop.CASE, CASE, CASE)], told, changed=False)
    judge.judge_whole(told)
    assert {entry.path: snapshot.read(entry.path) for entry in snapshot.entries()} == before


def test_a_schema_taken_away_while_its_records_are_left_is_named() -> None:
    before = {**shop.shipped(), shop.CASE: CASE}
    path = "schemas/case/schema.json"
    after = {name: raw for name, raw in before.items() if name != path}
    told = judge.judgement(shop.casebook(), MemorySnapshot(before), MemorySnapshot(after))
    found = judge.judge([Change(path, before[path], None)], told)
    assert (path, "data-missing") in {(one.path, one.check) for one in found}


def test_a_file_that_may_not_be_read_is_a_finding() -> None:
    found = intake.no_access(shop.CASE, PermissionError(13, "Permission denied"))
    assert (found.path, found.check, found.is_error) == (shop.CASE, "no-access", True)
    assert "Permission denied" in found.message


def test_checks_that_are_not_loaded_for_a_case_have_nothing_to_say_of_one() -> None:
    """Not of the practice cases, and not of any example that something is wrong with."""
    shipped = shop.shipped()
    folders = ("cases", "tests/records/bad", "tests/records/good")
    files = [path for one in folders for path in sorted((REPOSITORY / one).rglob("*.md"))]
    spared = [
        one
        for one in checks.modules()
        if one.__name__.rpartition(".")[2] in checks.NOT_OF_CASES and hasattr(one, "check")
    ]
    assert len(spared) >= 5
    asked = 0
    for file in files:
        raw = file.read_bytes()
        path = f"cases/2026/{file.name}" if file.name.startswith("2026-") else PLACE
        context = shop.context(shipped, {**shipped, path: raw})
        kind = context.policy.catalogue.kind("case")
        record = context.policy.shelf.read(kind, path, raw).record
        if record is None or record.data.get("type") is None:
            continue
        subject = Subject(path, kind, Change(path, None, raw), None, record, True)
        asked += 1
        assert [found for one in spared for found in one.check(subject, context)] == []
    assert asked > 50


def test_a_case_is_judged_by_the_same_checks_with_and_without_the_others() -> None:
    every = [one for one in checks.modules() if hasattr(one, "check")]
    left = [
        one.check for one in every if one.__name__.rpartition(".")[2] not in checks.NOT_OF_CASES
    ]
    assert list(checks.of_records(today=True, only_cases=True)) == left
    timeless = [one for one in left if not one.__module__.endswith(".overdue")]
    assert list(checks.of_records(today=False, only_cases=True)) == timeless
    assert len(timeless) == len(left) - 1
    assert set(checks.NOT_OF_CASES) <= {one.__name__.rpartition(".")[2] for one in checks.modules()}


def test_only_cases_with_their_right_name_and_a_day_are_compared_with_others() -> None:
    files = {
        shop.CASE: CASE,
        "cases/2026/2026-0B4TN.md": CASE,
        "cases/2026/2026-0B4TM.md": CASE.replace(b"7KQ2X", b"0B4TM").replace(
            b"2026-11-18", b"unknown"
        ),
        "policy/school.md": shop.shipped()["policy/school.md"],
    }
    snapshot = MemorySnapshot({**shop.shipped(), **files})
    told = judge.judgement(shop.casebook(), snapshot, snapshot)
    notes: judge.Notes = {}
    standing = [Change(path, raw, raw) for path, raw in files.items()]
    judge.judge(standing, told, changed=False, notes=notes)
    assert [note[2] for noted in notes.values() for note in noted] == ["2026-7KQ2X"]
