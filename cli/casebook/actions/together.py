"""Changing several records as one: locked, read, edited, judged together, and one commit or none.

What changes is for the caller to say; the law is the one judge that hook and audit use too.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from casebook.errors import FoundError, RefusedError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.desk import Desk
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
        changes = [one.change for one in pieces]
        found = desk.judge(changes)
        errors = [one for one in found if one.is_error]
        records = tuple(_record(desk, one) for one in pieces)
        if errors:
            raise FoundError(
                _("Not saved: {message}").format(message=errors[0].message),
                errors,
                errors[0].remedy,
            )
        fresh = tuple(desk.fresh(changes, found))
        if dry_run or not pieces:
            return Done(records, "", fresh)
        message, trailers = subject(records)
        files = {one.after.path: one.after.raw for one in pieces}
        expect = {one.path: one.before for one in changes}
        return Done(records, desk.commit(files, message, trailers, expect), fresh)


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
