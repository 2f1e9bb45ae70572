"""The data under ``schemas/`` as kinds, types and labels; documents become records here.

It reads through a snapshot, never from disk, and judges records only by their own fields.
"""

from casebook.catalogue.books import Catalogue
from casebook.catalogue.jsonfile import locate
from casebook.catalogue.kind import Kind
from casebook.catalogue.types import CaseType
from casebook.catalogue.words import FINDINGS

__all__ = ["FINDINGS", "CaseType", "Catalogue", "Kind", "locate"]
