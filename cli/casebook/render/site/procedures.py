"""How the school acts: the steps of its procedures and its forms, for whoever works with them.

It shows what is to be done, by whom and when; hints for handling a case stay in the program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _
from casebook.pattern import values
from casebook.procedure import Procedure, norm_text
from casebook.render.site.blocks import (
    Bullets,
    Facts,
    Page,
    Prose,
    Section,
    Text,
    joined,
    plain,
)
from casebook.render.site.rules import decided

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.record import Record
    from casebook.render.site.blocks import Block, Words
    from casebook.render.site.speech import Speech

FACTS: Final = ("types", "triggers", "leader", "spokesperson", "team", "owner")
DOTS: Final = "." * 24
_FILL: Final = re.compile(r"\{[a-z][a-z0-9-]*\}")


def page(speech: Speech) -> Page:
    """Every procedure with its steps, then the forms."""
    found: list[Block] = [_procedure(speech, one) for one in speech.edition.of("procedure")]
    forms = [one for one in speech.edition.of("letter") if one.text("use") == "form"]
    if forms:
        title = Text(_("Forms"))
        found.append(Section(title, tuple(_form(speech, one) for one in forms)))
    about = _("Which steps the school takes when something happens.")
    return Page("procedures", _("Steps and forms"), _("How the school acts"), about, tuple(found))


def _procedure(speech: Speech, record: Record) -> Section:
    rows = [
        (speech.label("procedure", field), words)
        for field in FACTS
        if (words := speech.said("procedure", record.data, field))
    ]
    procedure = Procedure.from_record(record)
    steps: list[Words] = []
    for step in procedure.steps:
        parts: list[Any] = [step.owner and speech.role(step.owner)]
        parts.append(step.within and speech.value("procedure", step.within, "steps", "within"))
        parts.append(speech.value("procedure", step.need, "steps", "need"))
        if step.is_legal:
            duties = speech.edition.policy.reference("duties")
            parts.append(norm_text(step, duties, speech.asked.language))
        said = ", ".join(one for one in parts if one)
        lang = "" if step.titles.get(speech.asked.language) else speech.foreign
        steps.append((Text(step.title(speech.asked.language), lang), Text(f" ({said})")))
    rows += decided(speech, record)
    title = Text(speech.label("procedure", "steps"))
    listed = Section(title, (Bullets(tuple(steps), ordered=True),))
    return speech.section(record, Facts(tuple(rows)), listed)


def _form(speech: Speech, letter: Record) -> Section:
    points = [_field(speech, one) for one in letter.entries("fields")]
    rows = [
        (speech.label("letter", field), words)
        for field in ("hand_in", "kept_at")
        if (words := speech.said("letter", letter.data, field))
    ]
    blocks: list[Block] = [Bullets(tuple(points), ordered=True)] if points else []
    if rows:
        blocks.append(Facts(tuple(rows)))
    if letter.document.body.strip():
        blocks.append(Prose(blanks(letter.document.body), speech.foreign))
    return speech.section(letter, *blocks)


def _field(speech: Speech, entry: Mapping[str, Any]) -> Words:
    parts: list[Words] = [(speech.title(entry),)]
    parts += [(speech.own(option),) for option in values(entry.get("options"))]
    if entry.get("help"):
        parts.append((speech.own(entry["help"]),))
    parts += list(_hands(speech, entry))
    return joined(parts, "; ")


def _hands(speech: Speech, entry: Mapping[str, Any]) -> Iterator[Words]:
    for field in ("need", "filled_by", "signed_by"):
        named = speech.named("letter", entry, "fields", field)
        if named and entry.get(field) != "optional":
            label = speech.kind("letter").field_label("fields", field)
            yield plain(named if field == "need" else f"{label}: {named}")


def blanks(body: str) -> str:
    """A letter's text with dots where something is filled in."""
    return _FILL.sub(DOTS, body)
