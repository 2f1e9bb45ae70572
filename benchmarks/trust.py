"""What trust costs: the audit of a signed history, what a server judges, sharing one change.

Yardsticks are git itself on the same history; the arithmetic of signatures is told apart.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from generate import WHO, generate
from measure import Command, environment, interleaved, report, table
from signed import LIST, Key, sign_all
from tools import Tools, git, run

RAW = ("log", "--raw", "-z", "--root", "-m", "--no-renames", "--no-abbrev", "--format=%H")
FSCK = "git fsck"
VERIFY, PASS, SIGNATURES = "casebook verify", "git log --raw", "the signatures alone"
BARE = "python -c pass"
ADDRESS = WHO.partition("<")[2].rstrip(">")
# Reads every commit and checks its signature, and does nothing else of an audit.
ARITHMETIC = """
import sys
from pathlib import Path
from casebook.history import find_repository, plain, walk
from casebook.signing import sshsig
with find_repository(Path(sys.argv[1])) as repository:
    source = plain.source(repository)
    for name in walk.ids(source, repository.head()):
        commit = walk.commit(source, name)
        sshsig.check(sshsig.read(commit.signatures[0]), commit.payload)
    source.close()
"""
LISTED = """
import sys
from pathlib import Path
from casebook.history import find_repository, plain, walk
with find_repository(Path(sys.argv[1])) as repository:
    source = plain.source(repository)
    for name in walk.ids(source, repository.head()):
        walk.commit(source, name)
    source.close()
"""
# The most memory that the program held, and what it started on the next core; git's own is not
# ours. (What ``resource`` tells of it begins with the memory of whoever started it.)
MOST = """
import os, sys
from casebook import __main__ as program
end = os._exit
def told(code):
    with open("/proc/self/status") as status:
        most = next(line for line in status if line.startswith("VmHWM:"))
    print(int(most.split()[1]) // 1024, file=sys.stderr, flush=True)
    end(code)
os._exit = told
sys.stdout = open(os.devnull, "w")
program.main(argv=["verify"])
"""


def measure(tools: Tools, folder: Path, commits: int, rounds: int) -> None:
    """All of it for one history of about so many commits."""
    key = Key(folder / "key")
    root = folder / f"signed-{commits}"
    more = {LIST: key.line(ADDRESS)}
    generate(root, -(-commits * 10 // 42), more=more)
    number = sign_all(root, key)
    for name, value in (
        *(("gpg.format", "ssh"), ("user.signingkey", str(key.place)), ("commit.gpgsign", "true")),
        *(("casebook.python", tools.python), ("casebook.role", "safety-coordinator")),
    ):
        git(root, "config", name, value)
    _audit(tools, root, number, min(rounds, 3 if commits > 10000 else rounds))
    _server(tools, root, folder, rounds)


def _audit(tools: Tools, root: Path, number: int, rounds: int) -> None:
    commands = [
        Command(PASS, ["git", *RAW], root),
        Command(FSCK, ["git", "fsck", "--no-progress", "--no-dangling"], root),
        Command("reading every commit", [tools.python, "-c", LISTED, str(root)], root),
        Command(SIGNATURES, [tools.python, "-c", ARITHMETIC, str(root)], root),
        Command(VERIFY, [tools.casebook, "verify"], root, after=lambda _number: _forget(root)),
    ]
    medians = interleaved(commands, rounds)
    report(f"Verifying {number} signed commits", medians, [], rounds)
    arithmetic = medians[SIGNATURES] - medians["reading every commit"]
    ratio = (medians[VERIFY] - arithmetic) / medians[PASS]
    most = max(map(int, run([tools.python, "-c", MOST], root).stderr.split()))
    _forget(root)
    beside = (medians[VERIFY] - arithmetic) / medians[FSCK]
    rows = [
        ["verify less the signatures", f"{ratio:.2f} x git log --raw", "at most 3.5 x"],
        ["verify less the signatures", f"{beside:.2f} x git fsck", "at most 1 x"],
        ["signatures", f"{arithmetic / number * 1e6:.0f} µs a commit", "-"],
        ["verify, all", f"{medians[VERIFY] / number * 1e6:.0f} µs a commit", "-"],
        ["memory, the larger of its programs", f"{most} MiB", "at most 128 MiB"],
    ]
    rows = [[*row, _verdict(row)] for row in rows]
    table("The audit", ["what", "measured", "promised", ""], rows)


def _verdict(row: list[str]) -> str:
    if not row[2].startswith("at most"):
        return ""
    met = float(row[1].split()[0]) <= float(row[2].split()[2])
    return "met" if met else "**missed**"


def _forget(root: Path) -> None:
    """So that the next audit is a first one."""
    (root / ".git/casebook/verified.json").unlink(missing_ok=True)


def _server(tools: Tools, root: Path, folder: Path, rounds: int) -> None:
    """The hook of a server for one commit, and a whole sync of one commit."""
    bare, plain_bare = folder / "shared.git", folder / "bare.git"
    run([tools.casebook, "serve-init", str(bare)], folder)
    git(bare, "config", "casebook.python", tools.python)
    for place in (bare, plain_bare):
        if place == plain_bare:
            git(folder, "init", "-q", "--bare", "-b", "main", str(place))
        git(place, "fetch", "-q", str(root), "main:refs/heads/main")
    case = sorted((root / "cases").rglob("2*.md"))[-1]
    old = git(root, "rev-parse", "HEAD")
    _note(root, case)
    new = git(root, "rev-parse", "HEAD")
    git(bare, "fetch", "-q", str(root), f"{new}:refs/measured/new")
    line = f"{old} {new} refs/heads/main"
    receive = f"echo {line} | {tools.python} -I -m casebook receive"
    commands = [
        Command(BARE, [tools.python, "-I", "-c", "pass"], folder),
        Command("the server's check of one commit", ["sh", "-c", receive], bare),
    ]
    medians = interleaved(commands, rounds)
    report("What a server does", medians, [], rounds)
    beyond = (medians["the server's check of one commit"] - medians[BARE]) * 1000
    row = ["the check beyond a bare Python start", f"{beyond:.0f} ms", "at most 300 ms"]
    table("The server", ["what", "measured", "promised", ""], [[*row, _verdict(row)]])
    _sharing(tools, root, (bare, plain_bare), case, rounds)


def _sharing(tools: Tools, root: Path, places: tuple[Path, Path], case: Path, rounds: int) -> None:
    git(root, "remote", "add", "origin", str(places[0]))
    git(root, "remote", "add", "bare", str(places[1]))
    push = ["git", "push", "-q", "--no-verify", "bare", "main"]
    by_git = "bare git push, one commit"
    commands = [
        Command(by_git, push, root, before=lambda _number: _note(root, case)),
        Command("casebook sync, one commit", [tools.casebook, "sync"], root),
    ]
    report("Sharing one change", interleaved(commands, rounds), [], rounds)


def _note(root: Path, case: Path) -> None:
    """One more line in a case, signed, saved by git alone."""
    text = case.read_text(encoding="utf-8")
    head, mark, journal = text.partition("\n## ")
    case.write_text(f"{head.rstrip()}\n\nNog een regel.\n{mark}{journal}", encoding="utf-8")
    words = ["git", "commit", "-q", "--no-verify", "-am", f"case {case.stem}: regel"]
    subprocess.run(words, cwd=root, env=environment(), check=True)
