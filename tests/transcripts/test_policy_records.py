"""Policy records of every kind, changed with everyday commands made from their schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.document.compose import compose
from casebook.fingerprint import fingerprint
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Answer, Casebook

RULE = "policy/rules/forwarding@1.md"
CODE = "policy/codes/phones-and-social-media@1.md"
ACTIVITY = "policy/activities/project-podcast.md"
TEXT = ("title", "formal")


def policy(school: Casebook, *words: str, **more: Any) -> Answer:
    return school.run(*words, program="git policy", **more)


def did(school: Casebook, *words: str, **more: Any) -> Answer:
    answer = policy(school, *words, **more)
    assert answer.code == 0, f"{words}\n{answer.out}\n{answer.err}"
    return answer


def data(school: Casebook, path: str) -> dict[str, Any]:
    document, findings = parse((school.root / path).read_bytes(), path)
    assert document is not None, findings
    return dict(document.data)


def numstat(school: Casebook) -> tuple[str, str]:
    """Lines added and removed by the newest commit."""
    lines = school.git("show", "--numstat", "--format=", "HEAD").stdout.split()
    return lines[0], lines[1]


def message(school: Casebook) -> list[str]:
    return school.git("log", "-1", "--format=%B").stdout.strip().splitlines()


def adopt(school: Casebook, path: str) -> None:
    """Put an adopted version in place of a draft, as if it had been adopted long ago."""
    file = school.root / path
    document, _found = parse(file.read_bytes(), path)
    assert document is not None
    kind = Catalogue.load(WorkTree(school.root, ())).kind("rule")
    fields = {**document.data, "state": "adopted", "in_force_from": "2026-08-01"}
    fields.pop("model", None)
    changed, _found = parse(compose(fields, document.body).encode(), path)
    assert changed is not None
    record, _found = kind.read(changed)
    assert record is not None
    fields["fingerprint"] = fingerprint(record, kind.text_fields)
    file.write_text(compose(fields, document.body), "utf-8")
    school.git("commit", "--quiet", "--all", "--no-verify", "--message", "adopted")


# -- set ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (["review=2027-07-01"], ("1", "1")),
        (["number=30"], ("1", "1")),
        (["changed=Strenger dan het bestuur"], ("1", "0")),
    ],
)
def test_setting_a_field_changes_one_line(
    school: Casebook, typed: list[str], lines: tuple[str, str]
) -> None:
    did(school, "set", "rule/forwarding", *typed)
    assert numstat(school) == lines


def test_a_change_is_one_commit_that_names_the_record(school: Casebook) -> None:
    answer = did(school, "set", "forwarding", "owner=mentor", "--json").json
    assert message(school) == [
        "policy rule/forwarding@1: set owner",
        "",
        "Policy: rule/forwarding@1",
        "By: safety-coordinator",
    ]
    assert answer["id"] == "forwarding@1"
    assert answer["path"] == RULE
    assert answer["commit"] == school.head()
    assert data(school, RULE)["owner"] == "mentor"


def test_the_same_value_changes_nothing_and_is_no_commit(school: Casebook) -> None:
    before = school.head()
    stands = data(school, RULE)["owner"]
    assert "Nothing changed" in did(school, "set", "forwarding", f"owner={stands}").out
    assert school.head() == before


def test_a_field_is_known_by_its_label_in_either_language(school: Casebook) -> None:
    school.language = "nl"
    answer = did(school, "set", "regel/forwarding", "eigenaar=mentor")
    assert "eigenaar: van" in answer.out
    assert data(school, RULE)["owner"] == "mentor"


def test_the_state_is_left_to_moves(school: Casebook) -> None:
    code, _out, err = policy(school, "set", "forwarding", "state=adopted")
    assert code == 3
    assert "git policy adopt rule/forwarding@1" in err


def test_the_text_of_an_adopted_rule_stays(school: Casebook) -> None:
    adopt(school, RULE)
    before = school.head()
    for typed in ("formal=Iets anders", "E1.what=Iets"):
        code, _out, err = policy(school, "set", "forwarding", typed)
        assert code in (3, 5), typed
    code, _out, err = policy(school, "set", "forwarding", "formal=Iets anders")
    assert code == 3
    assert "git policy revise rule/forwarding@1" in err
    assert school.head() == before
    did(school, "set", "forwarding", "review=2027-09-01")


def test_an_entry_cannot_be_added_to_an_adopted_text(school: Casebook) -> None:
    adopt(school, RULE)
    code, _out, err = policy(school, "add", "exception", "forwarding", "Op de schoolkrant")
    assert code == 3
    assert "git policy revise" in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["set", "forwardin", "owner=mentor"], 5, "rule/forwarding"),
        (["set", "forwarding@9", "owner=mentor"], 5, "rule/forwarding@1"),
        (["set", "forwarding", "ownr=mentor"], 2, "owner"),
        (["set", "forwarding", "kind=mustnt"], 2, "must-not"),
        (["set", "forwarding"], 2, "git policy set rule/forwarding@1 owner=mentor"),
        (["set", "forwarding", "exceptions=x"], 2, "git policy add exception rule/forwarding@1"),
        (["set", "forwarding", "E7.what=x"], 5, "git policy show rule/forwarding@1"),
        (["set", "ladder/forwarding", "owner=mentor"], 5, "forwarding"),
        (["set", "ruel/forwarding", "owner=mentor"], 2, "rule"),
        (["set", "forwarding", "formal=bel 0612345678"], 1, "phone"),
        (["done", "phones-and-social-media", "I9"], 2, "I1"),
        (["drop", "phones-and-social-media", "I1"], 2, "--because"),
        (["drop", "phones-and-social-media", "I1", "--because", "x"], 2, "says nothing"),
        (["drop", "images-and-harm", "light", "--because", "Dubbel"], 2, "git policy edit"),
        (["add", "scenario", "forwarding", "Iets"], 2, "exception"),
        (["add", "consultation", "phones-and-social-media"], 2, "--who"),
    ],
)
def test_bad_input_is_said_with_what_to_do_and_changes_nothing(
    school: Casebook, words: list[str], code: int, said: str
) -> None:
    before = school.head()
    answer = policy(school, *words)
    assert (answer.code, said in answer.out + answer.err) == (code, True), answer
    assert school.head() == before
    assert not school.git("status", "--porcelain").stdout


def test_one_slug_of_two_kinds_is_asked_back_with_both(school: Casebook) -> None:
    did(school, "set", "phone@1", "owner=mentor")
    (school.root / "policy/contacts/phone.md").write_text(
        "---\nid: phone\ntitle: Telefoonwinkel\nkind: other\n---\n", "utf-8"
    )
    school.git("add", ".")
    school.git("commit", "--quiet", "--no-verify", "--message", "a contact")
    code, _out, err = policy(school, "set", "phone", "owner=mentor")
    assert code == 2
    assert "contact/phone" in err
    assert "ladder/phone@1" in err


def test_hand_edits_that_are_not_saved_stop_a_change(school: Casebook) -> None:
    file = school.root / RULE
    file.write_text(file.read_text("utf-8").replace("owner: ", "owner: x-"), "utf-8")
    code, _out, err = policy(school, "set", "forwarding", "review=2027-06-01")
    assert code == 3
    assert "git policy save rule/forwarding@1" in err


def test_a_file_that_cannot_be_read_is_named_and_left(school: Casebook) -> None:
    (school.root / RULE).write_text("---\nid: forwarding@1\nid: twice\n---\n", "utf-8")
    code, _out, err = policy(school, "set", "forwarding", "review=2027-06-01")
    assert code == 1
    assert RULE in err


def test_outside_a_casebook_the_ways_in_are_named(school: Casebook) -> None:
    answer = policy(school, "set", "forwarding", "owner=mentor", "-C", str(school.root.parent))
    assert answer.code == 4


# -- entries --------------------------------------------------------------------------------------


def test_a_word_means_the_list_of_the_record_it_is_added_to(school: Casebook) -> None:
    for reference in ("plan/school-safety", "code/phones-and-social-media"):
        answer = did(school, "add", "consultation", reference, "parents", "Te streng", "--json")
        assert answer.json["item"] == "C1" or answer.json["item"].startswith("C")
    code = data(school, CODE)["consulted"][-1]
    assert (code["who"], code["said"]) == ("parents", "Te streng")


def test_an_entry_of_n_fields_is_n_lines(school: Casebook) -> None:
    # The first change makes it the school's own: the mark of a model goes.
    did(school, "add", "need", "project-podcast", "Tweede microfoon", "--number", "2")
    did(school, "add", "need", "project-podcast", "Nog een microfoon", "--number", "2")
    entry = data(school, ACTIVITY)["needs"][-1]
    assert numstat(school) == (str(len(entry)), "0")


def test_what_is_done_gets_its_state_and_its_day(school: Casebook) -> None:
    did(school, "add", "introduction", "phones-and-social-media", "Studiemiddag", "--json")
    code = data(school, CODE)["introduction"][-1]["id"]
    did(school, "done", "phones-and-social-media", str(code), "--on", "2026-11-16")
    entry = data(school, CODE)["introduction"][-1]
    assert (entry["state"], entry["done"]) == ("done", "2026-11-16")


def test_a_task_that_comes_back_gets_the_day_it_was_last_done(school: Casebook) -> None:
    did(school, "add", "task", "school-safety", "Monitor", "--owner", "mentor", "--every", "week")
    plan = data(school, "policy/plans/school-safety@1.md")
    did(school, "done", "school-safety", str(plan["tasks"][-1]["id"]))
    assert data(school, "policy/plans/school-safety@1.md")["tasks"][-1]["last"] == "2026-11-18"


def test_an_entry_that_is_dropped_leaves_its_reason_and_its_number(school: Casebook) -> None:
    first = did(school, "add", "training", "project-podcast", "mentor", "Montage", "--json").json
    did(school, "drop", "project-podcast", first["item"], "--because", "Iedereen kan het al")
    stands = data(school, ACTIVITY)
    assert first["item"] not in [one["id"] for one in stands.get("training", [])]
    assert stands["dropped"] == [
        {
            "id": first["item"],
            "on": "2026-11-18",
            "by": "safety-coordinator",
            "because": "Iedereen kan het al",
        }
    ]
    again = did(school, "add", "training", "project-podcast", "mentor", "Geluid", "--json").json
    assert again["item"] != first["item"]


def test_an_entry_is_set_field_by_field(school: Casebook) -> None:
    item = did(school, "add", "exception", "forwarding", "Voor de les", "--json").json["item"]
    did(school, "set", "forwarding", f"{item}.approver=mentor")
    assert data(school, RULE)["exceptions"][-1]["approver"] == "mentor"


def test_a_dry_run_writes_nothing(school: Casebook) -> None:
    before = school.head()
    did(school, "add", "need", "project-podcast", "Microfoon", "--dry-run")
    did(school, "set", "forwarding", "owner=mentor", "--dry-run")
    assert school.head() == before
    assert not school.git("status", "--porcelain").stdout


def test_undo_takes_back_a_change_of_policy(school: Casebook) -> None:
    before = (school.root / RULE).read_bytes()
    did(school, "set", "forwarding", "owner=mentor")
    school.do("undo", "rule/forwarding", program="casebook")
    assert (school.root / RULE).read_bytes() == before


# -- new ------------------------------------------------------------------------------------------

NEEDED = {
    "rule": ["--code", "phones-and-social-media", "--kind", "must-not", "--audience", "pupil"],
    "code": ["--placement", "own"],
    "plan": ["--kind", "safety"],
    "ladder": ["--audience", "pupil"],
    "procedure": ["--owner", "mentor"],
    "letter": ["--use", "message"],
    "activity": ["--kind", "lesson"],
    "announcement": ["--of", "phones-and-social-media", "--audience", "pupil"],
    "contact": ["--kind", "partner"],
}


@pytest.mark.parametrize("kind", NEEDED)
def test_a_draft_of_every_kind_is_a_sound_record_in_its_place(school: Casebook, kind: str) -> None:
    answer = did(school, "new", kind, "Élke dag, wéér anders!", *NEEDED[kind], "--json").json
    slug = answer["id"].partition("@")[0]
    assert slug == "elke-dag-weer-anders"
    assert (school.root / answer["path"]).is_file()
    assert message(school)[0] == f"policy {kind}/{answer['id']}: new"
    assert school.run("check", answer["path"], program="casebook").code == 0
    again = policy(school, "new", kind, "Elke dag weer anders", *NEEDED[kind])
    assert again.code == 3
    assert f"{kind}/{answer['id']}" in again.err


def test_every_kind_of_policy_with_many_records_can_be_drafted(school: Casebook) -> None:
    known = {path.parent.name for path in (school.root / "schemas").glob("*/schema.json")}
    assert known - {"case", "school"} == set(NEEDED)


def test_a_kind_that_a_school_adds_is_drafted_set_and_shown(school: Casebook) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pledge",
        "type": "object",
        "x-kind": {
            "place": "policy/pledges/{id}.md",
            "id": "slug",
            "label": {"en": "pledge", "nl": "belofte"},
            "plural": {"en": "pledges", "nl": "beloften"},
            "title": "title",
        },
        "required": ["id", "title"],
        "additionalProperties": False,
        "patternProperties": {"^x_[a-z0-9_]+$": {"type": "string"}},
        "properties": {
            "id": {"type": "string", "format": "slug", "x-label": {"en": "id", "nl": "nummer"}},
            "title": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"en": "title", "nl": "titel"},
                "x-ask": {"en": "What is it called?", "nl": "Hoe heet het?"},
            },
            "group": {
                "type": "string",
                "format": "group",
                "x-label": {"en": "group", "nl": "groep"},
            },
        },
        "$defs": {},
    }
    folder = school.root / "schemas" / "pledge"
    folder.mkdir()
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    school.git("add", ".")
    school.git("commit", "--quiet", "--no-verify", "--message", "a kind")
    school.language = "nl"
    did(school, "new", "belofte", "Klas 2a belooft", "--group", "2a")
    did(school, "set", "klas-2a-belooft", "groep=2b")
    assert "Groep: 2b" in did(school, "show", "klas-2a-belooft").out
    assert "Beloften (1)" in did(school, "list", "--kind", "beloften").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["new"], 2, "announcement"),
        (["new", "ruel", "Iets"], 2, "mean: rule?"),
        (["new", "school", "Iets"], 2, "rule"),
        (["new", "rule"], 2, "--title"),
        (["new", "rule", "Iets"], 2, "--audience"),
        (["new", "contact", "!!!", "--kind", "partner"], 2, "--slug"),
        (["new", "contact", "Iets", "--kind", "partner", "--slug", "Een Naam"], 2, "Een Naam"),
        (["new", "contact", "Iets", "--kind", "partner", "--slug", "con"], 2, "con"),
        (["new", "contact", "Bel 0612345678", "--kind", "partner", "--slug", "x"], 1, "phone"),
        (["new", "contact", "Iets", "--kind", "familie"], 2, "partner"),
    ],
)
def test_what_is_missing_or_wrong_for_a_draft_is_said_at_once(
    school: Casebook, words: list[str], code: int, said: str
) -> None:
    answer = policy(school, *words)
    assert (answer.code, said in answer.out + answer.err) == (code, True), answer
    assert not school.git("status", "--porcelain").stdout


def test_all_that_is_missing_is_listed(school: Casebook) -> None:
    err = policy(school, "new", "rule", "Iets").err
    assert all(one in err for one in ("--code", "--kind", "--audience"))


def test_a_dutch_run_names_kind_fields_and_values_in_dutch(school: Casebook) -> None:
    school.language = "nl"
    code, _out, err = policy(school, "new", "regel", "Iets")
    assert code == 2
    assert "gedragscode" in err
    answer = did(
        school, "new", "regel", "Iets", "--code", "phones-and-social-media", "--kind", "mag niet",
        "--audience", "leerlingen",
    )  # fmt: skip
    assert "rule/iets@1 staat klaar" in answer.out
    assert data(school, "policy/rules/iets@1.md")["kind"] == "must-not"


# -- list, show, diff, log ------------------------------------------------------------------------


def revised(school: Casebook, **changes: str) -> None:
    """An adopted first version of a rule and the draft of a second, with other words."""
    text = (school.root / RULE).read_text("utf-8").replace("forwarding@1", "forwarding@2")
    adopt(school, RULE)
    document, _found = parse(text.encode(), RULE)
    assert document is not None
    fields = {**document.data, **changes, "replaces": "forwarding@1"}
    body = document.body + "Een nieuwe regel tekst.\n"
    (school.root / "policy/rules/forwarding@2.md").write_text(compose(fields, body), "utf-8")
    school.git("add", ".")
    school.git("commit", "--quiet", "--no-verify", "--message", "a version")


def test_a_list_is_by_kind_and_says_what_applies(school: Casebook) -> None:
    revised(school)
    answer = did(school, "list", "--kind", "rule", "--json").json
    found = {row["ref"]: row for row in answer["rows"]}
    assert found["rule/forwarding@1"]["in_force"]
    assert not found["rule/forwarding@2"]["in_force"]
    only = did(school, "list", "--in-force", "--json").json["rows"]
    assert [row["ref"] for row in only] == ["rule/forwarding@1"]
    assert "in force" in did(school, "list", "--state", "adopted").out


def test_what_is_over_is_counted_and_shown_when_asked(school: Casebook) -> None:
    file = school.root / ACTIVITY
    text = file.read_text("utf-8").replace("state: planned", "state: dropped\nbecause: Geen tijd")
    file.write_text(text, "utf-8")
    answer = did(school, "list", "--kind", "activity")
    assert "1 that are over not shown: --all" in answer.out
    assert "activity/project-podcast" not in answer.out
    assert "activity/project-podcast" in did(school, "list", "--kind", "activity", "--all").out


def test_a_list_names_what_cannot_be_read_and_shows_the_rest(school: Casebook) -> None:
    (school.root / RULE).write_text("---\nid: [\n---\n", "utf-8")
    answer = policy(school, "list", "--kind", "rule")
    assert answer.code == 1
    assert f"{RULE}:" in answer.out
    assert "rule/respect@1" in answer.out


def test_without_a_version_show_means_the_one_in_force_and_set_the_newest(
    school: Casebook,
) -> None:
    revised(school)
    assert did(school, "show", "forwarding", "--json").json["ref"] == "rule/forwarding@1"
    did(school, "set", "forwarding", "owner=mentor")
    assert data(school, "policy/rules/forwarding@2.md")["owner"] == "mentor"


def test_a_page_shows_both_wordings_and_titles_of_what_is_named(school: Casebook) -> None:
    out = did(school, "show", "forwarding").out
    stands = data(school, RULE)
    for name in ("formal", "positive"):
        assert stands[name].split()[0] in out
    assert "(phones-and-social-media)" in out
    assert "Code for phones and social media" in out


def test_a_page_tells_what_names_the_record_and_which_version_follows(school: Casebook) -> None:
    revised(school)
    answer = did(school, "show", "forwarding@1", "--json").json
    assert answer["replaced_by"] == ["forwarding@2"]
    assert {"ref": "plan/school-safety@1", "field": "scenarios.rules"} in answer["named_by"]
    assert "Replaced by: forwarding@2" in did(school, "show", "forwarding@1").out
    code = did(school, "show", "code/phones-and-social-media", "--json").json
    assert {"ref": "rule/forwarding@1", "field": "code"} in code["named_by"]


def test_a_page_names_the_cases_in_which_a_rule_was_used(school: Casebook) -> None:
    case = school.new("image-spread", "Beeld rond", "--reported-by", "teacher")
    school.do("add", "person", case, "accused")
    school.do("add", "measure", case, "written-warning", "--for", "P1", "--rule", "forwarding@1")
    assert did(school, "show", "rule/forwarding", "--json").json["cases"] == [case]
    assert did(school, "show", "rule/respect", "--json").json["cases"] == []


def test_every_record_has_a_page_in_both_languages(school: Casebook) -> None:
    listed = did(school, "list", "--json").json["rows"]
    for language in ("en", "nl"):
        school.language = language
        for row in listed[:: 1 if language == "nl" else 7]:
            out = did(school, "show", row["ref"]).out
            assert out.startswith(row["ref"]), row
            assert "None" not in out
            assert "{'" not in out


def test_paper_has_no_commands_and_fits(school: Casebook) -> None:
    out = did(school, "show", "forwarding", "--print").out
    assert "git policy" not in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_a_comparison_says_field_by_field_what_changed(school: Casebook) -> None:
    revised(school, formal="Het is verboden beelden door te sturen.", owner="mentor")
    answer = did(school, "diff", "forwarding", "--json").json
    assert (answer["old"], answer["new"]) == ("rule/forwarding@1", "rule/forwarding@2")
    changed = {one["field"]: one["after"] for one in answer["fields"]}
    assert changed["formal"] == "Het is verboden beelden door te sturen."
    assert changed["owner"] == "mentor"
    assert not changed.keys() & {"id", "state", "fingerprint", "model"}
    assert "+Een nieuwe regel tekst." in answer["body"]
    assert "Owner: from principal to mentor" in did(school, "diff", "forwarding").out


def test_a_comparison_goes_either_way(school: Casebook) -> None:
    revised(school, owner="mentor")
    back = did(school, "diff", "forwarding@2", "@1", "--json").json
    assert (back["old"], back["new"]) == ("rule/forwarding@2", "rule/forwarding@1")
    assert {one["field"]: one["before"] for one in back["fields"]}["owner"] == "mentor"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["diff", "forwarding"], 5, "git policy log rule/forwarding@1"),
        (["diff", "police"], 2, "git policy log contact/police"),
        (["diff", "forwarding", "respect"], 0, "rule/respect@1"),
        (["diff", "forwarding", "phone"], 2, "two kinds"),
        (["show", "nothing-like-it"], 5, "git policy list"),
        (["list", "--kind", "ruel"], 2, "rule"),
        (["list", "--state", "gone"], 2, "draft"),
    ],
)
def test_reading_says_what_it_cannot_find(
    school: Casebook, words: list[str], code: int, said: str
) -> None:
    answer = policy(school, *words)
    assert (answer.code, said in answer.out + answer.err) == (code, True), answer


def test_a_history_starts_with_what_the_record_is(school: Casebook) -> None:
    did(school, "set", "forwarding", "owner=mentor")
    out = did(school, "log", "rule/forwarding").out
    assert out.startswith("rule/forwarding@1  rule  draft")
    assert "owner: from principal to mentor" in out


# -- at a terminal --------------------------------------------------------------------------------


def sit(school: Casebook, answers: Sequence[str], *words: str) -> Answer:
    return school.sit(answers, *words, program="git policy")


@pytest.mark.parametrize(
    ("language", "answers"),
    [
        ("en", ["rule", "Earphones out", "phones-and-social-media", "must not", "pupils, staff"]),
        ("nl", ["regel", "Earphones out", "phones-and-social-media", "2", "1,2"]),
    ],
)
def test_a_draft_is_asked_for_in_either_language(
    school: Casebook, monkeypatch: pytest.MonkeyPatch, language: str, answers: list[str]
) -> None:
    school.language = language
    code, out, _err = sit(school, answers, "new")
    assert code == 0, out
    stands = data(school, "policy/rules/earphones-out@1.md")
    assert (stands["kind"], stands["audience"]) == ("must-not", ["pupil", "staff"])
    assert ("Wat wilt u maken?" if language == "nl" else "What do you want to write?") in out


def test_a_wrong_answer_is_asked_again_and_nothing_is_lost_on_stopping(
    school: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = school.head()
    code, out, _err = sit(school, ["Bieb", "familie"], "new", "contact")
    assert code == 130
    assert '"familie" is not one of the choices' in out
    assert out.rstrip().endswith("Bieb\nfamilie")
    assert school.head() == before


def test_the_reason_of_a_drop_is_asked(school: Casebook) -> None:
    item = did(school, "add", "need", "project-podcast", "Microfoon", "--json").json["item"]
    code, out, _err = school.sit(
        ["Geleend van buren"], "drop", "project-podcast", item, program="git policy"
    )
    assert code == 0, out
    assert data(school, ACTIVITY)["dropped"][-1]["because"] == "Geleend van buren"


def test_a_field_without_a_value_is_asked(
    school: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _err = school.sit(
        ["2027-09-01"], "set", "forwarding", "review", program="git policy"
    )
    assert code == 0, out
    assert data(school, RULE)["review"] == "2027-09-01"


def test_the_ambassador_of_a_signal_is_chosen_from_those_there_are(
    school: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = "code/phones-and-social-media"
    first = did(school, "add", "ambassador", reference, "2a", "--json").json["item"]
    item = did(school, "add", "signal", reference, "Te veel groepsapps", "--json").json["item"]
    code, out, _err = school.sit(
        [first], "set", reference, f"{item}.ambassador", program="git policy"
    )
    assert code == 0, out
    assert f"{first} (2a)" in out
    assert policy(school, "set", reference, f"{item}.ambassador=de klas").code == 2


def test_a_reason_for_taking_something_out_is_never_published(school: Casebook) -> None:
    code = "code/phones-and-social-media"
    item = did(school, "add", "consultation", code, "parents", "Te streng", "--json").json["item"]
    did(school, "drop", code, item, "--because", "Geheimreden bij nader inzien")
    out = school.root.parent / "site"
    did(school, "publish", "--out", str(out), "--drafts")
    pages = [file.read_text("utf-8") for file in out.rglob("*.html")]
    assert pages
    assert not any("Geheimreden" in page for page in pages)


def test_show_names_what_cannot_be_read(school: Casebook) -> None:
    (school.root / RULE).write_text("---\nid: [\n---\n", "utf-8")
    code, _out, err = policy(school, "show", "forwarding")
    assert code == 1
    assert f"{RULE}:" in err
