"""What doctor found, as a page or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.finding import ERROR
from casebook.i18n import _, ngettext
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.symptoms import Symptom


def page(found: Sequence[Symptom], width: int) -> list[str]:
    """What is not right, why it matters and what to do; errors first."""
    left = [one for one in found if not one.fixed]
    lines: list[str] = []
    for one in sorted(found, key=lambda one: (one.fixed, one.severity != ERROR)):
        head = _("Repaired: {what}") if one.fixed else "{what}"
        if not one.fixed and one.severity != ERROR:
            head = _("Warning: {what}")
        lines += text.wrap(head.format(what=one.what), width, "  ", "")
        if not one.fixed:
            lines += text.wrap(one.why, width, "  ") if one.why else []
            # Holds a command or a path, so it is not cut.
            lines += [f"  {part}" for part in one.do.splitlines()]
    if not left:
        return [*lines, *text.wrap(_("This computer is right for the casebook."), width)]
    number = len(left)
    said = ngettext("{number} thing to look at.", "{number} things to look at.", number)
    return [*lines, said.format(number=number)]


def data(found: Sequence[Symptom]) -> dict[str, Any]:
    """The same as data."""
    return {
        "symptoms": [
            {
                "name": one.name,
                "severity": one.severity,
                "what": one.what,
                "why": one.why,
                "do": one.do,
                "fixable": bool(one.repair),
                "fixed": one.fixed,
            }
            for one in found
        ]
    }
