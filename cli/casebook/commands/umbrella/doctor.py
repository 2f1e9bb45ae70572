"""``casebook doctor``: is this computer right?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("doctor", short_help=N_("Is this computer right?"))
@click.option("--fix", is_flag=True, help=N_("Repair what is safe to repair."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, fix: bool, as_json: bool) -> int:
    """Look at git, hooks, settings, leftovers, clock and folder; say why it matters, what to do."""
    from casebook.actions import examining
    from casebook.finding import ERROR
    from casebook.render import examining as rendering
    from casebook.render import say

    now = session.circumstances.clock()
    found = examining.examine(session.require_root(), now, fix=fix)
    if as_json:
        say.answer(rendering.data(found))
    else:
        say.lines(rendering.page(found, say.width()))
    return 1 if any(one.severity == ERROR and not one.fixed for one in found) else 0
