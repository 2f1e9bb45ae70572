"""``git policy coverage``: who has been told which version of the rules and consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("coverage", short_help=N_("Who knows which rules and consequences."))
@click.option(
    "--audience", metavar=N_("CHOICE"), default="", help=N_("Only pupils, staff, parents, ...")
)
@click.option("--group", metavar=N_("TEXT"), default="", help=N_("Only this group or class."))
@click.option("--on", metavar=N_("DATE"), default="", help=N_("On that day, if not today."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Who has been told which version of the rules and what happens when they are broken.

    The exit code is 1 when somebody has not been told, or must be told again.
    """
    from casebook.actions import asked, coverage
    from casebook.render import coveragepage, say

    desk = session.desk
    kind = desk.policy.catalogue.kind("announcement")
    day = asked.day(desk, options["on"])
    audience = asked.choice(kind, "audience", options["audience"])
    found = coverage.coverage(desk, day, audience, options["group"])
    if session.json:
        say.answer(coveragepage.data(found))
    else:
        label = asked.labels(kind, "audience")
        say.lines(coveragepage.page(found, label, say.width()))
        say.findings(found.unreadable)
    return 1 if found.gaps or found.unreadable else 0
