"""``git case done``: a step, action or message is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "done",
    short_help=N_("Mark a step, action or message as done."),
    params=[
        opts.case_argument(),
        click.Argument(["item"]),
        click.Option(["--by"], metavar=N_("ROLE"), default="", help=N_("By whom.")),
        click.Option(["--result"], metavar=N_("TEXT"), default="", help=N_("With what result.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, item: str, **options: Any) -> int:
    """Mark a step, action or message as done, today or on the day given with --on."""
    from casebook.actions import marking

    carrying_out.set_moment(session, options["on"])
    values = {name: options[name] for name in ("by", "result") if options[name]}
    return carrying_out.finish(
        session,
        marking.done(session.desk, case, item, values, dry_run=options["dry_run"]),
    )
