"""``git case new``: advice first, then the few questions, then the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import kit
from casebook.commands import options as opts
from casebook.commands import speaking
from casebook.commands.moves import read_data
from casebook.commands.naming import FIELD, option
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


class New(click.Command):
    """Its options are the plain fields of the case schema."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Arguments, an option for every plain field, and the common ones."""
        if len(self.params) == 2:
            self.params += _options(ctx)
            self.params += [
                click.Option(["--settle"], is_flag=True, help=_("Record and settle a light case.")),
                *speaking.parameters(opts.common()),
            ]
        return super().get_params(ctx)


def _options(ctx: click.Context) -> list[click.Parameter]:
    from casebook.actions.forms import plain_fields

    session: Session | None = ctx.find_root().obj
    root = session.root if session is not None else None
    fields = plain_fields(read_data(root or kit.folder(), "case", "schema"))
    return [
        *opts.of_fields(fields, skip=("summary",)),
        click.Option(
            [option("summary"), FIELD + "summary"], multiple=True, metavar=_("TEXT"), hidden=True
        ),
        *speaking.parameters(
            [
                click.Option(
                    ["--field"],
                    multiple=True,
                    metavar="NAME=VALUE",
                    help=N_("A field of the type."),
                )
            ]
        ),
    ]


@click.pass_obj
def _run(
    session: Session, /, type_: str | None = None, summary: str | None = None, **options: Any
) -> int:
    from casebook.commands import casework

    return casework.new(session, type_, summary, options)


command = New(
    "new",
    params=[
        click.Argument(
            ["type_"],
            metavar="[TYPE]",
            required=False,
            shell_complete=opts.completed_by("type_names"),
        ),
        click.Argument(["summary"], required=False),
    ],
    callback=_run,
    short_help=N_("Record a new case."),
    help=N_("Record a new case. Advice comes first; what is missing is asked."),
)
