"""Sharing work on many things between the computer's cores: the same result, half the time.

It starts nothing on a computer that cannot fork or has one core, and does not know what is done.
"""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WORTH: Final = 2000  # files: below that, starting takes what sharing would save
MOST: Final = 8
PARTS: Final = 32  # for each core: the last one that works has little left to do
_WIDTH: Final = 2  # bytes of a part's number

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
    things: Sequence[One],
    task: Task[One, T],
    own: Callable[[], Own],
    worth: int = 0,
    each: int = PARTS,
) -> tuple[list[T], Own]:
    """The results of all parts, in the order of the things, and that of ``own``.

    Each core takes the next part when it is done with one; so does this program when it is done
    with ``own``, which only it does. What comes back broken is done here again. Fewer things than
    ``worth`` (0: as files are) are one part. ``each`` is the number of parts for a core: few where
    what was done with one thing helps with the next.
    """
    cores = _cores() if len(things) >= (worth or WORTH) else 1
    if cores < 2:
        return [task.do(things)], own()
    parts = _parts(things, cores * each)
    waiting = _numbers(len(parts))
    started = [_start(parts, waiting, task) for _core in range(cores - 1)]
    mine = own()
    done = {number: task.do(parts[number]) for number in _taken(waiting)}
    os.close(waiting)
    for child, pipe in started:
        done |= {number: task.unpack(packed) for number, packed in _answer(child, pipe).items()}
    return [
        done[number] if number in done else task.do(part) for number, part in enumerate(parts)
    ], mine


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


def _start(parts: Sequence[Sequence[One]], waiting: int, task: Task[One, T]) -> tuple[int, int]:
    """A child that works on parts and writes what comes of them; answers its id and the pipe."""
    end, start = os.pipe()
    child = os.fork()
    if child:
        os.close(start)
        return child, end
    code = 1  # pragma: no cover - what follows runs in the child, and ends there
    try:  # pragma: no cover
        os.close(end)
        done = {number: task.pack(task.do(parts[number])) for number in _taken(waiting)}
        with os.fdopen(start, "wb") as pipe:
            marshal.dump(done, pipe)
        code = 0
    finally:  # pragma: no cover
        os._exit(code)


def _answer(child: int, end: int) -> dict[int, Any]:
    """What a child made, by the number of the part; nothing from one that failed."""
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read()
    _child, status = os.waitpid(child, 0)
    done: dict[int, Any] = marshal.loads(said) if status == 0 else {}  # noqa: S302 - our own child
    return done
