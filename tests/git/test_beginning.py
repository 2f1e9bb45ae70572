"""A history that begins with what is there: after the old one was lost, or its keys were.

Nobody can say how a record came to be what it is when nothing stands before it: it is judged as it
stands, and everything after it as ever.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storm import stand_in

if TYPE_CHECKING:
    from staff import Staff
    from tests.conftest import Casebook

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
WHO = ("--me", "Ada <ada@example.org>", "--role", "safety-coordinator")
GRAVE = ("--severity", "serious", "--severity-because", "Somebody was threatened with a knife")


@pytest.fixture(autouse=True)
def _python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hooks find the program in the source tree: it need not be installed for the tests."""
    monkeypatch.setattr(sys, "executable", str(stand_in(tmp_path)))


def under_way(school: Casebook) -> str:
    """A case that is no longer where a new one may stand."""
    case = school.new("threat", "A message about a knife", "--reported-by", "mentor")
    school.do("assess", case, "--owner", "mentor", *GRAVE)
    file = school.path(case)
    file.write_text(file.read_text("utf-8").replace(": investigating", ": aftercare"), "utf-8")
    return case


def without_history(school: Casebook, *names: str) -> None:
    """Nothing is left but the files of today."""
    shutil.rmtree(school.root / ".git")
    for name in names:
        (school.root / name).unlink()
    (school.root / ".DS_Store").write_bytes(b"\0")
    if "GIT_COMMITTER_DATE" not in os.environ:
        school.clock.now = school.clock.now.replace(year=2030)  # git's clock is the computer's


def test_a_casebook_without_its_history_begins_anew_as_it_stands(school: Casebook) -> None:
    case = under_way(school)
    without_history(school)
    answer = school.do("init", str(school.root), *WHO, program="casebook")
    assert "the first change of a new history" in " ".join(answer.out.split())
    assert school.git("status", "--porcelain").stdout == ""
    assert ".DS_Store" not in school.git("ls-files").stdout
    assert "merge=casebook" in (school.root / ".gitattributes").read_text("utf-8")
    assert school.run("verify", program="casebook").code == 0
    school.do("note", case, "We go on.")
    again = school.do("init", str(school.root), *WHO, program="casebook")
    assert "nothing was changed" in " ".join(again.out.split())


def test_a_wrong_record_does_not_begin_a_history(school: Casebook) -> None:
    case = under_way(school)
    file = school.path(case)
    file.write_text(file.read_text("utf-8").replace(": aftercare", ": afterwards"), "utf-8")
    without_history(school)
    answer = school.run("init", str(school.root), *WHO, program="casebook")
    assert answer.code == 3
    assert "afterwards" in answer.err
    assert file.exists()


def test_a_new_record_after_the_beginning_starts_at_the_start(school: Casebook) -> None:
    under_way(school)
    without_history(school)
    school.do("init", str(school.root), *WHO, program="casebook")
    other = next((school.root / "cases").rglob("2026-*.md"))
    text = other.read_text("utf-8").replace(other.stem, "2026-7KQ2X")
    other.with_name("2026-7KQ2X.md").write_text(text, "utf-8")
    school.git("add", "--all")
    school.git("commit", "--quiet", "--no-verify", "--message", "case: new")
    found = school.run("verify", "--json", program="casebook").json["findings"]
    assert "new-not-initial" in {one["check"] for one in found}


def test_with_one_of_two_keys_lost_the_casebook_is_begun_anew(staff: Staff, tmp_path: Path) -> None:
    """As the manual says: the old history is kept, the new one begins with new words."""
    staff.colleague("ben")
    cem = staff.code("cem")
    staff.sits_down("ada")  # ben's key is lost
    assert staff.identity("accept", cem, "--yes").code == 0
    alone = staff.identity("accept", cem, "--yes")
    assert (alone.code, alone.json["error"]["kind"]) == (3, "refused")
    school = staff.school
    case = under_way(school)
    without_history(school)
    refused = school.run("init", str(school.root), *WHO, program="casebook")
    assert refused.code == 3
    assert "casebook join" in " ".join(refused.err.split())
    (school.root / "policy/signers").unlink()
    school.do("init", str(school.root), *WHO, program="casebook")
    first = staff.identity()
    assert first.code == 0
    assert staff.identity("accept", cem, "--yes").code == 0
    assert staff.checks() == []
    staff.sits_down("cem")
    staff.later(minutes=10)
    school.do("note", case, "Cem goes on.")
    bare = tmp_path / "shared.git"
    school.do("serve-init", str(bare), program="casebook")
    school.git("push", "--quiet", "--no-verify", str(bare), "HEAD:refs/heads/main")
    assert staff.verify("--first", " ".join(first.json["words"]))["findings"] == []
