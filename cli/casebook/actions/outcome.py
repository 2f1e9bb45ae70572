"""What a command did, as a value: the terminal and ``--json`` both print it from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from casebook.finding import Finding


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do: what, the command for it, and by when (None without a term)."""

    text: str
    argv: tuple[str, ...]
    due: date | datetime | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a move cannot be made, with the command that clears it."""

    guard: str
    message: str
    argv: tuple[str, ...]
    asks: tuple[str, ...] = ()
    level: str = "require"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused move: all its blockers at once."""

    id: str
    move: str
    label: str
    blockers: Sequence[Blocker]
    warnings: Sequence[Blocker] = ()
