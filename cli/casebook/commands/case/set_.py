"""``git case set``: fields of a case or of one of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "set",
    short_help=N_("Change fields: owner=mentor, P2.roles=witness."),
    params=[
        opts.case_argument(),
        click.Argument(["pairs"], nargs=-1, metavar="FIELD=VALUE…"),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, pairs: tuple[str, ...], **options: Any) -> int:
    """Change fields of a case or of an entry. A field without a value is asked."""
    from casebook.commands import casework

    return casework.set_fields(session, case, pairs, options)
