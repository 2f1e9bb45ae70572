"""Every command that writes, killed at every system call that changes the disk; prints what came.

strace kills each process of a command (the program, git, its hooks) when it begins its Nth call of
that kind, for N from 1 until the command comes through. It needs strace and what the tests need.
``--full`` fills a small disk instead, and leaves a little more room each time (root, Linux);
``--closed`` takes the right to write away.

    python benchmarks/kills.py [NAME ...] [--every 1] [--full] [--closed]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

REPOSITORY: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = REPOSITORY / "cli"
sys.path[:0] = [str(SOURCE), str(REPOSITORY / "tests" / "support")]

from storm import stand_in  # noqa: E402 - found through the line above
from tools import conftest  # noqa: E402
from writing import COMMANDS, Before, torn  # noqa: E402

CALLS: Final = (
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,fsync,fdatasync,mkdir,mkdirat,"
    "write,pwrite64,ftruncate"
)
MOST: Final = 400  # calls of one process: more is a loop
STEP: Final = 4  # KiB of room more, each time
ROOM: Final = 4 << 10  # KiB of the small disk beyond the casebook itself
DRIVER: Final = """
import json, sys
from casebook.cli import run
from casebook.commands.session import Circumstances
root, program, *words = sys.argv[1:]
sys.exit(run(program, ["-C", root, "--lang", "en", *words], Circumstances(terminal=False)))
"""


def typed(school: Any, program: str, words: tuple[str, ...], *before: str) -> int:
    """Type a command in a process of its own, under ``before``; answers its exit code."""
    command = [*before, sys.executable, "-c", DRIVER, str(school.root), program, *words]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    ).returncode


class Makes:
    """Casebooks in which a command can be typed: made once, then copied."""

    def __init__(self, folder: Path) -> None:
        self.tests = conftest(REPOSITORY)
        self.folder = folder

    def ready(self, name: str) -> tuple[Path, str, tuple[str, ...]]:
        """A casebook in which the command ``name`` may be typed, and its words."""
        root = self.folder / f"{name.replace(' ', '-')}-ready"
        school = self.tests.Casebook(self.tests.make_casebook(root)).with_hooks()
        school.git("config", "casebook.python", str(stand_in(self.folder)))
        program, words = COMMANDS[name](school)
        school.git("config", "core.fsync", "all")
        return root, program, words

    def copy(self, ready: Path, place: Path) -> Any:
        """Another of the same."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(ready, place, symlinks=True)
        return self.tests.Casebook(place)


def by_kills(makes: Makes, name: str, every: int) -> tuple[int, list[str]]:
    """How often the command was killed, and what was torn by it."""
    ready, program, words = makes.ready(name)
    wrong: list[str] = []
    for kills, number in enumerate(range(1, MOST, every)):
        school = makes.copy(ready, makes.folder / "one")
        before = Before.of(school)
        inject = f"inject={CALLS}:signal=SIGKILL:when={number}"
        quiet = ("--seccomp-bpf", "-qq", "-o", os.devnull)
        code = typed(school, program, words, "strace", "-f", *quiet, "-e", inject)
        came_through = code == 0 and school.head() != before.head
        found = torn(school, before)
        wrong += [f"{name}, call {number}: {one}" for one in found]
        if came_through:
            return kills, wrong
    raise RuntimeError(f"{name} does not come through")


def size_of(folder: Path) -> int:
    """KiB on the disk."""
    done = subprocess.run(["du", "-sk", folder], capture_output=True, check=True)
    return int(done.stdout.split()[0])


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A disk of so many KiB."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "casebook", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def by_full_disk(makes: Makes, name: str) -> tuple[int, list[str]]:
    """How often the disk was too full for the command, and what was torn by that."""
    ready, program, words = makes.ready(name)
    used = size_of(ready)
    full, wrong = 0, []
    with small_disk(makes.folder / "disk", used * 2 + ROOM) as disk:
        for room in range(0, ROOM, STEP):
            school = makes.copy(ready, disk / "one")
            before = Before.of(school)
            left = shutil.disk_usage(disk).free - (room << 10)
            (disk / "filler").write_bytes(b"\0" * max(left, 0))
            code = typed(school, program, words)
            (disk / "filler").unlink()
            found = torn(school, before)
            if code == 0:
                return full, wrong + found
            full += 1
            wrong += [f"{name}, {room} KiB left: {one}" for one in found]
    raise RuntimeError(f"{name} does not come through")


def by_closed_folders(makes: Makes, name: str) -> tuple[int, list[str]]:
    """The same on a disk that may only be read."""
    ready, program, words = makes.ready(name)
    used = size_of(ready)
    with small_disk(makes.folder / "disk", used * 2 + ROOM) as disk:
        school = makes.copy(ready, disk / "one")
        before = Before.of(school)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        code = typed(school, program, words)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        wrong = torn(school, before)
        if code == 0 or school.head() != before.head:
            wrong.append(f"it says {code} on a disk that may only be read")
        return 1, [f"{name}: {one}" for one in wrong]


def main() -> int:
    page = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    page.add_argument("names", nargs="*")
    page.add_argument("--every", type=int, default=1)
    page.add_argument("--full", action="store_true")
    page.add_argument("--closed", action="store_true")
    given = page.parse_args()
    for name in [name for name in os.environ if name.startswith(("GIT_", "CASEBOOK_"))]:
        del os.environ[name]
    os.environ["GIT_CONFIG_GLOBAL"], os.environ["GIT_CONFIG_NOSYSTEM"] = os.devnull, "1"
    folder = Path(tempfile.mkdtemp(prefix="casebook-kills-"))
    total, wrong = 0, []
    try:
        makes = Makes(folder)
        for name in given.names or COMMANDS:
            if given.full:
                number, found = by_full_disk(makes, name)
            elif given.closed:
                number, found = by_closed_folders(makes, name)
            else:
                number, found = by_kills(makes, name, given.every)
            print(f"{name}: {number} times, {len(found)} torn", flush=True)
            total, wrong = total + number, wrong + found
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{total} times, {len(wrong)} torn", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
