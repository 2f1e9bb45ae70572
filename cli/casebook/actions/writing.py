"""Writing one record: lock, read, edit, judge, commit; or everything stays as it was.

Every action that writes a single record comes through here; sets of them through ``together``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions.ahead import Ahead
from casebook.actions.outcome import Written
from casebook.document import parse
from casebook.errors import FoundError, RefusedError
from casebook.i18n import _
from casebook.record import CASE
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outlook import Outlook
    from casebook.document import Document
    from casebook.document.edit import Edit
    from casebook.finding import Finding
    from casebook.record import Record

    Subject = Callable[[Record, Record], tuple[str, list[tuple[str, str]]]]

ENDED = "ended-record-changed"


def change(
    desk: Desk,
    path: str,
    edits: Callable[[Record], Sequence[Edit]],
    subject: Subject,
    *,
    dry_run: bool = False,
) -> Written:
    """Edit one record and commit it, or leave everything as it was.

    ``edits`` is asked under the lock, of the record as it is then; ``subject`` gives the
    message and trailers from before and after. Raises RefusedError when there are unsaved
    hand edits, FoundError when the result is wrong.
    """
    with desk.writing(dry_run=dry_run):
        record = desk.load(path)
        before = record.document.raw
        desk.require_saved(record)
        from casebook.document.edit import apply

        document = apply(record.document, _made_own(desk, record, edits(record)))
        after = document.raw
        if after == before:
            return Written(record, "", ())
        return _finish(desk, path, record, document, subject, dry_run=dry_run)


def _made_own(desk: Desk, record: Record, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, and the mark of a model taken away: what a school changes is its own.

    Not for texts that are adopted: these become the school's own by its decision.
    """
    from casebook.document.edit import RemoveKey

    away = RemoveKey(("model",))
    own = record.get("model") and not desk.kind_of(record).text_fields
    return [*edits, away] if own and edits and away not in edits else [*edits]


def restore(
    desk: Desk,
    path: str,
    content: bytes,
    expected: bytes,
    subject: Subject,
    *,
    dry_run: bool = False,
) -> Written:
    """Put an earlier content of a record back and commit it, judged like any change.

    ``expected`` is what was last saved when the caller decided; raises RefusedError when
    something else is there by now or is not saved, FoundError when the result is wrong.
    """
    with desk.writing(dry_run=dry_run):
        record = desk.load(path)
        desk.require_saved(record)
        if desk.saved(path) != expected:
            raise RefusedError(
                _("{path} was changed while it was being saved.").format(path=path),
                _("Do: look what changed, then try again."),
            )
        document, findings = parse(content, path)
        if document is None:
            raise FoundError(_("{path} cannot be read.").format(path=path), findings)
        return _finish(desk, path, record, document, subject, dry_run=dry_run)


def create(
    desk: Desk,
    path: str,
    text: str,
    message: str,
    trailers: list[tuple[str, str]],
    *,
    dry_run: bool = False,
) -> Written:
    """Write and commit a new record at ``path``, or nothing."""
    raw = text.encode()
    with desk.writing(dry_run=dry_run):
        if desk.tree.read(path) is not None:
            raise RefusedError(_("{path} exists already.").format(path=path))
        findings = desk.judge([Change(path, None, raw)])
        record = _sound(desk, path, raw, findings)
        if dry_run:
            return Written(record, "", findings)
        coming = _coming(desk, record)
        commit = desk.commit({path: raw}, message, trailers, None, coming.begin)
        return Written(record, commit, findings, coming.value())


def _finish(
    desk: Desk,
    path: str,
    record: Record,
    document: Document,
    subject: Subject,
    *,
    dry_run: bool,
) -> Written:
    before = record.document.raw
    changes = [Change(path, before, document.raw)]
    findings = desk.judge(changes)
    after = _sound(desk, path, document.raw, findings)
    if dry_run:
        return Written(after, "", desk.fresh(changes, findings))
    message, trailers = subject(record, after)
    coming, fresh = _coming(desk, after), Ahead(lambda: desk.fresh(changes, findings))

    def meanwhile() -> None:
        fresh.begin()
        coming.begin()
        if after.kind == CASE:  # what the change fulfils is seen by the steps before and after
            Ahead(lambda: [desk.world.steps(one.data) for one in (record, after)]).begin()

    commit = desk.commit({path: document.raw}, message, trailers, {path: before}, meanwhile)
    return Written(after, commit, fresh.value(), coming.value())


def _coming(desk: Desk, record: Record) -> Ahead[Outlook]:
    """What is still to do in a record, to be found out when there is time for it."""

    def outlook() -> Outlook:
        from casebook.actions.outlook import outlook

        return outlook(desk, record)

    return Ahead(outlook)


def _sound(desk: Desk, path: str, raw: bytes, findings: Sequence[Finding]) -> Record:
    record, _unread = desk.read(raw, path)
    errors = [one for one in findings if one.is_error]
    if record is not None and errors and all(one.check == ENDED for one in errors):
        again = f"git case reopen {record.short}"
        if record.kind != CASE:
            again = f"git policy revise {record.short}"
        raise RefusedError(
            _("{case} has ended; this is not changed afterwards.").format(case=record.id),
            _("Do first: {command}").format(command=again),
        )
    if errors or record is None:
        raise FoundError(
            _("Not saved: {message}").format(message=errors[0].message if errors else path),
            errors,
            errors[0].remedy if errors else "",
        )
    return record
