"""Policy records of every kind, changed with everyday commands made from their schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.document.compose import compose
from casebook.fingerprint import fingerprint
from casebook.store import WorkTree

if TYPE_CHECKING:
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
        (["drop", "phones-and-social-media", "I1", "--because", "x"], 2, "not a reason"),
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
    did(school, "add", "need", "project-podcast", "Tweede microfoon", "--number", "2")
    first = numstat(school)
    did(school, "add", "need", "project-podcast", "Nog een microfoon", "--number", "2")
    entry = data(school, ACTIVITY)["needs"][-1]
    assert first[1] == "0"
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
