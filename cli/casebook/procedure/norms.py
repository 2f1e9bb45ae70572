"""How the norm of a step reads: the article of a law with its certainty, or the school's own.

It does not hold the duties; they come from ``schemas/reference/duties.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import worded
from casebook.pattern import values
from casebook.procedure.model import SCHOOL_NORM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.procedure.model import Step

    Duties = Mapping[str, Mapping[str, Any]]

CERTAINTIES: Final = {
    "text": {"en": "read in the law", "nl": "gelezen in de wet"},
    "secondary": {"en": "from another source", "nl": "uit een andere bron"},
    "recall": {"en": "from memory, not checked", "nl": "uit het hoofd, niet nagekeken"},
    "uncertain": {"en": "uncertain, have it checked", "nl": "onzeker, laat het nakijken"},
}
NOT_SURE: Final = ("recall", "uncertain")  # no step may be required on such a ground
_OWN: Final = {"en": "own norm of the school", "nl": "eigen norm van de school"}
_ARTICLE: Final = {
    "en": "{law} art. {article} ({certainty})",
    "nl": "{law} art. {article} ({certainty})",
}
_LAW: Final = {"en": "{law} ({certainty})", "nl": "{law} ({certainty})"}
_OTHER: Final = {
    "en": "{text}; for this kind of school another law applies",
    "nl": "{text}; voor dit soort school geldt een andere wet",
}


def certainty_text(certainty: str, language: str) -> str:
    """How sure a row is, in words; the word itself when it is none of the four."""
    return worded(CERTAINTIES.get(certainty, {"en": certainty}), language)


def duty_for(norm: str, duties: Duties, sector: str = "") -> Mapping[str, Any] | None:
    """The duty for a norm; for a ``sector`` it does not cover, its variant that does (a row with
    ``variant_of``), else the row itself. None when there is no such duty.
    """
    row = duties.get(norm)
    if row is None or not sector or sector in values(row.get("applies_to")):
        return row
    for other in duties.values():
        if other.get("variant_of") == norm and sector in values(other.get("applies_to")):
            return other
    return row


def norm_text(step: Step, duties: Duties, language: str, sector: str = "") -> str:
    """The norm in words: law, article and certainty, or that it is the school's own norm.

    Without ``sector`` the law of the row itself is named, also where a school falls under another.
    """
    if step.norm == SCHOOL_NORM:
        return worded(_OWN, language)
    row = duty_for(step.norm, duties, sector)
    if row is None:
        return step.norm
    return article_text(row, language, sector)


def article_text(row: Mapping[str, Any], language: str, sector: str = "") -> str:
    """A duty as law, article and certainty; for a ``sector`` it does not cover it says so."""
    # Where nobody looked the article up there is none to name.
    form = _ARTICLE if row.get("article") else _LAW
    text = worded(form, language).format(
        law=row.get("law", ""),
        article=row.get("article", ""),
        certainty=certainty_text(str(row.get("certainty", "")), language),
    )
    if sector and sector not in values(row.get("applies_to")):
        text = worded(_OTHER, language).format(text=text)
    return text
