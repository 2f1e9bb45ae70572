"""Many people share one casebook at once and are killed at random; prints what came of it.

It times nothing that is promised; it counts. Needs what the tests need.

    python benchmarks/storm.py [--clones 8] [--commands 50] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY / "cli"), str(REPOSITORY / "tests" / "support")]

from storm import Storm  # noqa: E402 - found through the line above
from tools import conftest  # noqa: E402


def main() -> None:
    """One storm in a temporary folder; exit code 1 when anything is lost, doubled or mixed."""
    options = argparse.ArgumentParser(description="Many people, one casebook, random kills.")
    options.add_argument("--clones", type=int, default=8)
    options.add_argument("--commands", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", action="store_true", help="leave the folder, and say where")
    given = options.parse_args()
    for name in [name for name in os.environ if name.startswith(("GIT_", "CASEBOOK_"))]:
        del os.environ[name]
    os.environ["GIT_CONFIG_GLOBAL"], os.environ["GIT_CONFIG_NOSYSTEM"] = os.devnull, "1"
    tests = conftest(REPOSITORY)
    folder = Path(tempfile.mkdtemp(prefix="casebook-storm-"))
    try:
        school = tests.Casebook(tests.make_casebook(folder / "school"))
        storm = Storm(folder, school, given.clones, given.commands, given.seed)
        storm.prepare()
        begun = time.monotonic()
        verdict = storm.run()
        print(f"{given.clones} clones x {given.commands} commands, seed {given.seed}")
        print(verdict.line())
        print(f"{time.monotonic() - begun:.0f} s")
        for name, found in verdict.wrong.items():
            print(f"{name}:", *found, sep="\n  ")
        if given.keep:
            print(folder)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if verdict.wrong else 0)


if __name__ == "__main__":
    main()
