"""``git case set``: fields of a case or of one of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out
from casebook.commands import options as opts
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "set",
    short_help=N_("Change fields: owner=mentor, P2.roles=witness."),
    params=[
        opts.case_argument(),
        click.Argument(["pairs"], nargs=-1, metavar="FIELD=VALUE…"),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, pairs: tuple[str, ...], **options: Any) -> int:
    """Change fields of a case or of an entry. A field without a value is asked."""
    from casebook.actions import changing

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    if not pairs:
        raise UsageError(
            _("Which field?"), _("For example: git case set {case} owner=mentor").format(case=case)
        )
    reader = desk.reader(record)
    wanted: dict[tuple[str, ...], str | list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        place, asked = changing.find_place(desk, record, name)
        given = {asked.name: [value]} if equals else {}
        wanted[place] = asking.fill(session, [asked], given, reader).get(asked.name, "")
    dry_run = bool(options["dry_run"])
    return carrying_out.finish(
        session, changing.set_fields(desk, record.id, wanted, dry_run=dry_run)
    )
