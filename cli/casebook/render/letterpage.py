"""A filled letter on the terminal or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.checks.messages import KINDS
from casebook.i18n import _, language
from casebook.procedure import article_text, duty_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.actions.lettering import Letter


def asides(one: Letter, duties: Mapping[str, Mapping[str, Any]], sector: str) -> Iterator[str]:
    """What to know before it is printed: what is open, words to change, what the law asks."""
    yield _("Letter {letter} for {item}. Names are written in by who prints it.").format(
        letter=one.letter.id, item=one.entry
    )
    if one.letter.get("model"):
        yield _("It is model text that the school has not adopted.")
    if one.open:
        number = len(one.open)
        yield _("Places to fill in by hand: {number}, between [ ].").format(number=number)
    for hit in one.hits:
        yield _('Line {line} says "{word}" ({kind}): say it otherwise.').format(
            line=hit.line, word=hit.word, kind=_(KINDS[hit.kind])
        )
    for part in one.letter.entries("parts"):
        row = duty_for(str(part.get("norm", "")), duties, sector)
        if part.get("need") == "required":
            law = f" [{article_text(row, language(), sector)}]" if row is not None else ""
            yield _("It must hold: {part}").format(part=part.get("title", "")) + law


def data(one: Letter, path: str) -> dict[str, Any]:
    """The letter as data."""
    return {
        "letter": {
            "id": one.case.id,
            "item": one.entry,
            "letter": one.letter.id,
            "path": path or None,
            "text": one.text,
            "filled": list(one.filled),
            "open": list(one.open),
            "warnings": [
                {"kind": hit.kind, "line": hit.line, "column": hit.column, "word": hit.word}
                for hit in one.hits
            ],
            "parts": [
                {"id": part.get("id"), "need": part.get("need"), "duty": part.get("norm")}
                for part in one.letter.entries("parts")
            ],
        }
    }
