"""``git case skip``: a step, action or message is not needed, because."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "skip",
    short_help=N_("Mark a step, action or message as not needed, with the reason."),
    params=[
        opts.case_argument(),
        opts.ItemArgument(["item"]),
        click.Option(["--because"], metavar=N_("TEXT"), help=N_("Why it is not needed.")),
        click.Option(["--by"], metavar=N_("ROLE"), default="", help=N_("Who decided so.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, item: str, **options: Any) -> int:
    """Mark a step, action or message as not needed here; the reason is kept."""
    from casebook.commands import casework

    return casework.skip(session, case, item, options)
