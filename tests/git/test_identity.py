"""People with keys: the first signer, colleagues, retirement; what git signs is verified here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from staff import Staff
    from tests.conftest import Casebook

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")


def test_the_first_signer_is_in_the_list_and_every_command_signs(staff: Staff) -> None:
    school = staff.school
    listed = (school.root / "policy/signers").read_text()
    assert 'ada@example.org namespaces="git",valid-after="20261118111000Z" ssh-ed25519' in listed
    assert listed.endswith(" safety-coordinator\n")
    staff.later(minutes=5)
    school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    raw = school.git("cat-file", "commit", "HEAD").stdout
    assert "gpgsig -----BEGIN SSH SIGNATURE-----" in raw
    found = staff.verify()
    assert found["findings"] == []
    assert found["summary"] == {
        **{"errors": 0, "warnings": 0, "commits": 3, "signed": 2, "unsigned": 1}
    }
    assert found["first_key"]["person"] == "ada@example.org"
    assert len(found["words"]) == 6


def test_a_command_that_is_repeated_changes_nothing(staff: Staff) -> None:
    head = staff.school.head()
    assert staff.identity().code == 0
    assert staff.school.head() == head


def test_the_second_is_accepted_by_the_first_alone_and_the_third_by_two(staff: Staff) -> None:
    ben = staff.code("ben")
    staff.sits_down("ada")
    answer = staff.identity("accept", ben, "--yes")
    assert answer.code == 0, answer.out
    cem = staff.code("cem", "principal")
    staff.sits_down("ada")
    assert (
        "proposed" in staff.school.run("identity", "accept", cem, "--yes", program="casebook").out
    )
    again = staff.identity("accept", cem, "--yes")
    assert (again.code, again.json["error"]["kind"]) == (3, "refused")
    listed = staff.identity("list").json
    assert [one["person"] for one in listed["rows"]] == ["ada@example.org", "ben@example.org"]
    assert [one["person"] for one in listed["proposed"]] == ["cem@example.org"]
    staff.sits_down("ben")
    assert staff.identity("accept", cem, "--yes").code == 0
    listed = staff.identity("list").json
    assert [one["person"].partition("@")[0] for one in listed["rows"]] == ["ada", "ben", "cem"]
    assert listed["proposed"] == []
    staff.sits_down("cem", "principal")
    staff.later(minutes=5)
    staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    assert staff.checks() == []


def test_the_words_must_be_compared_first(staff: Staff) -> None:
    ben = staff.code("ben")
    words = staff.identity().json["words"]
    staff.sits_down("ada")
    answer = staff.school.run("identity", "accept", ben, program="casebook")
    assert answer.code == 2
    assert " ".join(words) in " ".join(answer.err.split())
    assert "ben" not in (staff.school.root / "policy/signers").read_text()


def test_a_code_that_was_not_copied_whole_is_refused(staff: Staff) -> None:
    ben = staff.code("ben")
    staff.sits_down("ada")
    for bad in (ben[:-3], ben[:20] + "x" + ben[21:], "cb1.", "hello"):
        assert staff.identity("accept", bad, "--yes").code == 2


def test_who_is_no_signer_accepts_nobody(staff: Staff) -> None:
    ben = staff.code("ben")
    answer = staff.identity("accept", ben, "--yes")
    assert (answer.code, answer.json["error"]["kind"]) == (3, "refused")


def test_a_key_that_ended_signs_no_more(staff: Staff) -> None:
    ben = staff.code("ben")
    staff.sits_down("ada")
    assert staff.identity("accept", ben, "--yes").code == 0
    staff.sits_down("ben")
    assert staff.identity("retire").code == 0
    assert staff.checks() == []
    staff.later(days=1)
    staff.school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    assert staff.checks() == ["key-ended", "signed-after-end"]


def test_nobody_ends_the_key_of_another_alone(staff: Staff) -> None:
    for name in ("ben", "cem"):
        code = staff.code(name)
        staff.sits_down("ada")
        assert staff.identity("accept", code, "--yes").code == 0
    staff.sits_down("ben")
    assert staff.identity("accept", code, "--yes").code == 0
    assert staff.identity("retire", "cem").code == 0
    assert [one["until"] for one in staff.identity("list").json["rows"]] == [None] * 3
    assert staff.identity("retire", "cem").code == 3
    staff.sits_down("ada")
    assert staff.identity("retire", "cem").code == 0
    assert staff.identity("list").json["rows"][2]["until"] is not None
    assert staff.checks() == []


def test_an_own_key_is_taken_and_one_inside_the_casebook_is_not(staff: Staff) -> None:
    import subprocess

    staff.sits_down("dee")
    for place in (staff.homes / "dee" / "own", staff.school.root / "policy" / "own"):
        words = ["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", str(place)]
        subprocess.run(words, check=True)
        answer = staff.identity("--key", f"{place}.pub")
        assert answer.code == (0 if "homes" in str(place) else 3)
    assert staff.school.git("config", "user.signingkey").stdout.strip().endswith("homes/dee/own")


def test_without_signers_the_rest_is_verified_and_said_to_be_unsigned(school: Casebook) -> None:
    school.clock.set("2026-11-25 12:00")
    school.clock.now = school.clock.now.replace(year=2030)
    answer = school.run("verify", program="casebook")
    assert answer.code == 0
    assert "Nothing is signed" in answer.out
    assert "For the minutes: " in answer.out


# -- what the history of one case marks ----------------------------------------------------------


def marks(school: Casebook, identity: str) -> list[list[str]]:
    return [one["marks"] for one in school.do("log", identity, "--json").json["rows"]]


def test_what_is_written_down_days_later_is_marked(staff: Staff) -> None:
    school = staff.school
    staff.later(days=1)
    identity = school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    staff.later(days=4)
    school.do("note", identity, "The mentor spoke to both", "--on", "2026-11-20")
    school.do("note", identity, "Again this morning")
    assert marks(school, identity) == [[], ["recorded 3 days after it happened"], []]
    assert "! Note: recorded 3 days after it happened" in school.do("log", identity).out


def test_changes_outside_the_rules_and_unsigned_ones_are_marked(staff: Staff) -> None:
    school = staff.school
    staff.later(minutes=10)
    identity = school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    path = f"cases/{identity[:4]}/{identity}.md"
    text = school.path(identity).read_text("utf-8")
    staff.commit({path: text.replace("state: reported", "state: closed")})
    staff.commit({path: text}, "--no-gpg-sign")
    found = marks(school, identity)
    assert found[0] == []
    assert found[1][0].startswith("outside the rules: ")
    assert found[2][0].startswith("outside the rules: ")


def test_the_hook_lets_a_lawful_list_through_and_refuses_an_unlawful_one(staff: Staff) -> None:
    staff.school.with_hooks()
    staff.colleague("ben")
    file = staff.school.root / "policy/signers"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), "utf-8")
    done = staff.school.git("commit", "--all", "--message", "list", fine=False)
    assert done.returncode == 1
    assert "ben@example.org is van de lijst gehaald" in done.stderr
