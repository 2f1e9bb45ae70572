"""Saving hand edits for people who know no git: judged, told in words, one commit a record.

A file that is not right stays as it is, unsaved, with what is wrong with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions.comparing import differences
from casebook.checks import judge as judging
from casebook.errors import RefusedError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.record import full_name, trailer
from casebook.snapshot import Overlay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.finding import Finding
    from casebook.snapshot import Change


@frozen
class Saved:
    """One file: what changed in words; ``findings`` are what kept it from being saved."""

    path: str
    what: tuple[str, ...]
    commit: str = ""
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


def unsaved(desk: Desk, paths: Sequence[str] | None = None, prefix: str = "") -> list[Change]:
    """The changes on disk that are not committed, records and policy and schemas alike."""
    found = desk.repository.unsaved(paths)
    outside = tuple(desk.casebook.outside)
    return [
        change
        for change in found
        if change.path.startswith(prefix) and not change.path.startswith(outside)
    ]


def save(
    desk: Desk,
    paths: Sequence[str] | None = None,
    *,
    prefix: str = "",
    dry_run: bool = False,
) -> list[Saved]:
    """Judge and commit every hand edit, one commit a record; schemas first."""
    desk.repository.require_quiet()
    changes = unsaved(desk, paths, prefix)
    # Records are judged by the schemas of the commit before theirs.
    ordered = sorted(changes, key=lambda one: (not one.path.startswith("schemas/"), one.path))
    return [_save(desk, change, dry_run=dry_run) for change in ordered]


def _save(desk: Desk, change: Change, *, dry_run: bool) -> Saved:
    before = Overlay(desk.tree, {change.path: change.before})
    context = judging.judgement(desk.casebook, before, desk.tree, policy=desk.policy)
    found = judging.judge([change], context)
    what = tuple(differences(desk, change.path, change.before, change.after))
    errors = tuple(one for one in found if one.is_error)
    warnings = tuple(one for one in found if not one.is_error)
    if errors:
        return Saved(change.path, what, findings=errors)
    if dry_run:
        return Saved(change.path, what, warnings=warnings)
    message, trailers = _message(desk, change)
    with desk.locked():
        if desk.tree.read(change.path) != change.after:
            raise RefusedError(
                _("{path} was changed while it was being saved.").format(path=change.path),
                _("Do: close your editor and save again."),
            )
        if desk.role:
            trailers.append(("By", desk.role))
        commit = desk.repository.commit({change.path: change.after}, message, trailers)
    return Saved(change.path, what, commit, warnings=warnings)


def _message(desk: Desk, change: Change) -> tuple[str, list[tuple[str, str]]]:
    """Program-made words and ids only; a move made by hand is named as the move it is."""
    from casebook.document import parse

    kind = desk.policy.catalogue.kind_at(change.path)
    identity = kind.id_of(change.path) if kind is not None else None
    if kind is None or identity is None:
        return f"casebook: save {change.path}", []
    trailers = [trailer(kind.name, identity)]
    full = full_name(kind.name, identity)
    states = []
    for raw in (change.before, change.after):
        document = parse(raw, change.path)[0] if raw is not None else None
        states.append(str(document.data.get("state", "")) if document is not None else "")
    origin, target = states
    if change.before is None:
        return f"{full}: new, by hand", trailers
    if origin != target:
        moves = [
            move.id
            for move in kind.workflow.moves_from(origin)
            if target in kind.workflow.may_reach(move)
        ]
        if moves:
            trailers += [("Move", moves[0]), ("From", origin), ("To", target)]
            return f"{full}: {moves[0]} ({origin} -> {target}), by hand", trailers
    return f"{full}: edit, by hand", trailers
