"""Measures this program side by side with its yardsticks and peers; prints Markdown.

    python benchmarks/run.py [SECTION ...] [--rounds 7] [--peers DIR] [--sizes 500,2000,10000]

Sections: start, show, list, check, write, policy, trust, habits; all of them when none is named.
The Python that runs this needs the program's dependencies. Peers are installed once into --peers.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import habits
import policies
import trust
from generate import Made, generate
from measure import Budget, Command, interleaved, report
from tools import REPOSITORY, Tools, git, run, without_hooks

READ_ALL = (
    "import os,sys\n"
    "def read(folder):\n"
    "    for one in os.scandir(folder):\n"
    "        if one.is_dir(): read(one.path)\n"
    "        else:\n"
    "            with open(one.path, 'rb') as file: file.read()\n"
    "read(sys.argv[1])\n"
)
BARE = "python -c pass"
READ = "reading all bytes in Python"


@dataclass(slots=True)
class Bench:
    """What all sections share: programs, generated casebooks by size, number of rounds."""

    tools: Tools
    folder: Path
    rounds: int
    sizes: list[int]
    made: dict[int, Made]
    commits: int = 5000

    def casebook(self, cases: int) -> Made:
        """A casebook of that size, made once; with hooks."""
        if cases not in self.made:
            self.made[cases] = generate(self.folder / f"cases-{cases}", cases)
            self.tools.install_hooks(self.made[cases].root)
        return self.made[cases]

    def bare(self) -> Command:
        """The yardstick of every start."""
        return Command(BARE, [self.tools.python, "-c", "pass"], self.folder)


def start(bench: Bench) -> None:
    """Help, version and completion."""
    tools, root = bench.tools, bench.casebook(bench.sizes[0]).root
    complete = {"_CASEBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "casebook ch"}
    complete["COMP_CWORD"] = "1"
    case_complete = {"_GIT_CASE_COMPLETE": "bash_complete", "COMP_WORDS": "git-case cl"}
    case_complete["COMP_CWORD"] = "1"
    commands = [
        bench.bare(),
        Command("casebook --version", [tools.casebook, "--version"], root),
        Command("casebook --help", [tools.casebook, "--help"], root),
        Command("git case --help", [tools.git_case, "--help"], root),
        Command("completion of casebook ch", [tools.casebook], root, complete),
    ]
    if run([tools.git_case], root, (), **case_complete).stdout.startswith("plain,"):
        commands.append(Command("completion of git case cl", [tools.git_case], root, case_complete))
    if tools.backlog:
        commands.append(Command("Backlog.md --help", [tools.backlog, "--help"], root))
    if tools.doorstop:
        commands.append(Command("doorstop --help", [tools.doorstop, "--help"], root))
    if tools.check_jsonschema:
        words = [tools.check_jsonschema, "--help"]
        commands.append(Command("check-jsonschema --help", words, root))
    medians = interleaved(commands, bench.rounds * 2 + 1)
    budgets = [
        Budget("casebook --version", BARE, most=2),
        Budget("casebook --help", BARE, most=5),
        Budget("git case --help", BARE, most=5),
        Budget("completion of casebook ch", BARE, most=5),
        Budget("completion of git case cl", BARE, most=5),
    ]
    report("Starting", medians, budgets, bench.rounds * 2 + 1)


def show(bench: Bench) -> None:
    """One case, in small and large casebooks."""
    commands = [bench.bare()]
    budgets = []
    for size in bench.sizes:
        made = bench.casebook(size)
        identity = made.ids("closed")[0]
        name = f"git case show, {size} cases"
        commands.append(Command(name, [bench.tools.git_case, "show", identity], made.root))
        budgets.append(Budget(name, BARE, most=6))
        if size <= 2000 and (store := bench.tools.backlog_store(size)):
            words = [bench.tools.backlog, "task", "view", "7", "--plain"]
            commands.append(Command(f"Backlog.md task view, {size} tasks", words, store))
            shown = f"Backlog.md task view, {size} tasks"
            budgets.append(Budget(name, shown, most=1))
    report("Showing one", interleaved(commands, bench.rounds), budgets, bench.rounds)


def list_(bench: Bench) -> None:
    """Lists, cold; every file is read and parsed each time."""
    tools = bench.tools
    for size in bench.sizes:
        root = bench.casebook(size).root
        ours, every = f"git case list, {size} cases", f"git case list --all, {size} cases"
        read = [tools.python, "-c", READ_ALL, str(root / "cases")]
        commands = [
            Command(READ, read, root),
            Command(ours, [tools.git_case, "list"], root),
            Command(every, [tools.git_case, "list", "--all"], root),
        ]
        budgets = [Budget(one, READ, most=30) for one in (ours, every) if size >= 10000]
        store = tools.backlog_store(size) if size <= 2000 else None
        if store is not None:
            theirs = f"Backlog.md task list, {size} tasks"
            commands.append(Command(theirs, [tools.backlog, "task", "list", "--plain"], store))
            budgets += [Budget(one, theirs, most=1) for one in (ours, every)]
        report(f"Listing {size}", interleaved(commands, bench.rounds), budgets, bench.rounds)


def check(bench: Bench) -> None:
    """The full check, beside the peers that check all their files."""
    tools = bench.tools
    for size in bench.sizes:
        root = bench.casebook(size).root
        rounds = bench.rounds if size < 10000 else max(3, bench.rounds // 2)
        ours = f"casebook check, {size} cases"
        read = [tools.python, "-c", READ_ALL, str(root / "cases")]
        commands = [Command(READ, read, root), Command(ours, [tools.casebook, "check"], root)]
        budgets = []
        if tools.check_jsonschema:
            theirs = f"check-jsonschema, {size} files"
            front = tools.extracted(root)
            schema = str(REPOSITORY / "schemas" / "case" / "schema.json")
            # Type files add fields that only our program merges in; it may find those unknown.
            script = f"{tools.check_jsonschema} --schemafile {schema} {front}/*.yaml"
            words = ["sh", "-c", script]
            commands.append(Command(theirs, words, root, codes=(0, 1)))
            # The promise is one for large casebooks: starting takes most of a small check.
            budgets.append(Budget(ours, theirs, least=25 if size >= 10000 else 1))
        store = tools.doorstop_store(size) if size <= 2000 else None
        if store is not None:
            theirs = f"doorstop, {size} items"
            words = [tools.doorstop, "-F", "-R", "-S", "-W", "-q"]
            commands.append(Command(theirs, words, store, codes=(0, 1)))
            budgets.append(Budget(ours, theirs, most=1))
        report(f"Checking {size}", interleaved(commands, rounds), budgets, rounds)


def write(bench: Bench) -> None:
    """Making and closing a case, hook on, beside the same change by git alone."""
    tools = bench.tools
    for size, most in ((1000, 6.5), (10000, 3.5)):
        if size > max(bench.sizes):
            continue
        made = bench.casebook(size)
        root, origin = made.root, git(made.root, "rev-parse", "HEAD")

        def back(_number: int, root: Path = root, origin: str = origin) -> None:
            git(root, "reset", "-q", "--hard", origin)
            git(root, "clean", "-q", "-f", "-d", "cases")

        closing = made.ids("aftercare")[0]
        close = ["close", closing, "--truth", "confirmed", "--harm", "limited"]
        close += ["--result", "repaired", "--note", "Rustig gebleven en nagevraagd"]
        close += ["--evaluation", "De afspraken waren duidelijk genoeg"]
        close += ["--policy-change", "none", "--victim-now", "Gaat goed, zegt P1 zelf"]
        new = ["new", "quarrel", "Woorden over en weer in de app", "--reported-by", "mentor"]
        path = made.path(closing)

        def scribble(_number: int, path: Path = path) -> None:
            with path.open("a", encoding="utf-8") as file:
                file.write("\nNog een regel.\n")

        add = "git update-index --add -- {path} && git commit -q --no-status -m x"
        bare = f"bare git, one commit, {size} cases"
        by_git = ["sh", "-c", add.format(path=path.relative_to(root))]
        commands = [
            Command(bare, by_git, root, without_hooks(), before=scribble, after=back),
            Command(f"git case new, {size} cases", [tools.git_case, *new], root, after=back),
            Command(f"git case close, {size} cases", [tools.git_case, *close], root, after=back),
        ]
        budgets = [Budget(one.name, bare, most=most) for one in commands[1:]]
        store = tools.backlog_store(size) if size <= 2000 else None
        if store is not None:
            theirs = f"Backlog.md task edit (no commit), {size} tasks"
            words = [tools.backlog, "task", "edit", "7", "-s", "Done"]
            commands.append(Command(theirs, words, store))
            theirs = f"Backlog.md task create (no commit), {size} tasks"
            words = [tools.backlog, "task", "create", "Voorval"]
            commands.append(Command(theirs, words, store))
        report(f"Writing at {size}", interleaved(commands, bench.rounds), budgets, bench.rounds)
        habits.git_counts(tools, made, [new, close, ["show", closing], ["list"]])
        back(0)


# What reads all policy; `publish` asks for a folder of its own each round.
TABLES = ("list", "coverage", "planning", "competences", "todo", "readiness", "publish")


def policy(bench: Bench) -> None:
    """The tables of policy, at half, once and twice 200 rules, 300 activities and 2 000 cases."""
    commands, budgets = [], []
    for rules, activities, cases in ((100, 150, 1000), (200, 300, 2000), (400, 600, 4000)):
        root = bench.folder / f"policy-{rules}"
        generate(root, cases, commits=1)
        policies.grow(root, rules, activities)
        git(root, "add", "-A")
        git(root, "-c", "core.hooksPath=", "commit", "-q", "-m", "policy")
        for table in TABLES:
            name = f"git policy {table}, {rules} rules"
            commands.append(Command(name, _words(bench, root, table), root, codes=(0, 1)))
            if rules == 400:
                budgets.append(Budget(name, f"git policy {table}, 200 rules", most=2.3))
    report("Policy", interleaved(commands, bench.rounds), budgets, bench.rounds)


def _words(bench: Bench, root: Path, table: str) -> list[str] | Callable[[int], list[str]]:
    if table != "publish":
        return [bench.tools.git_policy, table]

    def publish(number: int) -> list[str]:
        out = root.parent / f"{root.name}-site-{number}"
        return [bench.tools.git_policy, "publish", "--out", str(out)]

    return publish


def facts(bench: Bench) -> None:
    """What needs no clock."""
    habits.all_of_them(bench.tools, bench.folder)


def trusted(bench: Bench) -> None:
    """The audit of a signed history, a server's check, sharing."""
    trust.measure(bench.tools, bench.folder, bench.commits, bench.rounds)


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "start": start,
    "show": show,
    "list": list_,
    "check": check,
    "write": write,
    "trust": trusted,
    "policy": policy,
    "habits": facts,
}


def main() -> None:
    """Run the sections that were asked for, in a temporary folder that is removed."""
    options = argparse.ArgumentParser(description="Measure the program beside its peers.")
    options.add_argument("sections", nargs="*", choices=[*SECTIONS, []], default=[])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--sizes", default="500,2000,10000")
    options.add_argument("--peers", type=Path, help="where the peers are, or shall be installed")
    options.add_argument("--commits", type=int, default=5000, help="of the history in: trust")
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="casebook-bench-"))
    try:
        tools = Tools(folder, given.peers, alone=given.sections == ["trust"])
        sizes = [int(one) for one in given.sizes.split(",")]
        bench = Bench(tools, folder, given.rounds, sizes, {}, given.commits)
        for sentence in tools.missing:
            print(sentence)
        for name in given.sections or SECTIONS:
            SECTIONS[name](bench)
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
