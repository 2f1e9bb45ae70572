"""What can be typed next: case ids, types, moves and states, for the shells' completion.

It looks at folders and the first lines of a few files; it parses no record and asks git nothing.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from click.shell_completion import CompletionItem

from casebook import i18n, ids, kit
from casebook.commands.moves import policy_kinds, read_data
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import click

Items: TypeAlias = list[CompletionItem[str]]

MOST: Final = 50  # more is not read by anybody
HEAD: Final = 2048  # bytes of a file that hold its first fields
_FIELD: Final = regex(rb"^(state|summary|title|label_[a-z]{2}): *[\"']?(.*?)[\"']? *\r?$", re.M)


def case_ids(ctx: click.Context, incomplete: str) -> Items:
    """Cases, newest first: those the command can be for, or every one that fits what was typed."""
    root = _root(ctx)
    if root is None:
        return []
    typed = ids.normal(incomplete)
    wanted = None if typed else _states_for(ctx, root)
    found: Items = []
    for identity, file in _newest(root / "cases", typed):
        fields = _head(file)
        if wanted is None or fields.get("state", "") in wanted:
            found.append(CompletionItem(identity, help=fields.get("summary")))
        if len(found) == MOST:
            break
    return found


def _newest(folder: Path, typed: str) -> Iterator[tuple[str, str]]:
    """Id and file of the cases whose id or tail starts with ``typed``, newest year first."""
    for year in sorted(_names(folder), reverse=True):
        here: list[tuple[float, str, str]] = []
        try:
            with os.scandir(folder / year) as entries:
                for entry in entries:
                    identity = entry.name.removesuffix(".md")
                    if not ids.FULL.fullmatch(identity):
                        continue
                    if identity.startswith(typed) or identity[5:].startswith(typed):
                        here.append((entry.stat().st_mtime, identity, entry.path))
        except OSError:
            continue
        for _changed, identity, path in sorted(here, reverse=True):
            yield identity, path


def _states_for(ctx: click.Context, root: Path) -> set[str]:
    """The states a move leaves; for any other command those that are no end."""
    moves = getattr(ctx.command, "moves", None)
    if isinstance(moves, dict) and "case" in moves:
        return set(moves["case"].get("from", ()))
    states = read_data(root, "case", "workflow").get("states", {})
    return {name for name, state in states.items() if not state.get("end")}


def policy_names(ctx: click.Context, incomplete: str) -> Items:
    """Policy records: ``rules/forwarding@1``; for a move those in a state that it leaves."""
    root = _root(ctx)
    if root is None:
        return []
    moves = getattr(ctx.command, "moves", {})
    wanted = {state for move in moves.values() for state in move.get("from", ())}
    found: Items = []
    for file in sorted((root / "policy").glob("*/*.md")):
        name = f"{file.parent.name}/{file.stem}"
        if not (name.startswith(incomplete) or file.stem.startswith(incomplete)):
            continue
        fields = _head(file)
        if not wanted or fields.get("state", "") in wanted:
            found.append(CompletionItem(name, help=fields.get("title")))
        if len(found) == MOST:
            break
    return found


def kind_names(ctx: click.Context, incomplete: str) -> Items:
    """Kinds of policy records."""
    root = _root(ctx) or kit.folder()
    found: Items = []
    for name in policy_kinds(root):
        about = read_data(root, name, "schema")["x-kind"]
        if name.startswith(incomplete):
            found.append(CompletionItem(name, help=i18n.label(about.get("label"), name)))
    return found


def type_names(ctx: click.Context, incomplete: str) -> Items:
    """Types of cases, by the beginning of their name or of a word in their label."""
    folder = (_root(ctx) or kit.folder()) / "schemas" / "case" / "types"
    found: Items = []
    for file in sorted(_names(folder)):
        if not file.endswith(".md") or file == "README.md":
            continue
        labels = _head(folder / file)
        named = (file, *(word for label in labels.values() for word in (label, *label.split())))
        if any(one.casefold().startswith(incomplete.casefold()) for one in named):
            label = labels.get(f"label_{i18n.language()}") or labels.get("label_en")
            found.append(CompletionItem(file.removesuffix(".md"), help=label))
    return found


def move_names(ctx: click.Context, incomplete: str) -> Items:
    """Moves of cases."""
    return _of_workflow(ctx, "moves", incomplete)


def state_names(ctx: click.Context, incomplete: str) -> Items:
    """States of cases."""
    return _of_workflow(ctx, "states", incomplete)


def _of_workflow(ctx: click.Context, part: str, incomplete: str) -> Items:
    known = read_data(_root(ctx) or kit.folder(), "case", "workflow").get(part, {})
    return [
        CompletionItem(name, help=i18n.label(one.get("label"), name))
        for name, one in known.items()
        if name.startswith(incomplete)
    ]


def _root(ctx: click.Context) -> Path | None:
    session: Any = ctx.find_root().obj
    root: Path | None = getattr(session, "root", None)
    return root


def _names(folder: Path) -> Iterable[str]:
    try:
        return [one.name for one in folder.iterdir()]
    except OSError:
        return ()


def _head(file: str | Path) -> dict[str, str]:
    """The fields in the first lines of a file, as they are written there."""
    try:
        with Path(file).open("rb") as opened:
            start = opened.read(HEAD)
    except OSError:
        return {}
    return {
        name.decode("ascii"): value.decode("utf-8", "replace")
        for name, value in _FIELD.findall(start)
    }
