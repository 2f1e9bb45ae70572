"""Makes a casebook of any size to measure with: the same cases and history for the same seed.

It neither uses the program nor measures anything; every text in it is invented.

    python benchmarks/generate.py --cases 2000 --commits 5 --seed 1 [--out DIR]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent))

import stories

REPOSITORY = Path(__file__).resolve().parent.parent
WHO = "Voorbeeld <voorbeeld@school.example>"
# As ``casebook init`` writes it: which files are merged record by record.
ATTRIBUTES = b"* text=auto eol=lf\n*.md text eol=lf\n" + b"".join(
    b"%s/**/*.md merge=casebook\n" % folder for folder in (b"cases", b"policy")
)
START = datetime(2015, 12, 1, 9)


@dataclass(frozen=True, slots=True)
class Made:
    """A generated casebook: its folder, and the ids of its cases with their last state."""

    root: Path
    states: dict[str, str]

    def ids(self, state: str) -> list[str]:
        """The ids of the cases in ``state``, sorted."""
        return sorted(one for one, now in self.states.items() if now == state)

    def path(self, identity: str) -> Path:
        """The file of a case."""
        return self.root / "cases" / identity[:4] / f"{identity}.md"


def generate(
    root: Path, cases: int, commits: int = 5, seed: int = 1, more: Mapping[str, bytes] = {}
) -> Made:
    """A casebook with ``cases`` cases in the new folder ``root``.

    At most ``commits`` commits a case (1: each case in its final state only), in the order of
    their invented dates, then checked out; ``more`` files stand in the first commit. Same
    arguments, same commit ids.
    """
    rng = Random(seed)
    told = [stories.tell(tail, rng) for tail in stories.tails(rng, cases)]
    root.mkdir(parents=True, exist_ok=True)
    _git(root, "init", "-q", "-b", "main")
    _git(root, "config", "user.name", WHO.partition(" <")[0])
    _git(root, "config", "user.email", WHO.partition("<")[2].rstrip(">"))
    _import(root, [thinned(one, commits) for one in told], more)
    _git(root, "reset", "-q", "--hard", "main")
    # Files as old as the index would all be read again by every git status, for ever; in a folder
    # that somebody works in, the next git command has looked at them once.
    time.sleep(1.1)
    _git(root, "status", "--porcelain")
    _git(root, "commit-graph", "write", "--reachable", "--changed-paths")
    return Made(root, {_id(one[-1]): _state(one[-1].text) for one in told})


def thinned(versions: list[stories.Version], most: int) -> list[stories.Version]:
    """At most ``most`` of the versions, the last one always among them."""
    if most >= len(versions):
        return versions
    keep = {round(number * (len(versions) - 1) / most) for number in range(1, most + 1)}
    return [one for number, one in enumerate(versions) if number in keep]


def _id(version: stories.Version) -> str:
    return dict(version.trailers)["Case"]


def _state(text: str) -> str:
    return text.partition("\nstate: ")[2].partition("\n")[0]


def _import(root: Path, told: list[list[stories.Version]], more: Mapping[str, bytes]) -> None:
    git = subprocess.Popen(
        ["git", "-C", str(root), "fast-import", "--quiet", "--date-format=raw"],
        stdin=subprocess.PIPE,
    )
    assert git.stdin is not None
    kit = {
        path.relative_to(REPOSITORY).as_posix(): path.read_bytes()
        for folder in ("schemas", "policy")
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.is_file()
    }
    kit[".gitattributes"] = ATTRIBUTES
    kit |= more
    _commit(git.stdin, "casebook: start", START, kit)
    everything = sorted(
        (one for versions in told for one in versions), key=lambda one: (one.at, one.subject)
    )
    for one in everything:
        identity = _id(one)
        trailers = "".join(f"{key}: {value}\n" for key, value in one.trailers)
        path = f"cases/{identity[:4]}/{identity}.md"
        _commit(git.stdin, f"{one.subject}\n\n{trailers}", one.at, {path: one.text.encode()})
    git.stdin.close()
    if git.wait() != 0:
        raise SystemExit("git fast-import failed")


def _commit(out: IO[bytes], message: str, at: datetime, files: dict[str, bytes]) -> None:
    when = int((at - datetime(1970, 1, 1)).total_seconds())
    body = message.encode()
    out.write(b"commit refs/heads/main\n")
    out.write(f"committer {WHO} {when} +0000\n".encode())
    out.write(b"data %d\n%s\n" % (len(body), body))
    for path, content in files.items():
        out.write(f"M 100644 inline {path}\n".encode())
        out.write(b"data %d\n%s\n" % (len(content), content))


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True)


def main() -> None:
    """Generate one casebook and say where it is."""
    options = argparse.ArgumentParser(description="Make a casebook to measure with.")
    options.add_argument("--cases", type=int, default=500)
    options.add_argument("--commits", type=int, default=5, help="at most so many a case")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, help="an empty or new folder; else a temporary one")
    given = options.parse_args()
    root = given.out or Path(tempfile.mkdtemp(prefix="casebook-bench-"))
    if root.exists() and any(root.iterdir()):
        raise SystemExit(f"{root} is not empty")
    try:
        made = generate(root, given.cases, given.commits, given.seed)
    except BaseException:
        if given.out is None:
            shutil.rmtree(root, ignore_errors=True)
        raise
    texts = [made.path(one).read_text(encoding="utf-8") for one in made.states]
    front = sum(text[3:].partition("\n---\n")[0].count("\n") for text in texts)
    body = sum(text[3:].partition("\n---\n")[2].count("\n") for text in texts)
    size = sum(len(text.encode()) for text in texts)
    count = max(len(texts), 1)
    print(root)
    print(
        f"{len(texts)} cases; on average {front / count:.0f} lines of front matter, "
        f"{body / count:.0f} of body, {size / count:.0f} bytes"
    )


if __name__ == "__main__":
    main()
