"""``git policy todo``: reviews, announcements, steps and contacts that are due, by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("todo", short_help=N_("What is due, by date, with who does it."))
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--until", metavar=N_("DATE"), default="", help=N_("Up to that day; else 60 days."))
@click.option("--owner", metavar=N_("ROLE"), default="", help=N_("Only of this owner."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, reference: str | None, **options: Any) -> int:
    """Everything that is due in the policy; with REF one record, its moves and what they lack."""
    from casebook.actions import asked, duetasks, policies
    from casebook.actions.outlook import prospects
    from casebook.render import duepage, say

    desk = session.desk
    owner = desk.reader().role(options["owner"]) if options["owner"] else ""
    end = asked.day(desk, options["until"], past=False) if options["until"] else None
    if reference:
        record = policies.find(desk, reference)
        kind = desk.policy.catalogue.kind(record.kind)
        found = duetasks.todo(desk, end or duetasks.EVER, owner, record.path)
        ahead = prospects(desk, record)
        if session.json:
            say.answer(duepage.record_data(kind, record, found, ahead))
        else:
            say.lines(duepage.of_record(kind, record, found, ahead, say.width()))
        return 0
    found = duetasks.todo(desk, end, owner)
    if session.json:
        say.answer(duepage.data(found))
    else:
        say.lines(duepage.page(found, desk.cases, say.width()))
        say.findings(found.unreadable)
    return 1 if found.unreadable else 0
