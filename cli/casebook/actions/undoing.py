"""Undoing one's own newest change to a record, by a commit that puts the earlier content back.

What the commit did is read from its content, never from its message. History is not rewritten,
and what may not be taken away (a case, a journal entry, a move) is refused with the right command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions import results, writing
from casebook.actions.comparing import differences
from casebook.document import journal, parse
from casebook.errors import FoundError, NoSuchRecordError, RefusedError
from casebook.i18n import _
from casebook.record import CASE, Record, trailer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import Kind
    from casebook.history import CommitInfo, LogEntry

MERGED = 2  # parents
VERSIONED = "replaces"  # the field of kinds whose adopted text is followed by a next version


def undo(desk: Desk, typed: str | None = None, *, dry_run: bool = False) -> Outcome:
    """Undo the newest change of a record; without ``typed`` that of the newest commit.

    Raises RefusedError when it is not one's own, or is nothing that can be taken back.
    """
    path = _path(desk, typed) if typed else _newest(desk)
    entry = next(iter(desk.repository.log(path)), None)
    if entry is None or entry.after is None:
        raise RefusedError(_("{path} was never saved.").format(path=path), _("Do: casebook save"))
    _require_own(desk, entry.commit, _named(desk, path)[1])
    steps = [_step(desk, one, entry.commit) for one in _together(desk, entry.commit, path)]
    if len(steps) > 1:
        return _put_all_back(desk, steps, entry, dry_run=dry_run)
    return _put_back(desk, *steps[0], entry, dry_run=dry_run)


def _named(desk: Desk, path: str) -> tuple[Kind, str]:
    """Kind and id of the record at ``path``; raises RefusedError for what is no record."""
    kind = desk.policy.catalogue.kind_at(path)
    identity = kind.id_of(path) if kind is not None else None
    if kind is None or identity is None:
        raise _by_hand(_("The newest change is not one of a record."))
    return kind, identity


def _step(desk: Desk, path: str, commit: CommitInfo) -> tuple[Record, Record]:
    """One record of the commit, before and after it; raises RefusedError where that is for good."""
    kind, identity = _named(desk, path)
    entry = next(iter(desk.repository.log(path)), None)
    if entry is None or entry.commit.id != commit.id:
        raise _by_hand(
            _("{path} was saved together with it, and changed again since.").format(path=path)
        )
    before, after = _contents(kind, identity, path, entry)
    _require_no_move(kind, before, after)
    _require_no_journal(before, after)
    return before, after


def _path(desk: Desk, typed: str) -> str:
    from casebook.actions import policies

    try:
        return str(desk.cases.path_of(desk.find_case(typed)))
    except NoSuchRecordError as error:
        try:
            return policies.find(desk, typed).path
        except NoSuchRecordError:
            raise error from None


def _newest(desk: Desk) -> str:
    """The path of a record that the newest commit changed."""
    head = desk.repository.head()
    if head is None:
        raise RefusedError(_("Nothing was ever saved here."), _("Do: casebook save"))
    return _changed(desk, head, desk.repository.resolve(f"{head}^"))[0]


def _together(desk: Desk, commit: CommitInfo, path: str) -> list[str]:
    """The paths of all records that a commit changed, ``path`` first; raises RefusedError."""
    changed = _changed(desk, commit.id, next(iter(commit.parents), None))
    # Only policy is decided in sets; cases that were saved together by hand are taken one by one.
    if len(changed) > 1 and any(one.startswith(desk.cases.prefix) for one in changed):
        raise _by_hand(
            _("That change was saved together with others: {paths}.").format(
                paths=", ".join(sorted(changed)[:5])
            )
        )
    return [path, *(one for one in changed if one != path)]


def _changed(desk: Desk, commit: str, parent: str | None) -> list[str]:
    """The paths a commit changed; raises RefusedError for a first commit and for a merge."""
    if parent is None:
        raise _by_hand(_("That is the beginning of the casebook."))
    changed = [
        change.path
        for one in desk.repository.between(parent, commit)
        if one.commit.id == commit
        for change in one.changes
    ]
    if not changed:
        raise _by_hand(_("The newest change brought two versions together."))
    return changed


def _by_hand(why: str) -> RefusedError:
    return RefusedError(
        _("This cannot be undone in one step. {why}").format(why=why),
        _("Name the record, or put back by hand what has to go back, and then: casebook save"),
    )


def _require_own(desk: Desk, commit: CommitInfo, identity: str) -> None:
    if (commit.author, commit.email) != desk.repository.identity():
        raise RefusedError(
            _("The newest change of {record} was made by {who}, not by you.").format(
                record=identity, who=commit.author
            ),
            _("Talk to them; what you change yourself is recorded as yours."),
        )
    if len(commit.parents) >= MERGED:
        raise _by_hand(_("The newest change brought two versions together."))


def _contents(kind: Kind, identity: str, path: str, entry: LogEntry) -> tuple[Record, Record]:
    """The record before and after the change; raises RefusedError for a new or unreadable one."""
    records = []
    for raw in (entry.before, entry.after):
        document = parse(raw, path)[0] if raw is not None else None
        records.append(
            Record(kind.name, identity, path, document.data, document) if document else None
        )
    before, after = records
    if after is None:
        raise FoundError(_("{path} cannot be read.").format(path=path), [])
    if entry.before is None:
        ways = [
            f"{after.program} {move.id} {after.short}"
            for move in kind.workflow.moves_from(after.state)
            if all(kind.workflow.is_end(state) for state in kind.workflow.may_reach(move))
        ]
        raise RefusedError(
            _("{record} was new in that change, and a record is not deleted: it is ended.").format(
                record=identity
            ),
            _("Do one of: {commands}").format(commands="; ".join(ways)) if ways else "",
        )
    if before is None:
        raise _by_hand(_("Before that change the file could not be read."))
    return before, after


def _require_no_move(kind: Kind, before: Record, after: Record) -> None:
    """A state is left by a move; there is one back, or there is not."""
    if before.state == after.state:
        return
    workflow = kind.workflow
    moves = workflow.moves_from(after.state)
    back = [one for one in moves if before.state in workflow.may_reach(one)] or [
        one
        for one in moves
        if workflow.is_end(after.state)
        and not any(workflow.is_end(state) for state in workflow.may_reach(one))
    ]
    commands = [f"{after.program} {one.id} {after.short}" for one in back]
    if not commands and VERSIONED in kind.schema.get("properties", {}):
        commands = [f"git policy revise {after.short}"]  # an adopted text gets a next version
    raise RefusedError(
        _("That change was a move, from {origin} to {target}; a move stays in the history.").format(
            origin=kind.value_label(before.state, "state"),
            target=kind.value_label(after.state, "state"),
        ),
        _("Go back with: {commands}").format(commands="; ".join(commands))
        if commands
        else _("No move leads back from there; see: {command}").format(
            command=f"{after.program} {'todo' if after.kind == CASE else 'show'} {after.short}"
        ),
    )


def _require_no_journal(before: Record, after: Record) -> None:
    """The journal only grows: an entry is corrected by a new one."""
    broken = journal.broken_promises(after.document, before.document)
    if not broken:
        return
    known = {one.id for one in journal.read(before.document)[0]}
    added = [one.id for one in journal.read(after.document)[0] if one.id not in known]
    raise RefusedError(
        _("That change stands in the journal, which is only ever added to."),
        _("Correct it with a new note: {command}").format(
            command=f"{after.program} note {after.short} --corrects {added[-1]}"
        )
        if added
        else _("A text that was replaced by a stub does not come back."),
    )


def _put_back(
    desk: Desk, before: Record, after: Record, entry: LogEntry, *, dry_run: bool
) -> Outcome:
    def subject(_now: Record, _then: Record) -> tuple[str, list[tuple[str, str]]]:
        named = trailer(after.kind, after.id)
        return f"{after.full}: undo", [named, ("Undoes", entry.commit.id)]

    try:
        written = writing.restore(
            desk,
            after.path,
            before.document.raw,
            after.document.raw,
            subject,
            dry_run=dry_run,
        )
    except FoundError as error:
        raise RefusedError(
            _("Undoing it would leave the record wrong: {message}").format(
                message=error.findings[0].message if error.findings else error.message
            ),
            error.hint,
        ) from error
    what = differences(desk, after.path, after.document.raw, before.document.raw)
    message = _("Undone in {record}; to have it again, undo once more.").format(record=after.id)
    return results.outcome(desk, after, written, message, dry_run=dry_run, details=tuple(what))


def _put_all_back(
    desk: Desk, steps: Sequence[tuple[Record, Record]], entry: LogEntry, *, dry_run: bool
) -> Outcome:
    """All that one commit changed goes back in one commit, or nothing."""
    from casebook.actions import together
    from casebook.actions.outcome import Outcome

    first = steps[0][1]
    more = f", {len(steps)} records"
    done = together.change(
        desk,
        lambda: [together.Piece(after.document.raw, before.document) for before, after in steps],
        lambda _records: (
            f"{first.full}: undo{more}",
            [*(trailer(one.kind, one.id) for _old, one in steps), ("Undoes", entry.commit.id)],
        ),
        dry_run=dry_run,
    )
    what = [
        line
        for before, after in steps
        for line in differences(desk, after.path, after.document.raw, before.document.raw)
    ]
    return Outcome(
        id=first.id,
        path=first.path,
        message=_("Undone in {record}; to have it again, undo once more.").format(
            record=", ".join(after.short for _before, after in steps)
        ),
        commit=done.commit,
        findings=done.findings,
        details=tuple(what),
        dry_run=dry_run,
    )
