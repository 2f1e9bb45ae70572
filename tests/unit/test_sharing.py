"""A check shared between cores finds what one core finds, also when a part of it breaks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from casebook.actions import sharing
from casebook.finding import Finding
from casebook.snapshot import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRIES = [Entry(f"cases/2026/{number}.md") for number in range(11)]
HERE = os.getpid()


def finding(path: str) -> Finding:
    return Finding(path, 1, 2, "some-check", f"wrong in {path}: é", "Do: that", "warning")


def work(part: Sequence[Entry]) -> list[Finding]:
    return [finding(entry.path) for entry in part]


def own(entries: Sequence[Entry]) -> list[Finding]:
    return [finding(f"whole of {len(entries)}")]


def only_at_home(part: Sequence[Entry]) -> list[Finding]:
    if os.getpid() != HERE:
        raise ValueError("a child that fails")
    return work(part)


@pytest.mark.parametrize("cores", [1, 2, 3, 8, 64])
def test_any_number_of_cores_finds_the_same(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH", 1)
    monkeypatch.setattr(sharing, "_cores", lambda: cores)
    found = sharing.shared(ENTRIES, work, own)
    assert sorted(found, key=Finding.sort_key) == sorted(
        [*work(ENTRIES), *own(ENTRIES)], key=Finding.sort_key
    )


def test_a_part_that_breaks_elsewhere_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH", 1)
    monkeypatch.setattr(sharing, "_cores", lambda: 2)
    found = sharing.shared(ENTRIES, only_at_home, own)
    assert len(found) == len(ENTRIES) + 1


def test_few_files_are_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_cores", lambda: 1 // 0)
    assert len(sharing.shared(ENTRIES, work, own)) == len(ENTRIES) + 1


def test_a_computer_that_cannot_fork_has_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert sharing._cores() == 1
