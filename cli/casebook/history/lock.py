"""One command at a time: a kernel lock in the git folder that all work trees share.

The system frees it when its holder dies; it does not protect against plain git commands.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from casebook.errors import EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMEOUT: Final = 30.0  # seconds
_PAUSE: Final = 0.01


class Lock:
    """The lock of one repository; may be taken again by whoever has it."""

    def __init__(self, common_dir: Path) -> None:
        self.folder = common_dir / "casebook"
        self._depth = 0
        self._held: Any = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock now."""
        return self._depth > 0

    @contextmanager
    def __call__(self, timeout: float = TIMEOUT) -> Iterator[None]:
        """Hold the lock; raises ``EnvironmentProblem`` naming its holder after ``timeout`` s."""
        if self._depth == 0:
            self._acquire(timeout)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._release()

    def _acquire(self, timeout: float) -> None:
        try:
            self.folder.mkdir(exist_ok=True)
            self._held = _take(self.folder / "lock", timeout)
        except TimeoutError as problem:
            raise self._busy() from problem
        except OSError as problem:
            raise EnvironmentProblem(
                _("The folder {folder} cannot be written: {reason}").format(
                    folder=self.folder, reason=problem.strerror or problem
                ),
                _("Check that you may write in it and that the disk is not full."),
            ) from problem
        moment = time.strftime("%H:%M:%S")
        with suppress(OSError):  # it only serves a better message
            (self.folder / "lock-holder").write_text(f"{os.getpid()} {moment}\n", "utf-8")

    def _release(self) -> None:
        with suppress(OSError):
            (self.folder / "lock-holder").unlink(missing_ok=True)
        held, self._held = self._held, None
        if isinstance(held, int):
            os.close(held)
        else:
            held.release()

    def _busy(self) -> EnvironmentProblem:
        try:
            pid, moment = (self.folder / "lock-holder").read_text("utf-8").split()
        except (OSError, ValueError):
            message = _("Another Casebook command is busy in this casebook.")
        else:
            message = _(
                "Another Casebook command is busy in this casebook (process {pid}, since {moment})."
            ).format(pid=pid, moment=moment)
        return EnvironmentProblem(message, _("Wait until it is ready and try again."))


def _take(file: Path, timeout: float) -> Any:
    """The descriptor of the locked file, or filelock's lock where there is no ``flock``.

    ``filelock`` uses ``flock`` too where there is one, but importing it costs three times a bare
    Python start.
    """
    try:
        import fcntl
    except ImportError:
        return _take_portably(file, timeout)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    until = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            os.close(descriptor)
            raise TimeoutError(str(file)) from None
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor


def _take_portably(file: Path, timeout: float) -> Any:
    import filelock

    lock = filelock.FileLock(file)
    lock.acquire(timeout=timeout, poll_interval=_PAUSE)  # filelock.Timeout is a TimeoutError
    return lock
