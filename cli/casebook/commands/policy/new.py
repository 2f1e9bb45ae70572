"""``git policy new``: a draft of any kind of policy record; one subcommand for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import i18n, kit
from casebook.commands import asking, carrying_out, speaking
from casebook.commands import options as opts
from casebook.commands.moves import policy_kinds, read_data
from casebook.commands.naming import given
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.commands.session import Session


class Drafting(click.Group):
    """Its commands are the kinds of policy record that there can be more than one of."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The kinds, sorted."""
        return list(_kinds(_root(ctx)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one kind, by its id or its label in either language."""
        from casebook.choosing import choose

        known = _kinds(_root(ctx))
        labels = {name: schema["x-kind"]["label"] for name, schema in known.items()}
        shown = [(name, i18n.label(label, name)) for name, label in labels.items()]
        try:
            name = choose(cmd_name, shown, labels)
        except UsageError as error:
            raise UsageError(
                _('There is no kind of policy "{typed}".').format(typed=cmd_name), error.hint
            ) from error
        return _command(name, known[name])


def _root(ctx: click.Context) -> Path:
    session: Session | None = ctx.find_root().obj
    return (session.root if session is not None else None) or kit.folder()


def _kinds(root: Path) -> dict[str, dict[str, Any]]:
    """The schemas of the kinds, without the one there is only one record of."""
    found = {name: read_data(root, name, "schema") for name in policy_kinds(root)}
    return {name: one for name, one in found.items() if "{id}" in one["x-kind"]["place"]}


def _command(kind: str, schema: dict[str, Any]) -> click.Command:
    from casebook.actions.forms import plain_fields

    label = i18n.label(schema["x-kind"]["label"], kind)
    made = click.Command(
        kind,
        params=[
            *speaking.parameters([click.Argument(["title"], required=False)]),
            *speaking.parameters(
                [
                    click.Option(
                        ["--slug"],
                        metavar=N_("NAME"),
                        default="",
                        help=N_("The name of the file, if not made from the title."),
                    )
                ]
            ),
            *opts.of_fields(plain_fields(schema)),
            *speaking.parameters(opts.common(on=False)),
        ],
        callback=_callback(kind),
        short_help=_("Draft: {label}.").format(label=label),
        help=_("Draft: {label}. What it needs is asked.").format(label=label),
    )
    speaking.words(made)
    return made


def _callback(kind: str) -> Any:
    @click.pass_obj
    def draft(session: Session, /, title: str | None, slug: str, **options: Any) -> int:
        return _draft(session, kind, title, slug, options)

    return draft


def _draft(
    session: Session, name: str, title: str | None, slug: str, options: dict[str, Any]
) -> int:
    from casebook.actions import drafting

    desk = session.desk
    kind = desk.policy.catalogue.kind(name)
    typed = given(options)
    if title is not None:
        typed[kind.title_field] = [title]
    form = drafting.form(desk, kind)
    values = asking.fill(session, form, typed, desk.reader(kind=kind))
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(session, drafting.new(desk, kind, values, slug, dry_run=dry_run))


@click.pass_context
def _ask_kind(ctx: click.Context, /) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    from casebook.actions.forms import Field

    session: Session = ctx.obj
    session.require_root()
    labels = {name: one["x-kind"]["label"] for name, one in _kinds(_root(ctx)).items()}
    if not session.interactive:
        raise UsageError(
            _("Which kind of policy?"),
            _("Choose one of: {options}").format(options=", ".join(labels)),
        )
    asked = Field(
        "kind",
        _("kind of policy"),
        _("What do you want to write?"),
        required=True,
        options=tuple((name, i18n.label(label, name)) for name, label in labels.items()),
        names=labels,
    )
    kind = str(asking.ask(session, asked, session.desk.reader()))
    return _draft(session, kind, None, "", {})


command = Drafting(
    "new",
    callback=_ask_kind,
    invoke_without_command=True,
    subcommand_metavar="KIND [TITLE]",
    short_help=N_("Draft a rule, code, plan, activity and so on."),
    help=N_(
        "Draft a policy record: a rule, code, plan, ladder, letter, activity, announcement and so "
        "on. It is a draft until it is adopted."
    ),
)
