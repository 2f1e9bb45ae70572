"""``git case add``: one subcommand for every list of the case schema that people add to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.commands import options as opts
from casebook.commands.adding import Adding
from casebook.i18n import N_
from casebook.record import CASE

if TYPE_CHECKING:
    from casebook.commands.session import Session
    from casebook.record import Record


def _find(session: Session, typed: str) -> Record:
    return session.desk.case(typed)


command = Adding(
    "add",
    kinds=lambda _root: [CASE],
    find=_find,
    argument=opts.case_argument,
    short_help=N_("Add a person, talk, fact, measure and so on."),
    help=N_("Add to a case: a person, talk, fact, content, action, measure, message and so on."),
)
