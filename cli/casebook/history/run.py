"""Starting git: one place for its environment, its failures and the count of what was started.

It knows no git command; it does not import subprocess where the system can do without it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from casebook.errors import EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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

started: list[str] = []  # the git commands started by this program, in order; tests count them


@dataclass(frozen=True, slots=True)
class Answer:
    """What a finished git process said; ``code`` is negative for a signal."""

    code: int
    out: bytes
    err: bytes

    def text(self) -> str:
        """Everything said on both channels, decoded, with control characters shown."""
        said = b"\n".join(part.strip() for part in (self.err, self.out) if part.strip())
        return visible(said.decode("utf-8", "replace"))


class GitFailed(EnvironmentProblem):
    """Git could not do what was asked; the message holds its own first words."""


def visible(text: str) -> str:
    """``text`` with escape, control and direction characters written out."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() and c not in "\ufeff") else f"\\x{ord(c):02x}"
        for c in text
    )


class Git:
    """Git commands in one repository. ``in_hook`` honours the variables git gave its hook."""

    def __init__(self, root: Path, *, in_hook: bool = False) -> None:
        self.root = root
        kept = dict(os.environ)
        if not in_hook:
            for name in REPOSITORY_VARIABLES:
                kept.pop(name, None)
        self._own = kept

    def environment(self, *, commit: bool = False, more: Mapping[str, str] = {}) -> dict[str, str]:
        """Variables for one process; a commit runs people's hooks, so it gets their own locale."""
        variables = dict(self._own)
        if not commit:
            variables |= {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
        return {**variables, **more}

    def ask(
        self,
        *arguments: str,
        stdin: bytes = b"",
        commit: bool = False,
        more: Mapping[str, str] = {},
    ) -> Answer:
        """Run git to its end and answer what it said, whatever its exit code."""
        argv = self._argv(arguments)
        return finish(argv, self.environment(commit=commit, more=more), stdin)

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


def missing() -> EnvironmentProblem:
    """The refusal for a computer without git."""
    return EnvironmentProblem(
        _("Git is not installed, or this program cannot find it."),
        _("Install git: https://git-scm.com/downloads"),
    )


class Conversation:
    """A git process that stays open: write a line, read its answer."""

    def __init__(self, argv: list[str], environment: dict[str, str]) -> None:
        self.input: BinaryIO
        self.output: BinaryIO
        if not hasattr(os, "posix_spawnp"):
            self._start_portably(argv, environment)
            return
        their_in, our_in = os.pipe()
        our_out, their_out = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, their_in, 0),
            (os.POSIX_SPAWN_DUP2, their_out, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        try:
            self._pid: int | None = _spawn(argv, environment, actions)
        finally:
            os.close(their_in)
            os.close(their_out)
        self.input = os.fdopen(our_in, "wb")
        self.output = os.fdopen(our_out, "rb")

    def _start_portably(self, argv: list[str], environment: dict[str, str]) -> None:
        import subprocess

        self._pid = None
        opened = subprocess.Popen(
            [_windows_git(), *argv[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if opened.stdin is None or opened.stdout is None:
            raise missing()
        self.input, self.output = opened.stdin, opened.stdout  # type: ignore[assignment]
        self._wait = opened.wait

    def close(self) -> None:
        """End the conversation and wait for git to leave."""
        if self.output.closed:
            return
        try:
            self.input.close()
        except BrokenPipeError:
            pass
        self.output.close()
        if self._pid is None:
            self._wait()
        else:
            os.waitpid(self._pid, 0)


def finish(argv: list[str], environment: dict[str, str], stdin: bytes) -> Answer:
    """Run one process to its end with ``stdin`` as its input."""
    if hasattr(os, "posix_spawnp"):
        return _finish_quickly(argv, environment, stdin)
    import subprocess

    done = subprocess.run(
        [_windows_git(), *argv[1:]], input=stdin, capture_output=True, env=environment, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def _windows_git() -> str:
    # Popen would also look in the current folder, which may be a casebook that was pulled.
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = os.path.join(folder, "git.exe")
        if os.path.isabs(folder) and os.path.isfile(found):
            return found
    raise missing()


def _spawn(argv: list[str], environment: dict[str, str], actions: list[tuple[int, ...]]) -> int:
    from signal import SIGPIPE

    try:
        return os.posix_spawnp(  # Python ignores SIGPIPE; git and hooks expect it to work
            "git",
            argv,
            environment,
            file_actions=actions,  # type: ignore[arg-type]
            setsigdef=[SIGPIPE],
        )
    except OSError as problem:
        raise missing() from problem


def _finish_quickly(argv: list[str], environment: dict[str, str], stdin: bytes) -> Answer:
    their_in, our_in = os.pipe()
    our_out, their_out = os.pipe()
    our_err, their_err = os.pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, their, number)
        for number, their in enumerate((their_in, their_out, their_err))
    ]
    try:
        pid = _spawn(argv, environment, actions)
    except BaseException:
        for ours in (our_in, our_out, our_err):
            os.close(ours)
        raise
    finally:
        for theirs in (their_in, their_out, their_err):
            os.close(theirs)
    try:
        out, err = _exchange(our_in, stdin, our_out, our_err)
    finally:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Answer(code, out, err)


def _exchange(our_in: int, stdin: bytes, our_out: int, our_err: int) -> tuple[bytes, bytes]:
    """Feed ``stdin`` and collect both channels at once, so that neither side waits forever."""
    import select

    os.set_blocking(our_in, False)
    left = memoryview(stdin)
    said: dict[int, list[bytes]] = {our_out: [], our_err: []}
    open_ends = {our_in, our_out, our_err}
    poll = select.poll()
    poll.register(our_in, select.POLLOUT)
    poll.register(our_out, select.POLLIN)
    poll.register(our_err, select.POLLIN)
    try:
        while open_ends:
            for end, _event in poll.poll():
                if end == our_in:
                    left = _feed(end, left)
                    finished = not left
                else:
                    chunk = os.read(end, 1 << 16)
                    said[end].append(chunk)
                    finished = not chunk
                if finished:
                    poll.unregister(end)
                    open_ends.discard(end)
                    os.close(end)
    finally:
        for end in open_ends:
            os.close(end)
    return b"".join(said[our_out]), b"".join(said[our_err])


def _feed(end: int, left: memoryview) -> memoryview:
    if not left:
        return left
    try:
        return left[os.write(end, left) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        return left[:0]
