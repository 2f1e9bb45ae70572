"""Sharing a long judgement between the computer's cores: same findings, half the time.

It starts nothing on a computer that cannot fork or has one core, and never changes a result.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from casebook.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from casebook.snapshot import Entry

    Work = Callable[[Sequence[Entry]], list[Finding]]
    Answers = dict[int, list[Finding]]

WORTH: Final = 2000  # files: below that, starting takes what sharing would save
MOST: Final = 8
PARTS: Final = 32  # for each core: the last one that works has little left to do
_WIDTH: Final = 2  # bytes of a part's number


def shared(entries: Sequence[Entry], work: Work, own: Work) -> list[Finding]:
    """The findings of ``work`` on all entries and of ``own``, which only this program does.

    The entries are cut into parts, and each core takes the next part when it is done with one; so
    does this program when ``own`` is done. What comes back broken is done here again. The order
    of the findings is the caller's business.
    """
    cores = _cores() if len(entries) >= WORTH else 1
    if cores < 2:
        return [*work(entries), *own(entries)]
    parts = _parts(entries, cores * PARTS)
    waiting = _numbers(len(parts))
    started = [_start(parts, waiting, work) for _core in range(cores - 1)]
    found = own(entries)
    done = {number: work(parts[number]) for number in _taken(waiting)}
    os.close(waiting)
    for child, pipe in started:
        done |= _answer(child, pipe)
    for number, part in enumerate(parts):
        found += done[number] if number in done else work(part)
    return found


def _cores() -> int:
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _parts(entries: Sequence[Entry], count: int) -> list[Sequence[Entry]]:
    size = -(-len(entries) // max(count, 1)) or 1
    return [entries[start : start + size] for start in range(0, len(entries), size)]


def _numbers(count: int) -> int:
    """A pipe that holds the numbers of all parts: whoever reads one has that part to do."""
    end, start = os.pipe()
    os.write(start, b"".join(number.to_bytes(_WIDTH, "big") for number in range(count)))
    os.close(start)
    return end


def _taken(waiting: int) -> Iterator[int]:
    """The next number, until none is left."""
    while number := os.read(waiting, _WIDTH):
        yield int.from_bytes(number, "big")


def _start(parts: Sequence[Sequence[Entry]], waiting: int, work: Work) -> tuple[int, int]:
    """A child that works on parts and writes their findings; answers its id and the pipe."""
    end, start = os.pipe()
    child = os.fork()
    if child:
        os.close(start)
        return child, end
    code = 1  # pragma: no cover - what follows runs in the child, and ends there
    try:  # pragma: no cover
        os.close(end)
        rows = {
            number: [
                [one.path, one.line, one.column, one.check, one.message, one.remedy, one.severity]
                for one in work(parts[number])
            ]
            for number in _taken(waiting)
        }
        with os.fdopen(start, "wb") as pipe:
            pipe.write(json.dumps(rows).encode())
        code = 0
    finally:  # pragma: no cover
        os._exit(code)


def _answer(child: int, end: int) -> Answers:
    """The findings of a child by the number of their part; none from one that failed."""
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read()
    _child, status = os.waitpid(child, 0)
    rows = json.loads(said) if status == 0 else {}
    return {int(number): [Finding(*row) for row in found] for number, found in rows.items()}
