"""``git case decide``: questions answered yes, no or unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.commands import speaking
from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


class Decide(click.Command):
    """Its options are the fields that go with an answer."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The case, the answers, and what goes with them."""
        if len(self.params) == 2:
            from casebook import kit
            from casebook.actions.forms import fields
            from casebook.commands.moves import read_data

            session: Session | None = ctx.find_root().obj
            root = session.root if session is not None else None
            schema = read_data(root or kit.folder(), "case", "schema")
            form = fields(schema.get("$defs", {}).get("decision", {}))
            self.params += [
                *opts.of_fields(form, skip=("answer",)),
                *speaking.parameters(opts.common(on=False)),
            ]
        return super().get_params(ctx)


@click.pass_obj
def _run(session: Session, /, case: str, answers: tuple[str, ...], **options: Any) -> int:
    from casebook.commands import casework

    return casework.decide(session, case, answers, options)


command = Decide(
    "decide",
    params=[
        opts.case_argument(),
        click.Argument(["answers"], nargs=-1, metavar="QUESTION=ANSWER…", required=False),
    ],
    callback=_run,
    short_help=N_("Answer a question of the case."),
    help=N_("Answer questions of a case (yes, no, unsure), such as offence, police or help."),
)
