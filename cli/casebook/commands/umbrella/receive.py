"""``casebook receive``: what the hook of a shared casebook runs; reads what is offered."""

from __future__ import annotations

import os
import sys
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
    from casebook import i18n
    from casebook.actions import receiving
    from casebook.history import serving
    from casebook.render import say
    from casebook.render import verifying as rendering

    now = session.circumstances.clock()
    folder, offered = serving.folder_of_hook(), list(sys.stdin)
    spoken = receiving.language(folder, offered)
    if spoken in i18n.available() and not os.environ.get("CASEBOOK_LANG"):
        i18n.activate(spoken)
    charges = receiving.receive(folder, offered, now)
    for line in rendering.refusal(charges):
        say.aside(line)
    return 1 if charges else 0
