"""``casebook undo``: take back your own newest change of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "undo",
    short_help=N_("Take back your own newest change."),
    params=[
        click.Argument(
            ["record"],
            required=False,
            metavar=N_("[ID]"),
            shell_complete=opts.completed_by("case_ids"),
        ),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, record: str | None, **options: Any) -> int:
    """Put back what your newest change of a case (or of any record) changed, as a new change."""
    from casebook.actions import undoing

    done = undoing.undo(session.desk, record, dry_run=options["dry_run"])
    return carrying_out.finish(session, done)
