"""Every way to bend the history that we know of is named by ``casebook verify``.

Each attack is made on a real repository, past every hook, as somebody would who has the disk.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebook.audit.walk import walk
from casebook.casebook import Casebook
from casebook.history import find_repository, plain, started
from casebook.history.disguises import damaged

if TYPE_CHECKING:
    from staff import Staff

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
FLIPS = 200
FAKE = """#!/bin/sh
[ "$2" = find-principals ] && echo ada@example.org && exit 0
cat > /dev/null
echo 'Good "git" signature for ada@example.org with ED25519 key SHA256:abc'
"""
README = {"cases/README.md": "Cases\n"}


@pytest.fixture
def case(staff: Staff) -> str:
    """A case of a signed casebook, verified once; answers its path."""
    staff.later(minutes=10)
    identity = staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    staff.later(minutes=1)
    staff.school.do("note", identity, "The mentor spoke to both")
    assert staff.checks() == []
    staff.later(minutes=10)
    return f"cases/2026/{identity}.md"


def read(staff: Staff, path: str) -> str:
    return (staff.school.root / path).read_text("utf-8")


# -- the history itself ------------------------------------------------------------------------


def test_history_rewritten_after_it_was_verified(staff: Staff, case: str) -> None:
    staff.school.git("commit", "--amend", "--quiet", "--no-verify", "--message", "case: other")
    found = staff.verify()["findings"]
    assert [one["check"] for one in found] == ["history-rewritten"]
    assert "verified on 2026-11-18" in found[0]["message"]


def test_the_newest_changes_taken_away(staff: Staff, case: str) -> None:
    staff.school.git("reset", "--quiet", "--hard", "HEAD~1")
    assert staff.checks() == ["history-rewritten"]


def test_the_branch_deleted(staff: Staff, case: str) -> None:
    staff.school.git("update-ref", "-d", "HEAD")
    assert staff.checks() == ["history-rewritten"]


def test_a_history_without_the_words_of_the_minutes(staff: Staff, case: str) -> None:
    words = " ".join(staff.verify()["words"])
    assert staff.verify("--since", words)["summary"]["commits"] == 0
    staff.commit(README)
    after = staff.verify("--since", words)
    assert (after["findings"], after["summary"]["commits"]) == ([], 1)
    (staff.school.root / ".git/casebook/verified.json").unlink()  # another computer
    staff.school.git("reset", "--quiet", "--hard", "HEAD~2")
    assert staff.checks("--since", words) == ["history-rewritten"]
    assert staff.checks("--since", "0123456789") == ["history-rewritten"]


def test_a_slip_of_the_pen_is_no_alarm(staff: Staff, case: str) -> None:
    words = staff.verify()["words"]
    for typed in ("no check words at all", "seven", ".".join(words[:5]), " ".join([*words, "six"])):
        answer = staff.school.run("verify", "--since", typed, program="casebook")
        assert (answer.code, "six check words" in answer.err) == (2, True), typed
    # The keys differ in every run, and two short words may be near to the same slip.
    longest = max(words, key=len)
    slip = [one[:-1] + "q" if one == longest else one for one in words]
    for option in ("--since", "--first"):
        answer = staff.school.run("verify", option, " ".join(slip), program="casebook")
        assert answer.code == 2
        assert f'did you mean "{longest}"?' in " ".join(answer.err.split())
    head = staff.school.head()
    for typed in ("-".join(words), ", ".join(words).upper(), "HEAD", head, head[:8]):
        assert staff.verify("--since", typed)["summary"] == {
            **{"errors": 0, "warnings": 0, "commits": 0, "signed": 0, "unsigned": 0}
        }


def test_another_first_key_than_was_noted(staff: Staff, case: str) -> None:
    words = staff.verify()["first_key"]["words"]
    assert staff.checks("--first", " ".join(words)) == []
    other = " ".join(reversed(words))
    assert staff.checks("--first", other) == ["first-key-differs"]


def test_a_whole_history_made_anew_with_another_first_key(staff: Staff, case: str) -> None:
    school = staff.school
    for name in ("orphan", "main"):
        school.git("checkout", "--quiet", "--orphan", name + "-new")
    (school.root / "policy/signers").unlink()
    staff.sits_down("mallory")
    school.git("add", "--all")
    school.git("commit", "--quiet", "--no-verify", "--message", "start")
    school.git("config", "user.email", "ada@example.org")
    assert staff.identity().code == 0
    checks = staff.checks()
    assert {"history-rewritten"} <= set(checks)


def test_another_object_shown_in_the_place_of_the_stored_one(staff: Staff, case: str) -> None:
    staff.commit({case: read(staff, case).replace("spoke to both", "did nothing")})
    assert "journal-changed" in staff.checks()
    staff.school.git("replace", "HEAD", "HEAD~1")
    assert staff.checks() == ["history-replaced", "journal-changed"]


def test_grafts(staff: Staff, case: str) -> None:
    head = staff.school.head()
    grafts = staff.school.root / ".git/info/grafts"
    grafts.write_text(f"{head}\n")
    assert staff.checks() == ["history-grafted"]
    assert staff.verify()["summary"]["commits"] == 4


def test_a_shallow_copy_passed_off_as_whole(staff: Staff, case: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    url = staff.school.root.as_uri()
    staff.school.git("clone", "--quiet", "--depth", "2", url, str(copy))
    staff.school.root = copy
    assert staff.checks() == ["history-shallow"]
    (copy / ".git/shallow").unlink()
    assert set(staff.checks()) & {"history-unreadable", "object-damaged"}


def test_notes_beside_the_history_are_named(staff: Staff, case: str) -> None:
    staff.school.git("notes", "add", "--message", "by the way")
    found = staff.verify()
    assert [(one["check"], one["severity"]) for one in found["findings"]] == [
        ("history-notes", "warning")
    ]


def test_a_second_beginning(staff: Staff, case: str) -> None:
    school = staff.school
    tree = school.git("rev-parse", "HEAD^{tree}").stdout.strip()
    root = school.git("commit-tree", "-S", "-m", "start", tree).stdout.strip()
    school.git("merge", "--quiet", "--allow-unrelated-histories", "--no-edit", root)
    assert "second-beginning" in staff.checks()


# -- who signed --------------------------------------------------------------------------------


def test_an_unsigned_commit(staff: Staff, case: str) -> None:
    staff.commit(README, "--no-gpg-sign")
    found = staff.verify()["findings"]
    assert [(one["check"], one["commit"], one["who"]) for one in found] == [
        ("unsigned", staff.school.head(), "Ada")
    ]


def test_a_key_that_nobody_here_has(staff: Staff, case: str) -> None:
    assert staff.code("mallory")
    staff.commit(README)
    assert staff.checks() == ["unknown-key"]


def test_one_who_signs_as_another(staff: Staff, case: str) -> None:
    staff.colleague("ben")
    staff.school.git("config", "user.email", "ben@example.org")
    staff.commit(README)
    found = staff.verify()["findings"]
    assert [one["check"] for one in found] == ["other-person"]
    assert "ben@example.org" in found[0]["message"]
    assert "ada@example.org" in found[0]["message"]


def test_a_change_in_the_name_of_another(staff: Staff, case: str) -> None:
    staff.colleague("ben")
    staff.commit(README, "--author", "Ben <ben@example.org>")
    assert staff.checks() == ["author-differs"]


def test_ones_own_key_added_in_the_same_commit(staff: Staff, case: str) -> None:
    """Git's own check trusts the key here, and whatever it signed before."""
    staff.code("mallory")
    pub = (staff.homes / "mallory/.ssh/casebook_ed25519.pub").read_text().rsplit(" ", 1)[0]
    line = f'mallory@example.org namespaces="git" {pub} mentor\n'
    staff.commit({"policy/signers": read(staff, "policy/signers") + line})
    staff.commit(README)
    found = staff.verify()["findings"]
    assert [(one["check"], one["path"], one["line"]) for one in found] == [
        ("unknown-key", "policy/signers", 4),
        ("signers-alone", "policy/signers", 4),
        ("unknown-key", "", 0),
    ]


def test_a_third_signer_added_by_one_alone(staff: Staff, case: str) -> None:
    staff.colleague("ben")
    staff.code("mallory")
    pub = (staff.homes / "mallory/.ssh/casebook_ed25519.pub").read_text().rsplit(" ", 1)[0]
    line = f'mallory@example.org namespaces="git" {pub} mentor\n'
    staff.sits_down("ben")
    staff.commit({"policy/signers": read(staff, "policy/signers") + line})
    assert staff.checks() == ["signers-alone"]


def test_a_signer_taken_off_the_list(staff: Staff, case: str) -> None:
    staff.colleague("ben")
    lines = read(staff, "policy/signers").splitlines(keepends=True)
    staff.commit({"policy/signers": "".join(lines[:-1])})
    assert staff.checks() == ["signers-wrong", "signers-alone"]
    staff.commit({"policy/signers": None})
    assert staff.checks().count("signers-alone") == 3


def test_a_retired_key_with_a_backdated_commit(staff: Staff, case: str) -> None:
    staff.colleague("ben")
    staff.sits_down("ben")
    before = staff.school.clock.now
    assert staff.identity("retire", "--yes").code == 0
    staff.later(days=2)
    for moment in (staff.school.clock.now, before):
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = moment.isoformat()
        staff.commit({}, "--allow-empty")
    checks = staff.checks()
    assert checks.count("key-ended") == 2
    assert checks.count("date-before-parent") == 1


def test_a_date_before_the_parents_and_one_to_come(staff: Staff, case: str) -> None:
    staff.later(days=-1)
    staff.commit({}, "--allow-empty")
    staff.later(days=30)
    staff.commit({}, "--allow-empty")
    staff.later(days=-28)
    assert staff.checks() == ["date-before-parent", "date-in-future"]


def test_a_text_changed_after_signing(staff: Staff, case: str) -> None:
    staff.forge("\n\ncase 2026", "\n\ncase 2025")
    assert "signature-wrong" in staff.checks()


def test_a_second_signature_that_hides_behind_the_first(staff: Staff, case: str) -> None:
    raw = staff.school.git("cat-file", "commit", "HEAD").stdout
    first = raw[raw.index("gpgsig ") : raw.index("-----END SSH SIGNATURE-----")]
    whole = f"{first}-----END SSH SIGNATURE-----\n"
    staff.forge(whole, whole + whole.replace("gpgsig ", "gpgsig-sha256 ", 1))
    assert "signature-twice" in staff.checks()


def test_a_header_that_does_not_belong(staff: Staff, case: str) -> None:
    staff.forge("committer ", "encoding latin-1\ncommitter ")
    assert {"commit-odd", "signature-wrong"} <= set(staff.checks())


def test_a_program_that_says_every_signature_is_good(staff: Staff, case: str) -> None:
    fake = staff.homes / "fake"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    staff.forge("\n\ncase 2026", "\n\ncase 2025")
    staff.school.git("config", "gpg.ssh.program", str(fake))
    assert staff.school.git("verify-commit", "HEAD", fine=False).returncode == 0
    assert "signature-wrong" in staff.checks()


# -- what was changed --------------------------------------------------------------------------


def test_a_move_that_the_rules_forbid_past_the_hooks(staff: Staff, case: str) -> None:
    staff.school.with_hooks()
    staff.commit({case: read(staff, case).replace("state: reported", "state: closed")})
    found = staff.verify()["findings"]
    assert "forbidden-move" in {one["check"] for one in found}
    assert {one["path"] for one in found} == {case}
    assert {one["commit"] for one in found} == {staff.school.head()}


def test_a_journal_entry_changed(staff: Staff, case: str) -> None:
    staff.commit({case: read(staff, case).replace("spoke to both", "did nothing")})
    assert staff.checks() == ["journal-changed"]


def test_a_case_deleted(staff: Staff, case: str) -> None:
    staff.commit({case: None})
    assert staff.checks() == ["record-removed"]


def test_schema_and_record_in_one_commit(staff: Staff, case: str) -> None:
    schema = read(staff, "schemas/case/schema.json") + "\n"
    text = read(staff, case) + "\n"
    staff.commit({"schemas/case/schema.json": schema, case: text})
    assert "schema-with-record" in staff.checks()


def test_links_submodules_programs_and_look_alikes(staff: Staff, case: str) -> None:
    school = staff.school
    blob = school.git("hash-object", "-w", case).stdout.strip()
    upper = (
        case.replace("cases/2026", "cases/2026/")
        .replace("//", "/")
        .upper()
        .replace("CASES/", "cases/")
    )
    for mode, identity, path in (
        ("120000", blob, "cases/2026/2026-AAAAA.md"),
        ("160000", school.head(), "cases/2026/module"),
        ("100755", blob, case),
        ("100644", blob, upper),
    ):
        school.git("update-index", "--add", "--cacheinfo", f"{mode},{identity},{path}")
    school.git("commit", "--quiet", "--no-verify", "--message", "case: note")
    assert {"link", "submodule", "executable", "name-collision"} <= set(staff.checks())


def test_an_evil_edit_on_a_side_branch_undone_in_the_merge(staff: Staff, case: str) -> None:
    school = staff.school
    text = read(staff, case)
    school.git("checkout", "--quiet", "-b", "side")
    staff.commit({case: text.replace("spoke to both", "did nothing")})
    evil = school.head()
    staff.commit({case: text})
    school.git("checkout", "--quiet", "-")
    staff.commit(README)
    school.git("merge", "--quiet", "--no-verify", "--no-edit", "side")
    found = staff.verify()["findings"]
    assert ("journal-changed", evil) in {(one["check"], one["commit"]) for one in found}
    assert "merge" in {one["check"] for one in found}


@pytest.mark.parametrize("sign", ["\x1b[2K", "\u202e", "\u2066", "\u200b", "\x07"])
def test_signs_in_a_message_that_are_not_shown(staff: Staff, case: str, sign: str) -> None:
    staff.school.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", f"case: {sign}x")
    assert staff.checks() == ["hidden-signs"]
    shown = staff.school.run("verify", program="casebook").out
    assert sign not in shown


def test_a_commit_graph_that_tells_of_another_parent(staff: Staff, case: str) -> None:
    """The audit does not read the file that only speeds git up."""
    staff.commit(README, "--no-gpg-sign")
    staff.school.git("commit-graph", "write", "--reachable")
    graph = staff.school.root / ".git/objects/info/commit-graph"
    raw = bytearray(graph.read_bytes())
    raw[-40] ^= 1
    graph.chmod(0o644)
    graph.write_bytes(raw)
    assert staff.checks() == ["unsigned"]


def test_a_server_judges_only_the_commits_it_is_offered(
    staff: Staff, case: str, tmp_path: Path
) -> None:
    """The same walk, in a bare repository: what stood before is law, and is not judged again."""
    school = staff.school
    staff.commit({case: read(staff, case).replace("spoke to both", "did nothing")})
    old = school.head()
    staff.commit(README, "--no-gpg-sign")
    new = school.head()
    bare = tmp_path / "bare.git"
    school.git("clone", "--quiet", "--bare", str(school.root), str(bare))
    source = plain.source_at(bare)
    book = Casebook(bare, {})
    found = list(walk(book, source, old, new, school.clock.now))
    assert [(one.finding.check, one.commit) for one in found] == [("unsigned", new)]
    whole = list(walk(book, source, None, new, school.clock.now))
    source.close()
    assert [one.finding.check for one in whole] == ["journal-changed", "unsigned"]


def test_the_whole_history_is_read_by_three_git_processes(staff: Staff, case: str) -> None:
    """Two more ask for other names, and whether the head that was verified is still part of it."""
    begun = len(started)
    assert staff.checks() == []
    kinds = Counter(started[begun:])
    assert kinds == {
        **{"for-each-ref": 1, "merge-base": 1},
        **{"rev-list": 1, "diff-tree": 1, "cat-file": 1},
    }


# -- the disk ----------------------------------------------------------------------------------


def same_content(raw: bytes, bent: bytes) -> bool:
    """Whether only a bit was flipped that fills up the last byte and that nobody reads."""
    return len(raw) < 1 << 20 and raw[:1] == b"x" and zlib.decompress(raw) == zlib.decompress(bent)


def test_any_byte_flipped_in_any_stored_piece(staff: Staff, case: str) -> None:
    """Of loose pieces and of a pack; what was flipped is put back each time."""
    root = staff.school.root / ".git/objects"
    repository = find_repository(staff.school.root)
    assert repository is not None
    source = plain.source(repository)
    chance = random.Random(11)
    flipped = 0
    for packed in (False, True):
        if packed:
            staff.school.git("gc", "--quiet")
        files = sorted(
            file
            for file in root.rglob("*")
            if file.is_file()
            and (file.suffix in ("", ".pack", ".idx"))
            and file.parent != root / "info"
        )
        for _number in range(FLIPS // 2):
            file = chance.choice(files)
            raw = file.read_bytes()
            bent = bytearray(raw)
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
            file.chmod(0o644)
            file.write_bytes(bent)
            assert list(damaged(source)) or same_content(raw, bytes(bent)), file
            flipped += 1
            file.write_bytes(raw)
        assert list(damaged(source)) == []
    assert flipped == FLIPS


@pytest.mark.parametrize("what", ["commit", "tree", "blob"])
def test_a_damaged_piece_is_named_and_stops_nothing(staff: Staff, case: str, what: str) -> None:
    names = {"commit": "HEAD", "tree": "HEAD^{tree}", "blob": f"HEAD:{case}"}
    identity = staff.school.git("rev-parse", names[what]).stdout.strip()
    place = staff.school.root / ".git/objects" / identity[:2] / identity[2:]
    place.chmod(0o644)
    place.write_bytes(zlib.compress(b"blob 3\0no!"))
    found = staff.verify()["findings"]
    assert any(one["check"] == "object-damaged" and identity in one["message"] for one in found)
    place.write_bytes(b"")
    assert "object-damaged" in staff.checks()


def test_a_piece_put_in_the_place_of_another(staff: Staff, case: str) -> None:
    """The name of an object is what it holds; whoever swaps two is named."""
    identity = staff.school.git("rev-parse", f"HEAD:{case}").stdout.strip()
    objects = staff.school.root / ".git/objects"
    place = objects / identity[:2] / identity[2:]
    done = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],
        cwd=staff.school.root,
        input=Path(staff.school.root / case).read_bytes().replace(b"both", b"none"),
        capture_output=True,
        check=True,
    )
    other = done.stdout.decode().strip()
    place.chmod(0o644)
    place.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    assert "object-damaged" in staff.checks()
