"""What the history of a record marks: written down late, or outside the rules of that moment.

It reads content and signatures of commits; the whole history is judged by ``verifying``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from casebook import dates
from casebook.actions.hooking import Staged
from casebook.audit.seen import look_at, signature
from casebook.audit.signed import Signing, Standing
from casebook.checks import judge as judging
from casebook.document import journal, parse
from casebook.errors import CasebookError
from casebook.frozen import replace
from casebook.history import rawcommit
from casebook.i18n import _, ngettext
from casebook.marker import MARKER
from casebook.policy import Policy
from casebook.signing import signers
from casebook.signing.signers import Signers
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.document import Document
    from casebook.history import LogEntry
    from casebook.history.rawcommit import RawCommit
    from casebook.history.snapshots import CommitSnapshot

LAW: Final = ("schemas/", "policy/")
# What happened in the world stands in these fields; the others are terms, or the past as such.
HAPPENED: Final = ("on", "done", "sent", "skipped", "decided_on", "result_on", "removed")
LATE: Final = ("entered_late", "fictional")  # a new record that says itself that it comes late
GRACE: Final = 1  # days: yesterday's talk is written down this morning


class Marks:
    """The marks of one record's history; what several commits share is read once."""

    def __init__(self, desk: Desk, path: str) -> None:
        self._desk = desk
        self._path = path
        self._laws: dict[tuple[str, ...], Policy] = {}

    def of(self, entry: LogEntry) -> tuple[str, ...]:
        """The marks of one commit, in words."""
        return (*_late(entry, self._path), *self._outside(entry))

    def _outside(self, entry: LogEntry) -> Iterator[str]:
        repository = self._desk.repository
        found = repository.objects.read(entry.commit.id)
        if found is None or len(entry.commit.parents) > 1:
            return
        commit = rawcommit.read(entry.commit.id, found[1])
        parent = next(iter(entry.commit.parents), None)
        before, after = repository.snapshot(parent), repository.snapshot(entry.commit.id)
        said = [*self._judged(entry, commit, before, after), *_unsigned(commit, before)]
        if said:
            yield _("outside the rules: {what}").format(what=said[0])

    def _judged(
        self, entry: LogEntry, commit: RawCommit, before: CommitSnapshot, after: CommitSnapshot
    ) -> list[str]:
        law = self._law(before if before.read(MARKER) is not None else after)
        day = commit.committer.moment
        casebook = replace(self._desk.casebook, settings=law.catalogue.settings, clock=lambda: day)
        # Who else speaks of a case is looked for on the disk first: history holds every case.
        seen = Staged(after, self._desk.tree)
        try:
            context = judging.judgement(casebook, before, seen, policy=law, warn=False)
            found = judging.judge([Change(self._path, entry.before, entry.after)], context)
        except CasebookError as error:
            return [error.message]
        return [one.message for one in found if one.is_error]

    def _law(self, snapshot: CommitSnapshot) -> Policy:
        known = tuple(snapshot.folder_id(folder) for folder in LAW)
        if known not in self._laws:
            self._laws[known] = Policy(snapshot)
        return self._laws[known]


def _unsigned(commit: RawCommit, before: CommitSnapshot) -> list[str]:
    listed = signers.read(before.read(signers.PATH))
    if not listed:
        return []
    standing = Standing(listed, 0, listed.signers[0])
    seen = look_at(commit, commit.parents, signature(commit))
    return [one.message for one in Signing(seen, standing, Signers()).check()]


def _late(entry: LogEntry, path: str) -> Iterator[str]:
    """How many days after it happened something was written down, when that is more than one."""
    if entry.after is None:
        return
    recorded = datetime.fromisoformat(entry.commit.at)
    new, _wrong = parse(entry.after, path)
    old = parse(entry.before, path)[0] if entry.before is not None else None
    said_so = old is None and new is not None and any(new.data.get(name) for name in LATE)
    if new is None or said_so:
        return
    happened = [*_dated(old, new), *_written(old, new)]
    days = max(((recorded.date() - one).days for one in happened), default=0)
    if days > GRACE:
        yield ngettext(
            "recorded {days} day after it happened", "recorded {days} days after it happened", days
        ).format(days=days)


def _dated(old: Document | None, new: Document) -> Iterator[date]:
    """The days that this change put into entries of the front matter."""
    former = _entries(old) if old is not None else {}
    for place, entry in _entries(new).items():
        for name in HAPPENED:
            value = entry.get(name)
            if isinstance(value, str) and value != former.get(place, {}).get(name):
                day = dates.day(value)
                if day is not None:
                    yield day


def _entries(document: Document) -> dict[tuple[str, str], Mapping[str, object]]:
    return {
        (name, str(one.get("id"))): one
        for name, value in document.data.items()
        if isinstance(value, list)
        for one in value
        if isinstance(one, dict)
    }


def _written(old: Document | None, new: Document) -> Iterator[date]:
    """The days of the journal entries that this change added."""
    former = {one.id for one in journal.read(old)[0]} if old is not None else set()
    for one in journal.read(new)[0]:
        if one.id not in former:
            yield one.moment.date()
