"""``git case letter``: a letter of the school for a message or measure, without names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "letter",
    short_help=N_("Fill in a letter for a message or measure, without names."),
    params=[opts.case_argument(), click.Argument(["item"])],
)
@click.option("--letter", metavar=N_("NAME"), default="", help=N_("Which letter of the school."))
@click.option(
    "--out",
    metavar=N_("FILE"),
    default="-",
    help=N_("Write it to a new file outside the casebook; - shows it."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(  # noqa: PLR0917 - one for each option
    session: Session, case: str, item: str, letter: str, out: str, as_json: bool
) -> int:
    """Fill in a letter of the school for a message or measure. Names stay places to write in by
    hand; the words are checked; nothing is sent and nothing is stored in the casebook.
    """
    from casebook.actions import lettering
    from casebook.render import letterpage, say

    desk = session.desk
    found = lettering.compose(desk, case, item, letter)
    path = "" if out == "-" else out
    if path:
        lettering.write(desk, found.text, Path(path))
    if as_json:
        say.answer(letterpage.data(found, path))
        return 0
    if path:
        say.line(_("The letter is in {path}").format(path=path))
    else:
        say.lines(found.text.rstrip("\n").split("\n"))
    for said in letterpage.asides(found, desk.policy.reference("duties"), desk.policy.sector):
        say.aside(said)
    return 0
