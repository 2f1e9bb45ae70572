"""``git case show``: one case on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("show", short_help=N_("One case on one screen."), params=[opts.case_argument()])
@click.option("--full", is_flag=True, help=N_("Everything, with the whole journal."))
@click.option(
    "--print", "paper", is_flag=True, help=N_("Everything, for paper: no colours, 80 columns.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, case: str, full: bool, paper: bool, as_json: bool) -> int:
    """Show one case: who, what, what was decided, what comes next."""
    from casebook.actions import reading
    from casebook.actions.outlook import outlook
    from casebook.render import casepage, say

    desk = session.desk
    if as_json:
        say.answer(casepage.data(desk.case(case)))
        return 0
    record = reading.one(desk, case)
    width = 80 if paper else say.width()
    say.lines(casepage.page(desk.cases, outlook(desk, record), width, full=full or paper))
    if record.get("measures"):
        from casebook.actions.advising import consequent
        from casebook.render import consequentpage

        say.lines(consequentpage.lines(desk.cases, consequent(desk, record), width))
    return 0
