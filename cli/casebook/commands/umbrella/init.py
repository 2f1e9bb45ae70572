"""``casebook init``: make a casebook, or get a shared one ready on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebook import i18n
from casebook.commands import asking
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("init", short_help=N_("Make a casebook in a folder."))
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--name", multiple=True, help=N_("Name of the school."))
@click.option("--sector", multiple=True, help="po, so, vo, vso, mbo")
@click.option("--region", multiple=True, help="noord, midden, zuid")
@click.option("--language", multiple=True, help="nl, en")
@click.option("--circle", default="school", help=N_("Who may read it: school or board."))
@click.option("--me", multiple=True, help=N_("Who you are: name, or name <address>."))
@click.option("--role", multiple=True, help=N_("Your role in the school."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, folder: str | None, **options: Any) -> int:
    """Make a casebook: asks six questions at most, overwrites nothing. Twice changes nothing."""
    from casebook.actions import readying, starting
    from casebook.actions.answers import Reader
    from casebook.render import pages, say

    place = Path(session.start, folder) if folder else session.start
    around = starting.exists(place) if place.is_dir() else None
    typed = {
        name: list(options[name])
        for name in ("name", "sector", "region", "language", "me", "role")
        if options[name]
    }
    reader = Reader(session.circumstances.clock(), {}, starting.roles(), {})
    form = starting.form(_language(session))
    if around is not None:
        local = [one for one in form if one.name in ("me", "role") and one.name in typed]
        answers = asking.fill(session, local, typed, reader)
        done = readying.make_ready(around, {key: str(value) for key, value in answers.items()})
    else:
        starting.require_empty(place)
        answers = asking.fill(session, form, typed, reader)
        answers.setdefault("language", _language(session))
        answers.setdefault("role", "safety-coordinator")
        texts = {key: str(value) for key, value in answers.items()}
        done = starting.start(place, texts, circle=options["circle"])
        if not session.asked_language:
            # From here on the casebook's own language is the one it speaks.
            i18n.activate(texts["language"])
    if session.json:
        say.answer(pages.started_data(done))
    else:
        say.lines(pages.started(done, say.width()))
    return 0


def _language(session: Session) -> str:
    from casebook.i18n import language

    return language()
