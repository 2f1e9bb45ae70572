"""Files on disk: whole or not at all, and never outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook
from casebook.snapshot import EXECUTABLE, LINK, SPECIAL, SUBMODULE, Entry
from casebook.store import is_temporary, prepare, remove_record, write_record
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from casebook.snapshot import Snapshot


def test_the_work_tree_names_everything_and_opens_only_files(tmp_path: Path) -> None:
    root = tmp_path / "c"
    for path in ("a/b.md", "a.md", "a-b/c.md", "tests/x.md", ".git/config", "sub/.git/HEAD"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (root / "sub/inner.md").write_text("theirs")
    (root / "run").write_text("x")
    (root / "run").chmod(0o755)
    os.mkfifo(root / "pipe")
    (root / "link").symlink_to("a.md")
    (root / "linked").symlink_to("a")
    tree: Snapshot = WorkTree(root, outside=("tests/",))
    assert list(tree.entries()) == [
        *(Entry("a-b/c.md"), Entry("a.md"), Entry("a/b.md"), Entry("link", LINK)),
        *(Entry("linked", LINK), Entry("pipe", SPECIAL), Entry("run", EXECUTABLE)),
        Entry("sub", SUBMODULE),
    ]
    assert [entry.path for entry in tree.entries("a/")] == ["a/b.md"]
    assert [entry.path for entry in tree.entries("a")] == ["a-b/c.md", "a.md", "a/b.md"]
    assert list(tree.entries("none/")) == []
    assert tree.read("a/b.md") == b"a/b.md"
    for path in ("pipe", "link", "linked/b.md", "a", "none", "../c/a.md", ".git/config", "", "/a"):
        assert tree.read(path) is None, path
    assert tree.read("a.md/b") is None


def test_writing_keeps_the_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    write_record(place, b"1\n")
    place.chmod(0o640)
    write_record(place, b"2\n")
    assert place.read_bytes() == b"2\n"
    assert place.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.md"]
    remove_record(place)
    remove_record(place)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.md"
    write_record(place, b"1\n")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_record(place, b"2\n")
    assert place.read_bytes() == b"1\n"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_prepared_file_is_known_by_its_name(tmp_path: Path) -> None:
    assert is_temporary(prepare(tmp_path / "a.md", b"1").name)
    assert not is_temporary("a.md")


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("casebook.history", {"subprocess", "filelock", "git", "json", "hashlib", "yaml"}),
        ("casebook.store", {"subprocess", "filelock", "git", "casebook.history"}),
        (
            "casebook.history.repository, casebook.history.commit",
            {"subprocess", "filelock", "git", "yaml", "jsonschema", "click"},
        ),
    ],
)
def test_heavy_modules_are_not_loaded(module: str, never: set[str]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    # Nothing else of the environment: measuring coverage would load modules of its own.
    environment = {"PYTHONPATH": str(Path(casebook.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert never.isdisjoint(done.stdout.split())
