"""``git policy show``: one policy record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("show", short_help=N_("One policy record."))
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, reference: str, as_json: bool) -> int:
    """Show a policy record, such as image-spread, image-spread@1 or school."""
    from casebook.actions import policies
    from casebook.render import policypage, say

    desk = session.desk
    record = policies.find(desk, reference)
    if as_json:
        say.answer({record.kind: {**dict(record.data), "path": record.path}})
        return 0
    kind = desk.policy.catalogue.kind(record.kind)
    say.lines(policypage.page(kind, record, desk.policy.reference("duties"), say.width()))
    return 0
