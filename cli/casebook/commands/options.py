"""Options made from schema fields, and the ones every writing command has.

They only collect what was typed; ``asking`` reads it and asks for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands.naming import FIELD, option
from casebook.i18n import N_, _, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from casebook.actions.forms import Field


def of_fields(fields: Iterable[Field], skip: Sequence[str] = ()) -> list[click.Parameter]:
    """One option a field: ``--severity-because TEXT``, repeated for several values."""
    found: list[click.Parameter] = []
    for asked in fields:
        if asked.name in skip:
            continue
        help_text = sentence(asked.label)
        if asked.options:
            help_text += ": " + ", ".join(value for value, _label in asked.options)
        found.append(
            click.Option(
                [option(asked.name), FIELD + asked.name],
                multiple=True,
                metavar=metavar(asked),
                help=help_text,
            )
        )
    return found


def metavar(asked: Field) -> str:
    """What kind of value an option takes, in one word."""
    if asked.options:
        return _("CHOICE")
    if asked.format in ("date", "moment", "day-or-month", "date-or-no"):
        return _("DATE")
    if asked.format == "role":
        return _("ROLE")
    if asked.format == "code":
        return _("CODE")
    return _("NUMBER") if asked.number else _("TEXT")


def common(*, on: bool = True) -> list[click.Parameter]:
    """``--json``, ``--dry-run`` and, where something happened on a day, ``--on``."""
    found: list[click.Parameter] = [
        click.Option(["--json", "as_json"], is_flag=True, help=N_("Answer as JSON.")),
        click.Option(
            ["--dry-run"], is_flag=True, help=N_("Only say what would happen; change nothing.")
        ),
    ]
    if on:
        found.insert(
            0,
            click.Option(["--on"], metavar=N_("DATE"), help=N_("When it happened, if not now.")),
        )
    return found


def case_argument(*, required: bool = True) -> click.Argument:
    """The case: its id or the unique end of it; completed from the folder.

    One that is needed and not typed is asked at a terminal.
    """
    made = CaseArgument if required else click.Argument
    return made(["case"], required=required, shell_complete=completed_by("case_ids"))


class CaseArgument(click.Argument):
    """A case that has to be named."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """As Click does; a missing one is asked, and where nobody can be asked said in words."""
        if self.value_is_missing(value) and not ctx.resilient_parsing:
            from casebook.commands import picking

            return picking.choose_case(ctx.find_root().obj, ctx.command_path)
        return super().process_value(ctx, value)


class ItemArgument(click.Argument):
    """A step, action or message of the case that was named."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """As Click does; a missing one is asked, and where nobody can be asked said in words."""
        if self.value_is_missing(value) and not ctx.resilient_parsing:
            from casebook.commands import picking

            return picking.choose_item(ctx.find_root().obj, ctx.params["case"])
        return super().process_value(ctx, value)


def policy_argument() -> click.Argument:
    """One policy record or several: ``kind/slug@n``, ``slug@n`` or a unique ``slug``."""
    return click.Argument(
        ["references"],
        metavar="REF...",
        nargs=-1,
        required=True,
        shell_complete=completed_by("policy_names"),
    )


def record_argument(*, required: bool = True) -> click.Argument:
    """The policy record: ``kind/slug@n`` or a unique ``slug``; completed from the folders."""
    return click.Argument(
        ["reference"],
        metavar="REF" if required else "[REF]",
        required=required,
        shell_complete=completed_by("policy_names"),
    )


def completed_by(name: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What a shell offers: the answer of that function of ``completing``, loaded when asked."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from casebook.commands import completing

        offered: list[Any] = getattr(completing, name)(ctx, incomplete)
        return offered

    return complete
