"""``git policy edit``: open a policy record in the user's own editor, then save what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.commands import saving
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "edit",
    short_help=N_("Open a policy record in your editor."),
    params=[
        opts.record_argument(),
        click.Argument(["section"], required=False),
        click.Option(["--editor"], metavar=N_("COMMAND"), help=N_("Another editor than your own.")),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str, section: str | None, **options: Any) -> int:
    """Open a policy record in your editor, at a section when named; then check and save it.

    Without a version the newest one is meant.
    """
    from casebook.actions import policies

    path = policies.path_of(session.desk, reference)
    return saving.edit(session, path, section, options)
