"""``git policy add``: one subcommand for every list of a policy schema that people add to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.commands import options as opts
from casebook.commands.adding import Adding
from casebook.commands.moves import policy_kinds
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session
    from casebook.record import Record


def _find(session: Session, typed: str) -> Record:
    from casebook.actions import policies

    return policies.to_change(session.desk, typed)


command = Adding(
    "add",
    kinds=policy_kinds,
    find=_find,
    argument=opts.record_argument,
    short_help=N_("Add a consultation, step, signal, training and so on."),
    help=N_(
        "Add to a policy record: a consultation, a council's decision, an introduction step, a "
        "signal, a need, training and so on. Without a version the newest one is meant."
    ),
)
