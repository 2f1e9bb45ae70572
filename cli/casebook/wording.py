"""Checks of words: reasons that say nothing, and words a message to an audience had better avoid.

It judges single words by lists; whether a sentence is fair or true it cannot know.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

GUILT: Final = "guilt"
SANCTION: Final = "sanction"
HEALTH: Final = "health"
GROUP: Final = "group"
PROHIBITION: Final = "prohibition"

_FILLERS: Final = frozenset(
    entry.strip()
    for line in (
        "nvt, n v t, niet van toepassing, n a, not applicable, geen, geen reden, geen idee",
        "geen opmerkingen, geen bijzonderheden, niks, niets, nee, neen, nihil, nul, nee hoor",
        "jawel, oke, okay, prima, goed, iets, zomaar, gewoon, daarom, omdat, omdat het moet",
        "omdat het kan, weet niet, weet ik niet, todo, to do, tbd, later, volgt, none, yes, nope",
        "nothing, null, nil, no reason, because, just because, whatever, dunno, reden, reason",
        "tekst, text, test, tests, testing, testje, dit is een test, bar, foobar, lorem ipsum",
        "invullen, in te vullen, nog invullen, hier invullen, placeholder, leeg, empty, blank",
        "zie boven, dummy, etc, enz",
    )
    for entry in line.split(",")
)
_SENTENCE = regex(r"[^\W\d_]{3,}(?:[ ,]+[^\W\d_]{2,}){5}")
_SIGNS = regex(r"[\W\d_]+")
# One letter or one empty syllable again and again; a finger that walked over the keyboard.
_REPEATED = regex(r"(.)\1*|(bla|ha|he|hi|la|na|lol|test|foo)\2*")
_WALKED = regex(
    r"(?:asdf?g?h?j?k?l?|qwert?[yz]?u?i?o?p?|azerty?|zxcv?b?n?m?|hjkl?|jkl|dfgh?j?|abcd?e?f?g?)+"
)

_FEW: Final = 3  # different letters in the longest of these syllables
_WALKS: Final = ("asd", "qwer", "azert", "zxc", "hjk", "jkl", "dfg", "abc")  # how walks begin


@frozen
class WordHit:
    """A word that a check names: its kind, line and column from 1, and the word as written."""

    kind: str
    line: int
    column: int
    word: str


@frozen
class Sought:
    """A pattern, and ``pieces``: small letters of which a text holds one where it can match.

    Compiling the long lists takes longer than most commands have for a whole case, and few texts
    hold any of their words.
    """

    pattern: re.Pattern[str]
    pieces: tuple[str, ...]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As the pattern finds it."""
        plain = text.lower()
        if _is_odd(text) or any(piece in plain for piece in self.pieces):
            return self.pattern.finditer(text)
        return iter(())


@frozen
class Words:
    """The lists of ``schemas/reference/wording.json``, ready to search with."""

    guilt: Sought
    sanction: Sought
    health: Sought
    group: Sought
    prohibition: Sought


def load(path: Path) -> Words:
    """The lists in the file at ``path``; OSError, or ValueError when it is not as it should be."""
    return read(path.read_bytes())


def read(raw: bytes) -> Words:
    """The lists in the text of a ``wording.json``; ValueError when it is not as it should be."""
    data = json.loads(raw)
    try:
        lists = {
            kind: [str(word) for words in data[kind].values() for word in words]
            for kind in (GUILT, SANCTION, HEALTH)
        }
        forbidding = [
            # A casebook of before has no such list; then nothing forbids.
            str(word)
            for words in data.get(PROHIBITION, {}).values()
            for word in words
        ]
        levels = [str(level) for level in data[GROUP]["levels"]]
        before = [str(word) for word in data[GROUP]["before"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"wording.json: wrong or missing list {error}") from error
    return Words(
        guilt=_pattern(lists[GUILT]),
        sanction=_pattern(lists[SANCTION]),
        health=_pattern(lists[HEALTH]),
        group=_group_pattern(levels, before),
        prohibition=_pattern(forbidding),
    )


@lru_cache(maxsize=2048)  # of the same reason it is asked at every move that follows
def filler(text: str) -> bool:
    """Whether a reason says nothing: blank, signs or digits only, ``nvt``, ``asdf``, ``xxx``.

    A short real reason ("ziek", "verhuisd") is none.
    """
    if _says_something(text):
        return False
    plain = " ".join(_SIGNS.sub(" ", text.casefold().replace(".", "")).split())
    bare = plain.replace(" ", "")
    if len(bare) < 3:
        return True
    # The patterns are compiled only for what may be one of theirs.
    return (
        plain in _FILLERS
        or (len(set(bare)) <= _FEW and _REPEATED.fullmatch(bare) is not None)
        or (bare.startswith(_WALKS) and _WALKED.fullmatch(bare) is not None)
    )


def _says_something(text: str) -> bool:
    """A quick look: six words in a row, of so many letters, are none of the lists and patterns.

    No filler has more than four words, no syllable five letters, and a finger starts to walk
    at a few places of the keyboard.
    """
    start = _SENTENCE.match(text)
    if start is None or text[:5].casefold().startswith(_WALKS):
        return False
    return len(set(start[0].casefold()).difference(" ,")) > 4


def guilt_words(text: str, words: Words) -> list[WordHit]:
    """Words that call somebody guilty ("dader", "schuldig") before that is established."""
    return _hits(GUILT, text, words.guilt)


def sanction_words(text: str, words: Words) -> list[WordHit]:
    """Words that tell others what was done to a pupil ("geschorst")."""
    return _hits(SANCTION, text, words.sanction)


def health_words(text: str, words: Words) -> list[WordHit]:
    """Words about somebody's health ("depressief"): special data under the AVG, article 9."""
    return _hits(HEALTH, text, words.health)


def prohibition_words(text: str, words: Words) -> list[WordHit]:
    """Words that forbid ("verboden", "must not"), for a wording that says what one does."""
    return _hits(PROHIBITION, text, words.prohibition)


def group_codes(text: str, words: Words, groups: Collection[str] = ()) -> list[WordHit]:
    """Codes of classes ("4hav1", "klas 3b"), which tell who is meant; ``groups``: the school's."""
    hits = {(hit.line, hit.column): hit for hit in _hits(GROUP, text, words.group)}
    if groups:
        for hit in _hits(GROUP, text, _pattern(groups)):
            hits.setdefault((hit.line, hit.column), hit)
    return [hits[place] for place in sorted(hits)]


def hits(text: str, words: Words, kinds: Collection[str]) -> list[WordHit]:
    """The words of these kinds, each kind behind the other."""
    looks = {GUILT: guilt_words, SANCTION: sanction_words, HEALTH: health_words, GROUP: group_codes}
    return [hit for kind, look in looks.items() if kind in kinds for hit in look(text, words)]


def _hits(kind: str, text: str, pattern: Sought) -> list[WordHit]:
    found = []
    for match in pattern.finditer(text):
        start = match.start()
        line = text.count("\n", 0, start) + 1
        found.append(WordHit(kind, line, start - text.rfind("\n", 0, start), match[0]))
    return found


def _is_odd(text: str) -> bool:
    """Whether a letter may be another's equal to a pattern in any case: a long s, a Kelvin sign."""
    return not text.isascii() and any(sign > "\xff" and sign.isalpha() for sign in text)


def _pattern(words: Iterable[str]) -> Sought:
    """Whole words in any case; ``dader*`` also matches what begins so ("daders")."""
    listed = [word for word in sorted(set(words), key=len, reverse=True) if word.strip("* ")]
    parts = [
        re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+")
        + (r"\w*" if word[-1:] == "*" else "")
        for word in listed
    ]
    longest = {max(word.removesuffix("*").split(), key=len).lower() for word in listed}
    return Sought(
        regex(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)", re.IGNORECASE),
        ("",) if any(map(_is_odd, longest)) else tuple(sorted(longest)),
    )


def _group_pattern(levels: Iterable[str], before: Iterable[str]) -> Sought:
    """``4hav1``, ``3 havo``, ``H4a`` by the school's levels; ``3b`` only behind "klas"."""
    listed = sorted(set(levels), key=len, reverse=True)
    long = "|".join(re.escape(level) for level in listed if len(level) > 1)
    short = "|".join(re.escape(level) for level in listed if len(level) == 1)
    start = "|".join(re.escape(word) for word in before)
    found = regex(
        rf"(?<![\w.,/-])(?:(?:{start})\s+[1-8](?:[ ]?(?:{long}|[a-z])[0-9]?)?"
        rf"|(?:{start})\s+(?:{long}|{short})[ ]?[1-6][a-z]?"
        rf"|[1-6][ -]?(?:{long})[ -]?[a-z]?[0-9]{{0,2}}"
        rf"|[1-6](?:{short})[a-z]?[1-9][a-z]?"
        rf"|(?:{long})[1-6][a-z0-9]?|(?:{short})[1-6][a-z])(?![\w-])",
        re.IGNORECASE,
    )
    return Sought(found, tuple("12345678"))  # every way to name a class holds its year
