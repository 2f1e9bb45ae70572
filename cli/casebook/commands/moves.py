"""Moves as subcommands: every move in ``workflow.json`` becomes ``git case MOVE ID``.

The options come from what the move asks; nothing here knows a move by name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from casebook import i18n, kit
from casebook.commands import options as opts
from casebook.commands import speaking
from casebook.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.commands.session import Session


def moves_of(kind: str, session: Session | None) -> dict[str, Any]:
    """The moves of a kind as data: from the casebook around, else from the starter kit.

    Read as plain JSON, so that help and completion need nothing else; an unreadable file gives
    no moves here and its findings elsewhere.
    """
    root = session.root if session is not None else None
    moves: dict[str, Any] = read_data(root or kit.folder(), kind, "workflow").get("moves", {})
    return moves


def policy_kinds(root: Path) -> list[str]:
    """The kinds whose records lie below ``policy/``, sorted; read from the schemas as JSON."""
    try:
        names = sorted(one.name for one in (root / "schemas").iterdir() if one.is_dir())
    except OSError:
        return []
    return [name for name in names if _place(root, name).startswith("policy/")]


def _place(root: Path, kind: str) -> str:
    about = read_data(root, kind, "schema").get("x-kind", {})
    return str(about.get("place", "")) if isinstance(about, dict) else ""


def read_data(root: Path, kind: str, name: str) -> dict[str, Any]:
    """``schema`` or ``workflow`` of a kind as plain JSON; empty when it cannot be used.

    What is wrong with it is said by ``check`` and by whatever reads a record.
    """
    path = f"schemas/{kind}/{name}.json"
    try:
        raw = (root / path).read_bytes()
        found = json.loads(raw.decode("utf-8"))
        if kit.is_shipped(path, raw):
            usable = True
        else:
            usable = _walks(found) if name == "workflow" else _looks_up(found)
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}
    return found if usable else {}


def _walks(data: dict[str, Any]) -> bool:
    """Whether every move has its parts; raises where one has another shape."""
    from casebook.workflow import Workflow

    return bool(Workflow.from_data(data).states)


def _looks_up(schema: dict[str, Any]) -> bool:
    """Whether every field can be looked up, and the entries of every list; raises where not."""
    from casebook.validation.schemas import sound

    references = [
        node["items"]["$ref"] for node in schema["properties"].values() if "x-add" in node
    ]
    known = {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    return sound(schema) and known.issuperset(references)


def command_of(name: str, data: dict[str, Any], group: str) -> click.Command:
    """The command of one move."""
    label = i18n.label(data.get("label"), name)
    return MoveCommand(
        name,
        params=speaking.parameters([opts.case_argument()]),
        callback=_callback(name),
        short_help=f"{i18n.sentence(label)}.",
        help=_("Move a case: {label}. All that it asks is saved in one step.").format(label=label),
        epilog=_("From: {states}").format(states=", ".join(data.get("from", []))),
        data=data,
        kind=group,
    )


class MoveCommand(click.Command):
    """A move's command; its options are made when they are needed, not for the group's help."""

    def __init__(self, *args: Any, data: dict[str, Any], kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.data = data
        self.kind = kind

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The argument, an option for every question, and the common ones."""
        if len(self.params) == 1:
            session = ctx.find_object(object)
            root = getattr(session, "root", None) or kit.folder()
            self.params += self._questions(read_data(root, self.kind, "schema"))
            self.params += speaking.parameters(opts.common())
        return super().get_params(ctx)

    def _questions(self, schema: dict[str, Any]) -> list[click.Parameter]:
        from casebook.actions.forms import field

        properties = schema.get("properties", {})
        fields = [
            field(one, properties[one]) for one in self.data.get("asks", {}) if one in properties
        ]
        for part in ("adds", "ends"):
            entry = self.data.get(part)
            if entry and entry["list"] in properties:
                reference = properties[entry["list"]]["items"]["$ref"].rpartition("/")[2]
                inner = schema["$defs"][reference]["properties"]
                known = {one.name for one in fields}
                fields += [
                    field(one, inner[one])
                    for one in entry["asks"]
                    if one in inner and one not in known
                ]
        found = opts.of_fields(fields)
        if isinstance(self.data.get("to"), list):
            found.append(
                click.Option(
                    ["--to", f"{opts.FIELD}to"],
                    multiple=True,
                    metavar=_("STATE"),
                    help=", ".join(self.data["to"]),
                )
            )
        return found


def _callback(name: str) -> Any:
    @click.pass_obj
    def move(session: Session, /, case: str, **options: Any) -> int:
        from casebook.commands import carrying_out

        return carrying_out.move(session, name, case, options)

    return move
