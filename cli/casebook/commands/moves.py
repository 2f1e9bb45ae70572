"""Moves as subcommands: every move in a ``workflow.json`` becomes ``git case MOVE ID`` or
``git policy MOVE REF``.

The options come from what the move asks; nothing here knows a move or a kind of policy by name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from casebook import i18n, kit
from casebook.commands import options as opts
from casebook.commands import speaking
from casebook.commands.naming import FIELD
from casebook.i18n import _
from casebook.record import CASE

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.commands.session import Session


Moves = dict[str, dict[str, Any]]  # the data of one move, by the kinds that have it


def moves_of(group: str, session: Session | None) -> dict[str, Moves]:
    """The moves of a group as data: from the casebook around, else from the starter kit.

    Read as plain JSON, so that help and completion need nothing else; an unreadable file gives
    no moves here and its findings elsewhere.
    """
    root = (session.root if session is not None else None) or kit.folder()
    found: dict[str, Moves] = {}
    for kind in [CASE] if group == CASE else policy_kinds(root):
        for name, move in read_data(root, kind, "workflow").get("moves", {}).items():
            found.setdefault(name, {})[kind] = move
    return found


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


def command_of(name: str, moves: Moves, group: str) -> click.Command:
    """The command of one move of this group."""
    first = next(iter(moves.values()))
    label = i18n.label(first.get("label"), name)
    states = dict.fromkeys(state for move in moves.values() for state in move.get("from", []))
    case = group == CASE
    said = (
        _("Move a case: {label}. All that it asks is saved in one step.")
        if case
        else _(
            "Move policy records: {label}. A code takes its rules and ladders along; all is saved "
            "in one step, or nothing."
        )
    )
    return MoveCommand(
        name,
        params=speaking.parameters([opts.case_argument() if case else opts.policy_argument()]),
        callback=_case(name) if case else _policy(name),
        short_help=f"{i18n.sentence(label)}.",
        help=said.format(label=label),
        epilog=_("From: {states}").format(states=", ".join(states)),
        moves=moves,
    )


class MoveCommand(click.Command):
    """A move's command; its options are made when they are needed, not for the group's help."""

    def __init__(self, *args: Any, moves: Moves, **more: Any) -> None:
        super().__init__(*args, **more)
        self.moves = moves

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The argument, an option for every question, and the common ones."""
        if len(self.params) == 1:
            session = ctx.find_object(object)
            root = getattr(session, "root", None) or kit.folder()
            found: dict[str, click.Parameter] = {}
            for kind, move in self.moves.items():
                for one in _questions(move, read_data(root, kind, "schema")):
                    found.setdefault(str(one.name), one)
            self.params += found.values()
            self.params += speaking.parameters(opts.common())
        return super().get_params(ctx)


def _questions(move: dict[str, Any], schema: dict[str, Any]) -> list[click.Parameter]:
    from casebook.actions.forms import field

    properties = schema.get("properties", {})
    fields = [field(one, properties[one]) for one in move.get("asks", {}) if one in properties]
    for part in ("adds", "ends"):
        entry = move.get(part)
        if entry and entry["list"] in properties:
            reference = properties[entry["list"]]["items"]["$ref"].rpartition("/")[2]
            inner = schema["$defs"][reference]["properties"]
            known = {one.name for one in fields}
            fields += [
                field(one, inner[one]) for one in entry["asks"] if one in inner and one not in known
            ]
    found = opts.of_fields(fields)
    if isinstance(move.get("to"), list):
        found.append(
            click.Option(
                ["--to", f"{FIELD}to"],
                multiple=True,
                metavar=_("STATE"),
                help=", ".join(move["to"]),
            )
        )
    return found


def _case(name: str) -> Any:
    @click.pass_obj
    def move(session: Session, /, case: str, **options: Any) -> int:
        from casebook.commands import carrying_out

        return carrying_out.move(session, name, case, options)

    return move


def _policy(name: str) -> Any:
    @click.pass_obj
    def move(session: Session, /, references: tuple[str, ...], **options: Any) -> int:
        from casebook.commands import carrying_out

        return carrying_out.policy_move(session, name, references, options)

    return move
