"""``git policy list``: the policy records and whether they apply now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("list", short_help=N_("The policy records."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """List the policy records; files that cannot be read are named, then the exit is 1."""
    from casebook.actions import policies
    from casebook.render import policypage, say

    found, unreadable = policies.rows(session.desk)
    if as_json:
        say.answer(policypage.listing_data(found, unreadable))
    else:
        say.lines(policypage.listing(found, say.width()))
        say.findings(unreadable)
    return 1 if unreadable else 0
