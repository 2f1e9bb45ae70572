"""Two versions of one record made one: fields by key and entry id, the journal as a union.

It reads and writes no files and does not judge the result; the checks do, as after any change.
"""

from casebook.merging.model import Clash, Decide, Merged, TextMerge, choices, undecided
from casebook.merging.records import merge

__all__ = ["Clash", "Decide", "Merged", "TextMerge", "choices", "merge", "undecided"]
