"""``casebook join``: work in a casebook that colleagues share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("join", short_help=N_("Work in a casebook that colleagues share."))
@click.argument("url", metavar=N_("ADDRESS"))
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--me", multiple=True, help=N_("Who you are: name, or name <address>."))
@click.option("--role", multiple=True, help=N_("Your role in the school."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, url: str, folder: str | None, **options: Any) -> int:
    """Copy a shared casebook to this computer and get it ready: who you are, checks, merging."""
    from casebook.actions import joining, starting
    from casebook.actions.answers import Reader
    from casebook.i18n import language
    from casebook.render import pages, say

    name = folder or url.rstrip("/").rpartition("/")[2].rpartition(":")[2].removesuffix(".git")
    place = Path(session.start, name or "casebook")
    typed = {key: list(options[key]) for key in ("me", "role") if options[key]}
    reader = Reader(session.circumstances.clock(), {}, starting.roles(), {})
    asked = [one for one in starting.form(language()) if one.name in ("me", "role")]
    answers = asking.fill(session, asked, typed, reader)
    done = joining.join(url, place, {key: str(value) for key, value in answers.items()})
    if session.json:
        say.answer(pages.started_data(done))
    else:
        say.lines(pages.started(done, say.width()))
    return 0
