"""What the audit answers: charges, each a finding in one commit. Shapes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from casebook.finding import ERROR, Finding
from casebook.frozen import frozen

if TYPE_CHECKING:
    from datetime import datetime

    from casebook.history.rawcommit import Person


class Made(Protocol):
    """A commit, as far as charging it needs."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def author(self) -> Person:
        """Who wrote it, and when."""
        ...

    @property
    def committer(self) -> Person:
        """Who made it, and when."""
        ...


@frozen
class Charge:
    """One finding in history; ``commit`` is empty for what concerns the whole of it."""

    finding: Finding
    commit: str = ""
    who: str = ""
    at: datetime | None = None

    @property
    def is_error(self) -> bool:
        """Whether it makes the audit fail."""
        return self.finding.is_error


def found(
    check: str, message: str, remedy: str = "", *, path: str = "", line: int = 0, **more: str
) -> Finding:
    """A finding that is about a commit rather than a line of a record."""
    return Finding(path, line, 0, check, message, remedy, more.get("severity", ERROR))
