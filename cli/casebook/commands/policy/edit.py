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
        click.Argument(["reference"], metavar="REF"),
        click.Option(["--editor"], metavar=N_("COMMAND"), help=N_("Another editor than your own.")),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str, **options: Any) -> int:
    """Open a policy record in your editor, then check and save it."""
    from casebook.actions import editing, policies

    desk = session.desk
    record = policies.find(desk, reference)
    argv = editing.editor(desk, options["editor"], desk.casebook.root / record.path, 1)
    if options["dry_run"]:
        click.echo(" ".join(argv))
        return 0
    editing.open_in(argv)
    return saving.save(session, [record.path])
