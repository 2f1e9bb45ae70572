"""What was decided on the same rule and where it differs, with reasons. Pure: values in, lines out.

Only ids and codes of cases and persons are shown, beside the reason that was written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _
from casebook.ladder.consequent import reasons
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.catalogue import Kind
    from casebook.ladder import Decided, Difference


def decided(kind: Kind, one: Decided) -> str:
    """One decision: case, person, rung, measure, and why."""
    measure = kind.value_label(one.kind, "measures", "kind")
    amount = f" ({one.amount})" if one.amount else ""
    rung = _(", rung {rung}").format(rung=one.rung) if one.rung else ""
    because = one.because or _("no reason given")
    return f"{one.case} {one.measure} {one.person}{rung}: {measure}{amount}; {because}"


def lines(kind: Kind, found: Sequence[Difference], width: int) -> list[str]:
    """The differences, those of this case first; nothing where there are none."""
    shown: list[str] = []
    for one in found:
        shown += [
            "",
            *text.wrap(
                _("Consequent? Measures on the rule {rule} differ:").format(rule=one.rule), width
            ),
        ]
        for each in reasons((*one.own, *one.earlier)):
            shown += text.wrap(decided(kind, each), width, "      ", "  ")
    return shown


def data(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            "rule": one.rule,
            "own": [decided_data(each) for each in one.own],
            "earlier": [decided_data(each) for each in one.earlier],
        }
        for one in found
    ]


def decided_data(one: Decided) -> dict[str, Any]:
    """One decision."""
    return {
        "id": one.case,
        "measure": one.measure,
        "person": one.person,
        "day": one.day.isoformat() if one.day is not None else None,
        "rung": one.rung or None,
        "kind": one.kind,
        "amount": one.amount or None,
        "because": one.because or None,
    }
