"""Every attack on the history, offered to a shared casebook: it is refused there, and named here.

Each is made past every hook and pushed to a real repository with the real hook; the attacker has a
working key where that helps. What only the disk of a reader allows stands in ``test_attacks``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storm import git, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from staff import Staff

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
README = {"cases/README.md": "Cases\n"}
BRANCH = "refs/heads/main"


@pytest.fixture
def server(staff: Staff, tmp_path: Path) -> Path:
    """A shared casebook with one signed case and two signers."""
    bare = tmp_path / "shared.git"
    assert staff.school.run("serve-init", str(bare), program="casebook").code == 0
    git(bare, "config", "casebook.python", str(stand_in(tmp_path)))
    git(bare, "config", "core.fsync", "none")
    staff.later(minutes=10)
    case = staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    staff.colleague("ben")
    staff.later(minutes=10)
    staff.school.do("note", case, "The mentor spoke to both")
    staff.school.git("push", "--quiet", "--no-verify", str(bare), f"HEAD:{BRANCH}")
    assert staff.checks() == []
    return bare


def path(staff: Staff) -> str:
    (found,) = (staff.school.root / "cases").rglob("2026-*.md")
    return found.relative_to(staff.school.root).as_posix()


def read(staff: Staff, name: str) -> str:
    return (staff.school.root / name).read_text("utf-8")


def changed(staff: Staff, old: str, new: str) -> None:
    text = read(staff, path(staff))
    assert old in text
    staff.commit({path(staff): text.replace(old, new)})


def key_of(staff: Staff, name: str) -> str:
    """A line for the list with somebody's own key; Ada sits down again."""
    staff.code(name)
    pub = (staff.homes / name / ".ssh/casebook_ed25519.pub").read_text().rsplit(" ", 1)[0]
    return f'{name}@example.org namespaces="git" {pub} mentor\n'


def dated(staff: Staff, **more: int) -> None:
    staff.later(**more)
    staff.commit({}, "--allow-empty")


def mode(staff: Staff, bits: str, name: str) -> None:
    blob = staff.school.git("rev-parse", f"HEAD:{path(staff)}").stdout.strip()
    staff.school.git("update-index", "--add", "--cacheinfo", f"{bits},{blob},{name}")
    staff.school.git("commit", "--quiet", "--no-verify", "--message", "case: note")


# -- who signed ----------------------------------------------------------------------------------


def unsigned(staff: Staff) -> None:
    staff.commit(README, "--no-gpg-sign")


def unknown_key(staff: Staff) -> None:
    staff.code("mallory")
    staff.school.git("config", "user.email", "ada@example.org")
    staff.commit(README)


def as_another(staff: Staff) -> None:
    staff.school.git("config", "user.email", "ben@example.org")
    staff.commit(README)


def author_differs(staff: Staff) -> None:
    staff.commit(README, "--author", "Ben <ben@example.org>")


def own_key_in_the_same_commit(staff: Staff) -> None:
    line = key_of(staff, "mallory")
    staff.commit({"policy/signers": read(staff, "policy/signers") + line})


def third_signer_alone(staff: Staff) -> None:
    line = key_of(staff, "mallory")
    staff.sits_down("ben")
    staff.commit({"policy/signers": read(staff, "policy/signers") + line})


def proposed_and_confirmed_by_one(staff: Staff) -> None:
    """The second person of the two is made up: the name is Ben's, the signature Ada's."""
    line = key_of(staff, "mallory")
    staff.sits_down("ada")
    asked = f"# asked by ben@example.org: {line}"
    listed = read(staff, "policy/signers")
    staff.commit({"policy/signers": listed + asked})
    staff.later(minutes=1)
    staff.commit({"policy/signers": listed + line})


def confirmed_after_its_maker_ended(staff: Staff) -> None:
    """A key was stolen and proposed another; it was ended, and one alone brings that in."""
    line = key_of(staff, "mallory")
    staff.sits_down("ben")
    listed = read(staff, "policy/signers")
    staff.commit({"policy/signers": f"{listed}# asked by ben@example.org: {line}"})
    assert staff.identity("retire", "--yes").code == 0
    staff.later(days=1)
    staff.sits_down("ada")
    lines = read(staff, "policy/signers").splitlines(keepends=True)
    kept = [one for one in lines if not one.startswith("# asked by")]
    staff.commit({"policy/signers": "".join([*kept, line])})


def another_key_ended_alone(staff: Staff) -> None:
    text = read(staff, "policy/signers")
    *lines, last = text.splitlines(keepends=True)
    ended = last.replace('namespaces="git"', 'namespaces="git",valid-before="20261118100000Z"')
    staff.commit({"policy/signers": "".join([*lines, ended])})


def own_key_made_longer(staff: Staff) -> None:
    """A key that ended is brought back by its owner."""
    staff.sits_down("ben")
    assert staff.identity("retire", "--yes").code == 0
    text = read(staff, "policy/signers")
    start = text.rindex(',valid-before="')
    staff.commit({"policy/signers": text[:start] + text[text.index('"', start + 15) + 1 :]})


def taken_off_the_list(staff: Staff) -> None:
    lines = read(staff, "policy/signers").splitlines(keepends=True)
    staff.commit({"policy/signers": "".join(lines[:-1])})


def anybody_may_sign(staff: Staff) -> None:
    text = read(staff, "policy/signers").replace("ben@example.org", "*@example.org")
    staff.commit({"policy/signers": text})


def retired_key(staff: Staff) -> None:
    staff.sits_down("ben")
    assert staff.identity("retire", "--yes").code == 0
    dated(staff, days=2)


def retired_key_backdated(staff: Staff) -> None:
    staff.sits_down("ben")
    before = staff.school.clock.now
    assert staff.identity("retire", "--yes").code == 0
    staff.sits_down("ada")
    dated(staff, days=2)
    staff.sits_down("ben")
    os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = before.isoformat()
    staff.commit({}, "--allow-empty")


def second_signature(staff: Staff) -> None:
    staff.commit(README)
    raw = staff.school.git("cat-file", "commit", "HEAD").stdout
    end = "-----END SSH SIGNATURE-----\n"
    whole = raw[raw.index("gpgsig ") : raw.index(end)] + end
    staff.forge(whole, whole + whole.replace("gpgsig ", "gpgsig-sha256 ", 1))


def text_changed_after_signing(staff: Staff) -> None:
    staff.commit(README)
    staff.forge("\n\ncase: note", "\n\ncase: nope")


def signature_of_another_commit(staff: Staff) -> None:
    end = "-----END SSH SIGNATURE-----\n"

    def signature() -> str:
        raw = staff.school.git("cat-file", "commit", "HEAD").stdout
        return raw[raw.index("gpgsig ") : raw.index(end)]

    first = signature()
    staff.commit(README)
    staff.forge(signature(), first)


# -- where it stands -----------------------------------------------------------------------------


def date_before_the_parents(staff: Staff) -> None:
    dated(staff, days=-1)


def date_to_come(staff: Staff) -> None:
    """A year ahead of any clock; the attacker's own computer tells the same."""
    os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = "2090-01-01T00:00:00Z"
    staff.commit({}, "--allow-empty")


def hidden_signs(staff: Staff) -> None:
    staff.commit(README, "--message", "\x1b[2K\u202eall is well")


def odd_header(staff: Staff) -> None:
    staff.commit(README)
    staff.forge("committer ", "encoding latin-1\ncommitter ")


def evil_edit_undone_in_a_merge(staff: Staff) -> None:
    school = staff.school
    text = read(staff, path(staff))
    school.git("checkout", "--quiet", "-b", "side")
    changed(staff, "spoke to both", "did nothing")
    staff.commit({path(staff): text})
    school.git("checkout", "--quiet", "-")
    staff.commit(README)
    school.git("merge", "--quiet", "--no-verify", "--no-edit", "side")


def second_beginning(staff: Staff) -> None:
    school = staff.school
    tree = school.git("rev-parse", "HEAD^{tree}").stdout.strip()
    root = school.git("commit-tree", "-S", "-m", "start", tree).stdout.strip()
    school.git("merge", "--quiet", "--allow-unrelated-histories", "--no-edit", root)


# -- what it changed -----------------------------------------------------------------------------


def forbidden_move(staff: Staff) -> None:
    changed(staff, "state: reported", "state: closed")


def undone_in_the_next(staff: Staff) -> None:
    """What is wrong in between is wrong, also when the end looks right."""
    changed(staff, "state: reported", "state: closed")
    changed(staff, "state: closed", "state: reported")


def journal_changed(staff: Staff) -> None:
    changed(staff, "spoke to both", "did nothing")


def journal_entry_removed(staff: Staff) -> None:
    text = read(staff, path(staff))
    staff.commit({path(staff): text[: text.index("### ")]})


def case_deleted(staff: Staff) -> None:
    staff.commit({path(staff): None})


def case_renamed(staff: Staff) -> None:
    text = read(staff, path(staff))
    staff.commit({path(staff): None, "cases/2026/2026-7KQ2X.md": text})


def schema_with_record(staff: Staff) -> None:
    schema = "schemas/case/workflow.json"
    loose = read(staff, schema).replace('"initial": "reported"', '"initial": "closed"')
    staff.commit({schema: loose, path(staff): read(staff, path(staff)) + "\nMore.\n"})


def link(staff: Staff) -> None:
    mode(staff, "120000", "cases/2026/2026-AAAAA.md")


def submodule(staff: Staff) -> None:
    head = staff.school.head()
    staff.school.git("update-index", "--add", "--cacheinfo", f"160000,{head},cases/2026/module")
    staff.school.git("commit", "--quiet", "--no-verify", "--message", "case: note")


def executable(staff: Staff) -> None:
    mode(staff, "100755", path(staff))


def look_alike(staff: Staff) -> None:
    mode(staff, "100644", path(staff).replace(".md", ".MD"))


def picture(staff: Staff) -> None:
    (staff.school.root / "cases/photo.jpg").write_bytes(bytes.fromhex("ffd8ffe000104a464946"))
    staff.commit({})


# The attack, and what the audit calls it.
ATTACKS: list[tuple[Callable[[Staff], None], str]] = [
    (unsigned, "unsigned"),
    (unknown_key, "unknown-key"),
    (as_another, "other-person"),
    (author_differs, "author-differs"),
    (own_key_in_the_same_commit, "unknown-key"),
    (third_signer_alone, "signers-alone"),
    (proposed_and_confirmed_by_one, "signers-alone"),
    (confirmed_after_its_maker_ended, "signers-alone"),
    (another_key_ended_alone, "signers-alone"),
    (own_key_made_longer, "signers-alone"),
    (taken_off_the_list, "signers-alone"),
    (anybody_may_sign, "signers-wrong"),
    (retired_key, "key-ended"),
    (retired_key_backdated, "key-ended"),
    (second_signature, "signature-twice"),
    (text_changed_after_signing, "signature-wrong"),
    (signature_of_another_commit, "signature-wrong"),
    (date_before_the_parents, "date-before-parent"),
    (date_to_come, "date-in-future"),
    (hidden_signs, "hidden-signs"),
    (odd_header, "commit-odd"),
    (evil_edit_undone_in_a_merge, "journal-changed"),
    (second_beginning, "second-beginning"),
    (forbidden_move, "forbidden-move"),
    (undone_in_the_next, "forbidden-move"),
    (journal_changed, "journal-changed"),
    (journal_entry_removed, "journal-removed"),
    (case_deleted, "record-removed"),
    (case_renamed, "record-removed"),
    (schema_with_record, "schema-with-record"),
    (link, "link"),
    (submodule, "submodule"),
    (executable, "executable"),
    (look_alike, "name-collision"),
    (picture, "media-file"),
]


@pytest.mark.parametrize(("attack", "check"), ATTACKS, ids=[one.__name__ for one, _ in ATTACKS])
def test_an_attack_is_refused_by_the_server_and_named_by_the_audit(
    staff: Staff, server: Path, attack: Callable[[Staff], None], check: str
) -> None:
    school = staff.school
    before = git(server, "for-each-ref")
    staff.later(minutes=10)
    attack(staff)
    head = school.head()
    done = school.git("push", "--force", str(server), f"HEAD:{BRANCH}", "--no-verify", fine=False)
    assert done.returncode != 0, done.stderr
    assert git(server, "for-each-ref") == before
    assert "Traceback" not in done.stderr
    assert head[:12] in done.stderr or "commit " in done.stderr, done.stderr
    found = staff.verify()["findings"]
    assert check in [one["check"] for one in found]
    named = next(one for one in found if one["check"] == check)
    assert named["commit"] and named["message"]
    assert school.git("merge-base", "--is-ancestor", named["commit"], "HEAD").returncode == 0
