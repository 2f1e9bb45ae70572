"""``git case log``: who did what and when, read from the content of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.commands import recording
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("log", short_help=N_("Who did what, in words."), params=[opts.case_argument()])
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, case: str, **_options: bool) -> int:
    """The history of a case in plain words, oldest first."""
    from casebook.render import pages

    record = session.desk.case(case)
    return recording.log(session, record, lambda width: pages.case_head(record, width))
