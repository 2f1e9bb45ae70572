"""``git policy log``: who changed a policy record, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.commands import recording
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("log", short_help=N_("Who changed it, in words."), params=[opts.record_argument()])
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, reference: str, **_options: bool) -> int:
    """The history of a policy record in plain words, oldest first.

    Without a version the one in force today is meant; where none is, the newest.
    """
    from casebook.actions import policies, relating
    from casebook.render import policypage

    desk = session.desk
    record = policies.find(desk, reference, desk.now.date())
    row = relating.line(desk, record)
    return recording.log(session, record, lambda width: policypage.head(row, width))
