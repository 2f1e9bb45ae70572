"""The code of an entry that was taken out is not given to another one: texts still speak of it.

Only what the record itself says was taken out is known here; the rest is in history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.checks.base import found
from casebook.document import journal
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.record import Record

FINDINGS = {
    "code-used-before": N_(
        "An entry has the code of one that was taken out earlier. Whoever reads an older note "
        "takes the one for the other."
    ),
}
ONLY_WARNS = True
DROPPED: Final = "drop"  # the kind of journal entry that says which entry was taken out
GONE: Final = "dropped"  # the list that says it in a record without a journal


def taken_out(record: Record) -> set[str]:
    """The codes of the entries that the record says were taken out."""
    codes = {str(entry.get("id", "")) for entry in record.entries(GONE)}
    if f" {DROPPED} " not in record.document.body:
        return codes
    return codes | {
        entry.text.strip().partition(":")[0]
        for entry in journal.read(record.document)[0]
        if entry.kind == DROPPED
    }


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """A warning on every entry whose code was taken out before.

    A warning, because whoever undoes the taking out gives the same entry back.
    """
    del judgement
    record = subject.after
    gone = taken_out(record)
    if not gone:
        return
    for name, entry in record.lists():
        code = str(entry.get("id", ""))
        if name != GONE and code in gone:
            yield found(
                record,
                (name, code),
                "code-used-before",
                _("{code} was taken out before; older texts may mean another by it").format(
                    code=code
                ),
                _("Do: give it the next free code, unless it is the same one again"),
                WARNING,
            )
