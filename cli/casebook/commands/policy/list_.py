"""``git policy list``: the policy records by kind, and whether they apply now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("list", short_help=N_("The policy records."))
@click.option(
    "--kind",
    metavar=N_("KIND"),
    default="",
    help=N_("Only of this kind: rule, code, plan and so on."),
    shell_complete=opts.completed_by("kind_names"),
)
@click.option("--state", metavar=N_("STATE"), default="", help=N_("Only in this state."))
@click.option("--in-force", is_flag=True, help=N_("Only what applies today."))
@click.option("--all", "all_", is_flag=True, help=N_("Also those that are over."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """List the policy records by kind; files that are not right are named, then the exit is 1."""
    from casebook.actions import policylist as actions
    from casebook.render import policylist, say

    options.pop("as_json")
    found = actions.listing(session.desk, actions.wanted(session.desk, **options))
    if session.json:
        say.answer(policylist.data(found))
    else:
        say.lines(policylist.listing(found, say.width()))
        say.findings(found.wrong)
    return 1 if found.wrong else 0
