"""``git case note``: a line in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "note",
    short_help=N_("Write in the journal."),
    params=[
        opts.case_argument(),
        click.Argument(["text"], required=False),
        click.Option(["--kind"], default="note", metavar=N_("KIND"), help=N_("note, call, talk …")),
        click.Option(["--with", "with_"], multiple=True, metavar=N_("CODE"), help=N_("With whom.")),
        click.Option(["--corrects"], default="", metavar="J1", help=N_("Which entry it corrects.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, text: str | None, **options: Any) -> int:
    """Add an entry to the journal of a case. Entries are never changed; correct with --corrects."""
    from casebook.commands import casework

    return casework.note(session, case, text, options)
