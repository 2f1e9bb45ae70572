"""Case ids: five random Crockford base-32 characters behind the year, spoken without mistakes.

Nothing here looks at a disk; the caller says which ids are taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAIL_LENGTH: Final = 5
FULL: Final = regex(rf"[0-9]{{4}}-[{ALPHABET}]{{{TAIL_LENGTH}}}")
TAIL: Final = regex(rf"[{ALPHABET}]{{{TAIL_LENGTH}}}")
_HEARD: Final = str.maketrans("OIL", "011")


def new(year: int, taken: Callable[[str], object], choose: Callable[[str], str]) -> str:
    """A case id of ``year``; ``choose`` picks one character at random.

    ``taken`` says of a tail whether there is such a case in any year: one that is taken in another
    year would make the short form ambiguous for ever.
    """
    while True:
        tail = "".join(choose(ALPHABET) for _place in range(TAIL_LENGTH))
        if not taken(tail):
            return f"{year:04d}-{tail}"


def normal(typed: str) -> str:
    """What was typed or heard, in the characters of an id: upper case, O as 0, I and L as 1."""
    return typed.strip().upper().translate(_HEARD)


def matching(typed: str, known: Iterable[str]) -> list[str]:
    """The known ids that ``typed`` may mean: the id itself, or every id with that tail."""
    wanted = normal(typed)
    known = sorted(known)
    if wanted in known:
        return [wanted]
    # A tail needs two characters, so that a slip of the finger names nothing.
    return [one for one in known if one.endswith(wanted)] if len(wanted) >= 2 else []


def nearest(typed: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known ids most like ``typed``, best first."""
    from difflib import SequenceMatcher

    wanted = normal(typed)

    def likeness(one: str) -> float:
        return SequenceMatcher(None, wanted[-TAIL_LENGTH:], one[-TAIL_LENGTH:]).ratio()

    close = [one for one in known if likeness(one) >= 0.6]
    return sorted(close, key=lambda one: (-likeness(one), one))[:count]
