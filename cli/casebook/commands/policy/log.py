"""``git policy log``: who changed a policy record, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("log", short_help=N_("Who changed it, in words."))
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, reference: str, as_json: bool) -> int:
    """The history of a policy record in plain words, oldest first."""
    from casebook.actions import policies, reading
    from casebook.render import pages, say

    desk = session.desk
    record = policies.find(desk, reference)
    events = reading.history(desk, record)
    if as_json:
        say.answer(pages.history_data(events))
    else:
        say.lines(pages.history(record, events, say.width(), desk.cases.role_label))
    return 0
