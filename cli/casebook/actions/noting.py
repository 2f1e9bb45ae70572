"""The journal of a case: notes are added; a text that must go leaves a stub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions import results, writing
from casebook.actions.forms import slug
from casebook.actions.journaling import journal_entry
from casebook.document import journal
from casebook.errors import NoSuchRecordError, UsageError
from casebook.i18n import _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.document.edit import Edit
    from casebook.record import Record

KINDS = ("note", "talk", "call", "observation", "decision", "media", "correction")


def note(
    desk: Desk,
    typed: str,
    text: str,
    *,
    kind: str = "note",
    people: Sequence[str] = (),
    on: str = "",
    corrects: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Append a journal entry; allowed in every state, also after the end."""
    if filler(text):
        raise UsageError(_("The note is empty."), _("Write in a sentence what happened."))
    record = desk.case(typed)
    if corrects:
        _require_entry(record, corrects)
    new: list[str] = []

    def edits(current: Record) -> Sequence[Edit]:
        new.append(journal.next_id(journal.read(current.document)[0]))
        return [journal_entry(desk, current, kind, text, people=people, corrects=corrects, on=on)]

    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"note {new[-1]}"), dry_run=dry_run
    )
    return results.outcome(
        desk,
        record,
        written,
        _("Note {entry} is in the journal.").format(entry=new[-1]),
        entry=new[-1],
        dry_run=dry_run,
    )


def redact(desk: Desk, typed: str, entry: str, ground: str, *, dry_run: bool = False) -> Outcome:
    """Replace the text of a journal entry by a stub that says who did it and on which ground."""
    record = desk.case(typed)
    _require_entry(record, entry)
    if filler(ground):
        raise UsageError(
            _('"{reason}" is not a ground.').format(reason=ground),
            _("Say on which ground, such as: request of the person concerned."),
        )
    role = desk.role or _("unknown role")
    stub = _("Text removed on {day} by {role}. Ground: {ground}").format(
        day=desk.now.date().isoformat(), role=role, ground=ground
    )

    def edits(current: Record) -> Sequence[Edit]:
        return [journal.redact(current.document, entry, ground_slug(ground), stub)]

    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"redact {entry}"), dry_run=dry_run
    )
    return results.outcome(
        desk,
        record,
        written,
        _("The text of {entry} is replaced by a stub.").format(entry=entry),
        details=(_("The old text stays in the history until the case is purged."),),
        dry_run=dry_run,
    )


def _require_entry(record: Record, entry: str) -> None:
    known = [one.id for one in journal.read(record.document)[0]]
    if entry not in known:
        raise NoSuchRecordError(
            _("There is no entry {entry} in the journal of {case}.").format(
                entry=entry, case=record.id
            ),
            _("There are: {entries}").format(entries=", ".join(known)) if known else "",
        )


def ground_slug(ground: str) -> str:
    """A ground as one word for the entry's heading, which holds no spaces."""
    return slug(ground) or "ground"
