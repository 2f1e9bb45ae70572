"""The one family of refusals: requests that cannot be done.

Message, hint and exit code live on the exception; nothing here prints or translates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding


class CasebookError(Exception):
    """A request that cannot be done; ``message`` says why, ``hint`` what to type next.

    ``kind`` and ``exit_code`` are published (``--json``, the exit-code table) and never change.
    """

    exit_code: ClassVar[int] = 70
    kind: ClassVar[str] = "bug"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FoundError(CasebookError):
    """The text or the records are wrong; ``findings`` holds all of them."""

    exit_code = 1
    kind = "findings"

    def __init__(self, message: str, findings: Sequence[Finding], hint: str = "") -> None:
        super().__init__(message, hint)
        self.findings = tuple(findings)


class UsageError(CasebookError):
    """The command was typed wrongly or something needed is missing."""

    exit_code = 2
    kind = "usage"


class RefusedError(CasebookError):
    """The rules of the casebook do not allow this now; nothing was changed."""

    exit_code = 3
    kind = "refused"


class EnvironmentProblem(CasebookError):  # noqa: N818 - the computer's problem, not an error
    """The computer is not ready: no git, no identity, no casebook, locked, merge in progress."""

    exit_code = 4
    kind = "environment"


class NoSuchRecordError(CasebookError):
    """No record, item or word of that name."""

    exit_code = 5
    kind = "no-such-record"


class InterruptedByUser(CasebookError):  # noqa: N818 - what a person does is no error
    """The user said no, closed the input or pressed Ctrl-C."""

    exit_code = 130
    kind = "interrupted"
