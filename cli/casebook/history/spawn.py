"""Starting a git process and exchanging bytes with it.

It knows no git command, and does not import subprocess (a bare Python start on its own) where
the system can do without it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from casebook.errors import EnvironmentProblem
from casebook.frozen import frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Its number wherever a process can be spawned so; ``signal`` makes three lists of names at import.
_SIGPIPE: Final = 13


@frozen
class Answer:
    """What a finished git process said; ``code`` is negative for a signal."""

    code: int
    out: bytes
    err: bytes

    def text(self) -> str:
        """Everything said on both channels, decoded, with control characters shown."""
        said = b"\n".join(part.strip() for part in (self.err, self.out) if part.strip())
        return visible(said.decode("utf-8", "replace"))


def visible(text: str) -> str:
    """``text`` with escape, control and direction characters written out."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() and c not in "\ufeff") else f"\\x{ord(c):02x}"
        for c in text
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
            [_found_git(), *argv[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if opened.stdin is None or opened.stdout is None:
            raise missing()
        self.input, self.output = cast("BinaryIO", opened.stdin), cast("BinaryIO", opened.stdout)
        self._wait = opened.wait

    def close(self) -> None:
        """End the conversation and wait for git to leave."""
        if self.output.closed:
            return
        with suppress(BrokenPipeError):
            self.input.close()
        self.output.close()
        if self._pid is None:
            self._wait()
        else:
            os.waitpid(self._pid, 0)


def begin(argv: list[str], environment: dict[str, str], stdin: bytes) -> Callable[[], Answer]:
    """Start one process with ``stdin`` as its input; what comes back waits for its answer.

    It must be called, once. Where the system starts processes slowly only that call starts it.
    """
    if hasattr(os, "posix_spawnp"):
        return _begin_quickly(argv, environment, stdin)

    def portably() -> Answer:
        import subprocess

        done = subprocess.run(
            [_found_git(), *argv[1:]],
            input=stdin,
            capture_output=True,
            env=environment,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return portably


def _found_git() -> str:
    # Popen would also look in the current folder, which may be a casebook that was pulled.
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = Path(folder) / ("git.exe" if os.name == "nt" else "git")
        if found.is_absolute() and found.is_file():
            return str(found)
    raise missing()


def _spawn(
    argv: list[str], environment: dict[str, str], actions: Sequence[tuple[object, ...]]
) -> int:
    try:
        return os.posix_spawnp(  # Python ignores SIGPIPE; git and hooks expect it to work
            "git",
            argv,
            environment,
            file_actions=actions,
            setsigdef=[_SIGPIPE],
        )
    except OSError as problem:
        raise missing() from problem


def _begin_quickly(
    argv: list[str], environment: dict[str, str], stdin: bytes
) -> Callable[[], Answer]:
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

    # What fits in the pipe is there at once, and its end too: git need not wait for us.
    os.set_blocking(our_in, False)
    left = _feed(our_in, memoryview(stdin))
    if not left:
        os.close(our_in)

    def answer() -> Answer:
        try:
            out, err = _exchange(our_in, left, our_out, our_err)
        finally:
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return Answer(code, out, err)

    return answer


def _exchange(our_in: int, left: memoryview, our_out: int, our_err: int) -> tuple[bytes, bytes]:
    """Feed what is left and collect both channels at once, so that neither side waits forever."""
    import select

    said: dict[int, list[bytes]] = {our_out: [], our_err: []}
    open_ends = {our_out, our_err}
    poll = select.poll()
    poll.register(our_out, select.POLLIN)
    poll.register(our_err, select.POLLIN)
    if left:
        poll.register(our_in, select.POLLOUT)
        open_ends.add(our_in)
    try:
        while open_ends:
            for end, _event in poll.poll():
                if end not in said:
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
