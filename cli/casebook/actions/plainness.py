"""Which published texts are hard to read for pupils: score and long sentences, one row a text.

It measures what pupils read and changes nothing; a formal text may be hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casebook import readability
from casebook.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.actions.edition import Edition
    from casebook.record import Record

TEXTS: Final = ("positive", "easy", "i_form", "english")
FEW: Final = 5  # words: of less a score says nothing


@dataclass(frozen=True, slots=True)
class Hard:
    """A text that is hard: the record, its field, the score, and its long sentences."""

    path: str
    id: str
    field: str
    score: float
    long: tuple[str, ...]


def hard(edition: Edition) -> Iterator[Hard]:
    """The hard texts for pupils of an edition: of rules, and the public parts of procedures."""
    asked = edition.request
    wordings = (asked.wording,) if asked.wording else ("positive",)
    for rule in edition.of("rule"):
        if "pupil" not in (rule.get("audience") or ()):
            continue
        for field in (*wordings, "why"):
            if field == "why" or field in TEXTS:
                language = "en" if field == "english" else asked.source
                yield from _measured(rule, field, rule.text(field), language)
    for record in edition.of("procedure"):
        text = Procedure.from_record(record).public.get(asked.source, "")
        yield from _measured(record, "public", text, asked.source)


def _measured(record: Record, field: str, text: str, language: str) -> Iterator[Hard]:
    found = readability.read(text, language)
    if found.words >= FEW and found.hard:
        yield Hard(record.path, record.id, field, found.score, found.long)
