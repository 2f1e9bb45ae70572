"""``git policy diff``: what changed between two versions of a policy record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "diff",
    short_help=N_("What changed between two versions."),
    params=[opts.record_argument(), click.Argument(["other"], required=False)],
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, reference: str, other: str | None, as_json: bool) -> int:
    """What changed between a version and the one before, or from one record to another.

    Without a version the newest is meant: what is in the draft that was not in the text before.
    """
    from casebook.actions import editions
    from casebook.render import diffpage, say

    found = editions.compare(session.desk, reference, other or "")
    if as_json:
        say.answer(diffpage.data(found))
    else:
        say.lines(diffpage.page(found, say.width()))
    return 0
