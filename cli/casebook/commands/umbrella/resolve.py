"""``casebook resolve``: choose where a colleague and you changed the same, then share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.actions.replaying import Standoff
    from casebook.commands.session import Session


@click.command(
    "resolve",
    short_help=N_("Choose where a colleague and you changed the same."),
    params=[
        click.Option(
            ["--take"],
            type=click.Choice(["theirs", "mine", "both"]),
            help=N_("The same choice for everything that allows it, without being asked."),
        ),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, take: str | None, **options: Any) -> int:
    """Walk through every place where two people meant different things; then share."""
    from casebook.actions import syncing
    from casebook.actions.replaying import always, nobody
    from casebook.render import say, sharing

    if take is not None:
        answer = always(take)
    else:
        answer = _asked(session) if session.interactive else nobody
    done = syncing.sync(session.desk, answer, dry_run=options["dry_run"])
    if session.json:
        say.answer(sharing.data(done))
    else:
        say.lines(sharing.result(done, say.width()))
    return 1 if done.findings else 0


def _asked(session: Session) -> Callable[[Standoff], str | None]:
    """Shows each place with both sides and numbered choices; "q" stops, nothing changed."""
    from casebook.commands.asking import read_line
    from casebook.errors import InterruptedByUser
    from casebook.render import say, sharing

    def answer(one: Standoff) -> str:
        say.lines(sharing.standoff(one, session.desk.policy.catalogue, say.width()))
        for number, name in enumerate(one.choices, 1):
            say.line(f"  {number} {sharing.choice(name)}")
        while True:
            typed = read_line().strip().casefold()
            if typed == "q":
                raise InterruptedByUser(_("Stopped; nothing more was changed."))
            if typed.isdigit() and 1 <= int(typed) <= len(one.choices):
                return one.choices[int(typed) - 1]
            if typed in one.choices:
                return typed
            say.line(_("Type the number of a choice, or q to stop."))

    return answer
