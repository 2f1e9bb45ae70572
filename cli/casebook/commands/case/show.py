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
    from casebook.commands import showing

    return showing.case(session, case, full, paper, as_json)
