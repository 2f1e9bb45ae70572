"""Reasons that say nothing, and words a message had better avoid."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import wording
from casebook.wording import WordHit, filler

WORDS = wording.load(Path(__file__).parents[2] / "schemas" / "reference" / "wording.json")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\n",
            "-",
            "--",
            "x",
            "X",
            "xxx",
            "nvt",
            "NVT",
            "n.v.t.",
            "N.v.t",
            "n/a",
            "geen",
        ),
        *("Geen.", "niks", "…", "...", "???", "!", "asdf", "asdfasdf", "qwerty", "test", "Test 1"),
        *(
            "test test",
            "aaaa",
            "z z z",
            "ok",
            "oké"[:2],
            "ja",
            "nee",
            "1",
            "123",
            "2026",
            "P1",
            "todo",
        ),
        *("TBD", "blabla", "bla bla bla", "hahaha", "none", "niet van toepassing", "geen idee"),
        *(
            "\U0001f44d",
            "(geen)",
            '"-"',
            "lorem ipsum",
            "zomaar",
            "because",
            "\u200b",
            "weet ik niet",
        ),
    ],
)
def test_a_filler_is_no_reason(text: str) -> None:
    assert filler(text)


@pytest.mark.parametrize(
    "text",
    [
        *("ziek", "verhuisd", "Ouders weigeren", "geen gehoor", "geen toestemming", "vakantie"),
        *(
            "al gedaan",
            "te jong",
            "P1 wil niet",
            "nee, P1 wilde dat niet",
            "onbekend",
            "mama belde",
        ),
        *(
            "test van de app mislukt",
            "were there",
            "poort dicht",
            "weer ziek",
            "AVG",
            "geen ouders",
        ),
        *(
            "In overleg met P1 en ouders nu niet",
            "niet bereikt op 18-11",
            "idem als bij P2",
            "Halt",
        ),
    ],
)
def test_a_short_real_reason_passes(text: str) -> None:
    assert not filler(text)


def test_words_of_guilt_sanction_and_health_are_named_with_their_place() -> None:
    text = "Beste ouders,\nDe dader is geschorst.\nHet slachtoffer is depressief.\n"
    assert wording.guilt_words(text, WORDS) == [WordHit("guilt", 2, 4, "dader")]
    assert wording.sanction_words(text, WORDS) == [WordHit("sanction", 2, 13, "geschorst")]
    assert wording.health_words(text, WORDS) == [WordHit("health", 3, 20, "depressief")]


def test_words_are_found_in_english_any_case_and_over_a_line_end() -> None:
    assert [h.word for h in wording.guilt_words("The CULPRIT is guilty", WORDS)] == [
        "CULPRIT",
        "guilty",
    ]
    assert (
        wording.sanction_words("is van school\ngestuurd", WORDS)[0].word == "van school\ngestuurd"
    )
    assert wording.health_words("She was hospitalised", WORDS)[0].word == "hospitalised"


def test_neutral_words_pass() -> None:
    text = (
        "Er gaat een beeld rond. Wilt u dit thuis bespreken en uw kind vragen niet door te sturen? "
        "De school is in gesprek met alle betrokkenen. Hulp: 113 of de mentor. We praten erover in "
        "de les. The school talks with everybody; please do not forward it. Onverdachte hoek."
    )
    assert wording.guilt_words(text, WORDS) == []
    assert wording.sanction_words(text, WORDS) == []
    assert wording.health_words(text, WORDS) == []
    assert wording.group_codes(text, WORDS) == []


@pytest.mark.parametrize(
    "code",
    [
        *("4hav1", "klas 3b", "groep 7", "3 havo", "2vmbo3", "H4a", "hv1b", "Class 2C", "1m2"),
        *("brugklas 1d", "5 vwo", "4 vmbo-t", "V5b", "leerjaar 2", "klas h3b"),
    ],
)
def test_codes_of_groups_are_found(code: str) -> None:
    hits = wording.group_codes(f"De leerlingen van {code} zijn ingelicht.", WORDS)
    assert [(hit.kind, hit.column, hit.word) for hit in hits] == [("group", 19, code)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-7KQ2X en 2026-3MV8C",
            "P1, T2, A1, B1 en M1",
            "de 2e keer",
            "een 3D-film",
            "5G, 4K",
        ),
        *("artikel 8.14 en 254ba", "2026-2027", "om 10:30 uur", "3 havens", "groep leerlingen"),
        *("rule forwarding@3", "1e4", "12 mei 2027", "group 20 pupils"),
    ],
)
def test_other_codes_are_no_groups(text: str) -> None:
    assert wording.group_codes(text, WORDS) == []


def test_the_schools_own_groups_are_found_once() -> None:
    hits = wording.group_codes("Team Blauw en 4hav1, en 4hav1.", WORDS, ["blauw", "4hav1"])
    assert [hit.word for hit in hits] == ["Blauw", "4hav1", "4hav1"]


@pytest.mark.parametrize("raw", [b"[]", b"{}", b'{"guilt": []}', b"{"])
def test_a_wrong_list_of_words_is_named(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        wording.read(raw)


def test_an_empty_list_finds_nothing() -> None:
    raw = (
        b'{"guilt": {}, "sanction": {"nl": ["*"]}, "health": {"nl": [""]},'
        b' "group": {"levels": ["havo", "h"], "before": ["klas"]}}'
    )
    words = wording.read(raw)
    assert wording.guilt_words("dader", words) == []
    assert wording.sanction_words("straf * x", words) == []
    assert wording.health_words("x", words) == []


WORDS_OF_REASONS = st.sampled_from(
    [
        *("ha", "haha", "bla", "test", "asd", "qwerty", "hjk", "niet", "van", "toepassing"),
        *("geen", "bijzonderheden", "Straße", "de", "nvt.", "omdat", "het", "x", "1", "\u212a"),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(WORDS_OF_REASONS | st.text(max_size=4), max_size=9), st.sampled_from(" ,.-"))
def test_a_quick_look_at_a_reason_changes_no_verdict(words: list[str], between: str) -> None:
    text = between.join(words)
    with mock.patch.object(wording, "_says_something", return_value=False):
        slow = filler(text)
    assert filler(text) == slow
