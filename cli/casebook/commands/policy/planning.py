"""``git policy planning``: who does what, when and in how many hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("planning", short_help=N_("Who does what, when, in how many hours."))
@click.option("--owner", metavar=N_("ROLE"), default="", help=N_("Only of this owner."))
@click.option(
    "--school-year", metavar="2026-2027", default="", help=N_("Another school year, or all.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Activities, tasks, steps and announcements by date, with hours, training and equipment.

    The exit code is 1 when the plan does not say who, when or in how many hours.
    """
    from casebook.actions import asked, planning
    from casebook.render import planningpage, say

    desk = session.desk
    owner = desk.reader().role(options["owner"]) if options["owner"] else ""
    found = planning.planning(desk, asked.year(desk, options["school_year"]), owner)
    if session.json:
        say.answer(planningpage.data(found))
    else:
        kind = desk.policy.catalogue.kind("activity")
        say.lines(planningpage.page(found, kind, say.width()))
        say.findings(found.unreadable)
    return 1 if found.incomplete or found.unreadable else 0
