"""``casebook completion``: the script that lets a shell complete commands, cases and moves."""

from __future__ import annotations

import click

from casebook.i18n import N_
from casebook.render import shells


@click.command("completion", short_help=N_("Let your shell complete commands and cases."))
@click.argument("shell", type=click.Choice(sorted(shells.SCRIPTS)))
def command(shell: str) -> int:
    """Print the completion script for a shell; its first lines say where to put it."""
    from casebook.render import say

    say.lines(shells.script(shell))
    return 0
