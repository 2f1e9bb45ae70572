"""What a command did, as a value: the terminal and ``--json`` both print it from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.frozen import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from casebook.actions.outlook import Outlook
    from casebook.finding import Finding
    from casebook.record import Record


class Written:
    """What a change wrote: the record after it, the commit (empty on a dry run), the warnings.

    ``coming`` is the outlook of the record, where it was found out while git was busy.
    """

    def __init__(
        self,
        record: Record,
        commit: str,
        findings: Sequence[Finding],
        coming: Outlook | None = None,
    ) -> None:
        self.record = record
        self.commit = commit
        self.findings = tuple(findings)
        self.coming = coming


@frozen
class Next:
    """The next thing to do: what, the command for it, and by when (None without a term)."""

    text: str
    argv: tuple[str, ...]
    due: date | datetime | None = None
    overdue: bool = False


@frozen
class Outcome:
    """The result of a writing command.

    ``commit`` is empty when nothing changed or with ``--dry-run``; ``origin`` and ``target`` are
    states; ``entry`` is the item that was added or changed with its label; ``details`` are
    sentences for people, ``data`` is what JSON holds beyond the fields.
    """

    id: str
    path: str
    message: str
    commit: str = ""
    move: str = ""
    origin: str = ""
    target: str = ""
    entry: str = ""
    entry_label: str = ""
    fulfils: tuple[str, ...] = ()
    next: Next | None = None
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    details: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    dry_run: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Blocker:
    """One reason why a move cannot be made, with the command that clears it."""

    guard: str
    message: str
    argv: tuple[str, ...]
    asks: tuple[str, ...] = ()
    level: str = "require"


@frozen
class Refusal:
    """A refused move: all its blockers at once."""

    id: str
    move: str
    label: str
    blockers: Sequence[Blocker]
    warnings: Sequence[Blocker] = ()
