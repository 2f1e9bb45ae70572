"""``git case save``: hand edits of cases are checked and saved, one commit a case."""

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
    params=[opts.case_argument(required=False), *opts.common(on=False)],
)
@click.pass_obj
def command(session: Session, /, case: str | None, **options: Any) -> int:
    """Check and save cases that were changed in an editor; tells in words what changed."""
    desk = session.desk
    paths = None
    if case:
        path = desk.cases.path_of(desk.find_case(case))
        paths = [path] if path else []
    return saving.save(session, paths, prefix=desk.cases.prefix, dry_run=options["dry_run"])
