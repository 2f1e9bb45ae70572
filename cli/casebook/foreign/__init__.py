"""What does not belong in a casebook: pictures, archives, leftovers, odd names and places.

It judges paths and bytes that it is given; it opens nothing and knows no record.
"""

from casebook.foreign.content import is_clear, judge_content
from casebook.foreign.names import collisions, is_outside, judge_path
from casebook.foreign.problem import FINDINGS, Problem

__all__ = [
    "FINDINGS",
    "Problem",
    "collisions",
    "is_clear",
    "is_outside",
    "judge_content",
    "judge_path",
]
