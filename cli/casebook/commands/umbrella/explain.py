"""``casebook explain``: what a word means and where it is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("explain", short_help=N_("What does this word mean?"))
@click.argument("words", nargs=-1, required=True, metavar=N_("WORD"))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, words: tuple[str, ...], as_json: bool) -> int:
    """Explain a type, state, move, step, field, check or role, and name the line that says so."""
    from casebook.actions import explaining
    from casebook.render import explaining as rendering
    from casebook.render import say

    word = " ".join(words)
    found = explaining.explain(explaining.law(session.root), word)
    if as_json:
        say.answer(rendering.data(word, found))
    else:
        say.lines(rendering.page(found, say.width()))
    return 0
