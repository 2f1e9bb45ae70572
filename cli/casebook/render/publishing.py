"""What ``git policy publish`` answers: where the pages are, and what could be better.

Pure: values in, lines or data out; the pages themselves are made in ``site``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _, ngettext
from casebook.render import text
from casebook.render.site.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from casebook.actions.edition import Edition
    from casebook.actions.plainness import Hard
    from casebook.render.site import Made

SHOWN: Final = 8  # hard texts named before the rest is counted


def lines(
    edition: Edition, made: Made, folder: Path, hard: Sequence[Hard], width: int
) -> list[str]:
    """The answer for people."""
    found: list[str] = []

    def say(words: str) -> None:
        found.extend(text.wrap(words, width))

    number = len(made.pages) + 1
    say(
        ngettext("{number} page is in {folder}", "{number} pages are in {folder}", number).format(
            number=number, folder=folder
        )
    )
    say(_("Open: {path}").format(path=folder / "index.html"))
    counts = numbers(edition)
    if edition.request.drafts:
        drafts = sum(edition.is_draft(one) for kind in edition.now.values() for one in kind)
        said = _("{number} texts are drafts; every page says so. Not for the public site.")
        say(said.format(number=drafts))
    said = _("Rules: {rules}. Ladders: {ladders}. Procedures: {procedures}. Plans: {plans}.")
    say(
        said.format(
            rules=counts.get("rule", 0),
            ladders=counts.get("ladder", 0),
            procedures=counts.get("procedure", 0),
            plans=counts.get("plan", 0),
        )
    )
    for words in remarks(edition):
        say(words)
    found += _hard(edition, hard, width)
    return found


def remarks(edition: Edition) -> list[str]:
    """What is missing on the pages."""
    from casebook.render.site import contacts

    found: list[str] = []
    asked = edition.request
    if asked.wording:
        lacking = [one.id for one in edition.of("rule") if not one.text(asked.wording)]
        if lacking:
            said = _("{number} rules have no text in this wording; another is shown: {rules}")
            found.append(said.format(number=len(lacking), rules=", ".join(lacking[:SHOWN])))
    if contacts.missing(Speech(edition)):
        said = _("No contact of the school itself is shown. Do: git policy list, then fill one in")
        found.append(said)
    if not asked.address:
        said = _("The poster has no code: fill in the site in policy/school.md, or give --url")
        found.append(said)
    return found


def _hard(edition: Edition, hard: Sequence[Hard], width: int) -> list[str]:
    if not hard:
        return []
    found = text.wrap(
        ngettext(
            "{number} text for pupils is hard to read (score below 60, or a sentence over 20 "
            "words):",
            "{number} texts for pupils are hard to read (score below 60, or a sentence over 20 "
            "words):",
            len(hard),
        ).format(number=len(hard)),
        width,
    )
    speech = Speech(edition)
    for one in hard[:SHOWN]:
        kind = edition.policy.catalogue.kind_at(one.path)
        known = kind is not None and one.field in kind.fields()
        field = speech.kind(kind.name).field_label(one.field) if kind and known else _("for pupils")
        said = _("{record}, {field}: score {score}").format(
            record=one.id, field=field, score=round(one.score)
        )
        if one.long:
            said += "; " + ngettext(
                "{number} long sentence", "{number} long sentences", len(one.long)
            ).format(number=len(one.long))
        found += text.wrap(said, width, "    ", "  ")
    if len(hard) > SHOWN:
        found += text.wrap(_("and {number} more").format(number=len(hard) - SHOWN), width, "  ")
    return found


def numbers(edition: Edition) -> dict[str, int]:
    """How many records of each kind are published."""
    return {kind: len(found) for kind, found in edition.now.items()}


def data(edition: Edition, made: Made, folder: Path, hard: Sequence[Hard]) -> Mapping[str, Any]:
    """The same as data."""
    asked = edition.request
    return {
        "out": str(folder),
        "on": asked.day.isoformat(),
        "language": asked.language,
        "audience": asked.audience or None,
        "wording": asked.wording or None,
        "drafts": asked.drafts,
        "address": asked.address or None,
        "files": sorted(made.files),
        "records": numbers(edition),
        "remarks": remarks(edition),
        "hard": [
            {
                "id": one.id,
                "path": one.path,
                "field": one.field,
                "score": one.score,
                "long_sentences": list(one.long),
            }
            for one in hard
        ],
    }
