"""Changing several records as one: locked, read, edited, judged together, and one commit or none.

What changes is for the caller to say; the law is the one judge that hook and audit use too.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from casebook.checks import judge as judging
from casebook.errors import FoundError, RefusedError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.snapshot import Change, Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.desk import Desk
    from casebook.checks.base import Judgement
    from casebook.document import Document
    from casebook.finding import Finding
    from casebook.record import Record

    Subject = tuple[str, list[tuple[str, str]]]


@frozen
class Piece:
    """One file of a change: its content before (None for a new one) and the document after."""

    before: bytes | None
    after: Document

    @property
    def change(self) -> Change:
        """The piece as a change to be judged."""
        return Change(self.after.path, self.before, self.after.raw)


@frozen
class Done:
    """What was written: the records after it, the commit (empty on a dry run), the warnings."""

    records: tuple[Record, ...]
    commit: str
    findings: tuple[Finding, ...]


def judgement(desk: Desk, pieces: Sequence[Piece]) -> Judgement:
    """The step from what is on disk to the same with all pieces, by the law on disk."""
    old = Overlay(desk.tree, {one.after.path: one.before for one in pieces})
    new = Overlay(desk.tree, {one.after.path: one.after.raw for one in pieces})
    return judging.judgement(desk.casebook, old, new, policy=desk.policy)


def change(
    desk: Desk,
    made: Callable[[], Sequence[Piece]],
    subject: Callable[[Sequence[Record]], Subject],
    *,
    dry_run: bool = False,
) -> Done:
    """Make the pieces that ``made`` answers under the lock, all in one commit or none.

    ``subject`` gives message and trailers from the records after it. Raises RefusedError when a
    file has unsaved hand edits or a new one is there already, FoundError when any result is wrong.
    """
    with nullcontext() if dry_run else desk.locked():
        pieces = [one for one in made() if one.before != one.after.raw]
        for one in pieces:
            _require_as_read(desk, one)
        found = judging.judge([one.change for one in pieces], judgement(desk, pieces))
        errors = [one for one in found if one.is_error]
        records = tuple(_record(desk, one) for one in pieces)
        if errors:
            raise FoundError(
                _("Not saved: {message}").format(message=errors[0].message),
                errors,
                errors[0].remedy,
            )
        fresh = tuple(_new(desk, pieces, found))
        if dry_run or not pieces:
            return Done(records, "", fresh)
        message, trailers = subject(records)
        return Done(records, _commit(desk, pieces, message, trailers), fresh)


def _require_as_read(desk: Desk, piece: Piece) -> None:
    path = piece.after.path
    if piece.before is not None:
        desk.require_saved(desk.load(path))
    elif desk.tree.read(path) is not None:
        raise RefusedError(_("{path} exists already.").format(path=path))


def _record(desk: Desk, piece: Piece) -> Record:
    record, found = desk.read(piece.after.raw, piece.after.path)
    if record is None:
        raise FoundError(_("{path} cannot be read.").format(path=piece.after.path), found)
    return record


def _commit(
    desk: Desk, pieces: Sequence[Piece], message: str, trailers: list[tuple[str, str]]
) -> str:
    from casebook.actions.desk import law_is_saved

    judged = law_is_saved(desk)
    by = [("By", desk.role)] if desk.role else []
    return desk.repository.commit(
        {one.after.path: one.after.raw for one in pieces},
        message,
        [*trailers, *by],
        expect={one.after.path: one.before for one in pieces},
        judged=judged,
    )


def _new(desk: Desk, pieces: Sequence[Piece], found: Sequence[Finding]) -> list[Finding]:
    """The findings that were not there before: an old warning is not repeated every time."""
    if not found:
        return []
    old = judging.judge(
        [Change(one.after.path, one.before, one.before) for one in pieces if one.before],
        judging.judgement(desk.casebook, desk.tree, desk.tree, policy=desk.policy),
        changed=False,
    )
    known = {(one.path, one.check, one.message) for one in old}
    return [one for one in found if (one.path, one.check, one.message) not in known]
