"""What was, what is staged, what changed: read from git, judged by nobody here."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import casebook
from casebook.errors import EnvironmentProblem
from casebook.history import find_repository, object_id
from casebook.snapshot import EXECUTABLE, LINK, SUBMODULE, Change, Entry

if TYPE_CHECKING:
    from casebook.history import Repository
    from casebook.snapshot import Snapshot
    from conftest import Shell

CASE = "cases/2026/a.md"
# A hook that writes down what it is shown, through the same door as the real one.
REPORT = f"""PYTHONPATH='{Path(casebook.__file__).parents[1]}' exec '{sys.executable}' -c '
import json, os
from pathlib import Path
from casebook.history import find_repository, started
own = find_repository(Path(os.getcwd()), in_hook=True)
index = own.index()
def plain(changes):
    return [[c.path, c.before and c.before.decode(), c.after and c.after.decode()] for c in changes]
seen = dict(staged=plain(own.staged(index)), started=list(started), parents=own.merge_parents(),
    merge=plain(own.staged_in_merge(index)), index=[e.path for e in index.entries()])
Path(own.common_dir, "seen.json").write_text(json.dumps(seen))
'
"""


def seen(git: Shell) -> dict[str, Any]:
    """What the reporting hook saw."""
    found: dict[str, Any] = json.loads((git.folder / ".git" / "seen.json").read_text())
    return found


def write(git: Shell, path: str, text: str) -> None:
    (git.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (git.folder / path).write_text(text)


def test_a_commit_snapshot_reads_only_what_is_asked(
    repository: Repository, counted: list[str]
) -> None:
    made = repository.commit({CASE: b"a\n", "cases/2027/b.md": b"b\n", "z.md": b"z\n"}, "new")
    repository.close()
    counted.clear()
    snapshot: Snapshot = repository.snapshot(made)
    assert snapshot.read(CASE) == b"a\n"
    assert snapshot.read("cases/2026") is None
    assert snapshot.read("cases/2026/none.md") is None
    assert snapshot.read("none/at/all.md") is None
    assert snapshot.read("two\nlines") is None
    everything = [Entry(CASE), Entry("cases/2027/b.md"), Entry("z.md")]
    assert list(snapshot.entries()) == everything
    assert list(snapshot.entries("cases/2027/")) == [Entry("cases/2027/b.md")]
    assert list(snapshot.entries("cases/202")) == everything[:2]
    assert repository.snapshot(made).id_of(CASE) == object_id(b"a\n")
    assert counted == ["cat-file"]


def test_folders_that_are_read_ahead_are_the_same_folders(
    repository: Repository, counted: list[str]
) -> None:
    files = {CASE: b"a\n", "cases/2027/b.md": b"b\n", "policy/rules/c.md": b"c\n", "z.md": b"z\n"}
    made = repository.commit(files, "new")
    alone = repository.snapshot(made)
    wanted = ([*alone.entries()], {path: alone.id_of(path) for path in files})
    repository.close()
    counted.clear()
    again = find_repository(repository.casebook)
    assert again is not None
    with again:
        again.foresee()  # asked, and nobody waits for the answers
        snapshot = again.snapshot(made)
        assert snapshot.read("z.md") == b"z\n"
        snapshot.ahead([*files, "none/at/all.md", "two\nlines/x.md"])
        assert ([*snapshot.entries()], {path: snapshot.id_of(path) for path in files}) == wanted
        assert snapshot.read("none/at/all.md") is None
        assert [snapshot.read(path) for path in files] == [*files.values()]
        again.foresee()
        assert again.objects.read(made) is not None
    assert counted.count("cat-file") == 1


def test_a_git_that_stops_with_answers_due_is_named_and_asked_anew(repository: Repository) -> None:
    made = repository.commit({CASE: b"a\n"}, "new")
    repository.close()
    again = find_repository(repository.casebook)
    assert again is not None
    again.foresee()
    process = again.objects.open()
    assert process._pid is not None
    os.kill(process._pid, signal.SIGKILL)
    with pytest.raises(EnvironmentProblem):
        for _time in range(8):
            again.objects.read(made + "~0")
    assert again.snapshot(made).read(CASE) == b"a\n"
    again.close()


@pytest.mark.parametrize("sha", ["sha1", "sha256"])
def test_one_name_in_a_large_folder_is_found_as_in_a_small_one(git: Shell, sha: str) -> None:
    """Also where other names hold what ends a mode, or are the end of one another."""
    git("init", "-q", f"--object-format={sha}", "in")
    inner = type(git)(git.folder / "in")
    names = [f"{number:03}.md" for number in range(200)]
    names += ["0100644 7.md", "x 7.md", "z/7.md", "7.mdx", "é.md", "100644 é.md"]
    for name in names:
        write(inner, f"big/{name}", name)
    inner("add", "-A")
    inner("-c", "user.name=Ada", "-c", "user.email=a@example.org", "commit", "-qm", "big")
    repository = find_repository(inner.folder)
    assert repository is not None
    with repository:
        one_by_one = repository.snapshot(repository.head())
        found = {name: one_by_one.read(f"big/{name}") for name in [*names, "7.md", "z", "é", "md"]}
        wanted = {name: name.encode() for name in names}
        assert found == {**wanted, "7.md": None, "z": None, "é": None, "md": None}
        assert one_by_one.folder_id("big/z/")
        assert not one_by_one.folder_id("big/000.md/")
    with repository:
        all_at_once = [entry.path for entry in repository.snapshot(repository.head()).entries()]
        assert sorted(all_at_once) == sorted(f"big/{name}" for name in names)


def test_what_differs_between_two_folders_is_named_with_its_new_side(
    repository: Repository,
) -> None:
    files: dict[str, bytes | None] = {f"cases/{number}.md": b"a\n" for number in range(150)}
    first = repository.commit({**files, "a": b"1\n", "b/c": b"1\n"}, "new")
    changes = {"cases/7.md": b"b\n", "cases/8.md": None, "cases/x.md": b"x\n"}
    second = repository.commit({**changes, "a": None, "b/c": b"1\n"}, "other")
    trees = [repository.objects.commit(one) for one in (first, second)]
    old, new = (one[0] for one in trees if one is not None)
    found = {path: side.exists for path, side in repository.objects.changed(old, new)}
    assert found == {"a": False, "cases/7.md": True, "cases/8.md": False, "cases/x.md": True}
    assert dict(repository.objects.changed(new, new)) == {}
    assert len(dict(repository.objects.changed("", new))) == 151


def test_an_unborn_branch_is_empty(repository: Repository, git: Shell) -> None:
    assert list(repository.snapshot(None).entries()) == []
    assert repository.snapshot(None).read("a") is None
    write(git, CASE, "a\n")
    assert repository.unsaved() == [Change(CASE, None, b"a\n")]
    git("add", CASE)
    assert repository.staged() == [Change(CASE, None, b"a\n")]
    assert list(repository.log(CASE)) == []


def test_modes_are_named_and_links_not_followed(repository: Repository, git: Shell) -> None:
    write(git, "run.sh", "#!/bin/sh\n")
    (git.folder / "run.sh").chmod(0o755)
    (git.folder / "link").symlink_to("/etc/passwd")
    git("add", ".")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    index = repository.index()
    assert list(index.entries()) == [
        *(Entry("link", LINK), Entry("run.sh", EXECUTABLE), Entry("sub", SUBMODULE)),
    ]
    assert index.read("link") is None
    assert index.read("sub") is None
    assert index.read("run.sh") == b"#!/bin/sh\n"
    assert repository.staged(index)[0] == Change("link", None, b"/etc/passwd", LINK)
    assert repository.staged(index)[2] == Change("sub", None, b"1" * 40, SUBMODULE)


def test_the_index_is_the_commit_with_the_staged_files(repository: Repository, git: Shell) -> None:
    repository.commit({"a": b"1\n", "b": b"1\n", "c": b"1\n"}, "start")
    write(git, "a", "2\n")
    write(git, "d", "1\n")
    write(git, "promised", "1\n")
    git("add", "a", "d")
    git("add", "--intent-to-add", "promised")
    git("rm", "-q", "b")
    write(git, "a", "3, not staged\n")
    index = repository.index()
    assert [entry.path for entry in index.entries()] == ["a", "c", "d"]
    assert [entry.path for entry in index.entries("d")] == ["d"]
    assert [index.read(path) for path in "abcd"] == [b"2\n", None, b"1\n", b"1\n"]
    assert repository.staged(index) == [
        Change("a", b"1\n", b"2\n"),
        Change("b", b"1\n", None),
        Change("d", None, b"1\n"),
    ]


def test_a_renamed_record_is_one_gone_and_one_new(repository: Repository, git: Shell) -> None:
    repository.commit({"a.md": b"same\n"}, "start")
    git("mv", "a.md", "b.md")
    assert repository.staged() == [Change("a.md", b"same\n", None), Change("b.md", None, b"same\n")]


@pytest.mark.parametrize(
    ("command", "staged"),
    [
        (("commit", "-qam", "x"), [["a", "1\n", "2\n"], ["b", "1\n", "2\n"]]),
        (("commit", "-qm", "x", "a"), [["a", "1\n", "2\n"]]),
        (("commit", "-qm", "x"), [["b", "1\n", "2\n"]]),
        (("commit", "-qm", "x", "--amend"), [["b", "1\n", "2\n"]]),
    ],
    ids=["all", "path", "staged", "amend"],
)
def test_a_hook_sees_what_git_will_commit_in_two_processes(
    repository: Repository, git: Shell, command: tuple[str, ...], staged: list[list[str]]
) -> None:
    repository.commit({"a": b"1\n", "b": b"1\n"}, "start")
    write(git, "a", "2\n")
    write(git, "b", "2\n")
    git("add", "b")
    git.hook("pre-commit", REPORT)
    git(*command)
    assert seen(git)["staged"] == staged
    assert seen(git)["started"] == ["diff-index", "cat-file"]


def test_only_the_casebooks_own_part_is_shown(folder: Path, git: Shell) -> None:
    write(git, "outside.txt", "x\n")
    write(git, "school/a.md", "a\n")
    found = find_repository(folder / "school")
    assert found is not None
    git("add", ".")
    assert [change.path for change in found.staged()] == ["a.md"]
    assert [entry.path for entry in found.index().entries()] == ["a.md"]
    write(git, "school/b.md", "b\n")
    write(git, "outside.txt", "y\n")
    assert [change.path for change in found.unsaved()] == ["a.md", "b.md"]


def two_branches(repository: Repository, git: Shell) -> None:
    """main and side each changed their own record; both changed ``shared`` on other lines."""
    repository.commit({"a": b"1\n", "b": b"1\n", "shared": b"1\n2\n3\n4\n5\n"}, "start")
    git("checkout", "-qb", "side")
    repository.commit({"b": b"2\n", "shared": b"1\n2\n3\n4\n5 side\n"}, "side")
    git("checkout", "-q", "main")
    repository.commit({"a": b"2\n", "shared": b"1 main\n2\n3\n4\n5\n"}, "main")


def test_in_a_merge_only_what_no_parent_holds_counts(repository: Repository, git: Shell) -> None:
    two_branches(repository, git)
    side = git("rev-parse", "side")
    git.hook("pre-merge-commit", REPORT)
    git("merge", "-q", "--no-edit", "side")
    assert seen(git)["parents"] == [side]
    assert [path for path, _before, _after in seen(git)["staged"]] == ["b", "shared"]
    mixed = ["shared", "1 main\n2\n3\n4\n5\n", "1 main\n2\n3\n4\n5 side\n"]
    assert seen(git)["merge"] == [mixed]
    (last,) = list(repository.between("HEAD^1", "HEAD"))[-1:]
    assert [change.path for change in last.changes] == ["shared"]
    assert len(last.commit.parents) == 2


def test_a_merge_finished_by_hand_is_seen_through_merge_head(
    repository: Repository, git: Shell
) -> None:
    two_branches(repository, git)
    git("merge", "-q", "--no-commit", "side")
    write(git, "a", "evil\n")
    git("add", "a")
    git.hook("pre-commit", REPORT)
    git("commit", "-q", "--no-edit")
    assert [path for path, _before, _after in seen(git)["merge"]] == ["a", "shared"]


def test_without_a_merge_every_staged_change_counts(repository: Repository, git: Shell) -> None:
    write(git, "a", "1\n")
    git("add", "a")
    assert repository.merge_parents() == []
    assert repository.staged_in_merge() == [Change("a", None, b"1\n")]


def test_unsaved_is_one_process_when_all_is_saved(
    repository: Repository, git: Shell, counted: list[str]
) -> None:
    repository.commit({CASE: b"a\n", "gone": b"x\n"}, "new")
    (git.folder / ".gitignore").write_text("*.bak\n")
    repository.commit({".gitignore": b"*.bak\n"}, "ignore")
    counted.clear()
    assert repository.unsaved() == []
    assert counted == ["status"]
    write(git, CASE, "b\n")
    write(git, "cases/2026/new é.md", "n\n")
    write(git, "a.bak", "ignored\n")
    (git.folder / "gone").unlink()
    assert repository.unsaved() == [
        Change(CASE, b"a\n", b"b\n"),
        Change("cases/2026/new é.md", None, b"n\n"),
        Change("gone", b"x\n", None),
    ]
    assert repository.unsaved(["gone"]) == [Change("gone", b"x\n", None)]
    git("add", CASE)
    assert [change.path for change in repository.unsaved([CASE])] == [CASE]


def test_unsaved_shows_a_file_in_conflict(repository: Repository, git: Shell) -> None:
    two_branches(repository, git)
    repository.commit({"b": b"main\n"}, "b")
    git("merge", "-q", "side", fine=False)
    (found,) = repository.unsaved(["b"])
    assert found.before == b"main\n"
    assert b"<<<<<<<" in (found.after or b"")


def test_the_log_of_a_record_is_its_content_newest_first(
    repository: Repository, git: Shell, counted: list[str]
) -> None:
    repository.commit({CASE: b"1\n"}, "case a: new", [("Case", "a"), ("By", "mentor")])
    repository.commit({"other": b"1\n"}, "other")
    repository.commit({CASE: b"2\n"}, "case a: edit")
    repository.commit({CASE: None}, "case a: gone")
    for name, value in (("log.follow", "true"), ("log.showSignature", "true")):
        git("config", name, value)
    git("config", "diff.renames", "copies")
    repository.close()
    counted.clear()
    entries = list(repository.log(CASE))
    assert [(entry.before, entry.after) for entry in entries] == [
        *((b"2\n", None), (b"1\n", b"2\n"), (None, b"1\n")),
    ]
    assert counted == ["log", "cat-file"]
    first = entries[-1].commit
    assert (first.author, first.email, first.subject) == ("Ada", "ada@example.org", "case a: new")
    assert (first.trailer("Case"), first.trailer("By"), first.trailer("To")) == ("a", "mentor", "")
    assert first.at[10] == "T"


def test_an_evil_merge_stands_in_the_log(repository: Repository, git: Shell) -> None:
    two_branches(repository, git)
    git("merge", "-q", "--no-commit", "side")
    write(git, "a", "evil\n")
    git("commit", "-qam", "merged")
    assert [entry.commit.subject for entry in repository.log("a")] == ["merged", "main", "start"]
    assert next(iter(repository.log("a"))).after == b"evil\n"


def test_between_gives_each_commit_with_its_changes_oldest_first(
    repository: Repository, git: Shell
) -> None:
    old = repository.commit({"a": b"1\n"}, "one")
    new = repository.commit({"a": b"2\n", "b\n:100644 x": b"1\n"}, "two")
    git("commit", "--allow-empty", "-qm", "empty")
    found = list(repository.between(old, "HEAD"))
    assert [(step.commit.subject, len(step.changes)) for step in found] == [
        ("two", 2),
        ("empty", 0),
    ]
    assert found[0].commit.id == new
    assert found[0].commit.parents == (old,)
    assert found[0].changes[0] == Change("a", b"1\n", b"2\n")
    assert found[0].changes[1].path == "b\n:100644 x"
    with pytest.raises(EnvironmentProblem):
        list(repository.between("--output=x", "HEAD"))
    assert not (git.folder / "x..HEAD").exists()


def test_a_missing_object_is_named(repository: Repository, git: Shell) -> None:
    made = repository.commit({"a": b"1\n"}, "one")
    name = object_id(b"1\n")
    os.unlink(git.folder / ".git" / "objects" / name[:2] / name[2:])
    with pytest.raises(EnvironmentProblem, match="missing"):
        repository.snapshot(made).read("a")


def test_sha256_repositories_work(tmp_path: Path, git: Shell) -> None:
    git("init", "-q", "--object-format=sha256", str(tmp_path / "new"))
    found = find_repository(tmp_path / "new")
    assert found is not None
    for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        found.set_config(name, value)
    made = found.commit({CASE: b"a\n"}, "new")
    assert len(made) == 64
    assert found.snapshot(made).read(CASE) == b"a\n"
    found.close()
