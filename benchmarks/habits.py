"""What needs no clock: lines changed, texts kept, faults named, ids and branches, git processes.

Each of them does the same thing with this program and, where it has the notion, with a peer.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import permutations
from pathlib import Path
from random import Random

import faults
from generate import Made, generate
from measure import table
from tools import REPOSITORY, Tools, commit_all, git, run

STATES = REPOSITORY / "schemas" / "case" / "workflow.json"


def all_of_them(tools: Tools, folder: Path) -> None:
    """Every measure, each in a casebook of its own."""
    one_line(tools, fresh(tools, folder / "line"))
    survival(tools, fresh(tools, folder / "survival"))
    unreadable(tools, fresh(tools, folder / "unreadable"))
    seeded(tools, fresh(tools, folder / "seeded"))
    two_clones(tools, fresh(tools, folder / "clones"))
    two_branches(tools, fresh(tools, folder / "branches"))
    forbidden(tools, fresh(tools, folder / "forbidden"))


def fresh(tools: Tools, root: Path, cases: int = 600) -> Made:
    """A generated casebook with hooks."""
    made = generate(root, cases, commits=1, seed=7)
    tools.install_hooks(root)
    return made


def one_line(tools: Tools, made: Made) -> None:
    """Lines changed in a file edited by hand when its state changes."""
    identity = made.ids("planned")[0]
    path = made.path(identity)
    text = path.read_text(encoding="utf-8")
    text = text.replace("\nowner: ", "\nx_box: '12'   # kept by hand\nowner:   ", 1)
    path.write_text(text, encoding="utf-8")
    commit_all(made.root)
    run([tools.git_case, "aftercare", identity], made.root)
    ours = git(made.root, "diff", "--numstat", "HEAD~1", "HEAD").split()
    rows = [["git case aftercare", ours[1], ours[0]]]
    store = tools.backlog_store(20)
    if store is not None:
        task = _by_hand(next((store / "backlog" / "tasks").glob("task-3 *")))
        commit_all(store)
        run([tools.backlog, "task", "edit", "3", "-s", "In Progress"], store)
        theirs = git(store, "diff", "--numstat", "--", str(task)).split()
        rows.append(["Backlog.md task edit --status", theirs[1], theirs[0]])
    table("Lines changed by one state change", ["command", "deleted", "added"], rows)


def _by_hand(task: Path) -> Path:
    """A task as a person leaves it: own key, remark, own quotes, a list on one line."""
    text = task.read_text(encoding="utf-8")
    text = re.sub(r"title: (.*)\n", r"title: '\1'\nx_box: '12'   # kept by hand\n", text, count=1)
    text = text.replace("labels: []", "labels: [app, klas]")
    task.write_text(text, encoding="utf-8")
    return task


def survival(tools: Tools, made: Made) -> None:
    """An own field, a remark and own quotes after 20 edits by command."""
    rng = Random(3)
    identity = made.ids("investigating")[0]
    path = made.path(identity)
    text = path.read_text(encoding="utf-8")
    text = text.replace("\nowner: ", "\nx_box: '12'\n# kept by hand\nowner: ", 1)
    path.write_text(text, encoding="utf-8")
    commit_all(made.root)
    fields = ("owner", "contact", "means", "impact", "reach", "motive")
    roles = ("mentor", "team-leader", "safety-coordinator", "care-coordinator")
    for number in range(20):
        name = rng.choice(fields)
        value = rng.choice(roles) if name in fields[:2] else f"In woorden, poging {number}"
        run([tools.git_case, "set", identity, f"{name}={value}"], made.root)
    kept = _kept(path, ("x_box:", "# kept by hand", "'12'"))
    rows = [["git case set", f"{kept} of 3"]]
    store = tools.backlog_store(20)
    if store is not None:
        task = _by_hand(next((store / "backlog" / "tasks").glob("task-6 *")))
        for number in range(20):
            change = rng.choice((["-d", f"tekst {number}"], ["--priority", "high"], ["-s", "Done"]))
            run([tools.backlog, "task", "edit", "6", *change], store)
        kept = _kept(task, ("x_box:", "# kept by hand", "title: '"))
        rows.append(["Backlog.md task edit", f"{kept} of 3"])
    table("Own field, remark and quotes after 20 edits", ["command", "kept"], rows)


def _kept(path: Path, signs: tuple[str, ...]) -> int:
    text = path.read_text(encoding="utf-8").partition("\n---\n")[0]
    return sum(sign in text for sign in signs)


def unreadable(tools: Tools, made: Made) -> None:
    """Two files that cannot be read: does the list name them, and show the rest?"""
    broken = made.ids("closed")[:2]
    for identity, harm in zip(broken, (faults.quote, faults.merge), strict=True):
        harm(made.path(identity))
    done = run([tools.git_case, "list", "--all"], made.root, ())
    said = done.stdout + done.stderr
    named = sum(bool(re.search(rf"{one}\.md:[1-9]", said)) for one in broken)
    shown = sum(bool(re.search(rf"^{one}\b", done.stdout, re.M)) for one in made.states)
    rows = [
        [
            "git case list --all",
            f"{named} of 2",
            str(done.returncode),
            f"{shown} of {len(made.states) - 2}",
        ]
    ]
    store = tools.backlog_store(20)
    if store is not None:
        tasks = store / "backlog" / "tasks"
        names = [next(tasks.glob(f"task-{number} *")) for number in (1, 2)]
        faults.quote(names[0], "title")
        faults.merge(names[1])
        done = run([tools.backlog, "task", "list", "--plain"], store, ())
        said = done.stdout + done.stderr
        named = sum(one.name in said for one in names)
        shown = sum(f"TASK-{number} " in said for number in range(3, 21))
        words = [f"{named} of 2", str(done.returncode), f"{shown} of 18"]
        rows.append(["Backlog.md task list", *words])
        shutil.rmtree(store)
    heads = ["command", "named with their place", "exit", "others listed"]
    table("Two unreadable files", heads, rows)


def seeded(tools: Tools, made: Made) -> None:
    """Ten faults in ten files: how many does one run name, with file and line?"""
    places = {}
    for identity, (name, harm) in zip(made.ids("closed"), faults.TEN.items(), strict=False):
        harm(made.path(identity))
        places[name] = made.path(identity).relative_to(made.root).as_posix()
    done = run([tools.casebook, "check", "--json"], made.root, ())
    findings = [one for one in json.loads(done.stdout)["findings"] if one["severity"] == "error"]
    ours = {
        name: [one for one in findings if one["path"] == path and one["line"]]
        for name, path in places.items()
    }
    found = sum(bool(one) for one in ours.values())
    remedies = sum(any(line["remedy"] for line in one) for one in ours.values())
    rows = [["casebook check", f"{found} of 10", f"{remedies} of 10", str(done.returncode)]]
    if tools.check_jsonschema:
        front = tools.extracted(made.root)
        schema = str(REPOSITORY / "schemas" / "case" / "schema.json")
        script = f"{tools.check_jsonschema} --schemafile {schema} {front}/*.yaml"
        theirs = run(["sh", "-c", script], made.root, ())
        said = theirs.stdout + theirs.stderr
        named = sum(Path(path).stem in said for path in places.values())
        rows.append(
            ["check-jsonschema", f"{named} of 10 (no lines)", "0 of 10", str(theirs.returncode)]
        )
    heads = ["command", "faults named with file and line", "with what to do", "exit"]
    table("Ten faults in ten files, one run", heads, rows)
    missed = [name for name, one in ours.items() if not one]
    bare = [name for name, one in ours.items() if one and not any(line["remedy"] for line in one)]
    for what, names in (("Not named", missed), ("Without a remedy", bare)):
        if names:
            print(f"\n{what}: {', '.join(names)}.")


def two_clones(tools: Tools, made: Made) -> None:
    """Twenty cases made in each of two clones, then merged: ids that mean two things."""
    other = made.root.parent / "clone"
    git(made.root.parent, "clone", "-q", str(made.root), str(other))
    git(other, "config", "user.name", "Ander")
    git(other, "config", "user.email", "ander@school.example")
    tools.install_hooks(other)
    words = ["new", "quarrel", "Woorden over en weer", "--reported-by", "mentor"]
    for _number in range(20):
        for root in (made.root, other):
            run([tools.git_case, *words], root)
    git(made.root, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
    names = [path.stem for path in (made.root / "cases").rglob("*.md")]
    tails = [name.partition("-")[2] for name in names]
    checked = run([tools.casebook, "check"], made.root, ()).returncode
    doubled = len(tails) - len(set(tails))
    rows = [["git case new", str(len(names)), str(doubled), f"check: exit {checked}"]]
    store = tools.backlog_store(20)
    if store is not None:
        second = store.parent / "backlog-clone"
        shutil.copytree(store, second)
        for number in range(20):
            for root, word in ((store, "een"), (second, "twee")):
                run([tools.backlog, "task", "create", f"Voorval {word} {number}"], root)
        found = [path.name for place in (store, second) for path in _tasks(place)]
        ids = [name.partition(" ")[0] for name in sorted(set(found))]
        double = len(ids) - len(set(ids))
        rows.append(["Backlog.md task create", str(len(ids)), str(double), ""])
        shutil.rmtree(store)
    if (store := tools.doorstop_store(20)) is not None:
        second = store.parent / "doorstop-clone"
        shutil.copytree(store, second)
        for _number in range(20):
            for root in (store, second):
                run([tools.doorstop, "add", "CASE", "-q"], root)
        ids = [path.stem for place in (store, second) for path in _new_items(place)]
        total = 20 + len(ids)
        rows.append(["doorstop add", str(total), str(len(ids) - len(set(ids))), ""])
        shutil.rmtree(store)
    heads = ["command", "records after the merge", "ids in use twice", ""]
    table("Two clones make 20 records each, offline", heads, rows)


def _tasks(root: Path) -> list[Path]:
    return sorted((root / "backlog" / "tasks").glob("*.md"))


def _new_items(root: Path) -> list[Path]:
    return [path for path in (root / "cases").glob("CASE*.yml") if int(path.stem[4:]) > 20]


def two_branches(tools: Tools, made: Made) -> None:
    """Two branches change different fields of one case: conflicts in a git merge by hand.

    First as ``casebook init`` and ``join`` set a computer up, then where nobody did so.
    """
    path = made.path(made.ids("planned")[0])
    text = path.read_text(encoding="utf-8")
    fields = ("summary", "means", "owner", "contact", "impact", "severity_because")
    pairs = list(permutations([name for name in fields if f"\n{name}: " in text], 2))
    rows = []
    for said in ("git merge", "git merge, never set up"):
        conflicts = sum(_conflict(made.root, path, pair) for pair in pairs)
        rows.append([said, str(len(pairs)), str(conflicts)])
        git(made.root, "config", "--unset", "merge.casebook.driver", codes=(0, 5))
    table("Two branches change different fields", ["command", "pairs", "conflicts"], rows)


def _conflict(root: Path, path: Path, pair: tuple[str, str]) -> bool:
    """Whether git cannot merge two branches of which each changed one of these fields."""
    origin = git(root, "rev-parse", "main")
    bare = ["-c", "core.hooksPath=/dev/null"]
    for branch, name in zip(("one", "two"), pair, strict=True):
        git(root, "checkout", "-q", "-B", branch, origin)
        text = path.read_text(encoding="utf-8")
        value = {"contact": "mentor", "owner": "team-leader"}.get(name, "Anders")
        value = "hr" if f"\n{name}: {value}\n" in text else value
        text = re.sub(rf"\n{name}: .*\n", f"\n{name}: {value}\n", text, count=1)
        path.write_text(text, encoding="utf-8")
        git(root, *bare, "commit", "-q", "-a", "-m", name)
    merged = run(["git", *bare, "merge", "-q", "--no-edit", "one"], root, ())
    if merged.returncode:
        git(root, "merge", "--abort")
    git(root, "checkout", "-q", "main")
    return bool(merged.returncode)


def forbidden(tools: Tools, made: Made) -> None:
    """Every ordered pair of states that no move joins: refused by command and by hook?"""
    workflow = json.loads(STATES.read_text(encoding="utf-8"))
    moves = workflow["moves"]
    held = [state for state in workflow["states"] if made.ids(state)]
    asked, refused = 0, 0
    for state in held:
        identity = made.ids(state)[0]
        for name, move in moves.items():
            if state not in move["from"]:
                asked += 1
                refused += run([tools.git_case, name, identity], made.root, ()).returncode == 3
    tried, stopped = 0, 0
    for state, target in permutations(held, 2):
        joined = any(state in move["from"] and target in _targets(move) for move in moves.values())
        if joined:
            continue
        tried += 1
        path = made.path(made.ids(state)[0])
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"\nstate: {state}\n", f"\nstate: {target}\n", 1), "utf-8")
        done = run(["git", "commit", "-q", "-a", "-m", "by hand"], made.root, ())
        stopped += done.returncode != 0
        git(made.root, "reset", "-q", "--hard")
    rows = [
        ["a move from a state it does not leave, by command", str(asked), str(refused)],
        ["a state no move leads to, by hand and git commit", str(tried), str(stopped)],
    ]
    table("Forbidden moves", ["what", "tried", "refused"], rows)


def _targets(move: dict[str, object]) -> list[str]:
    to = move["to"]
    if isinstance(to, str):
        return [to]
    # A stored target is where the record came from; only those states can follow.
    return list(to) if isinstance(to, list) else list(json.loads(STATES.read_text())["states"])


def git_counts(tools: Tools, made: Made, commands: list[list[str]]) -> None:
    """How many git processes a command starts, and how many its hooks do."""
    rows = []
    for words in commands:
        trace = made.root.parent / "trace.json"
        trace.unlink(missing_ok=True)
        run([tools.git_case, *words], made.root, (), GIT_TRACE2_EVENT=str(trace))
        lines = trace.read_text().splitlines() if trace.exists() else []
        starts = [one for one in map(json.loads, lines) if one["event"] == "start"]
        own = [one for one in starts if "/" not in one["sid"]]
        inner = [one["argv"] for one in starts if "/" in one["sid"]]
        rows.append([f"git case {words[0]}", str(len(own)), str(len(inner))])
        git(made.root, "reset", "-q", "--hard")
    heads = ["command", "git processes it starts", "started below them (hooks, git itself)"]
    table("Git processes", heads, rows)
