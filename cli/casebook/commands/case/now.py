"""``git case now``: the first hour on one page, without recording anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("now", short_help=N_("The first hour on one page."))
@click.argument("type_", metavar="TYPE", shell_complete=opts.completed_by("type_names"))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, type_: str, as_json: bool) -> int:
    """What to do in the first hour, whom to call, who must know. Nothing is recorded."""
    from casebook.actions import calling, creating
    from casebook.render import firsthour, say

    desk = session.desk
    chosen = creating.find_type(desk, type_)
    calls = calling.calls(desk.policy, chosen, desk.now.date())
    if as_json:
        say.answer(firsthour.data(chosen, calls))
    else:
        say.lines(firsthour.page(chosen, calls, say.width()))
    return 0
