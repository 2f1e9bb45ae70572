"""Ladders of consequences: which rung a situation is on, what follows, and what deviates from it.

It does not read files, know the day or decide anything about a person; it computes from data.
"""

from casebook.ladder.amounts import Amount, compare, days_of, read_amount, read_range
from casebook.ladder.choosing import Choice, Situation, choose, verdict
from casebook.ladder.consequent import Decided, Difference, decided, differences
from casebook.ladder.counting import earlier, same_person, window_start
from casebook.ladder.deviating import Deviation, deviations
from casebook.ladder.duties import Gap, effect_of, gaps, span, which
from casebook.ladder.model import Consequence, Ladder, Limit, Rung

__all__ = [
    "Amount",
    "Choice",
    "Consequence",
    "Decided",
    "Deviation",
    "Difference",
    "Gap",
    "Ladder",
    "Limit",
    "Rung",
    "Situation",
    "choose",
    "compare",
    "days_of",
    "decided",
    "deviations",
    "differences",
    "earlier",
    "effect_of",
    "gaps",
    "read_amount",
    "read_range",
    "same_person",
    "span",
    "verdict",
    "which",
    "window_start",
]
