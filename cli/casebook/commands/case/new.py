"""``git case new``: advice first, then the few questions, then the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import kit
from casebook.commands import asking, carrying_out, picking, speaking
from casebook.commands import options as opts
from casebook.commands.moves import read_data
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
            ["--summary", f"{opts.FIELD}summary"], multiple=True, metavar=_("TEXT"), hidden=True
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
    from casebook.actions import creating
    from casebook.render import pages, say

    happened = carrying_out.set_moment(session, options.get("on"))
    desk = session.desk
    chosen = creating.find_type(desk, type_ or picking.choose_type(session))
    creating.require_circle(desk, chosen)
    if not session.json:
        say.lines(pages.advice(chosen, say.width()))
    settle = bool(options.get("settle"))
    typed = opts.given(options)
    for pair in options.get("field", ()):
        name, _equals, value = pair.partition("=")
        typed.setdefault(name, []).append(value)
    if summary is not None:
        typed["summary"] = [summary]
    if happened:
        # As it was read already: "yesterday" must not be counted back twice.
        typed.setdefault("reported", [happened])
    form = creating.form(desk, chosen, settle=settle)
    values = asking.fill(session, form, typed, desk.reader())
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(
        session, creating.new(desk, chosen, values, settle=settle, dry_run=dry_run)
    )


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
