"""``git policy drop``: take an entry out, with the reason kept in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out, recording
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "drop",
    short_help=N_("Take an entry out, because."),
    params=[
        opts.record_argument(),
        click.Argument(["item"]),
        click.Option(["--because"], metavar=N_("TEXT"), help=N_("Why it goes.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str, item: str, **options: Any) -> int:
    """Take an entry out of a policy record. The reason is kept in the record."""
    from casebook.actions import policies

    carrying_out.set_moment(session, options["on"])
    record = policies.to_change(session.desk, reference)
    return recording.drop(session, record, item, options)
