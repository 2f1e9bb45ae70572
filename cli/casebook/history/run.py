"""Starting git: one place for its environment, its failures and the count of what was started.

It knows no git command; how a process is started is ``spawn``'s affair.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem
from casebook.history.spawn import Answer, Conversation, begin
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

MINIMUM: Final = (2, 36)
# What ties a git process to one repository (git rev-parse --local-env-vars, less the user's -c).
REPOSITORY_VARIABLES: Final = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)

# Fixed words, no locks for looking, and answers in large pieces: they are read whole anyway.
_QUIET: Final = {
    "LC_ALL": "C",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_FLUSH": "0",
}

started: list[str] = []  # the git commands started by this program, in order; tests count them


class GitFailed(EnvironmentProblem):
    """Git could not do what was asked; the message holds its own first words."""


class Git:
    """Git commands in one repository. ``in_hook`` honours the variables git gave its hook."""

    def __init__(self, root: Path, *, in_hook: bool = False) -> None:
        self.root = root
        kept = dict(os.environ)
        if not in_hook:
            for name in REPOSITORY_VARIABLES:
                kept.pop(name, None)
        self._own = kept
        self._foreseen: dict[tuple[str, ...], Callable[[], Answer]] = {}

    def environment(self, *, commit: bool = False, more: Mapping[str, str] = {}) -> dict[str, str]:
        """Variables for one process; a commit runs people's hooks, so it gets their own locale."""
        variables = dict(self._own)
        if not commit:
            variables |= _QUIET
        return {**variables, **more}

    def ask(
        self,
        *arguments: str,
        stdin: bytes = b"",
        commit: bool = False,
        more: Mapping[str, str] = {},
    ) -> Answer:
        """Run git to its end and answer what it said, whatever its exit code."""
        if arguments in self._foreseen and not (stdin or commit or more):
            return self._foreseen.pop(arguments)()
        return self.start(*arguments, stdin=stdin, commit=commit, more=more)()

    def start(
        self,
        *arguments: str,
        stdin: bytes = b"",
        commit: bool = False,
        more: Mapping[str, str] = {},
    ) -> Callable[[], Answer]:
        """The same, but what comes back waits for git; it must be called, once."""
        return begin(self._argv(arguments), self.environment(commit=commit, more=more), stdin)

    def foresee(self, *arguments: str) -> None:
        """Start now what will be asked in the same words; git works while this program does.

        Only for what cannot change until then, or may be as it was now.
        """
        if arguments not in self._foreseen:
            self._foreseen[arguments] = begin(self._argv(arguments), self.environment(), b"")

    def close(self) -> None:
        """Wait for what was foreseen and then not asked."""
        while self._foreseen:
            self._foreseen.popitem()[1]()

    def run(self, *arguments: str, stdin: bytes = b"", more: Mapping[str, str] = {}) -> bytes:
        """Run git and answer its output; raises ``GitFailed`` when it fails."""
        answer = self.ask(*arguments, stdin=stdin, more=more)
        if answer.code != 0:
            raise self.failure(answer, _command(arguments))
        return answer.out

    def failure(self, answer: Answer, command: str) -> EnvironmentProblem:
        """The refusal for a git command that failed, naming an outdated git as the cause."""
        version = self.version()
        if version < MINIMUM:
            return outdated(version)
        said = answer.text().splitlines() or [_("no explanation")]
        return GitFailed(
            _("Git could not finish ({command}): {said}").format(command=command, said=said[0]),
            "\n".join(said[1:]),
        )

    def version(self) -> tuple[int, ...]:
        """The version of git, such as ``(2, 39, 5)``."""
        words = self.ask("version").out.split()
        number = words[2].decode("ascii", "replace") if len(words) > 2 else ""
        return tuple(int(part) for part in number.split(".") if part.isdigit())

    def talk(self, *arguments: str) -> Conversation:
        """Start git and keep talking to it."""
        return Conversation(self._argv(arguments), self.environment())

    def _argv(self, arguments: Sequence[str]) -> list[str]:
        started.append(_command(arguments))
        return ["git", "-C", os.fspath(self.root), *arguments]


def _command(arguments: Sequence[str]) -> str:
    words = iter(arguments)
    for word in words:
        if word == "-c":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def outdated(version: tuple[int, ...]) -> EnvironmentProblem:
    """The refusal for a git that is too old."""
    return EnvironmentProblem(
        _("Git {found} is too old; Casebook needs git {needed} or newer.").format(
            found=".".join(map(str, version)), needed=".".join(map(str, MINIMUM))
        ),
        _("Install a newer git: https://git-scm.com/downloads"),
    )
