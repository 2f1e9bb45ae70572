"""Sharing work on many things between the computer's cores: the same result, half the time.

It starts nothing on a computer that cannot fork or has one core, and does not know what is done.
"""

from __future__ import annotations

import marshal
import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

WORTH: Final = 2000  # files: below that, starting takes what sharing would save
MOST: Final = 8
PARTS: Final = 32  # for each core: the last one that works has little left to do
_WIDTH: Final = 2  # bytes of a part's number
_SIGKILL: Final = 9  # wherever a program can fork; ``signal`` makes three lists of names at import

One = TypeVar("One")
T = TypeVar("T")
Own = TypeVar("Own")


class Task(Generic[One, T]):
    """What is done with a part of the things, and how its result comes back from another core.

    ``pack`` makes texts, numbers, lists and maps of a result, ``unpack`` the same result of those.
    """

    __slots__ = ("do", "pack", "unpack")

    def __init__(
        self,
        do: Callable[[Sequence[One]], T],
        pack: Callable[[T], Any],
        unpack: Callable[[Any], T],
    ) -> None:
        self.do = do
        self.pack = pack
        self.unpack = unpack


def shared(
    things: Sequence[One], task: Task[One, T], own: Callable[[], Own]
) -> tuple[list[T], Own]:
    """The results of all parts, in the order of the things, and that of ``own``.

    Each core takes the next part when it is done with one; so does this program when it is done
    with ``own``, which only it does. What comes back broken is done here again.
    """
    cores = _cores() if len(things) >= WORTH else 1
    if cores < 2:
        return [task.do(things)], own()
    parts = _parts(things, cores * PARTS)
    waiting = _numbers(len(parts))

    def work() -> list[tuple[int, Any]]:
        return [(number, task.pack(task.do(parts[number]))) for number in _taken(waiting)]

    started = [_Child(work) for _core in range(cores - 1)]
    mine = own()
    done = {number: task.do(parts[number]) for number in _taken(waiting)}
    os.close(waiting)
    for child in started:
        done |= {number: task.unpack(packed) for number, packed in child.answer() or ()}
    return [
        done[number] if number in done else task.do(part) for number, part in enumerate(parts)
    ], mine


def in_turn(things: Sequence[One], task: Task[One, T], worth: int) -> Generator[T, None, None]:
    """The results of long parts, one for each core, in the order of the things.

    For work in which what was done with one thing helps with the next. This program does the first
    part, and whoever asked works on its result while the others are still at theirs. What comes
    back broken is done here again. Fewer things than ``worth`` are one part.
    """
    cores = _cores() if len(things) >= worth else 1
    first, *others = _parts(things, cores) or [things]

    def work(part: Sequence[One]) -> list[Any]:
        return [task.pack(task.do(part))]

    started = [_Child(partial(work, part)) for part in others]
    try:
        yield task.do(first)
        for child, part in zip(started, others, strict=True):
            packed = child.answer()
            yield task.do(part) if packed is None else task.unpack(packed[0])
    finally:
        for child in started:
            child.end()


class Meanwhile(Generic[T]):
    """Something that mostly waits (for git), done while this program goes on."""

    def __init__(self, do: Callable[[], T]) -> None:
        from threading import Thread  # few commands have anything to do meanwhile

        self._do = do
        self._said: list[T] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._said.append(self._do())
        except BaseException as error:  # whoever waits for the answer is told
            self._failed.append(error)

    def answer(self) -> T:
        """What came of it; raises what was raised. Afterwards nothing runs beside the program."""
        self._thread.join()
        if self._failed:
            raise self._failed[0]
        return self._said[0]


def _cores() -> int:
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _parts(things: Sequence[One], count: int) -> list[Sequence[One]]:
    size = -(-len(things) // max(count, 1)) or 1
    return [things[start : start + size] for start in range(0, len(things), size)]


def _numbers(count: int) -> int:
    """A pipe that holds the numbers of all parts: whoever reads one has that part to do.

    The last ones come first: cases of this year are open and take longest.
    """
    end, start = os.pipe()
    numbers = reversed(range(count))
    os.write(start, b"".join(number.to_bytes(_WIDTH, "big") for number in numbers))
    os.close(start)
    return end


def _taken(waiting: int) -> Iterator[int]:
    """The next number, until none is left."""
    while number := os.read(waiting, _WIDTH):
        yield int.from_bytes(number, "big")


class _Child:
    """Another program like this one that does some work beside it."""

    def __init__(self, work: Callable[[], list[Any]]) -> None:
        """``work`` answers texts, numbers, lists and maps."""
        self._pipe, start = os.pipe()
        self._id: int | None = os.fork()
        if self._id:
            os.close(start)
            return
        code = 1  # pragma: no cover - what follows runs in the child, and ends there
        try:  # pragma: no cover
            os.close(self._pipe)
            done = work()
            with os.fdopen(start, "wb") as pipe:
                marshal.dump(done, pipe)
            code = 0
        finally:  # pragma: no cover
            os._exit(code)

    def answer(self) -> list[Any] | None:
        """What came of it, waited for; None from one that failed."""
        with os.fdopen(self._pipe, "rb") as pipe:
            said = pipe.read()
        status = self._wait()
        return marshal.loads(said) if status == 0 else None  # noqa: S302 - our own child

    def end(self) -> None:
        """Let it go when nobody wants its answer any more."""
        if self._id is not None:
            os.close(self._pipe)
            os.kill(self._id, _SIGKILL)
            self._wait()

    def _wait(self) -> int:
        child, self._id = self._id, None
        return os.waitpid(child, 0)[1] if child is not None else 1
