"""``git case redact``: the text of a journal entry becomes a stub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "redact",
    short_help=N_("Take the text of a journal entry away."),
    params=[
        opts.case_argument(),
        click.Argument(["entry"]),
        click.Option(["--ground"], metavar=N_("TEXT"), help=N_("On which ground.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, entry: str, **options: Any) -> int:
    """Replace the text of a journal entry by a stub with day, role and ground."""
    from casebook.actions import noting
    from casebook.actions.forms import Field

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    asked = Field("ground", _("ground"), _("On which ground does the text go?"), required=True)
    given = {"ground": [options["ground"]]} if options["ground"] else {}
    values = asking.fill(session, [asked], given, desk.reader(record))
    return carrying_out.finish(
        session,
        noting.redact(
            desk, record.id, entry.upper(), str(values["ground"]), dry_run=options["dry_run"]
        ),
    )
