"""``git policy revise``: draft the next version of an adopted text beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import carrying_out
from casebook.commands import options as opts
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "revise",
    short_help=N_("Draft the next version of an adopted text."),
    params=[
        opts.policy_argument(),
        click.Option(
            ["--rule"],
            metavar="REF",
            multiple=True,
            help=N_("A rule of this code that changes too; the others stay in force as they are."),
        ),
        click.Option(
            ["--ladder"], metavar="REF", multiple=True, help=N_("A ladder of it that changes too.")
        ),
        click.Option(["--case"], metavar=N_("ID"), help=N_("The case that led to it.")),
        *opts.common(on=False),
    ],
)
@click.pass_obj
def command(session: Session, /, references: tuple[str, ...], **options: Any) -> int:
    """Draft the next version beside the one in force, with its text and without its decision.

    A code is drafted alone, or with the rules and ladders you name; rules that do not change stay
    in force. Adopt the draft with git policy adopt.
    """
    from casebook.actions import revising

    desk = session.desk
    parts = [*options["rule"], *options["ladder"]]
    dry_run = bool(options["dry_run"])
    if not options["case"]:
        done = revising.revise(desk, references, parts, dry_run=dry_run)
        return carrying_out.finish(session, done)
    case = desk.find_case(options["case"])
    if parts or len(references) > 1:
        done = revising.revise(desk, references, parts, case, dry_run=dry_run)
    else:
        done = revising.for_case(desk, references[0], case, dry_run=dry_run)
    return carrying_out.finish(session, done)
