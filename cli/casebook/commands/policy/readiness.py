"""``git policy readiness``: what every school should have, and what is missing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("readiness", short_help=N_("What every school should have, and what is missing."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """What every school should have and what an inspector asks, with the record or the command.

    The exit code is 1 when something is missing. What is there only as a draft or a model text is
    named apart.
    """
    from casebook.actions import readiness
    from casebook.render import readinesspage, say

    found = readiness.readiness(session.desk)
    if as_json:
        say.answer(readinesspage.data(found))
    else:
        say.lines(readinesspage.page(found, say.width()))
        say.findings(found.unreadable)
    return 1 if found.gaps or found.unreadable else 0
