"""``git case add``: one subcommand for every list of the case schema that people add to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import i18n, kit
from casebook.commands import asking, carrying_out, speaking
from casebook.commands import options as opts
from casebook.commands.moves import read_data
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


class Adding(click.Group):
    """Its commands are the ``x-add`` lists of the schema around, or of the starter kit."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words behind ``add``, in the schema's order."""
        return list(_lists(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command that adds to one list."""
        found = _lists(ctx).get(cmd_name)
        return _command(cmd_name, *found) if found is not None else None


def _schema(ctx: click.Context) -> dict[str, Any]:
    session: Session | None = ctx.find_root().obj
    root = session.root if session is not None else None
    return read_data(root or kit.folder(), "case", "schema")


def _lists(ctx: click.Context) -> dict[str, tuple[str, dict[str, Any], dict[str, Any]]]:
    schema = _schema(ctx)
    return {
        prop["x-add"]["command"]: (name, prop, schema["$defs"][_definition(prop)])
        for name, prop in schema.get("properties", {}).items()
        if "x-add" in prop
    }


def _definition(prop: dict[str, Any]) -> str:
    return str(prop["items"]["$ref"]).rpartition("/")[2]


def _command(
    word: str, name: str, prop: dict[str, Any], definition: dict[str, Any]
) -> click.Command:
    from casebook.actions.forms import fields

    arguments: list[str] = prop["x-add"].get("arguments", [])
    several = bool(prop["x-add"].get("many"))
    form = fields(definition, arguments)
    params = speaking.parameters([opts.case_argument()])
    for place, argument in enumerate(arguments):
        last = place == len(arguments) - 1
        params.append(
            click.Argument(
                [f"argument_{argument}"],
                required=False,
                nargs=-1 if several and last else 1,
                metavar=f"[{_(argument.upper())}]" + ("…" if several and last else ""),
            )
        )
    params += opts.of_fields(form, skip=() if "on" in definition["properties"] else ("on",))
    has_day = "on" in definition["properties"]
    params += speaking.parameters(opts.common(on=not has_day))
    label = i18n.label(definition.get("x-label"), word)
    return click.Command(
        word,
        params=params,
        callback=_callback(name, arguments),
        short_help=_("Add: {label}.").format(label=label),
        help=_("Add to a case: {label}. What is missing is asked.").format(label=label),
    )


def _callback(name: str, arguments: list[str]) -> Any:
    @click.pass_obj
    def add(session: Session, /, case: str, **options: Any) -> int:
        from casebook.actions import entries

        carrying_out.set_moment(session, options.get("on"))
        desk = session.desk
        record = desk.case(case)
        typed = opts.given(options)
        for argument in arguments:
            value = options.get(f"argument_{argument}")
            if value:
                typed.setdefault(argument, [value] if isinstance(value, str) else list(value))
        form = entries.add_form(desk.cases, name)
        reader = desk.reader(record)
        # Whoever types everything in one go is not asked for what may stay open.
        every = not typed or not any(typed.get(argument) for argument in arguments)
        values = asking.fill(session, form, typed, reader, every=every)
        dry_run = bool(options.get("dry_run"))
        return carrying_out.finish(
            session, entries.add_entry(desk, record.id, name, values, dry_run=dry_run)
        )

    return add


command = Adding(
    "add",
    short_help=N_("Add a person, talk, fact, measure …"),
    help=N_("Add to a case: a person, talk, fact, content, action, measure, message and so on."),
)
