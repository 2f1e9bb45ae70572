"""What one word means, as a value; the words themselves are collected beside it.

Words of the program stand in ``codewords``, those of data in ``kindwords``, ``fieldwords`` and
``policywords``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Meaning:
    """What one word means: its sort, its label, sentences, and the file and line that defines it.

    ``path`` is relative to the casebook; for words of the program to its source folder.
    """

    id: str
    sort: str
    sort_label: str
    label: str
    text: tuple[str, ...]
    path: str
    line: int


@frozen
class Word:
    """A word with all its names (ids, labels in every language) and what it means when asked."""

    names: tuple[str, ...]
    meaning: Callable[[], Meaning]


def texts(*said: str) -> tuple[str, ...]:
    """The sentences that are not empty."""
    return tuple(one for one in said if one)
