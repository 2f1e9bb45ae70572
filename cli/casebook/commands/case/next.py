"""``git case next``: the program leads through a case, one question after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import options as opts
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "next",
    short_help=N_("Be led to the next move."),
    params=[
        opts.case_argument(required=False),
        click.Option(
            ["--until"],
            metavar=N_("MOVE"),
            help=N_("Go on until this move is made."),
            shell_complete=opts.completed_by("move_names"),
        ),
        click.Option(["--on"], metavar=N_("DATE"), help=N_("When it happened, if not now.")),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str | None, until: str | None, on: str | None) -> int:
    """Ask, in the order of the procedure, what stands between a case and its next move."""
    from casebook.commands import carrying_out, leading

    carrying_out.set_moment(session, on)
    desk = session.desk
    typed = case or leading.most_urgent(session)
    record = desk.case(typed)
    if not session.interactive:
        raise UsageError(
            _("next asks questions, and nobody can answer them here."),
            _("See what is missing with: git case todo {case} --json").format(
                case=record.id.rpartition("-")[2]
            ),
        )
    if until is not None and until not in desk.cases.workflow.moves:
        raise UsageError(
            _('"{move}" is not a move.').format(move=until),
            _("Choose one of: {options}").format(options=", ".join(desk.cases.workflow.moves)),
        )
    return leading.lead(session, record.id, until)
