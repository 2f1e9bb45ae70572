"""The reading score: syllables and sentences as counted by hand, and the published formulas."""

from __future__ import annotations

import pytest

from casebook.readability import LONG, read, sentences, syllables

DUTCH = {
    "school": 1, "ijs": 1, "quiz": 1, "app": 1,
    "telefoon": 3, "doorsturen": 3, "medewerkers": 4, "aanspreekpunt": 3, "strafbaar": 2,
    "vertrouwenspersoon": 5, "coördinator": 5, "gebeurt": 2, "ouders": 2, "eigen": 2,
    "nieuwe": 2, "leeuwen": 2, "mooie": 2, "theater": 3, "museum": 3, "video": 3, "bureau": 2,
    "geïnd": 2, "beïnvloeden": 4, "reëel": 2, "zoals": 2, "baby": 2, "yoghurt": 2,
}  # fmt: skip
ENGLISH = {
    "the": 1, "rule": 1, "rules": 1, "made": 1, "stopped": 1, "whole": 1, "school": 1,
    "table": 2, "little": 2, "wanted": 2, "pages": 2, "switches": 2, "images": 3, "before": 2,
    "don't": 1,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), DUTCH.items())
def test_dutch_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


def test_flesch_douma_of_sentences_counted_by_hand() -> None:
    """Words 5 + 4, sentences 2, syllables 5 + 6 (te-le-foon): 206.835 - 0.93 * 4.5 - 77 * 11/9."""
    found = read("Je laat hem daar uit. Mijn telefoon is weg.")
    assert (found.words, found.sentences, found.syllables) == (9, 2, 11)
    assert found.score == round(206.835 - 0.93 * 9 / 2 - 77 * 11 / 9, 1) == 108.5


def test_flesch_of_an_english_sentence_counted_by_hand() -> None:
    """Words 6, sentence 1, syllables 9 (ta-ble, pic-ture, wan-ted): Flesch 1948."""
    found = read("She wanted the picture on table.", "en")
    assert (found.words, found.sentences, found.syllables) == (6, 1, 9)
    assert found.score == round(206.835 - 1.015 * 6 - 84.6 * 9 / 6, 1) == 73.8


def test_long_words_score_lower_than_short_ones() -> None:
    plain = read("Stuur geen foto door. Vertel het aan iemand van school.")
    stiff = read(
        "Verspreiding van beeldmateriaal zonder voorafgaande toestemming van betrokkenen "
        "resulteert in disciplinaire maatregelen overeenkomstig het sanctiereglement."
    )
    assert plain.score > 60 > stiff.score
    assert not plain.hard
    assert stiff.hard


def test_a_sentence_over_twenty_words_is_long_however_easy_its_words() -> None:
    text = " ".join(["ja"] * (LONG + 1)) + ". Nee."
    found = read(text)
    assert found.score > 60
    assert [len(one.split()) for one in found.long] == [LONG + 1]
    assert found.hard
    assert not read(" ".join(["ja"] * LONG) + ".").long


def test_sentences_end_at_marks_lines_of_a_list_and_blank_lines_not_at_abbreviations() -> None:
    text = "Bel bijv. de mentor. Kom om 8.30 uur!\n\nEen kop\n\n- een punt\n- nog een"
    assert sentences(text) == [
        "Bel bijv. de mentor.",
        "Kom om 8.30 uur!",
        "Een kop",
        "- een punt",
        "- nog een",
    ]


@pytest.mark.parametrize("text", ["", "  \n", "...", "-"])
def test_a_text_without_words_has_no_score(text: str) -> None:
    found = read(text)
    assert (found.words, found.score, found.hard) == (0, 0.0, False)
