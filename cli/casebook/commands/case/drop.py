"""``git case drop``: take an entry out, with the reason in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "drop",
    short_help=N_("Take an entry out, because."),
    params=[
        opts.case_argument(),
        click.Argument(["item"]),
        click.Option(["--because"], metavar=N_("TEXT"), help=N_("Why it goes.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, item: str, **options: Any) -> int:
    """Take an entry out of a case. The reason goes into the journal."""
    from casebook.commands import casework

    return casework.drop(session, case, item, options)
