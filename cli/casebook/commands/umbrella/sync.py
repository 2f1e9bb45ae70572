"""``casebook sync``: share with colleagues what was saved here, and get what they saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "sync",
    short_help=N_("Share with colleagues, and get what they saved."),
    params=opts.common(on=False),
)
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Get what others shared, put your own changes behind it, check everything, and send."""
    from casebook.actions import syncing
    from casebook.render import say, sharing

    done = syncing.sync(session.desk, dry_run=options["dry_run"])
    if session.json:
        say.answer(sharing.data(done))
    else:
        say.lines(sharing.result(done, say.width()))
    return 1 if done.findings else 0
