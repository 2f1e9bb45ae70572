"""``git case list``: the cases, most urgent first; unreadable files are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("list", short_help=N_("The open cases, most urgent first."))
@click.option("--all", "all_", is_flag=True, help=N_("Also those that have ended."))
@click.option(
    "--state",
    metavar=N_("STATE"),
    default="",
    help=N_("Only in this state."),
    shell_complete=opts.completed_by("state_names"),
)
@click.option(
    "--type",
    "type_",
    metavar=N_("TYPE"),
    default="",
    help=N_("Only of this type."),
    shell_complete=opts.completed_by("type_names"),
)
@click.option("--owner", metavar=N_("ROLE"), default="", help=N_("Only of this owner."))
@click.option("--overdue", is_flag=True, help=N_("Only what is late."))
@click.option("--school-year", metavar="2026-2027", default="", help=N_("Only reported then."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """List the cases, most urgent first; files that cannot be read are named."""
    from casebook.actions import reading
    from casebook.render import pages, say

    desk = session.desk
    wanted = reading.wanted(
        desk,
        all_=options["all_"],
        state=options["state"],
        type_=options["type_"],
        owner=options["owner"],
        overdue=options["overdue"],
        school_year=options["school_year"],
    )
    found = reading.cases(desk, wanted)
    if session.json:
        say.answer(pages.listing_data(found))
    else:
        say.lines(pages.listing(found, say.width()))
        say.findings(found.unreadable)
    return 1 if found.unreadable else 0
