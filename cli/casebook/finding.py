"""A finding: something wrong in a record, as a value.

It does not decide what to do about it; readers sort, count and print findings.
"""

from __future__ import annotations

from typing import Final

from casebook.frozen import frozen

ERROR: Final = "error"
WARNING: Final = "warning"


@frozen
class Finding:
    """One thing that is wrong at one place.

    ``path`` is relative to the casebook with ``/``; ``line`` and ``column`` count from 1 and are
    0 where the whole file is meant; ``check`` is the kebab-case name that ``casebook explain``
    knows; ``message`` says what is wrong, ``remedy`` what to do (both in the user's language,
    without a final full stop in ``remedy``'s absence).
    """

    path: str
    line: int
    column: int
    check: str
    message: str
    remedy: str = ""
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether this finding makes a check fail."""
        return self.severity == ERROR

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of findings everywhere: path, line, column, then name."""
        return (self.path, self.line, self.column, self.check, self.message)


def ordered(findings: list[Finding]) -> list[Finding]:
    """The findings sorted by place, each only once."""
    if not findings:
        return []
    return sorted(set(findings), key=Finding.sort_key)
