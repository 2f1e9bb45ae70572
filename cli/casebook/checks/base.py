"""What every check is given: one subject, and the judgement it is part of.

The shapes only; ``judge`` fills them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import ERROR, Finding
from casebook.frozen import frozen

if TYPE_CHECKING:
    from datetime import datetime

    from casebook.casebook import Casebook
    from casebook.catalogue import Kind
    from casebook.document import Pointer
    from casebook.policy import Policy
    from casebook.record import Record
    from casebook.snapshot import Change, Snapshot
    from casebook.world import CaseWorld


@frozen
class Subject:
    """One readable record and the change it went through.

    ``before`` is None for a new (or until now unreadable) record. ``changed`` is false when the
    record is looked at as it stands, without a change to judge. ``clear`` says that its text is
    known to hold no personal data.
    """

    path: str
    kind: Kind
    change: Change
    before: Record | None
    after: Record
    changed: bool
    clear: bool = False


@frozen
class Judgement:
    """What is the same for all subjects of one run.

    ``policy`` is the law: schemas and policy before the change. With ``today`` the checks that
    depend on the day (overdue work, reviews) speak too: only where a person reads, never in a
    hook, on a server or in an audit, where the same commit must always be judged the same. Without
    ``warn`` only what is wrong is looked for: an audit and a server pass by what only warns.
    At the ``beginning`` of a history there is nothing before: its records are judged as they stand.
    """

    casebook: Casebook
    policy: Policy
    world: CaseWorld
    before: Snapshot
    after: Snapshot
    now: datetime
    today: bool = False
    warn: bool = True
    beginning: bool = False


def found(  # noqa: PLR0917 - read in this order everywhere
    record: Record,
    pointer: Pointer,
    check: str,
    message: str,
    remedy: str = "",
    severity: str = ERROR,
    *,
    key: bool = False,
) -> Finding:
    """A finding at a place in a record's front matter."""
    line, column = record.document.place(pointer, key=key)
    return Finding(record.path, line, column, check, message, remedy, severity)
