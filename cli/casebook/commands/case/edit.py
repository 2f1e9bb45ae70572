"""``git case edit``: open a case in the user's own editor, then save what changed."""

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
    short_help=N_("Open a case in your editor."),
    params=[
        opts.case_argument(),
        click.Argument(["section"], required=False),
        click.Option(["--editor"], metavar=N_("COMMAND"), help=N_("Another editor than your own.")),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, section: str | None, **options: Any) -> int:
    """Open a case in your editor, at a section (persons, talks …) when named; then save it."""
    desk = session.desk
    path = desk.cases.path_of(desk.find_case(case))
    assert path is not None  # noqa: S101 - found by its path
    return saving.edit(session, path, section, options)
