"""kill -9 at every moment of sharing: the next command or doctor makes it whole, nothing is lost.

Commits on their own stand in ``test_git_crash`` and ``test_program_crash``.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from clones import clean, killed, same, sync

from casebook.history import find_repository, leftovers, mend
from casebook.history.faults import SHARING

if TYPE_CHECKING:
    from staff import Staff

MOVING = ("noted", "replaced-one", "replaced", "staged", "committed")
COMMITTING = ("prepared", "noted", "replaced", "staged", "committed", "verified")


def texts(school: Any) -> dict[str, bytes]:
    """Every file of the casebook on disk."""
    below = [path for path in school.root.rglob("*") if path.is_file()]
    inside = [path for path in below if ".git" not in path.relative_to(school.root).parts]
    return {path.relative_to(school.root).as_posix(): path.read_bytes() for path in inside}


def committed(school: Any, commit: str) -> dict[str, bytes]:
    """Every file as a commit holds it."""
    names = school.git("ls-tree", "-r", "--name-only", commit).stdout.splitlines()
    show = ["git", "-C", str(school.root), "cat-file", "blob"]
    return {
        name: subprocess.run([*show, f"{commit}:{name}"], capture_output=True, check=True).stdout
        for name in names
    }


def found(school: Any, *, fix: bool = False) -> list[str]:
    """What was left behind, named or mended."""
    with find_repository(school.root) or pytest.fail() as repository:
        look = mend if fix else leftovers
        return [one.kind for one in look(repository)]


@pytest.fixture
def apart(two: Any) -> Any:
    """One sent a change and a new case; the other has a note on the same case, and one more."""
    one, other, case = two
    one.do("set", case, "owner=mentor")
    one.new("quarrel", "A second case", "--reported-by", "mentor")
    sync(one)
    other.do("note", case, "Mine.")
    return one, other, case


def together(one: Any, other: Any, case: str) -> None:
    """Both have everything of both, once."""
    sync(other)
    sync(one)
    assert same(one, other)
    assert one.path(case).read_text("utf-8").count("Mine.") == 1
    assert one.data(case)["owner"] == "mentor"
    assert len(list((one.root / "cases").rglob("2026-*.md"))) == 2
    clean(one)
    clean(other)


@pytest.mark.parametrize("point", SHARING)
def test_a_killed_sync_left_old_or_new_and_the_next_one_finishes(apart: Any, point: str) -> None:
    one, other, case = apart
    before = texts(other)
    killed(point, lambda: sync(other))
    disk = texts(other)
    together(one, other, case)
    after = texts(other)
    for name, text in disk.items():
        assert text in (before.get(name), after.get(name)), f"{name} is torn at {point}"


@pytest.mark.parametrize("point", MOVING)
def test_doctor_names_a_broken_off_sync_and_finishes_it(apart: Any, point: str) -> None:
    one, other, case = apart
    killed(point, lambda: sync(other))
    assert found(other) == ["broken-sync"]
    said = other.run("doctor", program="casebook").out
    assert "A sync was broken off" in " ".join(said.split())
    assert found(other, fix=True) == ["broken-sync"]
    assert found(other) == []
    clean(other)
    assert texts(other) == committed(other, "HEAD")
    together(one, other, case)


@pytest.mark.parametrize("point", MOVING)
def test_any_command_goes_on_after_a_killed_sync(apart: Any, point: str) -> None:
    """Also in the file that came in half: what others wrote is never saved as mine."""
    one, other, case = apart
    killed(point, lambda: sync(other))
    other.do("note", case, "Work goes on.")
    changed = other.git("show", "--format=", "HEAD").stdout
    assert "+Work goes on." in changed
    assert "+owner" not in changed
    together(one, other, case)
    assert "Work goes on." in one.path(case).read_text("utf-8")


@pytest.mark.parametrize("point", MOVING)
def test_an_edit_made_after_a_killed_sync_stays(apart: Any, point: str) -> None:
    """The rest is put back to one moment of history, so that nobody saves what others wrote."""
    one, other, case = apart
    killed(point, lambda: sync(other))
    edited = other.path(case).read_text("utf-8").replace("A photo goes", "One photo goes")
    other.path(case).write_text(edited, "utf-8")
    found(other, fix=True)
    assert other.path(case).read_text("utf-8") == edited
    status = other.git("status", "--porcelain").stdout.splitlines()
    assert status == [f" M cases/2026/{case}.md"], point
    other.git("checkout", "--quiet", "--", ".")
    together(one, other, case)


@pytest.mark.parametrize("point", SHARING)
def test_a_killed_resolve_is_begun_again(two: Any, point: str) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    one.do("note", case, "Theirs.")
    other.do("set", case, "owner=principal")
    other.do("note", case, "Mine.")
    sync(one)
    killed(point, lambda: sync(other, "mine"))
    sync(other, "mine")
    sync(one)
    assert same(one, other)
    assert one.data(case)["owner"] == "principal"
    assert one.path(case).read_text("utf-8").count("Mine.") == 1
    clean(one)
    clean(other)


def test_a_join_that_was_killed_is_finished_by_init(two: Any, tmp_path: Path) -> None:
    one, _other, case = two
    url = one.git("remote", "get-url", "origin").stdout.strip()
    who = ("--me", "New Person <new@example.org>", "--role", "mentor")
    root = tmp_path / "joined"
    words = ("join", url, str(root), *who)
    killed("cloned", lambda: one.run(*words, program="casebook"))
    joined = type(one)(root, one.clock)
    assert joined.run("doctor", program="casebook").code == 1
    joined.do("init", ".", *who, program="casebook")
    assert joined.git("config", "user.name").stdout == "New Person\n"
    assert (root / ".git/hooks/pre-push").exists()
    assert joined.data(case)["state"] == "reported"
    assert found(joined) == []


@pytest.mark.parametrize("point", COMMITTING)
def test_a_killed_acceptance_of_a_colleague_is_done_or_not(staff: Staff, point: str) -> None:
    code = staff.code("ben")
    staff.sits_down("ada", "safety-coordinator")
    killed(point, lambda: staff.identity("accept", code, "--yes"))
    found(staff.school, fix=True)
    again = staff.identity("accept", code, "--yes")
    assert again.code in (0, 3), again  # 3: accepted already
    listed = (staff.school.root / "policy/signers").read_text("utf-8")
    assert listed.count("ben@example.org") == 1
    assert staff.school.git("status", "--porcelain").stdout == ""
    assert staff.checks() == []
