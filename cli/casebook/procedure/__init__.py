"""Incident procedures: their steps, what of them is done in a case, and what is wrong in them.

It does not read files, know the day or decide about moves; it computes from what it is given.
"""

from casebook.procedure.model import Procedure, Step
from casebook.procedure.norms import article_text, certainty_text, duty_for, norm_text
from casebook.procedure.status import StepStatus, has_required_aftercare, open_before, status

__all__ = [
    "Procedure",
    "Step",
    "StepStatus",
    "article_text",
    "certainty_text",
    "duty_for",
    "has_required_aftercare",
    "norm_text",
    "open_before",
    "status",
]
