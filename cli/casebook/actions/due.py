"""One thing that somebody has to do, by when, who, and the command for it.

The value only; what there is to do is found by ``duetasks`` and ``waiting``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.frozen import frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from casebook.actions.work import Work
    from casebook.record import Record


@frozen
class Due:
    """``kind`` says what it is (``review``, ``contact``, ``introduction`` …), ``path`` where it is.

    ``due`` is None for what waits without a date; ``argv`` can be typed as it stands.
    """

    kind: str
    what: str
    owner: str = ""
    due: date | None = None
    record: str = ""
    entry: str = ""
    path: str = ""
    argv: tuple[str, ...] = ()

    def late(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.due is not None and self.due < today

    @classmethod
    def of_record(
        cls,
        kind: str,
        what: str,
        record: Record,
        words: tuple[str, ...],
        due: date | None = None,
        *,
        entry: str = "",
    ) -> Due:
        """Something to do about a record; ``words`` are a command and what follows the record."""
        command = ("git", "policy", words[0], record.id, *words[1:])
        return cls(kind, what, owner_of(record), due, record.id, entry, record.path, command)

    @classmethod
    def of_work(cls, work: Work) -> Due:
        """A piece of work that is planned."""
        words = {"announcement": ("announce",), "activity": ("finish",)}.get(
            work.kind, ("done", work.entry)
        )
        if work.kind == "task":
            words = ("set", f"{work.entry}.last")
        said = work.title
        if work.kind == "announcement":
            said = _("tell: {title}").format(title=work.title)
        record = work.record
        command = ("git", "policy", words[0], record.id, *words[1:])
        return cls(
            work.what or work.kind,
            said,
            work.owner,
            work.due,
            record.id,
            work.entry,
            record.path,
            command,
        )


def owner_of(record: Record) -> str:
    """Who looks after a record; empty where nobody is named."""
    return record.text("owner")
