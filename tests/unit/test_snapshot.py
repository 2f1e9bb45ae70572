"""Snapshots in memory: what is there, what was laid over it, and where a word stands."""

from __future__ import annotations

from casebook.snapshot import Entry, Listed, MemorySnapshot, Overlay

FILES = {"cases/2026/b.md": b"two", "cases/2026/a.md": b"one", "policy/school.md": b"one"}


def paths(found: object) -> list[str]:
    return [entry.path for entry in found]  # type: ignore[attr-defined]


def test_a_snapshot_lists_what_lies_below_a_folder_in_order() -> None:
    snapshot = MemorySnapshot(FILES)
    assert list(snapshot.entries("cases/")) == [Entry("cases/2026/a.md"), Entry("cases/2026/b.md")]
    assert len(list(snapshot.entries())) == 3
    assert snapshot.read("policy/school.md") == b"one"
    assert snapshot.read("policy/none.md") is None


def test_a_snapshot_keeps_what_it_was_given() -> None:
    given = dict(FILES)
    snapshot = MemorySnapshot(given)
    given.clear()
    assert snapshot.read("policy/school.md") == b"one"


def test_a_search_names_the_files_that_hold_the_word() -> None:
    snapshot = MemorySnapshot(FILES)
    assert list(snapshot.search(b"one")) == ["cases/2026/a.md", "policy/school.md"]
    assert list(snapshot.search(b"one", "cases/")) == ["cases/2026/a.md"]
    assert list(snapshot.search(b"three")) == []


def test_an_overlay_replaces_adds_and_removes() -> None:
    laid = {"cases/2026/a.md": None, "cases/2026/b.md": b"one", "cases/2026/c.md": b"three"}
    over = Overlay(MemorySnapshot(FILES), laid)
    assert over.read("cases/2026/a.md") is None
    assert over.read("cases/2026/b.md") == b"one"
    assert over.read("policy/school.md") == b"one"
    assert paths(over.entries("cases/")) == ["cases/2026/b.md", "cases/2026/c.md"]
    assert paths(over.entries("policy/")) == ["policy/school.md"]


def test_a_search_in_an_overlay_sees_what_lies_on_top() -> None:
    laid = {"cases/2026/a.md": None, "cases/2026/b.md": b"one", "policy/new.md": b"one"}
    over = Overlay(MemorySnapshot(FILES), laid)
    assert list(over.search(b"one")) == ["cases/2026/b.md", "policy/new.md", "policy/school.md"]
    assert list(over.search(b"two")) == []
    assert list(over.search(b"one", "policy/")) == ["policy/new.md", "policy/school.md"]


def test_what_was_listed_once_is_told_again_by_prefix() -> None:
    listed = Listed(MemorySnapshot({**FILES, "cases.md": b"three", "cases0/x.md": b"one"}))
    assert paths(listed.entries("cases/")) == ["cases/2026/a.md", "cases/2026/b.md"]
    assert paths(listed.entries("policy/school.md")) == ["policy/school.md"]
    assert paths(listed.entries("zzz")) == []
    assert paths(listed.entries()) == sorted([*FILES, "cases.md", "cases0/x.md"])
    assert listed.read("cases.md") == b"three"
    assert list(listed.search(b"one", "cases/")) == ["cases/2026/a.md"]
