"""``casebook serve-init``: make a shared casebook on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("serve-init", short_help=N_("On a server: make a shared casebook."))
@click.argument("folder", metavar="DIR")
@click.option(
    "--unsigned",
    is_flag=True,
    help=N_("Also take changes that nobody signed, until there are signers."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, folder: str, *, unsigned: bool, as_json: bool) -> int:
    """Make a bare repository that refuses what the rules of a casebook forbid. Twice mends it."""
    from casebook.actions import joining
    from casebook.render import say
    from casebook.render import sharing as rendering

    place = Path(session.start, folder).resolve()
    fresh = joining.serve(place, unsigned=unsigned)
    if as_json:
        say.answer({"folder": str(place), "made": fresh, "unsigned": unsigned})
    else:
        say.lines(rendering.served(str(place), fresh=fresh, unsigned=unsigned, width=say.width()))
    return 0
