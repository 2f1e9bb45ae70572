"""The list of policy records, for the terminal and as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, label, sentence
from casebook.render import as_json, text

if TYPE_CHECKING:
    from casebook.actions.policylist import PolicyListing, PolicyRow


def listing(found: PolicyListing, width: int) -> list[str]:
    """The policy records, by kind."""
    groups: dict[str, list[PolicyRow]] = {}
    for one in found.rows:
        groups.setdefault(one.kind.name, []).append(one)
    lines: list[str] = []
    for name, rows in groups.items():
        plural = sentence(label(rows[0].kind.plural, name))
        lines += ["", _("{kind} ({number})").format(kind=plural, number=len(rows))]
        heads = [_("Record"), _("State"), _("Title")]
        shown = [[one.record.short, one.state, _told(one)] for one in rows]
        if not any(one.state for one in rows):
            heads, shown = heads[::2], [cells[::2] for cells in shown]
        table = text.table(heads, shown, width)
        # The kind says what stands there; the names of the columns would be said again and again.
        lines += table[1:] if width >= text.NARROW else table
    lines = lines[1:] or [_("No policy records to show.")]
    if found.hidden:
        lines += ["", _("{number} that are over not shown: --all").format(number=found.hidden)]
    return lines


def _told(one: PolicyRow) -> str:
    return one.title + (f" ({one.force})" if one.force else "")


def data(found: PolicyListing) -> dict[str, Any]:
    """The same as data."""
    return {
        "rows": [
            {
                "id": one.record.id,
                "ref": one.record.short,
                "kind": one.record.kind,
                "path": one.record.path,
                "state": one.record.state or None,
                "title": one.title,
                "in_force": one.applies,
                "in_force_from": one.record.get("in_force_from"),
                "in_force_until": one.record.get("in_force_until"),
                "model": one.record.get("model") == "yes",
            }
            for one in found.rows
        ],
        "hidden": found.hidden,
        "unreadable": [as_json.finding(one) for one in found.wrong],
    }
