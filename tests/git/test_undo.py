"""``casebook undo``: one's own newest change goes back by a new commit, judged from content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Answer, Casebook


@pytest.fixture
def case(school: Casebook) -> str:
    """A case that was just recorded."""
    return school.new("quarrel", "Woorden over en weer in de klassenapp", "--reported-by", "mentor")


def undo(school: Casebook, *words: str) -> Answer:
    return school.run("undo", *words, program="casebook")


def test_a_changed_field_goes_back_byte_by_byte(school: Casebook, case: str) -> None:
    before = school.path(case).read_bytes()
    school.do("set", case, "owner=mentor")
    changed = school.head()
    answer = undo(school, case)
    assert answer.code == 0, answer.err
    assert school.path(case).read_bytes() == before
    message = school.git("log", "-1", "--format=%B").stdout
    assert message.startswith(f"case {case}: undo\n")
    assert f"Undoes: {changed}" in message
    assert f"Case: {case}" in message
    assert school.git("status", "--porcelain").stdout == ""


def test_undo_without_an_id_takes_the_newest_change(school: Casebook, case: str) -> None:
    before = school.path(case).read_bytes()
    school.do("set", case, "owner=mentor")
    assert undo(school).code == 0
    assert school.path(case).read_bytes() == before


def test_undoing_twice_brings_it_back(school: Casebook, case: str) -> None:
    school.do("set", case, "owner=mentor")
    after = school.path(case).read_bytes()
    assert undo(school, case).code == 0
    assert undo(school, case).code == 0
    assert school.path(case).read_bytes() == after


def test_a_dry_run_changes_nothing_and_says_what_would_happen(school: Casebook, case: str) -> None:
    school.do("set", case, "owner=mentor")
    before, head = school.path(case).read_bytes(), school.head()
    answer = undo(school, case, "--dry-run")
    assert answer.code == 0
    assert "owner" in answer.out.lower() or "handle" in answer.out.lower()
    assert (school.path(case).read_bytes(), school.head()) == (before, head)


def refused(school: Casebook, answer: Answer, head: str, *holds: str) -> None:
    """Exit 3, no commit, and the words that help."""
    assert answer.code == 3, answer
    assert school.head() == head
    assert school.git("status", "--porcelain").stdout == ""
    for one in holds:
        assert one in answer.err, answer.err


def test_a_new_case_is_not_deleted(school: Casebook, case: str) -> None:
    refused(school, undo(school, case), school.head(), f"git case withdraw {case[5:]}")


def test_a_note_is_corrected_and_never_taken_away(school: Casebook, case: str) -> None:
    school.do("note", case, "De mentor belde met de ouders van P1")
    refused(school, undo(school, case), school.head(), f"git case note {case[5:]} --corrects J1")


def test_a_move_is_answered_by_the_move_back(school: Casebook, case: str) -> None:
    school.do("settle", case, "--done", "Beiden gesproken", "--evaluation", "Geen wijziging nodig")
    refused(school, undo(school, case), school.head(), f"git case reopen {case[5:]}")


def test_the_change_of_somebody_else_stays(school: Casebook, case: str) -> None:
    school.do("set", case, "owner=mentor")
    school.git("config", "user.name", "Bea")
    school.git("config", "user.email", "bea@example.org")
    refused(school, undo(school, case), school.head(), "Ada")
    refused(school, undo(school), school.head(), "Ada")


def test_the_content_is_judged_and_not_the_message(school: Casebook, case: str) -> None:
    """A move saved under another message is still a move."""
    path = school.path(case)
    school.do("settle", case, "--done", "Beiden gesproken", "--evaluation", "Geen wijziging nodig")
    school.git("commit", "--quiet", "--amend", "--message", f"case {case}: set owner")
    refused(school, undo(school, case), school.head(), f"git case reopen {case[5:]}")
    assert path.exists()


def test_a_change_saved_together_with_others_is_left(school: Casebook, case: str) -> None:
    other = school.new("quarrel", "Nog een ruzie in de groepsapp", "--reported-by", "mentor")
    for one in (case, other):
        path = school.path(one)
        path.write_text(path.read_text("utf-8").replace("mentor", "teacher"), "utf-8")
    school.git("commit", "--quiet", "--all", "--message", "two")
    refused(school, undo(school, case), school.head(), other)
    refused(school, undo(school), school.head(), other)


def test_unsaved_text_is_never_lost(school: Casebook, case: str) -> None:
    school.do("set", case, "owner=mentor")
    path = school.path(case)
    text = path.read_text("utf-8").replace("klassenapp", "groepsapp")
    path.write_text(text, "utf-8")
    answer = undo(school, case)
    assert answer.code == 3
    assert "git case save" in answer.err
    assert path.read_text("utf-8") == text


def test_undoing_that_would_leave_the_record_wrong_is_refused(school: Casebook, case: str) -> None:
    """A change may have repaired something; the same law holds on the way back."""
    path = school.path(case)
    good = path.read_text("utf-8")
    path.write_text(good.replace("type: quarrel", "type: quarel"), "utf-8")
    school.git("commit", "--quiet", "--all", "--no-verify", "--message", "by hand")
    path.write_text(good, "utf-8")
    school.git("commit", "--quiet", "--all", "--no-verify", "--message", "by hand")
    refused(school, undo(school, case), school.head(), "quarel")


def test_the_beginning_of_a_casebook_and_an_unknown_case_are_refused(school: Casebook) -> None:
    refused(school, undo(school), school.head())
    assert undo(school, "ZZZZZ").code == 5
