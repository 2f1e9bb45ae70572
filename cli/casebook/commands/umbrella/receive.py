"""``casebook receive``: what the hook of a shared casebook runs; reads what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("receive", short_help=N_("On a server: judge what is offered."))
@click.pass_obj
def command(session: Session) -> int:
    """Judge the commits that git offers on standard input; 1 refuses them all.

    It speaks the language of the casebook: who is refused reads it, and not who keeps the server.
    """
    from casebook.commands import receiving

    return receiving.receive(session)
