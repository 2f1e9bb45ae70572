"""Sheets for the wall and for the bag: the poster with its code to scan, and the slip to sign.

The code holds the address of the site and nothing else; without an address there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casebook.i18n import _, ngettext
from casebook.render.site.blocks import Page, Prose, Text
from casebook.render.site.procedures import DOTS, blanks
from casebook.render.site.rules import ordered

if TYPE_CHECKING:
    from casebook.record import Record
    from casebook.render.site.blocks import Block
    from casebook.render.site.speech import Speech

MOST: Final = 10  # lines that can be read from a distance
SLIP: Final = "slip"


@dataclass(frozen=True, slots=True)
class Poster:
    """The poster: its lines, whom to tell, the address and the picture of its code ("" without)."""

    title: str
    lines: tuple[Text, ...]
    more: str
    tell: str
    whom: str
    address: str
    code: str


def poster(speech: Speech) -> Poster:
    """The rules for pupils in the first person, where the school wrote them so."""
    rules = [
        one
        for one in speech.edition.of("rule")
        if "pupil" in (one.get("audience") or ()) and one.text("kind") != "refers"
    ]
    field = speech.asked.wording or "i_form"
    best = sorted(ordered(rules), key=lambda one: (_is_general(speech, one), not one.text(field)))
    shown = [speech.wording(one, field)[1] for one in ordered(best[:MOST])]
    left = len(rules) - len(shown)
    more = ngettext(
        "There is {number} more rule, with the reasons and what follows.",
        "There are {number} more rules, with the reasons and what follows.",
        left,
    )
    asked = dict.fromkeys(
        role for one in rules if one.text("kind") == "seek-help" for role in one.get("ask") or ()
    )
    return Poster(
        title=_("Together online"),
        lines=tuple(shown),
        more=more.format(number=left) if left > 0 else "",
        tell=_("Is something wrong? Tell it."),
        whom=", ".join(speech.role(one) for one in asked),
        address=speech.asked.address,
        code=picture(speech.asked.address) if speech.asked.address else "",
    )


def _is_general(speech: Speech, rule: Record) -> bool:
    """Whether a rule is one of general manners: the poster is about telephones and online."""
    code = speech.edition.find("code", rule.text("code"))
    return code is not None and code.get("general") == "yes"


def picture(address: str) -> str:
    """An address as a code to scan: SVG that scales, black on white, with a quiet edge."""
    import segno

    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True))


def slip(speech: Speech) -> Page:
    """The letters that are slips, with dots where something is filled in."""
    told = ", ".join(
        speech.title(one).words
        for kind in ("code", "ladder")
        for one in speech.edition.of(kind)
        if kind == "ladder" or one.get("general") != "yes"
    )
    blocks: list[Block] = []
    for letter in speech.edition.of("letter"):
        if letter.text("use") == SLIP:
            body = blanks(letter.document.body.replace("{told}", told or DOTS))
            blocks.append(speech.section(letter, Prose(body, speech.foreign)))
    about = _("To sign when rules and consequences have been discussed.")
    return Page("slip", _("Slip"), _("Slip to sign"), about, tuple(blocks))
