"""What is on the disk itself before a command says that it is done, counted at the system calls.

Needs strace; where it is absent or may not trace, this is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from clones import sync
from writing import COMMANDS

import casebook
from casebook.history import configure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history import Repository
    from conftest import Shell

COMMIT = """
import sys
from pathlib import Path
from casebook.history import find_repository
find_repository(Path(sys.argv[1])).commit({"cases/2026/2026-7KQ2X.md": b"text\\n"}, "case: new")
"""
STRACE = shutil.which("strace")
CALLS = "trace=openat,fsync,fdatasync,rename,renameat,renameat2,exit_group"


TYPED_AND_TRACED = ("new", "note", "save", "undo", "policy adopt")
TYPED = """
import sys
from casebook.cli import run
from casebook.commands.session import Circumstances
root, program, *words = sys.argv[1:]
sys.exit(run(program, ["-C", root, "--lang", "en", *words], Circumstances(terminal=False)))
"""


def _synced(lines: list[str]) -> Iterator[str]:
    """The files that were synced; a call is told in two lines where another process spoke."""
    begun: dict[str, str] = {}
    for line in lines:
        process, _space, call = line.partition(" ")
        if told := re.search(r"\bf(?:data)?sync\(\d+<(.*?)>(?:\)\s+= 0| <unfinished)", call):
            if "<unfinished" in call:
                begun[process] = told[1]
            else:
                yield told[1]
        elif re.search(r"f(?:data)?sync resumed>.*= 0", call) and process in begun:
            yield begun.pop(process)


def traced(folder: Path, program: str, *more: str) -> list[str]:
    """The files that were fsynced, in order, relative to the casebook."""
    log = folder.parent / "trace"
    words = [str(STRACE), "-f", "-y", "-qq", "-e", CALLS, "-o", str(log)]
    environment = {**os.environ, "PYTHONPATH": str(Path(casebook.__file__).parents[1])}
    done = subprocess.run(
        [*words, sys.executable, "-c", program, str(folder), *more],
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0 and b"ptrace" in done.stderr:
        pytest.skip("this computer does not let strace trace")
    assert done.returncode == 0, done.stderr
    # strace writes what is not ASCII as octal, so the folder is told by its end.
    found = list(_synced(log.read_text("utf-8").splitlines()))
    inside = re.escape(folder.name.rpartition(" ")[2])
    return [re.sub(rf"^.*?[ /]{inside}(?:/|$)", "", name) for name in found]


@pytest.mark.skipif(STRACE is None, reason="no strace")
def test_file_folder_objects_index_and_ref_are_on_the_disk(
    repository: Repository, git: Shell
) -> None:
    repository.commit({"first.md": b"1\n"}, "start")
    configure(repository, sys.executable)
    synced = traced(git.folder, COMMIT)
    print(len(synced), synced)
    kinds = {
        "our file, before it is in place": r"cases/2026/\.casebook-.*\.tmp",
        "its folder": r"cases/2026",
        "the new folders above": r"cases",
        "git's objects": r"\.git/objects/.*",
        "git's index": r"\.git/(?:casebook/)?index.*",
        "git's ref": r"\.git/refs/heads/.*",
    }
    counts = {
        what: sum(bool(re.fullmatch(pattern, name)) for name in synced)
        for what, pattern in kinds.items()
    }
    print(counts)
    missing = [what for what, number in counts.items() if not number]
    assert missing == [], synced
    assert counts["git's objects"] >= 3, "the text, its folders, the commit"


def needed(school: Any, before: str, synced: list[str]) -> dict[str, bool]:
    """What must be on the disk itself after a command that changed files: whether each is."""
    log = ("log", "--format=", "--name-only", "--no-renames", f"{before}..HEAD")
    changed = sorted(set(school.git(*log).stdout.split()))
    assert changed
    folders = {name.rpartition("/")[0] for name in changed}

    def times(pattern: str) -> int:
        return sum(bool(re.fullmatch(pattern, name)) for name in synced)

    # Written by us under another name first, or by an editor in its place.
    written = sum(times(rf"{one}/(?:\.casebook-.*\.tmp|[^/]*\.md)") for one in folders)
    return {
        "every file": written >= len(changed),
        "every folder": all(times(re.escape(one)) for one in folders),
        "objects": times(r"\.git/objects/.*") >= len(changed),
        "index": times(r"\.git/(?:casebook/)?index.*") > 0,
        "ref": times(r"\.git/(?:refs/heads/.*|HEAD.*|packed-refs.*)") > 0,
    }


@pytest.mark.skipif(STRACE is None, reason="no strace")
@pytest.mark.parametrize("name", TYPED_AND_TRACED)
def test_what_a_command_wrote_is_on_the_disk_when_it_says_so(school: Any, name: str) -> None:
    program, words = COMMANDS[name](school)
    school.git("config", "core.fsync", "all")
    before = school.head()
    synced = traced(school.root, TYPED, program, *words)
    found = needed(school, before, synced)
    print(name, len(synced), found)
    assert all(found.values()), found


@pytest.mark.skipif(STRACE is None, reason="no strace")
def test_what_a_sync_brought_is_on_the_disk_when_it_says_so(two: Any) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    sync(one)
    other.do("note", case, "Mine.")
    other.git("config", "core.fsync", "all")
    before = one.git("rev-parse", "HEAD~1").stdout.strip()
    synced = traced(other.root, TYPED, "casebook", "sync")
    found = needed(other, before, synced)
    print("sync", len(synced), found)
    assert all(found.values()), found
