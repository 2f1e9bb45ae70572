"""``git case todo``: open steps, dates, and the moves with their blockers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from typing import Any

    from casebook.commands.session import Session
    from casebook.record import Record


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
    data, lines = _consequent(session, coming.record)
    if as_json:
        say.answer({**casepage.todo_data(desk.cases, coming, moves), "differences": data})
    else:
        duties = desk.policy.reference("duties")
        say.lines([*casepage.todo(desk.cases, coming, moves, duties, say.width()), *lines])
    return 0


def _consequent(session: Session, record: Record) -> tuple[list[dict[str, Any]], list[str]]:
    """Where measures on one rule differ, as data and as lines; most cases have no measure."""
    if not record.get("measures"):
        return [], []
    from casebook.actions.advising import consequent
    from casebook.render import consequentpage, say

    found = consequent(session.desk, record)
    return consequentpage.data(found), consequentpage.lines(session.desk.cases, found, say.width())
