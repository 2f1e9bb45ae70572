"""Whom to turn to: what a school may show of its contacts, and the national contact points.

No telephone number or address of a person gets out: only what the contact says may be public, or
what everybody may know. Agreements, costs, notes, stand-ins and owners are never shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook.calendar import day_of
from casebook.i18n import _
from casebook.pattern import values
from casebook.procedure import certainty_text
from casebook.render.site.blocks import Facts, Link, Page, Section, Text, plain
from casebook.render.site.rules import day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.record import Record
    from casebook.render.site.blocks import Words
    from casebook.render.site.speech import Speech

TURN_TO: Final = ("adviser", "coordinator", "care", "crisis", "police", "authority", "other")
NATIONAL: Final = "national"
REACHED_BY: Final = ("phone", "email")
_HOST: Final = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[\w./-]*)?", re.IGNORECASE)


def page(speech: Speech) -> Page:
    """The school's own contacts, then the national contact points that still exist."""
    own = [one for one in speech.edition.of("contact") if one.text("kind") in TURN_TO]
    own.sort(key=lambda one: (TURN_TO.index(one.text("kind")), one.id))
    rows = [
        row
        for row in speech.edition.policy.reference("contacts").values()
        if row.get("kind") == NATIONAL and row.get("valid_to", "none") == "none"
    ]
    blocks: list[Section] = []
    if own:
        title = Text(_("At school and nearby"))
        blocks.append(Section(title, tuple(_own(speech, one) for one in own)))
    national = tuple(_national(speech, row) for row in rows)
    blocks.append(Section(Text(_("Outside school")), national))
    about = _("People and organisations who help, at school and outside.")
    return Page("contacts", _("Help"), _("Whom to turn to"), about, tuple(blocks))


def public(record: Record, field: str, numbers: frozenset[str] = frozenset()) -> str:
    """A way to reach a contact, where the school made it public or it is everybody's; else ""."""
    said = record.text(field)
    if field in values(record.get("public")):
        return said
    return said if field == "phone" and digits(said) in {digits(one) for one in numbers} else ""


def digits(number: str) -> str:
    """Only the digits of a telephone number."""
    return "".join(sign for sign in number if sign.isdigit())


def _own(speech: Speech, record: Record) -> Section:
    rows: list[tuple[str, Words]] = []
    for field in ("for", "hours"):
        if record.text(field):
            rows.append((speech.label("contact", field), (speech.own(record.text(field)),)))
    numbers = speech.edition.policy.public_numbers
    for field in REACHED_BY:
        if said := public(record, field, numbers):
            rows.append((speech.label("contact", field), plain(said)))
    if record.text("url"):
        rows.append((speech.label("contact", "url"), _address(record.text("url"))))
    rows.append((_("Checked"), plain(_checked(speech, record.data))))
    return speech.section(record, Facts(tuple(rows)))


def _national(speech: Speech, row: Mapping[str, Any]) -> Section:
    rows: list[tuple[str, Words]] = []
    if row.get("for_nl"):
        rows.append((speech.label("contact", "for"), plain(speech.row_name(row, "for"))))
    if row.get("phone") or row.get("phone_nl"):
        said = speech.row_name(row, "phone") + speech.doubt(row, "phone_certainty")
        rows.append((speech.label("contact", "phone"), plain(said)))
    if row.get("hours"):
        rows.append((speech.label("contact", "hours"), (Text(str(row["hours"]), _dutch(speech)),)))
    if row.get("url"):
        rows.append((speech.label("contact", "url"), _address(str(row["url"]))))
    if row.get("note_nl"):
        rows.append((_("Note"), plain(speech.row_name(row, "note"))))
    rows.append((_("Checked"), plain(_checked(speech, row))))
    title = Text(speech.row_name(row, "label"))
    return Section(title, (Facts(tuple(rows)),), f"contact-nl-{row['id']}", style="contact")


def _dutch(speech: Speech) -> str:
    return "" if speech.asked.language == "nl" else "nl"


def _address(url: str) -> Words:
    """A link to a web address; anything else stays words."""
    found = _HOST.fullmatch(url.strip())
    if found is None:
        return plain(url)
    shown = f"{found[1]}{found[2] or ''}"
    return (Link(shown, address=f"https://{shown}"),)


def _checked(speech: Speech, data: Mapping[str, Any]) -> str:
    """When somebody looked whether this is right, and how sure it is."""
    on = str(data.get("verified_on", "no"))
    said = day(speech, on) if on not in ("", "no") else _("not checked yet")
    if (when := day_of(on)) is not None and when < speech.edition.year_before:
        said += ", " + _("more than a year ago")
    certainty = str(data.get("certainty", ""))
    if certainty in ("", "own", "example"):
        return said
    return f"{said}; {certainty_text(certainty, speech.asked.language)}"


def missing(speech: Speech) -> bool:
    """Whether the school has no contact of its own to show."""
    return not any(
        one.text("kind") in TURN_TO and not speech.edition.is_draft(one)
        for one in speech.edition.of("contact")
    )


__all__ = ["missing", "page", "public"]
