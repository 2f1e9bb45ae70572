"""Links between cases seen from the case they name: stored on one side, the other computed.

It reads and says where a link belongs; a link is added like every other entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import i18n
from casebook.actions.answers import CASES
from casebook.actions.filling import entry_schema
from casebook.errors import UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.validation import other_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.record import Record

LINKS = "links"


@frozen
class Inverse:
    """A link that another case holds to this one: its kind, and what it is called from here."""

    kind: str
    label: str
    record: Record


def to(desk: Desk, record: Record) -> list[Inverse]:
    """What other cases say of this one, in the order of their files; reads all that name it."""
    labels = entry_schema(desk.cases, LINKS)["properties"]["kind"].get("x-inverse", {})
    return [
        Inverse(kind, i18n.label(labels.get(kind), kind), other)
        for other in desk.world.holding(record.id)
        for link in other.entries(LINKS)
        if link.get("case") == record.id
        for kind in [str(link.get("kind", ""))]
    ]


def require_this_side(
    desk: Desk, record: Record, name: str, typed: Mapping[str, Sequence[str]]
) -> None:
    """Raise UsageError for a link that is kept in the case it names, with the command for that."""
    properties = entry_schema(desk.kind_of(record), name)["properties"]
    others = [
        word
        for field, node in properties.items()
        if node.get("format") in CASES
        for word in typed.get(field, ())
    ]
    for field, node in properties.items():
        for word in typed.get(field, ()) if others else ():
            stored = other_side(node, word)
            if stored:
                other = desk.case(others[0])
                command = f"{record.program} add {desk.kind_of(record).add_commands[name]}"
                raise UsageError(
                    _('"{typed}" is kept in the other case, as "{stored}".').format(
                        typed=word, stored=stored
                    ),
                    _("Do: {command}").format(
                        command=f"{command} {other.short} {record.short} --{field} {stored}"
                    ),
                )
