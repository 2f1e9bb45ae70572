"""``casebook doctor``: what can be wrong is named with its remedy, and mended where it is safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook import i18n
from casebook.actions import examining, starting, surroundings
from casebook.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Casebook


class Shell:
    """Plain git in one folder, as a person would type it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip("\n")


NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.activate("en")


@pytest.fixture
def book(school: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A casebook as ``init`` makes it, with the programs on the path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "git-case").write_text("#!/bin/sh\n")
    (programs / "git-case").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (school.root / ".gitattributes").write_text(starting.ATTRIBUTES)
    return school.with_hooks().root


def names(book: Path, *, fix: bool = False, now: datetime = NOW) -> set[str]:
    return {one.name for one in examining.examine(book, now, fix=fix) if not one.fixed}


def test_a_fresh_casebook_is_right(book: Path) -> None:
    assert examining.examine(book, NOW) == []


@pytest.mark.parametrize("year", [1980, 2023, 2091])
def test_an_absurd_clock_is_named(book: Path, year: int) -> None:
    assert names(book, now=NOW.replace(year=year)) == {"clock"}


@pytest.mark.parametrize("name", ["pre-commit", "pre-merge-commit", "commit-msg"])
def test_a_missing_hook_is_named_and_put_back(book: Path, name: str) -> None:
    place = book / ".git" / "hooks" / name
    before = place.read_bytes()
    place.unlink()
    assert names(book) == {"hook-absent"}
    assert names(book, fix=True) == set()
    assert place.read_bytes() == before
    assert names(book) == set()


def test_an_old_and_a_sleeping_hook_are_repaired(book: Path) -> None:
    hooks = book / ".git" / "hooks"
    (hooks / "pre-commit").write_text("#!/bin/sh\n# casebook hook: older\n")
    (hooks / "commit-msg").chmod(0o644)
    assert names(book) == {"hook-old", "hook-off"}
    assert names(book, fix=True) == set()
    assert names(book) == set()


def test_a_hook_of_somebody_else_is_never_overwritten(book: Path) -> None:
    place = book / ".git" / "hooks" / "pre-commit"
    place.write_text("#!/bin/sh\nexit 0\n")
    (book / ".git" / "hooks" / "commit-msg").unlink()
    assert names(book, fix=True) == {"hook-foreign", "hook-absent"}
    assert place.read_text() == "#!/bin/sh\nexit 0\n"


def test_hooks_taken_from_the_work_tree_are_named_as_a_danger(book: Path) -> None:
    git = Shell(book)
    git("config", "core.hooksPath", "hooks")
    found = {one.name: one for one in examining.examine(book, NOW, fix=True)}
    assert "would run on this computer" in found["hooks-elsewhere"].why
    assert "git config --unset core.hooksPath" in found["hooks-elsewhere"].do
    assert git("config", "core.hooksPath") == "hooks"


def test_hooks_that_do_not_know_the_program_are_told_again(book: Path) -> None:
    git = Shell(book)
    git("config", "casebook.python", "/gone/python")
    assert names(book) == {"no-interpreter"}
    assert names(book, fix=True) == set()
    assert git("config", "casebook.python") == Path(sys.executable).as_posix()


def test_unsafe_settings_are_put_back(book: Path) -> None:
    git = Shell(book)
    git("config", "core.fsync", "none")
    assert names(book) == {"setting"}
    assert names(book, fix=True) == set()
    assert git("config", "core.fsync") == "all"


def test_nobody_acting_and_no_role_are_named(book: Path) -> None:
    git = Shell(book)
    for name in ("user.name", "user.email", "casebook.role"):
        git("config", "--unset", name)
    assert names(book) == {"no-identity", "no-role"}


def test_what_a_broken_off_command_left_is_cleared_away(book: Path) -> None:
    found = ".casebook-1-1.tmp"
    (book / found).write_text("half")
    assert names(book) == {"temporary-file"}
    assert names(book, fix=True) == set()
    assert not (book / found).exists()


def test_a_lock_left_behind_is_named_and_taken_away(book: Path) -> None:
    lock = book / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (1, 1))
    assert names(book) == {"stale-lock"}
    assert names(book, fix=True) == set()
    assert not lock.exists()


def test_a_merge_in_progress_is_named_and_left_alone(book: Path) -> None:
    git = Shell(book)
    (book / ".git" / "MERGE_HEAD").write_text(git("rev-parse", "HEAD") + "\n")
    assert names(book, fix=True) == {"in-the-middle"}
    assert (book / ".git" / "MERGE_HEAD").exists()


def test_no_branch_and_a_part_of_the_history_are_named(book: Path) -> None:
    git = Shell(book)
    git("checkout", "--quiet", "--detach")
    (book / ".git" / "shallow").write_text(git("rev-parse", "HEAD") + "\n")
    assert names(book) == {"no-branch", "shallow"}


@pytest.mark.parametrize(
    "folder", ["OneDrive - School", "Dropbox", "Google Drive", "CloudStorage", "iCloudDrive"]
)
def test_a_folder_that_is_copied_to_a_cloud_is_named(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "casusboek"
    assert "synced-folder" in {one.name for one in surroundings.of_computer(place, NOW)}


def test_line_ends_and_other_encodings_are_named(book: Path) -> None:
    (book / ".gitattributes").write_text("*.md working-tree-encoding=UTF-16\n")
    assert names(book) == {"other-encoding", "line-ends", "merge-lines"}


def test_slow_libraries_are_named(monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    known = surroundings.find_spec
    gone = ("yaml._yaml", "jsonschema_rs")
    monkeypatch.setattr(
        surroundings, "find_spec", lambda name: None if name in gone else known(name)
    )
    assert names(book) == {"slow-yaml", "slow-schema"}


def test_a_casebook_without_git_or_history_is_still_examined(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / ".git").rename(tmp_path / "elsewhere")
    assert names(book) == {"no-history"}
    (tmp_path / "elsewhere").rename(book / ".git")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git" in names(book)


def test_the_exit_code_is_1_for_errors_and_0_for_warnings(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = Shell(book)
    doctor = ["-C", str(book), "--lang", "en", "doctor"]
    assert run("casebook", doctor) == 0
    git("config", "core.fsync", "none")
    assert run("casebook", doctor) == 0
    (book / ".git" / "hooks" / "pre-commit").unlink()
    capsys.readouterr()
    assert run("casebook", [*doctor, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["symptoms"]
    assert {one["name"] for one in found} == {"setting", "hook-absent"}
    assert run("casebook", [*doctor, "--fix"]) == 0
    assert "Repaired: The hook pre-commit is missing." in capsys.readouterr().out


# -- the folder, the index and the history -------------------------------------------------------

TEXTS = {"saved": b"a\n", "ready": b"b\n", "now": b"c\n", "": None}
RECORD = "cases/2026/2026-7KQ2X.md"
GONE, LEFT, DIFFERS, EDIT = "file-missing", "three-texts", "index-differs", "not-saved"
# What the history, git's index and the folder hold; what doctor says; what the folder holds then.
COMBINATIONS = [
    ("saved", "saved", "saved", "", "saved"),
    ("saved", "saved", "now", EDIT, "now"),
    ("saved", "saved", "", GONE, "saved"),
    ("saved", "ready", "saved", DIFFERS, "saved"),
    ("saved", "ready", "ready", EDIT, "ready"),
    ("saved", "ready", "now", LEFT, "now"),
    ("saved", "ready", "", GONE, "ready"),
    ("saved", "", "saved", DIFFERS, "saved"),
    ("saved", "", "now", EDIT, "now"),
    ("saved", "", "", GONE, "saved"),
    ("", "ready", "ready", EDIT, "ready"),
    ("", "ready", "now", LEFT, "now"),
    ("", "ready", "", DIFFERS, ""),
    ("", "", "now", EDIT, "now"),
    ("", "", "", "", ""),
]


@pytest.mark.parametrize(("saved", "ready", "now", "said", "then"), COMBINATIONS)
def test_folder_index_and_history_that_disagree(
    book: Path, saved: str, ready: str, now: str, said: str, then: str
) -> None:
    git, file = Shell(book), book / RECORD
    file.parent.mkdir(exist_ok=True, parents=True)

    def holds(name: str) -> None:
        content = TEXTS[name]
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        git("add", "--all", "cases")

    (book / "cases/README.md").write_text("Cases\n")
    git("add", "--all", "cases")
    holds(saved)
    git("commit", "--quiet", "--no-verify", "--message", "case: new")
    holds(ready)
    file.unlink(missing_ok=True)
    if TEXTS[now] is not None:
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(TEXTS[now] or b"")
    found = [one.name for one in examining.examine(book, NOW)]
    assert found == ([said] if said else [])
    for one in examining.examine(book, NOW, fix=True):
        assert one.fixed == (one.name in (GONE, DIFFERS))
    assert (file.read_bytes() if file.exists() else None) == TEXTS[then], "no text is lost"
    left = [one.name for one in examining.examine(book, NOW)]
    assert left in ([], [EDIT], [LEFT])
    assert GONE not in left and DIFFERS not in left


def test_a_deleted_case_is_put_back_and_saving_says_so(school: Casebook) -> None:
    case = school.new("quarrel", "Words in the app", "--reported-by", "mentor")
    text = school.path(case).read_text("utf-8")
    school.path(case).unlink()
    said = " ".join(school.run("save").out.split())
    assert "The file is gone; what was saved before is not." in said
    assert "casebook doctor --fix" in said
    school.run("doctor", "--fix", program="casebook")
    assert school.path(case).read_text("utf-8") == text


def test_what_is_no_record_may_be_deleted(school: Casebook) -> None:
    (school.root / "README.md").write_text("Ours\n")
    school.git("add", "README.md")
    school.git("commit", "--quiet", "--message", "readme")
    (school.root / "README.md").unlink()
    assert "README.md" not in school.run("doctor", "--fix", program="casebook").out
    assert not (school.root / "README.md").exists()


# -- git's own folder --------------------------------------------------------------------------


def damaged_settings(book: Path) -> None:
    with (book / ".git/config").open("a") as file:
        file.write("[[[\n")


def damaged_folder(book: Path) -> None:
    (book / ".git/HEAD").write_text("nothing\n")


def damaged_index(book: Path) -> None:
    (book / ".git/index").write_text("nothing\n")


def damaged_objects(book: Path) -> None:
    tree = Shell(book)("rev-parse", "HEAD:cases/2026")
    place = book / ".git/objects" / tree[:2] / tree[2:]
    place.unlink()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damaged_settings, "cannot read its settings: fatal: bad config line"),
        (damaged_folder, "does not recognise its own folder"),
        (damaged_index, "list of what is put ready is damaged"),
        (damaged_objects, "piece of the history is damaged or gone"),
    ],
)
def test_damage_in_gits_own_folder_is_told_first_and_alone(
    school: Casebook, book: Path, damage: Callable[[Path], None], said: str
) -> None:
    case = school.new("quarrel", "Words in the app", "--reported-by", "mentor")
    text = school.path(case).read_bytes()
    school.git("remote", "add", "origin", str(book.parent / "shared.git"))
    damage(book)
    (found,) = examining.examine(book, NOW)
    assert said in found.what
    for words in (
        ("doctor",),
        ("doctor", "--fix"),
        ("verify",),
        ("sync",),
        ("identity", "list"),
        (),
    ):
        answer = school.run(*words, program="casebook")
        assert answer.code != 70
        told = " ".join((answer.out + answer.err).split())
        assert "Traceback" not in told
        assert "first key is another" not in told
        assert "part of this history any more" not in told
    left = examining.examine(book, NOW)
    assert [one.what for one in left] == ([] if damage is damaged_index else [found.what])
    assert school.path(case).read_bytes() == text


def test_a_damaged_index_is_made_anew_and_kept(school: Casebook, book: Path) -> None:
    case = school.new("quarrel", "Words in the app", "--reported-by", "mentor")
    damaged_index(book)
    assert names(book, fix=True) == set()
    assert (book / ".git/index.damaged").read_text() == "nothing\n"
    assert school.git("status", "--porcelain").stdout == "?? .gitattributes\n"
    school.do("note", case, "Work goes on.")
