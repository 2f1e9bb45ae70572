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
    assert staff.identity("retire", "--yes").code == 0
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
    assert staff.identity("retire", "cem", "--yes").code == 0
    assert [one["until"] for one in staff.identity("list").json["rows"]] == [None] * 3
    assert staff.identity("retire", "cem", "--yes").code == 3
    staff.sits_down("ada")
    assert staff.identity("retire", "cem", "--yes").code == 0
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


# -- what waits for whom ---------------------------------------------------------------------------


def page(staff: Staff, *words: str) -> str:
    """The first page of whoever sits here."""
    return " ".join(staff.school.run(*words, program="casebook").out.split())


def test_a_proposal_shows_on_the_page_of_who_must_confirm_it(staff: Staff) -> None:
    staff.colleague("ben")
    cem = staff.code("cem", "principal")
    staff.sits_down("ada")
    assert "approval" not in page(staff)
    proposed = staff.school.run("identity", "accept", cem, "--yes", program="casebook")
    assert "waits on the page of the other signers" in " ".join(proposed.out.split())
    mine = "Waiting for the approval of another signer cem@example.org may sign"
    assert mine in page(staff)
    assert "Waiting for your approval" not in page(staff)
    staff.sits_down("ben")
    command = "casebook identity accept cem@example.org"
    assert "Waiting for your approval cem@example.org may sign (proposed by ada@" in page(staff)
    assert command in page(staff)
    (waiting,) = staff.school.run("--json", program="casebook").json["approvals"]
    assert waiting["argv"] == command.split()
    staff.sits_down("cem")
    assert "approval" not in page(staff), "who is no signer yet confirms nothing"
    staff.sits_down("ben")
    answer = staff.school.run(*command.split()[1:], program="casebook")
    assert answer.code == 2
    assert "Compare the words aloud first. cem@example.org: " in " ".join(answer.err.split())
    assert staff.identity("accept", "cem", "--yes").code == 0
    assert "approval" not in page(staff)
    assert staff.checks() == []


def test_a_name_that_nobody_proposed_is_no_code(staff: Staff) -> None:
    staff.colleague("ben")
    answer = staff.identity("accept", "dee", "--yes")
    assert answer.code == 2
    assert answer.json["error"]["message"].startswith('"dee" is no code, and nobody proposed')
    cem = staff.code("cem")
    staff.sits_down("ada")
    staff.identity("accept", cem, "--yes")
    assert "cem@example.org" in staff.identity("accept", "dee", "--yes").json["error"]["hint"]


def test_a_key_that_is_to_end_waits_for_a_second_signer_with_its_day(staff: Staff) -> None:
    for name in ("ben", "cem"):
        code = staff.code(name)
        staff.sits_down("ada")
        assert staff.identity("accept", code, "--yes").code == 0
    staff.sits_down("ben")
    assert staff.identity("accept", code, "--yes").code == 0
    assert staff.identity("retire", "cem", "--on", "2026-11-18", "--yes").code == 0
    staff.sits_down("ada")
    assert "the key of cem@example.org ends (proposed by ben@example.org)" in page(staff)
    asked = staff.school.run("identity", "retire", "cem", program="casebook")
    assert asked.code == 2
    assert "ben@example.org proposed that the key of cem@example.org ends on 2026-11-18" in (
        " ".join(asked.err.split())
    )
    other = staff.identity("retire", "cem", "--on", "2026-11-17", "--yes")
    assert other.code == 3
    assert "another day" in other.json["error"]["message"]
    assert staff.identity("retire", "cem", "--yes").code == 0
    assert "approval" not in page(staff)


# -- too few -------------------------------------------------------------------------------------


def test_ending_a_key_says_what_it_means_and_asks(staff: Staff) -> None:
    alone = staff.school.run("identity", "retire", program="casebook")
    assert alone.code == 2
    assert "Nobody can sign here any more" in " ".join(alone.err.split())
    staff.colleague("ben")
    two = staff.school.run("identity", "retire", program="casebook")
    assert two.code == 2
    said = " ".join(two.err.split())
    assert "cannot be taken back. After that: Only one person signs here" in said
    listed = staff.identity("list").json["rows"]
    assert [one["until"] for one in listed] == [None, None]


def test_too_few_signers_and_a_signer_who_does_not_sign_are_named(staff: Staff) -> None:
    def looked() -> str:
        return " ".join(staff.school.run("doctor", program="casebook").out.split())

    assert "Only one person signs here" in looked()
    assert "Only one person" in page(staff, "identity", "list")
    staff.colleague("ben")
    assert "Only two people sign here" in looked()
    assert "is not signed" not in looked()
    staff.school.git("config", "commit.gpgsign", "false")
    assert "What you save on this computer is not signed" in looked()
    staff.school.git("config", "commit.gpgsign", "true")
    cem = staff.code("cem")
    for name in ("ada", "ben"):
        staff.sits_down(name)
        assert staff.identity("accept", cem, "--yes").code == 0
    assert "people sign here" not in looked()
    assert "people sign here" not in page(staff, "identity", "list")


def test_one_with_two_keys_counts_once(staff: Staff) -> None:
    from casebook.frozen import replace
    from casebook.signing import signers

    known = signers.read((staff.school.root / "policy/signers").read_bytes())
    (ada,) = known.signers
    other = replace(ada, principals=("ben@example.org",))
    assert signers.Signers((ada, ada, other)).people(staff.school.clock.now) == 2
    assert signers.Signers((ada, ada)).people(staff.school.clock.now, without=ada) == 0
    ended = replace(ada, before=staff.school.clock.now)
    assert signers.Signers((ended,)).people(staff.school.clock.now) == 0


def test_a_role_may_be_typed_by_its_label(staff: Staff) -> None:
    staff.sits_down("ben")
    answer = staff.identity("--role", "safety coordinator")
    assert (answer.code, answer.json["role"]) == (0, "safety-coordinator")


def test_what_somebody_proposed_who_signs_no_more_waits_for_nobody(staff: Staff) -> None:
    staff.colleague("ben")
    cem = staff.code("cem")
    staff.sits_down("ben")
    assert staff.identity("accept", cem, "--yes").code == 0
    staff.sits_down("ada")
    assert "Waiting for your approval" in page(staff)
    staff.sits_down("ben")
    assert staff.identity("retire", "--yes").code == 0
    staff.later(days=1)
    staff.sits_down("ada")
    assert "approval" not in page(staff)
    assert staff.identity("accept", "cem", "--yes").code == 2, "by name it is nobody's proposal"
    alone = staff.identity("accept", cem, "--yes")
    assert (alone.code, alone.json["error"]["kind"]) == (3, "refused")
    assert staff.checks() == []
