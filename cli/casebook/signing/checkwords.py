"""Six words that stand for a key or for a whole history, to compare aloud or in the minutes.

The list never changes: the same key has the same words in every casebook and every language.
It is Dutch, 1024 words, no two of which are one letter apart.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

COUNT: Final = 6
BITS: Final = 10
# Trying words out must cost: some 50 ms and 16 MiB for each guess, so that nobody finds a second
# key with the words of the first (60 bits in six words alone would not be enough).
COST: Final = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 1 << 25}
KEY: Final = b"casebook key"
HEAD: Final = b"casebook head"


@cache
def word_list() -> tuple[str, ...]:
    """The 1024 words, sorted."""
    return tuple((Path(__file__).parent / "words.txt").read_text("utf-8").split())


def words(purpose: bytes, data: bytes) -> tuple[str, ...]:
    """The six check words of ``data``; ``purpose`` is KEY or HEAD."""
    rest = hashlib.scrypt(data, salt=purpose, dklen=8, **COST)
    number = int.from_bytes(rest, "big")
    listed = word_list()
    return (
        first_word(purpose, data),
        *(listed[number >> BITS * place & (1 << BITS) - 1] for place in range(COUNT - 1)),
    )


def first_word(purpose: bytes, data: bytes) -> str:
    """The first of the six; it costs nothing, so that a long history can be searched."""
    digest = hashlib.sha256(purpose + b"\0" + data).digest()
    return word_list()[int.from_bytes(digest[:2], "big") & (1 << BITS) - 1]


def normal(typed: str) -> tuple[str, ...]:
    """Typed words in small letters, without the signs between them."""
    return tuple("".join(c if c.isalpha() else " " for c in typed.casefold()).split())


def is_words(typed: str) -> bool:
    """Whether these are six words of the list."""
    found = normal(typed)
    return len(found) == COUNT and set(found) <= set(word_list())
