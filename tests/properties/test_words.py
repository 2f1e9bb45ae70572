"""A first look at a text never hides a word from the list that would have found it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casebook import wording
from casebook.wording import Sought

FILE = Path(__file__).parents[2] / "schemas" / "reference" / "wording.json"
WORDS = wording.load(FILE)
LISTS: dict[str, Any] = json.loads(FILE.read_bytes())
KINDS = ("guilt", "sanction", "health", "prohibition")
LISTED = sorted(word for kind in KINDS for words in LISTS[kind].values() for word in words)
# Letters that are the same to a pattern in any case, though ``lower`` keeps them apart.
ALIKE = str.maketrans({"s": "ſ", "k": "\u212a", "å": "\u212b", "i": "ı"})
PARTS = st.sampled_from([*LISTED, *LISTS["group"]["before"], *LISTS["group"]["levels"], "4", "3b"])
PIECES = st.one_of(
    PARTS,
    PARTS.map(str.upper),
    PARTS.map(str.title),
    PARTS.map(lambda one: one.translate(ALIKE)),
    PARTS.map(lambda one: one.replace(" ", "\n  ")),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["", " ", "*", "\n"]))
def test_a_word_is_found_as_the_whole_list_finds_it(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    for name in (*KINDS, "group"):
        sought: Sought = getattr(WORDS, name)
        expected = [match.span() for match in sought.pattern.finditer(text)]
        assert [match.span() for match in sought.finditer(text)] == expected


def test_a_list_with_a_letter_that_has_an_equal_is_always_read() -> None:
    raw = json.dumps({**LISTS, "guilt": {"nl": ["ſchuldig"]}}).encode()
    assert [hit.word for hit in wording.guilt_words("SCHULDIG", wording.read(raw))] == ["SCHULDIG"]


def test_a_text_without_any_of_the_words_compiles_no_list() -> None:
    words = wording.read(FILE.read_bytes())
    text = "Er is een vervelende situatie geweest; wij spreken iedereen. Vragen? Bel de school."
    assert wording.hits(text, words, ("guilt", "sanction", "health", "group")) == []
    assert all(vars(getattr(words, one).pattern)["_ready"] is None for one in (*KINDS, "group"))
