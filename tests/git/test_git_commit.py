"""One commit holds exactly the files of one command, or nothing happened."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from casebook.errors import EnvironmentProblem, RefusedError
from casebook.history import HookRefusedError, find_repository, gitpython, object_id
from casebook.history import commit as engine

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.history import Repository
    from conftest import Shell

CASE = "cases/2026/2026-7KQ2X.md"


def tidy(repository: Repository) -> bool:
    """Nothing but the lock is left in our folder, and no prepared file in the casebook."""
    names = {file.name for file in (repository.git_dir / "casebook").iterdir()}
    return names <= {"lock"} and not list(repository.casebook.rglob(".casebook-*"))


def test_a_new_record_is_one_commit_with_trailers(repository: Repository, git: Shell) -> None:
    made = repository.commit({CASE: b"a\n"}, "case 2026-7KQ2X: new", [("Case", "2026-7KQ2X")])
    with gitpython(repository) as repo:
        commit = repo.head.commit
        assert commit.hexsha == made
        assert commit.message == "case 2026-7KQ2X: new\n\nCase: 2026-7KQ2X\n"
        assert list(commit.stats.files) == [CASE]
        assert commit.author.name == "Ada"
        assert not repo.is_dirty(untracked_files=True)
    assert tidy(repository)


def test_a_command_starts_at_most_six_git_processes(
    repository: Repository, git: Shell, counted: list[str]
) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    assert counted == ["diff-index", "update-index", "commit", "cat-file"]
    (git.folder / "other").write_text("other")
    git("add", "other")
    counted.clear()
    repository.commit({CASE: b"b\n"}, "edit")
    assert counted == ["diff-index", "update-index", "update-index", "commit"]


def test_other_staged_files_stay_staged(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: b"a\n", "kept": b"1\n", "gone": b"1\n"}, "start")
    (git.folder / "kept").write_text("2\n")
    (git.folder / "new").write_text("n\n")
    git("add", "kept", "new")
    git("rm", "-q", "gone")
    repository.commit({CASE: b"b\n"}, "edit")
    assert git("show", "--format=", "--name-only", "HEAD") == CASE
    assert git("status", "--short") == "D  gone\nM  kept\nA  new"
    assert tidy(repository)


def test_a_file_that_was_staged_before_is_committed_with_the_new_bytes(
    repository: Repository, git: Shell
) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    (git.folder / CASE).write_text("staged\n")
    git("add", CASE)
    repository.commit({CASE: b"b\n"}, "edit")
    assert git("show", f"HEAD:{CASE}") == "b"
    assert git("status", "--short") == ""


def test_several_files_and_a_removal_are_one_commit(repository: Repository, git: Shell) -> None:
    repository.commit({"policy/rules/a@1.md": b"1\n", "policy/rules/b@1.md": b"1\n"}, "two")
    repository.commit({"policy/rules/a@1.md": b"2\n", "policy/rules/b@1.md": None}, "both")
    assert git("show", "--format=", "--name-status", "HEAD").split() == [
        *("M", "policy/rules/a@1.md", "D", "policy/rules/b@1.md"),
    ]
    assert not (git.folder / "policy/rules/b@1.md").exists()


@pytest.mark.parametrize("others", [False, True])
def test_a_refusing_hook_leaves_everything_as_it_was(
    repository: Repository, git: Shell, others: bool
) -> None:
    first = repository.commit({CASE: b"a\n"}, "new")
    if others:
        (git.folder / "other").write_text("o")
        git("add", "other")
    before = git("status", "--short"), git("ls-files", "-s")
    git.hook("pre-commit", 'printf "Not saved: \\033[31mred\\n" >&2; exit 1\n')
    with pytest.raises(HookRefusedError) as caught:
        repository.commit({CASE: b"b\n", "cases/2027/new.md": b"n\n"}, "edit")
    assert caught.value.message == "Not saved: \\x1b[31mred"
    assert caught.value.exit_code == 3
    assert (git("status", "--short"), git("ls-files", "-s")) == before
    assert (git.folder / CASE).read_bytes() == b"a\n"
    assert not (git.folder / "cases/2027").exists()
    assert repository.head() == first
    assert tidy(repository)


def test_a_refused_commit_of_hand_edits_keeps_them(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    (git.folder / CASE).write_text("by hand\n")
    git.hook("commit-msg", "exit 1\n")
    with pytest.raises(HookRefusedError, match="gave no reason"):
        repository.commit({CASE: b"by hand\n"}, "save")
    assert (git.folder / CASE).read_text() == "by hand\n"
    assert git("status", "--short") == f" M {CASE}"
    assert git("diff", "--cached", "--name-only") == ""


def test_the_hook_sees_what_is_committed_in_its_own_index(
    repository: Repository, git: Shell
) -> None:
    (git.folder / "other").write_text("o")
    git("add", "other")
    git.hook("pre-commit", 'git diff --cached --name-only >"$(git rev-parse --git-dir)/seen"\n')
    repository.commit({CASE: b"a\n"}, "new")
    assert (git.folder / ".git" / "seen").read_text().split() == [CASE]


def test_without_an_identity_nothing_is_invented(repository: Repository, git: Shell) -> None:
    git("config", "--unset", "user.name")
    git("config", "--unset", "user.email")
    assert repository.identity() is None
    with pytest.raises(EnvironmentProblem, match="who you are") as caught:
        repository.commit({CASE: b"a\n"}, "new")
    assert caught.value.hint == "Type: casebook init ."
    assert not (git.folder / "cases").exists()
    assert git("ls-files") == ""


def test_the_identity_is_the_one_git_uses(
    repository: Repository, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repository.identity() == ("Ada", "ada@example.org")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Bea")
    found = find_repository(folder)
    assert found is not None
    assert found.identity() == ("Bea", "ada@example.org")


def test_nothing_changed_is_said_and_nothing_committed(repository: Repository) -> None:
    first = repository.commit({CASE: b"a\n"}, "new")
    with pytest.raises(RefusedError, match="Nothing changed"):
        repository.commit({CASE: b"a\n"}, "again")
    assert repository.head() == first


def test_a_file_changed_by_an_editor_meanwhile_is_not_overwritten(
    repository: Repository, git: Shell
) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    with repository.lock():
        (git.folder / CASE).write_text("typed just now\n")
        with pytest.raises(RefusedError, match="changed by another program"):
            repository.commit({CASE: b"b\n"}, "edit", expect={CASE: b"a\n"})
    assert (git.folder / CASE).read_text() == "typed just now\n"


def test_records_are_lf_in_git_and_crlf_stays_on_disk(repository: Repository, git: Shell) -> None:
    (git.folder / ".gitattributes").write_text("* text=auto eol=lf\n")
    git("config", "core.autocrlf", "true")
    git("config", "core.safecrlf", "true")
    repository.commit({CASE: b"a\r\nb\r\n"}, "new")
    assert repository.snapshot(repository.head()).read(CASE) == b"a\nb\n"
    assert (git.folder / CASE).read_bytes() == b"a\r\nb\r\n"
    assert repository.unsaved([CASE]) == []


def test_ignored_places_and_case_blind_disks_do_not_matter(
    repository: Repository, git: Shell
) -> None:
    (git.folder / ".gitignore").write_text("cases/\n")
    git("config", "core.ignorecase", "true")
    repository.commit({CASE: b"a\n"}, "new")
    assert git("ls-files") == CASE


def test_a_casebook_below_the_top_and_odd_names(folder: Path, git: Shell) -> None:
    (folder / "school één").mkdir()
    below = find_repository(folder / "school één")
    assert below is not None
    path = ":(top) *[a] é.md"
    below.commit({path: b"a\n"}, "new")
    assert below.snapshot(below.head()).read(path) == b"a\n"
    (folder / "school één" / path).write_bytes(b"b\n")
    assert [change.path for change in below.unsaved([path])] == [path]
    assert [entry.after for entry in below.log(path)] == [b"a\n"]


def test_detached_head_commits(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    git("checkout", "-q", "--detach")
    assert repository.commit({CASE: b"b\n"}, "edit") == git("rev-parse", "HEAD")


def test_a_stale_index_lock_is_named(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_PATIENCE", 0.05)
    (git.folder / ".git" / "index.lock").touch()
    with pytest.raises(EnvironmentProblem, match=r"index\.lock") as caught:
        repository.commit({CASE: b"a\n"}, "new")
    assert "casebook doctor --fix" in caught.value.hint
    assert not (git.folder / "cases").exists()


def test_a_locked_branch_is_named_and_undone(repository: Repository, git: Shell) -> None:
    repository.commit({CASE: b"a\n"}, "new")
    (git.folder / ".git/refs/heads/main.lock").touch()
    with pytest.raises(EnvironmentProblem, match=r"main\.lock"):
        repository.commit({CASE: b"b\n"}, "edit")
    assert (git.folder / CASE).read_bytes() == b"a\n"
    assert git("status", "--short") == ""


def test_waiting_for_another_command_ends_with_its_name(folder: Path) -> None:
    first, second = find_repository(folder), find_repository(folder)
    assert first is not None
    assert second is not None
    began = time.monotonic()
    with (
        first.lock(),
        pytest.raises(EnvironmentProblem, match=f"process {os.getpid()}, since"),
        second.lock(timeout=0.1),
    ):
        pass
    assert time.monotonic() - began < 2
    with second.lock(), second.lock():
        pass


def test_a_link_is_never_written_through(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (repository.casebook / "cases").symlink_to(tmp_path / "outside")
    with pytest.raises(RefusedError, match="is a link"):
        repository.commit({CASE: b"a\n"}, "new")
    for path in ("../x.md", "/x.md", ".git/config", "a/.GIT/x", "a//b"):
        with pytest.raises(RefusedError, match="inside the casebook"):
            repository.commit({path: b"a\n"}, "new")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_refusal(
    repository: Repository, git: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.md": b"a\n", "b.md": b"b\n"}, "new")

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(EnvironmentProblem, match="No space left"):
            repository.commit({"a.md": b"2\n"}, "edit")
    assert git("status", "--short") == ""
    assert tidy(repository)


def test_an_unresolved_conflict_is_named(repository: Repository, git: Shell) -> None:
    repository.commit({"f": b"0\n"}, "0")
    (git.folder / "f").write_text("1\n")
    git("stash", "-q")
    repository.commit({"f": b"2\n"}, "2")
    git("stash", "pop", fine=False)
    assert repository.conflicts() == ["f"]
    assert repository.staged() == []
    with pytest.raises(EnvironmentProblem, match="unresolved conflict"):
        repository.commit({CASE: b"a\n"}, "new")


def test_a_hook_that_changes_the_record_is_not_called_success(
    repository: Repository, git: Shell
) -> None:
    git.hook("pre-commit", f"echo changed >{CASE}; git add {CASE}\n")
    with pytest.raises(EnvironmentProblem, match="holds other content"):
        repository.commit({CASE: b"a\n"}, "new")


def test_a_commit_on_top_of_ours_does_not_hide_it(repository: Repository, git: Shell) -> None:
    git.hook("post-commit", "rm .git/hooks/post-commit; git commit -q --allow-empty -m later\n")
    made = repository.commit({CASE: b"a\n"}, "new")
    assert git("log", "--format=%s") == "later\nnew"
    assert made == git("rev-parse", "HEAD^")


def test_line_breaks_never_enter_a_trailer(repository: Repository) -> None:
    with pytest.raises(ValueError, match="not a trailer"):
        repository.commit({CASE: b"a\n"}, "new", [("By", "mentor\nCase: other")])
    with pytest.raises(ValueError, match="needs a file"):
        repository.commit({}, "new")


def test_signing_is_left_to_git(repository: Repository, git: Shell) -> None:
    git("config", "commit.gpgsign", "true")
    git("config", "gpg.program", "false")
    with pytest.raises(EnvironmentProblem, match="gpg failed"):
        repository.commit({CASE: b"a\n"}, "new")
    assert not (git.folder / "cases").exists()


def test_git_looks_for_litter_only_now_and_then(
    folder: Path, git: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", os.fspath(trace))
    repository = find_repository(folder)
    assert repository is not None
    tidied = []
    with repository:
        for number in range(3):
            head = repository.head()
            trace.write_text("")
            repository.commit({"a.md": b"%d\n" % number}, "new")
            tidied.append("maintenance run" in trace.read_text("utf-8"))
            assert tidied[-1] is (head is None or head.endswith("0"))
    assert tidied[0]
    assert engine._tidying("a" * 39 + "0") == ()
    assert engine._tidying("0" * 39 + "a") == ("-c", "maintenance.auto=false")


def test_something_may_be_done_while_git_commits(repository: Repository, git: Shell) -> None:
    git.hook("commit-msg", 'touch "$(git rev-parse --git-dir)/came"\n')
    seen: list[str | None] = []

    def meanwhile() -> None:
        """Git has its message and runs hooks, though nobody listens yet."""
        until = time.monotonic() + 20
        while not (git.folder / ".git" / "came").exists() and time.monotonic() < until:
            time.sleep(0.01)
        seen.append("came" if (git.folder / ".git" / "came").exists() else None)

    repository.commit({"a.md": b"a\n"}, "new", meanwhile=meanwhile)
    assert seen == ["came"]
    assert git("log", "--format=%s") == "new"


def test_what_goes_wrong_meanwhile_leaves_the_commit_whole(
    repository: Repository, git: Shell
) -> None:
    def meanwhile() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repository.commit({"a.md": b"a\n"}, "new", meanwhile=meanwhile)
    assert git("log", "--format=%s") == "new"
    assert git("status", "--porcelain") == ""


def test_git_is_given_more_than_a_pipe_holds(repository: Repository) -> None:
    text = b"0123456789abcdef" * 20_000
    waiting = repository.git.start("hash-object", "--stdin", stdin=text)
    assert waiting().out.decode("ascii").strip() == object_id(text)
