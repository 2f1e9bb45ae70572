"""``git case done``: a step, action or message is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "done",
    short_help=N_("Mark a step, action or message as done."),
    params=[
        opts.case_argument(),
        opts.ItemArgument(["item"]),
        click.Option(["--by"], metavar=N_("ROLE"), default="", help=N_("By whom.")),
        click.Option(["--result"], metavar=N_("TEXT"), default="", help=N_("With what result.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, item: str, **options: Any) -> int:
    """Mark a step, action or message as done, today or on the day given with --on."""
    from casebook.commands import casework

    return casework.done(session, case, item, options)
