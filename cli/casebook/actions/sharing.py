"""Sharing a long judgement between the computer's cores: same findings, half the time.

It starts nothing on a computer that cannot fork or has one core, and never changes a result.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from casebook.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.snapshot import Entry

    Work = Callable[[Sequence[Entry]], list[Finding]]

WORTH: Final = 2000  # files: below that, starting takes what sharing would save
MOST: Final = 8


def shared(entries: Sequence[Entry], work: Work, own: Work) -> list[Finding]:
    """The findings of ``work`` on all entries and of ``own``, which this program does meanwhile.

    Each core works on a part of the entries, in their order; what cannot be shared, or comes back
    broken, is done here. The order of the findings is the caller's business.
    """
    parts = _parts(entries, _cores() if len(entries) >= WORTH else 1)
    if len(parts) < 2:
        return [*work(entries), *own(entries)]
    started = [_start(part, work) for part in parts]
    found = own(entries)
    for part, (child, pipe) in zip(parts, started, strict=True):
        answer = _answer(child, pipe)
        found += work(part) if answer is None else answer
    return found


def _cores() -> int:
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _parts(entries: Sequence[Entry], count: int) -> list[Sequence[Entry]]:
    size = -(-len(entries) // max(count, 1)) or 1
    return [entries[start : start + size] for start in range(0, len(entries), size)]


def _start(part: Sequence[Entry], work: Work) -> tuple[int, int]:
    """A child that works on a part and writes its findings; answers its id and the pipe."""
    end, start = os.pipe()
    child = os.fork()
    if child:
        os.close(start)
        return child, end
    code = 1  # pragma: no cover - what follows runs in the child, and ends there
    try:  # pragma: no cover
        os.close(end)
        rows = [
            [one.path, one.line, one.column, one.check, one.message, one.remedy, one.severity]
            for one in work(part)
        ]
        with os.fdopen(start, "wb") as pipe:
            pipe.write(json.dumps(rows).encode())
        code = 0
    finally:  # pragma: no cover
        os._exit(code)


def _answer(child: int, end: int) -> list[Finding] | None:
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read()
    _child, status = os.waitpid(child, 0)
    return [Finding(*row) for row in json.loads(said)] if status == 0 else None
