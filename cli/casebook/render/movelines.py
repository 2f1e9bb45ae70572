"""The possible moves of a record with what is missing for each: as lines, or as data.

Pure: values in, lines out; the same for cases and for policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.outlook import as_blocker
from casebook.i18n import _, ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.outlook import Prospect
    from casebook.catalogue import Kind
    from casebook.record import Record


def lines(kind: Kind, record: Record, ahead: Sequence[Prospect], width: int) -> list[str]:
    """Every move with its command, or with all that is missing and the command for each."""
    group = "case" if record.kind == "case" else "policy"
    found = [_("Possible moves")]
    for one in ahead:
        said = f"{one.label}: git {group} {one.move.id} {record.short}"
        if one.blockers:
            said = ngettext(
                "{move}: not yet, {number} thing is missing",
                "{move}: not yet, {number} things are missing",
                len(one.blockers),
            ).format(move=one.label, number=len(one.blockers))
        found += text.wrap(said, width, "      ", "  ")
        for missing in one.unmet:
            shown = as_blocker(missing, record, kind.add_commands)
            mark = "" if missing.level == "require" else _("advised: ")
            found += text.wrap(f"{mark}{shown.message}", width, "        ", "    - ")
            found.append(f"      {text.command(shown.argv)}")
    return found


def data(kind: Kind, record: Record, ahead: Sequence[Prospect]) -> list[dict[str, Any]]:
    """The same as data."""

    def blockers(one: Prospect, level: str) -> list[dict[str, Any]]:
        return [
            as_json.blocker(as_blocker(each, record, kind.add_commands))
            for each in one.unmet
            if each.level == level
        ]

    return [
        {
            "move": one.move.id,
            "label": one.label,
            "blockers": blockers(one, "require"),
            "warnings": blockers(one, "warn"),
        }
        for one in ahead
    ]
