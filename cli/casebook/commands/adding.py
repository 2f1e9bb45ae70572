"""``add``, for cases and for policy: one subcommand for every list that people add to.

The commands come from ``x-add`` in the schemas around, or of the starter kit; a word that several
kinds have means the list of the record's own kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import i18n, kit
from casebook.commands import carrying_out, recording, speaking
from casebook.commands import options as opts
from casebook.commands.moves import read_data
from casebook.commands.naming import ARGUMENT
from casebook.frozen import frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from casebook.actions.forms import Field
    from casebook.commands.session import Session
    from casebook.record import Record

    Find = Callable[[Session, str], Record]
    Kinds = Callable[[Path], list[str]]


@frozen
class Lists:
    """What one word behind ``add`` means: by kind the name of the list, its node and entries."""

    word: str
    kinds: Mapping[str, tuple[str, dict[str, Any], dict[str, Any]]]

    @property
    def first(self) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """The list of the first kind; the others have the same arguments."""
        return next(iter(self.kinds.values()))

    @property
    def arguments(self) -> list[str]:
        """The fields that may be typed without a name."""
        found: list[str] = self.first[1]["x-add"].get("arguments", [])
        return found

    @property
    def several(self) -> bool:
        """Whether the last argument takes several values."""
        return bool(self.first[1]["x-add"].get("many"))

    def has_day(self) -> bool:
        """Whether an entry says itself on which day it was; then --on is that field."""
        return any("on" in entry["properties"] for _name, _node, entry in self.kinds.values())

    def fields(self) -> list[Field]:
        """Every field that an entry of any of these lists has, each once."""
        from casebook.actions.forms import fields

        found: dict[str, Field] = {}
        for _name, _node, entry in self.kinds.values():
            for one in fields(entry, self.arguments):
                found.setdefault(one.name, one)
        return list(found.values())


class Adding(click.Group):
    """Its commands are the ``x-add`` lists of ``kinds``; ``find`` finds the record meant."""

    def __init__(self, *args: Any, kinds: Kinds, find: Find, argument: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kinds = kinds
        self.find = find
        self.argument = argument

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words behind ``add``, in the schemas' order."""
        return list(self._lists(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command that adds to one list."""
        found = self._lists(ctx).get(cmd_name)
        return self._command(found) if found is not None else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does; a list is also known by what one of its entries is called."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from casebook.commands import guessing

            lists = self._lists(ctx)
            labels = {
                word: {
                    f"{kind} {language}": str(label)
                    for kind, (_name, _node, entry) in one.kinds.items()
                    for language, label in entry.get("x-label", {}).items()
                }
                for word, one in lists.items()
            }
            raise guessing.unknown(ctx, args[0], lists, labels, {}) from error

    def _lists(self, ctx: click.Context) -> dict[str, Lists]:
        session: Session | None = ctx.find_root().obj
        root = (session.root if session is not None else None) or kit.folder()
        found: dict[str, dict[str, Any]] = {}
        for kind in self.kinds(root):
            schema = read_data(root, kind, "schema")
            for name, node in schema.get("properties", {}).items():
                if "x-add" in node:
                    entry = schema["$defs"][str(node["items"]["$ref"]).rpartition("/")[2]]
                    found.setdefault(node["x-add"]["command"], {})[kind] = (name, node, entry)
        return {word: Lists(word, kinds) for word, kinds in found.items()}

    def _command(self, lists: Lists) -> click.Command:
        params = speaking.parameters([self.argument()])
        for place, argument in enumerate(lists.arguments):
            many = lists.several and place == len(lists.arguments) - 1
            params.append(
                click.Argument(
                    [ARGUMENT + argument],
                    required=False,
                    nargs=-1 if many else 1,
                    metavar=f"[{_(argument.upper())}]" + ("…" if many else ""),
                )
            )
        has_day = lists.has_day()
        params += opts.of_fields(lists.fields(), skip=() if has_day else ("on",))
        params += speaking.parameters(opts.common(on=not has_day))
        label = i18n.label(lists.first[2].get("x-label"), lists.word)
        made = click.Command(
            lists.word,
            params=params,
            callback=_callback(lists, self.find),
            short_help=_("Add: {label}.").format(label=label),
            help=_("Add: {label}. What is missing is asked.").format(label=label),
        )
        speaking.words(made)
        return made


def _callback(lists: Lists, find: Find) -> Any:
    @click.pass_obj
    def add(session: Session, /, **options: Any) -> int:
        carrying_out.set_moment(session, options.get("on"))
        record = find(session, options.get("case") or options["reference"])
        return recording.add(session, record, lists.word, lists.arguments, options)

    return add
