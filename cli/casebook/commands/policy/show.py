"""``git policy show``: one policy record with what it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session

PAPER = 80  # columns on paper


@click.command("show", short_help=N_("One policy record."), params=[opts.record_argument()])
@click.option("--print", "paper", is_flag=True, help=N_("For paper: 80 columns, no commands."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, reference: str, paper: bool, as_json: bool) -> int:
    """Show a policy record, such as rule/forwarding, forwarding@1 or school.

    Without a version the one in force today is meant; where none is, the newest.
    """
    from casebook.actions import policies, relating
    from casebook.render import policypage, say

    desk = session.desk
    view = relating.view(desk, policies.find(desk, reference, desk.now.date()))
    if as_json:
        say.answer(policypage.data(view))
        return 0
    duties = desk.policy.reference("duties")
    width = PAPER if paper else say.width()
    say.lines(policypage.page(view, duties, width, paper=paper))
    return 0
