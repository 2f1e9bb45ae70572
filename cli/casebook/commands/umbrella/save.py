"""``casebook save``: every hand edit, of cases, policy and schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.commands import saving
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "save", short_help=N_("Save what you changed in an editor."), params=opts.common(on=False)
)
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Check and save everything that was changed in an editor, one record at a time."""
    return saving.save(session, dry_run=options["dry_run"])
