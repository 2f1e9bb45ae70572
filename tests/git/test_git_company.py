"""Many commands in one work tree at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import casebook

if TYPE_CHECKING:
    from casebook.history import Repository
    from conftest import Shell

PROCESSES, COMMITS = 6, 15
WRITER = """
import sys
from pathlib import Path
from casebook.history import find_repository
root, name = Path(sys.argv[1]), sys.argv[2]
own = find_repository(root)
for number in range(int(sys.argv[3])):
    with own.lock(timeout=60):
        shared = root / "shared.md"
        text = shared.read_bytes() if shared.exists() else b""
        own.commit({f"cases/{name}/{number}.md": b"x\\n"}, f"{name} {number}")
        own.commit({"shared.md": text + f"{name} {number}\\n".encode()}, f"shared {name} {number}")
"""


def test_all_succeed_and_no_commit_holds_anothers_file(repository: Repository, git: Shell) -> None:
    (git.folder / "other").write_text("other\n")
    git("add", "other")
    environment = {**os.environ, "PYTHONPATH": str(Path(casebook.__file__).parents[1])}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(git.folder), f"w{number}", str(COMMITS)],
            env=environment,
            stderr=subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [
        (b"", 0)
    ] * PROCESSES
    made = list(repository.between(None, "HEAD"))
    assert len(made) == 2 * PROCESSES * COMMITS
    for step in made:
        (change,) = step.changes
        words = step.commit.subject.split()
        expected = "shared.md" if words[0] == "shared" else f"cases/{words[0]}/{words[1]}.md"
        assert change.path == expected
    assert len((git.folder / "shared.md").read_text().splitlines()) == PROCESSES * COMMITS
    assert git("status", "--short") == "A  other"
