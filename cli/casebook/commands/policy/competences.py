"""``git policy competences``: which group works on which competence, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("competences", short_help=N_("Media literacy: which group works on what."))
@click.option(
    "--set",
    "set_",
    metavar=N_("CHOICE"),
    default="",
    help=N_("Another set of competences: mediawijzer-2012, mediawijsheid-2021, slo-2024-concept."),
)
@click.option(
    "--school-year", metavar="2026-2027", default="", help=N_("Another school year, or all.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Which group works on which competence, how often, and what was mastered by groups.

    The exit code is 1 when a group does not work on a competence at all.
    """
    from casebook.actions import asked, competences
    from casebook.render import competencespage, say

    desk = session.desk
    year = asked.year(desk, options["school_year"])
    found = competences.matrix(desk, options["set_"], year)
    if session.json:
        say.answer(competencespage.data(found))
    else:
        kind = desk.policy.catalogue.kind("activity")
        label = asked.labels(kind, "mastery", "reached")
        say.lines(competencespage.page(found, label, say.width()))
        say.findings(found.unreadable)
    return 1 if found.gaps or found.unreadable else 0
