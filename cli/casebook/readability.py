"""How hard a text is to read: words, sentences, syllables, and the Flesch score of its language.

It measures and never judges what is said; which score is too low is for whoever asks.

Dutch: Flesch-Douma, 206.835 - 0.93 (words / sentences) - 77 (syllables / words), after
W. H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960). English: Flesch reading ease,
206.835 - 1.015 (words / sentences) - 84.6 (syllables / words), after R. Flesch, A new readability
yardstick (Journal of Applied Psychology 32, 1948). Syllables are counted by spelling, so a score
is an estimate; for a single short sentence it says little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONG: Final = 20  # words: a sentence of more is long for pupils
EASY: Final = 60  # from this score on a text is plain language
_FACTORS: Final = {"nl": (0.93, 77.0), "en": (1.015, 84.6)}
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_END: Final = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n\s*\n|\n(?=\s*[-*#0-9])")
_SHORT: Final = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|bijv|enz|nr|art|ca|etc|dr|e\.g|i\.e)$")
# Longer groups first: each match is one syllable.
_DUTCH: Final = re.compile(
    r"aai|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|ie|oe|eu(?!m\b)|ui|ei|ij|ou|au|ai|oi\b|ëe|ïe"
    r"|y(?![aeiou])|[aeiouáàâäéèêëíìîïóòôöúùûü]"
)
_ENGLISH: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"[^aeiouy](?:e|es|ed)$")  # rule, rules, stopped
_SOUNDED: Final = re.compile(
    r"[td]ed$|(?:[scgxz]|[cs]h)es$|[^aeiouyl]les?$"
)  # wanted, pages, table


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text; ``score`` is 0 to 100 for ordinary texts, higher is easier.

    ``long`` holds the sentences of more than twenty words.
    """

    words: int
    sentences: int
    syllables: int
    score: float
    long: tuple[str, ...] = ()

    @property
    def hard(self) -> bool:
        """Whether the text scores below plain language, or has a long sentence."""
        return self.words > 0 and (self.score < EASY or bool(self.long))


def read(text: str, language: str = "nl") -> Reading:
    """The counts and score of ``text``; a language without a formula is read as Dutch."""
    parts = sentences(text)
    counted = [_WORD.findall(part) for part in parts]
    words = [word for one in counted for word in one]
    if not words:
        return Reading(0, 0, 0, 0.0)
    beats = sum(syllables(word, language) for word in words)
    by_sentence, by_word = _FACTORS.get(language, _FACTORS["nl"])
    score = 206.835 - by_sentence * len(words) / len(parts) - by_word * beats / len(words)
    long = tuple(part for part, said in zip(parts, counted, strict=True) if len(said) > LONG)
    return Reading(len(words), len(parts), beats, round(score, 1), long)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line; headings and points of a list are sentences."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if end[0].startswith(".") and _SHORT.search(text[start : end.start()].lower()):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    lines = (" ".join(one.split()) for one in found)
    return [one for one in lines if _WORD.search(one)]


def syllables(word: str, language: str = "nl") -> int:
    """The syllables of a word, at least one; a number counts as one."""
    plain = word.lower()
    if language != "en":
        return max(1, len(_DUTCH.findall(plain.replace("qu", "kw"))))
    plain = plain.replace("'", "").replace("’", "")
    silent = _SILENT.search(plain) and not _SOUNDED.search(plain)
    return max(1, len(_ENGLISH.findall(plain)) - bool(silent))
