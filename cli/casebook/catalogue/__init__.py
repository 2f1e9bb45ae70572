"""The data under ``schemas/`` as kinds, types and labels; documents become records here.

It reads through a snapshot, never from disk, and judges records only by their own fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.catalogue.books import Catalogue
from casebook.catalogue.jsonfile import locate
from casebook.catalogue.kind import Kind
from casebook.catalogue.types import CaseType

if TYPE_CHECKING:
    from casebook.catalogue.words import FINDINGS

__all__ = ["FINDINGS", "CaseType", "Catalogue", "Kind", "locate"]


def __getattr__(name: str) -> Any:
    if name != "FINDINGS":
        raise AttributeError(name)
    from casebook.catalogue import words  # only who explains findings asks for their texts

    return words.FINDINGS
