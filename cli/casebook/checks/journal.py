"""The journal is append-only: entries are added, never changed, moved or taken away.

A correction is a new entry; a redaction leaves a stub. What stands before the journal is free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.document import journal
from casebook.document.glance import is_usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding


def __getattr__(name: str) -> Any:
    """``FINDINGS``: those of the room of documents, loaded when somebody wants them explained."""
    if name != "FINDINGS":
        raise AttributeError(name)
    from casebook.document import words

    return {check: text for check, text in words.FINDINGS.items() if check.startswith("journal-")}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on the journal's grammar and, for a change, on what was done to old entries."""
    del judgement
    document = subject.after.document
    if not is_usual(document.body):
        yield from journal.read(document)[1]
    if subject.changed and subject.before is not None:
        yield from journal.broken_promises(subject.before.document, subject.after.document)
