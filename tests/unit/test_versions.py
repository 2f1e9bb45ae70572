"""Versions of policy records: which one a reference means on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from casebook.document import parse
from casebook.record import Record
from casebook.versions import in_force, slug_of, standing, version_of


def record(identity: str, state: str, first: str = "", last: str = "") -> Record:
    data: dict[str, Any] = {"id": identity, "state": state}
    data |= {"in_force_from": first} if first else {}
    data |= {"in_force_until": last} if last else {}
    document, _found = parse(b"---\nid: x\n---\n", "x.md")
    assert document is not None
    return Record("rule", identity, "x.md", data, document)


OLD = record("r@1", "retired", "2025-08-01", "2026-07-31")
NOW = record("r@2", "adopted", "2026-08-01")
NEXT = record("r@3", "draft")


def test_a_reference_has_a_slug_and_maybe_a_version() -> None:
    assert (slug_of("rules/r@3"), version_of("rules/r@3")) == ("r", 3)
    assert (slug_of("r"), version_of("r")) == ("r", 0)


def test_the_version_of_the_day_is_the_one_whose_dates_hold_it() -> None:
    versions = [OLD, NOW, NEXT]
    assert standing(versions, date(2026, 7, 31)) is OLD
    assert standing(versions, date(2026, 8, 1)) is NOW
    assert standing(versions) is NOW


def test_where_nothing_is_in_force_the_newest_draft_stands() -> None:
    assert standing([OLD, NEXT], date(2026, 9, 1)) is NEXT
    assert standing([OLD], date(2026, 9, 1)) is None


def test_a_draft_is_never_in_force() -> None:
    assert not in_force(NEXT, date(2026, 9, 1))
    assert not in_force(NEXT)
