"""A shared casebook that refuses: what is offered is judged, and every refusal says why.

Pushes are real, to a bare repository with the real hook; the attacker has a working key.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storm import stand_in

if TYPE_CHECKING:
    from staff import Staff

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
REPOSITORY = Path(__file__).parents[2]
README = {"cases/README.md": "Cases\n"}


@pytest.fixture
def server(staff: Staff, tmp_path: Path) -> Path:
    """A shared casebook with one signed case in it."""
    bare = tmp_path / "shared.git"
    assert staff.school.run("serve-init", str(bare), program="casebook").code == 0
    # The package need not be installed for the tests: this stands in for the server's Python. It
    # would speak the casebook's language.
    python = tmp_path / "python-of-the-server"
    python.write_text(
        f'#!/bin/sh\nshift\nexport PYTHONPATH="{REPOSITORY / "cli"}" CASEBOOK_LANG=en\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    git("-C", str(bare), "config", "casebook.python", str(python))
    staff.school.git("remote", "add", "origin", str(bare))
    staff.later(minutes=10)
    staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    done = push(staff)
    assert done.returncode == 0, done.stderr
    staff.later(minutes=10)
    return bare


def git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout


def push(staff: Staff, *words: str) -> subprocess.CompletedProcess[str]:
    return staff.school.git(
        "push", "--no-verify", "origin", *(words or ("HEAD:refs/heads/main",)), fine=False
    )


def case(staff: Staff) -> str:
    found = next((staff.school.root / "cases").rglob("2026-*.md"))
    return found.relative_to(staff.school.root).as_posix()


def read(staff: Staff, path: str) -> str:
    return (staff.school.root / path).read_text("utf-8")


def refused(staff: Staff, server: Path, *words: str) -> str:
    """Push what must not be taken; answers what the server said. Nothing there has changed."""
    before = git("-C", str(server), "for-each-ref")
    done = push(staff, *words)
    assert done.returncode != 0, done.stderr
    assert git("-C", str(server), "for-each-ref") == before
    assert "Traceback" not in done.stderr
    return done.stderr


def test_what_keeps_to_the_rules_is_taken(staff: Staff, server: Path) -> None:
    staff.school.do("note", Path(case(staff)).stem, "The mentor spoke to both")
    assert push(staff).returncode == 0
    assert git("-C", str(server), "rev-parse", "main").strip() == staff.school.head()


def test_a_colleague_joins_and_shares(staff: Staff, server: Path) -> None:
    staff.colleague("bea")
    assert push(staff).returncode == 0
    staff.sits_down("bea")
    staff.later(minutes=10)
    staff.school.do("note", Path(case(staff)).stem, "Bea was there")
    assert push(staff).returncode == 0


def test_serve_init_twice_mends_and_overwrites_nothing(staff: Staff, server: Path) -> None:
    git("-C", str(server), "config", "receive.denyDeletes", "false")
    (server / "hooks/pre-receive").unlink()
    head = git("-C", str(server), "rev-parse", "main")
    assert staff.school.run("serve-init", str(server), program="casebook").code == 0
    assert git("-C", str(server), "config", "receive.denyDeletes") == "true\n"
    assert (server / "hooks/pre-receive").stat().st_mode & 0o111
    assert git("-C", str(server), "rev-parse", "main") == head
    for place in (staff.school.root, staff.school.root / "shared.git"):
        other = staff.school.run("serve-init", str(place), program="casebook")
        assert (other.code, "in the casebook" in " ".join(other.err.split())) == (4, True)
        assert not (staff.school.root / "shared.git").exists()


def test_another_line_of_history_is_refused(staff: Staff, server: Path) -> None:
    staff.school.git("commit", "--amend", "--quiet", "--no-verify", "--message", "case: other")
    said = refused(staff, server, "--force", "HEAD:refs/heads/main")
    assert "non-fast-forward" in said or "rewritten" in said


def test_removing_the_branch_is_refused(staff: Staff, server: Path) -> None:
    refused(staff, server, ":refs/heads/main")


@pytest.mark.parametrize(
    "name", ["refs/heads/other", "refs/replace/HEAD", "refs/notes/commits", "refs/tags/v1"]
)
def test_other_names_are_refused(staff: Staff, server: Path, name: str) -> None:
    target = name.replace("HEAD", staff.school.head())
    refused(staff, server, f"HEAD:{target}")


def test_an_unsigned_change_is_refused(staff: Staff, server: Path) -> None:
    head = staff.commit(README, "--no-gpg-sign")
    said = refused(staff, server)
    assert head[:12] in said and "sign" in said


def test_a_key_that_nobody_knows_is_refused(staff: Staff, server: Path) -> None:
    staff.sits_down("mallory")
    key = staff.homes / "mallory" / ".ssh" / "casebook_ed25519"
    key.parent.mkdir()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    staff.sits_down("mallory")
    staff.school.git("config", "user.email", "ada@example.org")
    staff.commit(README)
    refused(staff, server)


def test_a_merge_is_refused(staff: Staff, server: Path) -> None:
    school = staff.school
    school.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    staff.commit(README)
    staff.later(minutes=1)
    school.git("checkout", "--quiet", "main")
    school.git("merge", "--quiet", "--no-ff", "--no-edit", "--no-verify", "side")
    assert "joined" in refused(staff, server)


def test_a_forbidden_move_is_refused_with_its_line(staff: Staff, server: Path) -> None:
    path = case(staff)
    staff.commit({path: read(staff, path).replace("state: reported", "state: closed")})
    said = refused(staff, server)
    assert f"{path}:4" in said and "closed" in said


def test_a_changed_journal_entry_is_refused(staff: Staff, server: Path) -> None:
    path = case(staff)
    staff.school.do("note", Path(path).stem, "The mentor spoke to both")
    assert push(staff).returncode == 0
    staff.later(minutes=10)
    staff.commit({path: read(staff, path).replace("spoke to both", "did nothing")})
    assert "J1" in refused(staff, server)


def test_a_deleted_case_is_refused(staff: Staff, server: Path) -> None:
    path = case(staff)
    staff.commit({path: None})
    assert path in refused(staff, server)


def test_schema_and_record_in_one_commit_are_refused(staff: Staff, server: Path) -> None:
    path = case(staff)
    schema = "schemas/case/workflow.json"
    changed = read(staff, schema).replace('"initial": "reported"', '"initial": "closed"')
    staff.commit({schema: changed, path: read(staff, path) + "\nMore.\n"})
    refused(staff, server)


def test_a_program_an_archive_or_a_link_is_refused(staff: Staff, server: Path) -> None:
    root = staff.school.root
    (root / "cases/photo.jpg").write_bytes(bytes.fromhex("ffd8ffe000104a464946"))
    staff.commit({})
    assert "photo.jpg" in refused(staff, server)
    staff.school.git("reset", "--quiet", "--hard", "HEAD~1")
    (root / "cases/link.md").symlink_to("/etc/passwd")
    staff.commit({})
    assert "link.md" in refused(staff, server)


def test_an_own_key_in_the_list_is_refused(staff: Staff, server: Path) -> None:
    staff.sits_down("mallory")
    staff.code("mallory")
    listed = read(staff, "policy/signers")
    assert "mallory" in listed or staff.school.git("status", "--porcelain").stdout == ""
    key = (staff.homes / "mallory/.ssh/casebook_ed25519.pub").read_text().split()[:2]
    line = f'mallory@example.org namespaces="git" {" ".join(key)} mentor\n'
    staff.sits_down("mallory")
    staff.commit({"policy/signers": listed + line})
    refused(staff, server)


def test_all_commits_of_a_push_are_judged_and_named(staff: Staff, server: Path) -> None:
    path = case(staff)
    first = staff.commit({path: read(staff, path).replace("state: reported", "state: closed")})
    staff.later(minutes=1)
    second = staff.commit({path: read(staff, path).replace("state: closed", "state: reported")})
    said = refused(staff, server)
    assert first[:12] in said and second[:12] in said


def test_sync_tells_the_servers_words(staff: Staff, server: Path) -> None:
    staff.commit(README, "--no-gpg-sign")
    answer = staff.school.run("sync", program="casebook")
    assert answer.code == 3, answer
    assert "sign" in answer.err


def test_without_signers_nothing_is_taken_unless_that_was_allowed(
    school: object, staff: Staff, tmp_path: Path, server: Path
) -> None:
    plain = staff.school
    plain.git("checkout", "--quiet", "HEAD~2")  # before the first signer
    empty = tmp_path / "empty.git"
    for more, taken in (((), False), (("--unsigned",), True)):
        plain.run("serve-init", str(empty), *more, program="casebook")
        python = git("-C", str(server), "config", "casebook.python").strip()
        git("-C", str(empty), "config", "casebook.python", python)
        done = plain.git("push", "--no-verify", str(empty), "HEAD:refs/heads/main", fine=False)
        assert (done.returncode == 0) is taken, done.stderr
        assert taken or "casebook identity" in done.stderr


def test_a_server_speaks_the_language_of_the_casebook_and_says_what_to_do(
    staff: Staff, server: Path, tmp_path: Path
) -> None:
    git("-C", str(server), "config", "casebook.python", str(stand_in(tmp_path)))
    staff.commit(README, "--no-gpg-sign")
    said = " ".join(refused(staff, server).replace("remote:", " ").split())
    assert "Niet aangenomen door het gedeelde casusboek" in said
    assert "niet ondertekend. Doe: casebook identity; daarna nog eens casebook sync" in said
    staff.school.git("reset", "--quiet", "--hard", "HEAD~1")
    staff.code("mallory")
    staff.commit(README)
    said = " ".join(refused(staff, server).replace("remote:", " ").split())
    assert "laat een collega die hier ondertekent uw sleutel aannemen" in said


@pytest.mark.parametrize("text", ["[" * 100_000, "[]", '{"language": ["nl"]}', "\0", '"nl"'])
def test_a_marker_that_is_none_brings_no_server_down(staff: Staff, server: Path, text: str) -> None:
    """Also as the very first thing that is offered, when nothing there tells the language."""
    staff.commit({"schemas/casebook.json": text})
    assert staff.school.head()[:12] in refused(staff, server)
    empty = server.with_name("empty.git")
    staff.school.git("reset", "--quiet", "--hard", "HEAD~1")
    assert staff.school.run("serve-init", str(empty), program="casebook").code == 0
    python = git("-C", str(server), "config", "casebook.python").strip()
    git("-C", str(empty), "config", "casebook.python", python)
    staff.commit({"schemas/casebook.json": text})
    done = staff.school.git("push", "--no-verify", str(empty), "HEAD:refs/heads/main", fine=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "program" not in done.stderr.casefold(), done.stderr
