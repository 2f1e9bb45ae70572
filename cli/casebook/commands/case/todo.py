"""``git case todo``: open steps, dates, and the moves with their blockers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "todo", short_help=N_("Open steps and possible moves."), params=[opts.case_argument()]
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, case: str, as_json: bool) -> int:
    """What is still to do in a case, and what stands between it and each move."""
    from casebook.actions.outlook import outlook, prospects
    from casebook.render import casepage, say

    desk = session.desk
    coming = outlook(desk, desk.case(case))
    moves = prospects(desk, coming.record)
    if as_json:
        say.answer(casepage.todo_data(desk.cases, coming, moves))
    else:
        duties = desk.policy.reference("duties")
        say.lines(casepage.todo(desk.cases, coming, moves, duties, say.width()))
    return 0
