"""``git policy save``: hand edits of policy are checked and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.commands import saving
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "save",
    short_help=N_("Save what you changed in an editor."),
    params=[
        opts.record_argument(required=False),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str | None, **options: Any) -> int:
    """Check and save policy records that were changed in an editor."""
    from casebook.actions import policies

    paths = None
    if reference:
        paths = [policies.path_of(session.desk, reference)]
    return saving.save(session, paths, prefix=policies.FOLDER, dry_run=options["dry_run"])
