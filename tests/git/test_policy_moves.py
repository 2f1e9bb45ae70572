"""The life of policy records by moves: one decision, one commit, or a refusal of the whole."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from casebook.document import parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Answer, Casebook

CODE = "code/phones-and-social-media@1"
RULE = "rule/forwarding@1"
LADDER = "ladder/phone@1"
DECIDED = ("--in-force-from", "2026-12-01", "--decided-by", "principal", "--on", "2026-11-17")


def policy(school: Casebook, *words: str) -> Answer:
    return school.run(*words, program="git policy")


def file(school: Casebook, name: str) -> Path:
    """The file of ``rule/forwarding@1``."""
    folder, _slash, identity = name.partition("/")
    plural = {"activity": "activities"}.get(folder, f"{folder}s")
    return school.root / "policy" / plural / f"{identity}.md"


def fields(school: Casebook, name: str) -> dict[str, Any]:
    path = file(school, name)
    document, wrong = parse(path.read_bytes(), path.name)
    assert document is not None, wrong
    return dict(document.data)


def change(school: Casebook, name: str, old: str, new: str) -> None:
    """A hand edit that is saved."""
    path = file(school, name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    saved = policy(school, "save", name)
    assert saved.code == 0, saved.err + saved.out


def agreed(school: Casebook, name: str = CODE) -> None:
    """The council has consented."""
    right = "    right: consent\n"
    change(school, name, right, f"{right}    answered: 2026-11-12\n    decision: agreed\n")


def adopted(school: Casebook) -> None:
    agreed(school)
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED)
    assert answer.code == 0, answer.err


def changed_in_head(school: Casebook) -> set[Path]:
    listed = school.git("show", "--format=", "--name-only", "HEAD").stdout.split()
    return {school.root / one for one in listed}


# -- one record ----------------------------------------------------------------------------------


def test_a_fresh_school_adopts_a_procedure_with_one_command(school: Casebook) -> None:
    answer = policy(school, "adopt", "image-spread", *DECIDED, "--review", "2027-06-01")
    assert answer.code == 0, answer.err
    found = fields(school, "procedure/image-spread@1")
    assert found["state"] == "adopted"
    assert found["decided_on"] == "2026-11-17"
    assert found["in_force_from"] == "2026-12-01"
    assert found["fingerprint"].startswith("sha256:")
    assert "model" not in found
    message = school.git("log", "-1", "--format=%B").stdout
    assert message.startswith("policy procedure/image-spread@1: adopt (draft -> adopted)\n")
    assert "Policy: procedure/image-spread@1\nMove: adopt\nFrom: draft\nTo: adopted\n" in message
    assert policy(school, "save").code == 0


def test_a_case_runs_under_the_version_that_is_in_force(school: Casebook) -> None:
    policy(school, "adopt", "image-spread", *DECIDED, "--review", "2027-06-01")
    school.clock.set("2026-12-02 09:00")
    case = school.new("image-spread", "Een foto gaat rond", "--reported-by", "mentor")
    assert school.data(case)["procedure"] == "image-spread@1"


def test_what_is_missing_is_listed_where_nobody_can_be_asked(school: Casebook) -> None:
    answer = policy(school, "adopt", "image-spread", "--in-force-from", "2026-12-01")
    assert answer.code == 2
    assert "--decided-by" in answer.err
    assert "--review" in answer.err


def test_adopting_twice_says_when_and_by_whom(school: Casebook) -> None:
    policy(school, "adopt", "image-spread", *DECIDED, "--review", "2027-06-01")
    answer = policy(school, "adopt", "image-spread")
    assert answer.code == 3
    assert "2026-11-17" in answer.err
    assert "git policy revise" in answer.err


def test_a_dry_run_gives_the_answer_and_writes_nothing(school: Casebook) -> None:
    before = school.head()
    words = ("adopt", "image-spread", *DECIDED, "--review", "2027-06-01", "--dry-run", "--json")
    answer = policy(school, *words)
    assert answer.code == 0
    assert answer.json["to"] == "adopted"
    assert answer.json["commit"] is None
    assert (school.head(), school.git("status", "--porcelain").stdout) == (before, "")


@pytest.mark.parametrize(
    ("words", "state", "field"),
    [
        (("start", "project-podcast"), "running", "owner"),
        (("finish", "project-podcast", "--outcome", "Vier podcasts gemaakt"), "done", "outcome"),
        (("cancel", "project-podcast", "--because", "Geen rooster"), "dropped", "because"),
    ],
)
def test_an_activity_is_started_finished_and_cancelled(
    school: Casebook, words: tuple[str, ...], state: str, field: str
) -> None:
    answer = policy(school, *words)
    assert answer.code == 0, answer.err
    found = fields(school, "activity/project-podcast")
    assert found["state"] == state
    assert found[field]


def test_a_kind_without_the_move_is_refused(school: Casebook) -> None:
    answer = policy(school, "adopt", "contact/police")
    assert answer.code == 3
    assert "contact/police" in answer.err


def test_retiring_asks_for_the_last_day(school: Casebook) -> None:
    policy(school, "adopt", "image-spread", *DECIDED, "--review", "2027-06-01")
    assert policy(school, "retire", "image-spread").code == 2
    answer = policy(school, "retire", "image-spread", "--in-force-until", "2027-07-31")
    assert answer.code == 0, answer.err
    assert fields(school, "procedure/image-spread@1")["in_force_until"] == "2027-07-31"


# -- a code with its rules and ladders -----------------------------------------------------------


def test_a_code_takes_its_rules_and_ladders_along_in_one_commit(school: Casebook) -> None:
    agreed(school)
    before = school.head()
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED, "--json")
    assert answer.code == 0, answer.err
    assert len(answer.json["records"]) == 29
    assert school.git("rev-list", "--count", f"{before}..HEAD").stdout.strip() == "1"
    assert {file(school, one) for one in (CODE, RULE, LADDER)} < changed_in_head(school)
    for name in (RULE, LADDER):
        found = fields(school, name)
        assert found["state"] == "adopted"
        assert found["in_force_from"] == "2026-12-01"
        assert found["fingerprint"].startswith("sha256:")
        assert "model" not in found
    subject = school.git("log", "-1", "--format=%s").stdout.strip()
    assert subject == f"policy {CODE}: adopt (draft -> adopted), 29 records"
    assert school.run("check", program="casebook").code == 0


def test_rules_of_another_code_stay_where_they_are(school: Casebook) -> None:
    adopted(school)
    assert fields(school, "rule/respect@1")["state"] == "draft"


def test_a_rule_takes_from_its_code_what_it_lacks(school: Casebook) -> None:
    change(school, RULE, "owner: principal\nreview: 2027-06-01\n", "")
    change(school, LADDER, "owner: team-leader\n", "")
    adopted(school)
    assert fields(school, RULE)["owner"] == "principal"
    assert fields(school, RULE)["review"] == "2027-06-01"
    assert fields(school, LADDER)["owner"] == "principal"


def test_a_rule_keeps_what_it_says_itself(school: Casebook) -> None:
    change(school, RULE, "state: draft\n", "state: draft\nin_force_from: 2027-01-01\n")
    adopted(school)
    assert fields(school, RULE)["in_force_from"] == "2027-01-01"


def test_all_that_is_missing_anywhere_in_the_set_is_said_at_once(school: Casebook) -> None:
    change(school, RULE, "positive: ", "x_positive: ")
    change(school, "rule/tell@1", "ladder: ", "x_ladder: ")
    before = school.head()
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED, "--json")
    assert answer.code == 3
    found = {one["message"]: one["argv"] for one in answer.json["refused"]["blockers"]}
    said = " ".join(found)
    assert len(found) == 3
    for name in (CODE, RULE, "rule/tell@1"):
        assert f"{name}: " in said
    assert all(argv[:2] == ["git", "policy"] for argv in found.values())
    assert school.head() == before
    assert fields(school, RULE)["state"] == "draft"
    assert school.git("status", "--porcelain").stdout == ""


def test_a_wrong_record_in_the_set_stops_the_whole(school: Casebook) -> None:
    agreed(school)
    change(school, RULE, "translates: respect", "translates: nowhere")
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED)
    assert answer.code == 3
    assert "nowhere" in answer.err
    assert fields(school, CODE)["state"] == "draft"


def test_an_unsaved_hand_edit_in_the_set_stops_the_whole(school: Casebook) -> None:
    agreed(school)
    path = file(school, RULE)
    path.write_text(path.read_text("utf-8") + "\nNieuw\n", "utf-8")
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED)
    assert answer.code == 3
    assert f"git policy save {RULE}" in answer.err
    assert fields(school, CODE)["state"] == "draft"


def test_the_code_waits_for_the_council(school: Casebook) -> None:
    answer = policy(school, "adopt", "phones-and-social-media", *DECIDED)
    assert answer.code == 3
    assert "R1" in answer.err


def test_a_rule_alone_waits_for_its_code(school: Casebook) -> None:
    answer = policy(school, "adopt", "forwarding", "--in-force-from", "2026-12-01")
    assert answer.code == 3
    assert f"git policy adopt {CODE}" in answer.err


def test_a_new_rule_is_adopted_under_a_code_that_is(school: Casebook) -> None:
    path = file(school, RULE)
    kept = path.read_bytes()
    path.unlink()
    school.git("commit", "--quiet", "--no-verify", "--all", "--message", "a school without it")
    adopted(school)
    path.write_bytes(kept)
    assert policy(school, "save").code == 0
    answer = policy(school, "adopt", "forwarding", "--in-force-from", "2027-01-01")
    assert answer.code == 0, answer.err
    assert fields(school, RULE)["state"] == "adopted"


def test_several_records_named_together_are_one_commit(school: Casebook) -> None:
    before = school.head()
    words = ("adopt", "image-spread", "light", *DECIDED, "--review", "2027-06-01")
    assert policy(school, *words).code == 0
    assert school.git("rev-list", "--count", f"{before}..HEAD").stdout.strip() == "1"
    names = ("procedure/image-spread@1", "procedure/light@1")
    assert changed_in_head(school) == {file(school, one) for one in names}


def test_one_that_cannot_stops_all_that_were_named(school: Casebook) -> None:
    policy(school, "adopt", "light", *DECIDED, "--review", "2027-06-01")
    before = school.head()
    answer = policy(school, "adopt", "image-spread", "light", *DECIDED, "--review", "2027-06-01")
    assert answer.code == 3
    assert "procedure/light@1" in answer.err
    assert school.head() == before


def test_a_code_goes_into_consultation_with_all_that_is_its(school: Casebook) -> None:
    answer = policy(school, "consult", "phones-and-social-media", "--json")
    assert answer.code == 0
    assert {one["to"] for one in answer.json["records"]} == {"consultation"}
    assert answer.json["next"]["argv"] == ["git", "policy", "adopt", CODE]


def test_retiring_a_code_leaves_what_other_rules_use(school: Casebook) -> None:
    agreed(school, "code/general-manners@1")
    change(school, "rule/respect@1", "ladder: none", "ladder: images-and-harm")
    adopted(school)
    words = ("adopt", "general-manners", *DECIDED)
    assert policy(school, *words).code == 0
    answer = policy(school, "retire", "phones-and-social-media", "--in-force-until", "2027-07-31")
    assert answer.code == 0, answer.err
    assert fields(school, RULE)["state"] == "retired"
    assert fields(school, RULE)["in_force_until"] == "2027-07-31"
    assert fields(school, LADDER)["state"] == "retired"
    assert fields(school, "ladder/images-and-harm@1")["state"] == "adopted"


def test_the_hook_judges_the_same_files_by_the_same_law(school: Casebook) -> None:
    """What the command did is done again by hand: whole it passes, without the code it does not."""
    agreed(school)
    start = school.head()
    policy(school, "adopt", "phones-and-social-media", *DECIDED)
    done = school.root.parent / "done"
    shutil.copytree(school.root / "policy", done)
    school.git("reset", "--quiet", "--hard", start)
    school.with_hooks()
    shutil.copytree(done, school.root / "policy", dirs_exist_ok=True)
    school.git("add", "policy/rules", "policy/ladders")
    answer = school.git("commit", "--message", "rules only", fine=False)
    assert answer.returncode != 0
    assert "phones-and-social-media@1" in answer.stderr
    school.git("add", "policy")
    school.git("commit", "--quiet", "--message", "the whole")
    assert fields(school, CODE)["state"] == "adopted"


def test_the_history_of_a_rule_tells_its_adoption(school: Casebook) -> None:
    adopted(school)
    answer = policy(school, "log", "forwarding")
    assert answer.code == 0
    assert "from draft to adopted" in answer.out


# -- the next version ----------------------------------------------------------------------------


@pytest.fixture
def decided(school: Casebook) -> Casebook:
    """A school that has adopted its code, in force since 1 September."""
    agreed(school)
    words = ("--in-force-from", "2026-09-01", "--decided-by", "principal", "--on", "2026-06-20")
    assert policy(school, "adopt", "phones-and-social-media", *words).code == 0
    return school


def test_the_next_version_is_drafted_beside_the_one_in_force(decided: Casebook) -> None:
    before = fields(decided, RULE)
    answer = policy(decided, "revise", "forwarding")
    assert answer.code == 0, answer.err
    draft = fields(decided, "rule/forwarding@2")
    assert draft["state"] == "draft"
    assert draft["replaces"] == "forwarding@1"
    assert not {"fingerprint", "in_force_from", "review", "model"} & set(draft)
    assert draft["formal"] == before["formal"]
    assert fields(decided, RULE) == before


def test_a_revised_code_starts_without_its_decision(decided: Casebook) -> None:
    policy(decided, "revise", "phones-and-social-media")
    draft = fields(decided, "code/phones-and-social-media@2")
    gone = {"council", "consulted", "proposals", "introduction", "decided_by", "decided_on"}
    assert not gone & set(draft)
    assert not file(decided, "rule/forwarding@2").exists()


def test_a_code_is_revised_with_the_rules_that_change(decided: Casebook) -> None:
    before = decided.head()
    words = ("revise", "phones-and-social-media", "--rule", "forwarding", "--ladder", "phone")
    assert policy(decided, *words).code == 0
    names = ("code/phones-and-social-media@2", "rule/forwarding@2", "ladder/phone@2")
    assert changed_in_head(decided) == {file(decided, one) for one in names}
    assert decided.git("rev-list", "--count", f"{before}..HEAD").stdout.strip() == "1"


def test_a_rule_of_another_code_is_not_revised_along(decided: Casebook) -> None:
    agreed(decided, "code/general-manners@1")
    policy(decided, "adopt", "general-manners", *DECIDED)
    answer = policy(decided, "revise", "phones-and-social-media", "--rule", "respect")
    assert answer.code == 5
    assert "git policy revise rule/respect@1" in answer.err
    assert not file(decided, "code/phones-and-social-media@2").exists()


def test_a_second_draft_is_refused_and_the_first_named(decided: Casebook) -> None:
    policy(decided, "revise", "forwarding")
    answer = policy(decided, "revise", "forwarding")
    assert answer.code == 3
    assert "git policy edit rule/forwarding@2" in answer.err


def test_what_was_never_adopted_is_changed_and_not_revised(school: Casebook) -> None:
    answer = policy(school, "revise", "forwarding")
    assert answer.code == 3
    assert "git policy edit rule/forwarding@1" in answer.err


def test_a_kind_without_versions_is_not_revised(school: Casebook) -> None:
    answer = policy(school, "revise", "contact/police")
    assert answer.code == 3
    assert "git policy edit contact/police" in answer.err


def test_a_new_version_ends_the_old_one_the_day_before(decided: Casebook) -> None:
    policy(decided, "revise", "phones-and-social-media", "--rule", "forwarding")
    council = ("--section", "whole", "--right", "consent", "--decision", "agreed")
    assert policy(decided, "add", "council", "phones-and-social-media", *council).code == 0
    words = ("adopt", "phones-and-social-media", *DECIDED, "--review", "2028-06-01", "--json")
    answer = policy(decided, *words)
    assert answer.code == 0, answer.err + answer.out
    assert [one["to"] for one in answer.json["records"]] == ["adopted", "adopted"]
    assert fields(decided, CODE)["in_force_until"] == "2026-11-30"
    assert fields(decided, RULE)["in_force_until"] == "2026-11-30"
    assert fields(decided, "rule/forwarding@2")["review"] == "2028-06-01"
    assert "in_force_until" not in fields(decided, "rule/tell@1")
    assert decided.run("check", program="casebook").code == 0


def test_a_new_version_does_not_begin_before_the_old_one(decided: Casebook) -> None:
    policy(decided, "revise", "forwarding")
    words = ("adopt", "forwarding", "--in-force-from", "2026-09-01")
    answer = policy(decided, *words)
    assert answer.code == 3
    assert "rule/forwarding@1" in answer.err


def test_a_file_with_remarks_is_copied_with_them(decided: Casebook) -> None:
    path = file(decided, RULE)
    path.write_text(
        path.read_text("utf-8").replace("\nowner:", "\n# vraag de mentor\nowner:"), "utf-8"
    )
    assert policy(decided, "save").code == 0
    policy(decided, "revise", "forwarding")
    assert "# vraag de mentor\n" in file(decided, "rule/forwarding@2").read_text("utf-8")


# -- announcing ----------------------------------------------------------------------------------


def test_an_announcement_is_of_the_rules_and_of_what_follows(decided: Casebook) -> None:
    words = ("announce", "phones-and-social-media", "--audience", "pupil", "--groups", "1a,1b")
    answer = policy(decided, *words, "--on", "2026-11-16", "--channel", "lesson")
    assert answer.code == 0, answer.err
    found = fields(decided, "announcement/phones-and-social-media-pupil-2026-11-16")
    assert found["of"] == ["phones-and-social-media@1", "images-and-harm@1", "phone@1"]
    assert found["given"] == "2026-11-16"
    assert found["groups"] == ["1a", "1b"]
    assert decided.run("check", program="casebook").code == 0


def test_staff_is_told_what_follows_for_staff(decided: Casebook) -> None:
    words = ("announce", "phones-and-social-media", "--audience", "staff", "--planned")
    assert policy(decided, *words, "2026-11-30").code == 0
    found = fields(decided, "announcement/phones-and-social-media-staff-2026-11-30")
    assert "staff@1" in found["of"]
    assert "given" not in found


def test_a_draft_is_not_announced(school: Casebook) -> None:
    words = ("announce", "phones-and-social-media", "--audience", "pupil", "--on", "today")
    answer = policy(school, *words)
    assert answer.code == 3
    assert f"git policy adopt {CODE}" in answer.err


def test_nobody_has_to_guess_whether_it_was_done(decided: Casebook) -> None:
    answer = policy(decided, "announce", "phones-and-social-media", "--audience", "pupil")
    assert answer.code == 2
    assert "--planned" in answer.err


def test_planned_announcements_are_marked_as_given_in_one_commit(decided: Casebook) -> None:
    before = decided.head()
    words = ("announce", "start-2026-pupils", "start-2026-parents", "--on", "2026-11-17")
    assert policy(decided, *words, "--reached", "78", "--of-total", "82").code == 0
    assert decided.git("rev-list", "--count", f"{before}..HEAD").stdout.strip() == "1"
    for name in ("pupils", "parents"):
        found = fields(decided, f"announcement/start-2026-{name}")
        assert (found["given"], found["reached"]) == ("2026-11-17", "78")
        assert "model" not in found


def test_announcements_and_texts_are_not_named_together(decided: Casebook) -> None:
    answer = policy(decided, "announce", "start-2026-pupils", "forwarding", "--on", "today")
    assert answer.code == 2


# -- undoing -------------------------------------------------------------------------------------


def undo(school: Casebook, *words: str) -> Answer:
    return school.run("undo", *words, program="casebook")


def test_what_was_saved_together_is_undone_together(decided: Casebook) -> None:
    names = ("announcement/start-2026-pupils", "announcement/start-2026-parents")
    before = [file(decided, one).read_bytes() for one in names]
    policy(decided, "announce", "start-2026-pupils", "start-2026-parents", "--on", "2026-11-17")
    answer = undo(decided, "start-2026-pupils")
    assert answer.code == 0, answer.err
    assert [file(decided, one).read_bytes() for one in names] == before
    message = decided.git("log", "-1", "--format=%B").stdout
    assert ": undo, 2 records\n" in message
    assert "Undoes: " in message


def test_what_went_on_since_is_not_undone_along(decided: Casebook) -> None:
    policy(decided, "announce", "start-2026-pupils", "start-2026-parents", "--on", "2026-11-17")
    policy(decided, "set", "start-2026-parents", "reached=12")
    answer = undo(decided, "start-2026-pupils")
    assert answer.code == 3
    assert "start-2026-parents" in answer.err


@pytest.mark.parametrize("words", [(), (RULE,)])
def test_a_decision_stays_and_the_way_on_is_named(school: Casebook, words: tuple[str, ...]) -> None:
    adopted(school)
    answer = undo(school, *words)
    assert answer.code == 3
    assert "move" in answer.err
    assert "git policy revise" in answer.err


def test_a_draft_that_was_made_is_not_deleted(decided: Casebook) -> None:
    policy(decided, "revise", "phones-and-social-media", "--rule", "forwarding")
    assert undo(decided).code == 3
    assert file(decided, "rule/forwarding@2").exists()
