"""``casebook verify``: is the history untouched?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("verify", short_help=N_("Is the history untouched?"))
@click.option(
    "--since",
    metavar=N_("HEAD"),
    default="",
    help=N_("Only what came after this commit, or after the six words that were noted."),
)
@click.option(
    "--first",
    metavar=N_("WORDS"),
    default="",
    help=N_("The words of the first key, as they were noted elsewhere."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, since: str, first: str, as_json: bool) -> int:
    """Judge every change in the history by what stood before it, and who signed it.

    It ends with six words for the minutes of a meeting: whoever types them later sees whether
    anything was rewritten.
    """
    from casebook.actions import verifying
    from casebook.render import say
    from casebook.render import verifying as rendering

    done = verifying.verify(session.desk, since=since, first=first)
    if as_json:
        say.answer(rendering.data(done))
    else:
        say.lines(rendering.page(done, say.width()))
    return done.exit_code
