"""What a command asks at a terminal when it was typed without saying about which case or step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook


@pytest.fixture
def cases(school: Casebook) -> list[str]:
    """Two open cases; the second comes later in the list."""
    first = school.new("quarrel", "Ruzie in de app", "--reported-by", "mentor", "--on", "gisteren")
    return [first, school.new("image-spread", "Foto gaat rond", "--reported-by", "docent")]


def test_a_case_that_was_not_named_is_asked_by_number_or_id(
    school: Casebook, cases: list[str]
) -> None:
    first, second = cases
    answer = school.sit(["1"], "show")
    assert answer.code == 0
    assert "Which case?\n  1 " in answer.out
    assert f"{first}  online quarrel" in answer.out
    assert f"{second}  unwanted spread" in school.sit([second[-5:].lower()], "show").out


def test_a_wrong_answer_is_asked_again(school: Casebook, cases: list[str]) -> None:
    answer = school.sit(["9", "ZZZZZ", "2"], "show")
    assert answer.code == 0
    assert answer.out.count("There is no case") == 2


def test_an_ended_case_is_no_choice_but_may_be_named(school: Casebook, cases: list[str]) -> None:
    first = cases[0]
    settled = ("--done", "Gesproken met allen", "--evaluation", "Geen regel hoeft anders")
    school.do("settle", first, *settled)
    answer = school.sit([first], "log")
    assert answer.code == 0
    shown = answer.out.partition("Which case?")[2].partition(f"{first}: Ruzie")[0]
    assert first not in shown


def test_more_cases_than_fit_are_counted(school: Casebook) -> None:
    for number in range(14):
        school.new("quarrel", f"Ruzie nummer {number}", "--reported-by", "mentor")
    assert "and 2 more" in school.sit(["1"], "show").out


def test_without_an_open_case_nothing_is_asked(school: Casebook) -> None:
    answer = school.sit([], "close")
    assert answer.code == 5
    assert "git case list --all" in answer.out


def test_stopping_at_the_question_changes_nothing(school: Casebook, cases: list[str]) -> None:
    head = school.head()
    for stop in (["^C"], []):
        assert school.sit(stop, "close").code == 130
    assert school.head() == head


@pytest.mark.parametrize("command", ["show", "todo", "log", "close", "note", "set"])
def test_where_nobody_can_be_asked_it_says_what_to_type(school: Casebook, command: str) -> None:
    school.language = "nl"
    answer = school.run(command)
    assert answer.code == 2
    assert f"Zet het nummer achter: git case {command}" in answer.err
    assert "git case list --all" in answer.err


def test_a_step_that_was_not_named_is_asked(school: Casebook, cases: list[str]) -> None:
    second = cases[1]
    school.do("add", "action", second, "Klassengesprek", "--owner", "mentor", "--due", "morgen")
    school.do("add", "message", second, "ouders", "--sent", "nee", "--because", "Niet nu")
    answer = school.sit(["?", "Klassengesprek"], "done", second)
    assert answer.code == 0, answer.out
    assert "in the file" not in answer.out, "what is chosen is no field"
    assert school.entry(second, "A1")["done"] == "2026-11-18"
    again = school.sit(["1", "Het was al gestopt"], "skip", second)
    assert again.code == 0, again.out
    assert "Klassengesprek" not in again.out, "done is no choice any more"
    assert " B1" not in again.out, "nor what was decided not to do"


def test_of_a_case_that_ended_no_step_is_asked(school: Casebook) -> None:
    case = school.new(
        *("quarrel", "Ruzie", "--reported-by", "mentor"),
        *("--done", "Gesproken met allen", "--evaluation", "Geen regel anders", "--settle"),
    )
    answer = school.sit([], "done", case)
    assert answer.code == 2
    assert f"git case todo {case[-5:]}" in answer.out


def test_a_move_is_made_only_on_a_clear_yes(school: Casebook, cases: list[str]) -> None:
    head = school.head()
    answer = school.sit(["ja", "?", "misschien", "nee"], "next", cases[1])
    assert answer.code == 0, answer.out
    assert "The case goes to: investigating." in answer.out
    assert answer.out.count("Enter or yes does it") == 2
    assert school.data(cases[1])["state"] == "reported"
    assert school.head() != head, "the answer before it is kept"


def test_the_choices_of_severity_are_explained(school: Casebook, cases: list[str]) -> None:
    answer = school.sit(["?", "licht"], "set", cases[0], "severity")
    assert "  4 calamity: danger to life" in answer.out
    assert school.data(cases[0])["severity"] == "light"


def test_the_kinds_of_case_are_explained(school: Casebook) -> None:
    school.language = "nl"
    answer = school.sit(["?", "ruzie", "Ruzie in de app", "mentor"], "new")
    assert answer.code == 0, answer.out
    assert "cyberpesten: Iemand herhaald en met opzet kwetsen" in " ".join(answer.out.split())


def test_a_wrong_choice_is_not_answered_with_the_whole_list_again(
    school: Casebook, cases: list[str]
) -> None:
    answer = school.sit(["heel erg", "calamiteiten", "ernstig"], "set", cases[0], "severity")
    assert answer.code == 0
    assert "Type a number, a word, or the beginning of a word." in answer.out
    assert "Did you mean: calamity?" in answer.out
    assert answer.out.count("moderate") == 1


def test_a_note_without_a_text_says_where_the_text_goes(school: Casebook, cases: list[str]) -> None:
    answer = school.run("note", cases[0])
    assert answer.code == 2
    assert f"quotation marks behind: git case note {cases[0][-5:]}" in answer.err
    assert "--text" not in answer.err, "there is no such option"


def test_an_answer_with_personal_data_is_asked_again_at_once(school: Casebook) -> None:
    """The other answers are not lost, and the number is not repeated."""
    number = "06-12345678"
    answers = ["quarrel", f"Moeder gebeld op {number}", "Moeder van P1 gebeld", "mentor"]
    answer = school.sit(answers, "new")
    assert answer.code == 0
    assert "looks like a phone number" in answer.out
    assert number not in answer.out
    found = next((school.root / "cases").rglob("*.md")).read_text("utf-8")
    assert "summary: Moeder van P1 gebeld" in found
    assert number not in found
