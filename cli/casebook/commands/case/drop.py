"""``git case drop``: take an entry out, with the reason in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "drop",
    short_help=N_("Take an entry out, because."),
    params=[
        opts.case_argument(),
        click.Argument(["item"]),
        click.Option(["--because"], metavar=N_("TEXT"), help=N_("Why it goes.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, item: str, **options: Any) -> int:
    """Take an entry out of a case. The reason goes into the journal."""
    from casebook.actions import changing
    from casebook.actions.forms import Field

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    asked = Field("because", _("because"), _("Why is it taken out?"), required=True)
    given = {"because": [options["because"]]} if options["because"] else {}
    values = asking.fill(session, [asked], given, desk.reader(record))
    return carrying_out.finish(
        session,
        changing.drop(desk, record.id, item, str(values["because"]), dry_run=options["dry_run"]),
    )
