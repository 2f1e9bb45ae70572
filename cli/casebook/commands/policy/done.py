"""``git policy done``: an introduction step, a task or a need is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out, recording
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "done",
    short_help=N_("Mark a step or task of a plan as done."),
    params=[
        opts.record_argument(),
        click.Argument(["item"]),
        click.Option(["--result"], metavar=N_("TEXT"), default="", help=N_("With what result.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str, item: str, **options: Any) -> int:
    """Mark an introduction step, task, training or need as done, today or on the day of --on."""
    from casebook.actions import policies

    carrying_out.set_moment(session, options["on"])
    record = policies.to_change(session.desk, reference)
    return recording.done(session, record, item, options)
