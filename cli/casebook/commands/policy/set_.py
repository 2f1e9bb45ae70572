"""``git policy set``: fields of a policy record or of one of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out, recording
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "set",
    short_help=N_("Change fields: owner=mentor, I1.due=2026-12-01."),
    params=[
        opts.record_argument(),
        click.Argument(["pairs"], nargs=-1, metavar="FIELD=VALUE…"),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, reference: str, pairs: tuple[str, ...], **options: Any) -> int:
    """Change fields of a policy record or of an entry. A field without a value is asked.

    Without a version the newest one is meant. The text of an adopted record is not changed: draft
    the next version with git policy revise.
    """
    from casebook.actions import policies

    carrying_out.set_moment(session, options["on"])
    record = policies.to_change(session.desk, reference)
    return recording.set_fields(session, record, pairs, dry_run=bool(options["dry_run"]))
