"""``git case adopt-procedure``: a case goes on under a newer version of its procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "adopt-procedure",
    short_help=N_("Go on under a newer procedure."),
    params=[
        opts.case_argument(),
        click.Argument(["reference"], metavar="[PROCEDURE]", required=False),
        click.Option(["--because"], metavar=N_("TEXT"), help=N_("Why the procedure changes.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, reference: str | None, **options: Any) -> int:
    """Let a case run under another version of its procedure, and record that with the reason."""
    from casebook.actions import proceeding
    from casebook.actions.forms import Field

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    asked = Field("because", _("because"), _("Why does the procedure change?"), required=True)
    given = {"because": [options["because"]]} if options["because"] else {}
    values = asking.fill(session, [asked], given, desk.reader(record))
    return carrying_out.finish(
        session,
        proceeding.adopt(
            desk, record.id, reference or "", str(values["because"]), dry_run=options["dry_run"]
        ),
    )
