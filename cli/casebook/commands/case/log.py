"""``git case log``: who did what and when, read from the content of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("log", short_help=N_("Who did what, in words."), params=[opts.case_argument()])
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, case: str, as_json: bool) -> int:
    """The history of a case in plain words, oldest first."""
    from casebook.actions import reading
    from casebook.render import pages, say

    desk = session.desk
    record = desk.case(case)
    events = reading.history(desk, record)
    if as_json:
        say.answer(pages.history_data(events))
    else:
        say.lines(pages.history(record, events, say.width(), desk.cases.role_label))
    return 0
