"""Letting a case run under another version of its procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions import entries, filling, results, writing
from casebook.document.edit import AddEntry
from casebook.errors import NoSuchRecordError, RefusedError, UsageError
from casebook.i18n import _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.document.edit import Edit
    from casebook.record import Record

MOVE = "adopt-procedure"


def adopt(
    desk: Desk, typed: str, reference: str, because: str, *, dry_run: bool = False
) -> Outcome:
    """Set the case's procedure to ``reference`` (default: the newest of its own) and record it.

    Raises NoSuchRecordError for an unknown procedure, RefusedError when it is that one already.
    """
    record = desk.case(typed)
    old = record.text("procedure")
    wanted = reference or old.partition("@")[0]
    found = desk.policy.procedure(wanted, desk.now.date())
    if found is None:
        raise NoSuchRecordError(
            _("There is no procedure {procedure}.").format(procedure=wanted),
            _("There are: {options}").format(options=", ".join(desk.policy.procedure_ids())),
        )
    if found.id == old:
        raise RefusedError(_("The case runs under {procedure} already.").format(procedure=old))
    if filler(because):
        raise UsageError(_('"{reason}" is not a reason.').format(reason=because))
    kind = desk.cases
    schema = filling.entry_schema(kind, "turns")

    def edits(current: Record) -> Sequence[Edit]:
        values = {"move": MOVE, "because": because, "from": old or "none", "to": found.id}
        entry = {
            "id": entries.next_id(current, "turns", entries.prefix(kind, "turns")),
            **filling.filled(desk, schema, values),
        }
        return [
            entries.set_field(kind.schema, ("procedure",), found.id),
            AddEntry("turns", entry, entries.predecessors(kind.schema, "turns")),
        ]

    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"{MOVE} {found.id}"), dry_run=dry_run
    )
    return results.outcome(
        desk,
        record,
        written,
        _("{case} runs under {procedure} now.").format(case=record.id, procedure=found.id),
        dry_run=dry_run,
    )
