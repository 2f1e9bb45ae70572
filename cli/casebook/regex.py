"""Regular expressions that are compiled when they are first used.

A start that uses three of them shall not pay for the hundred that stand in the modules it reads.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, AnyStr, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_compile: Final = re.compile
compiled: Final[list[str | bytes]] = []  # what was compiled by this program, in order; tests count


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile``, but later; a wrong pattern is found when it is first used."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


@contextmanager
def deferred() -> Iterator[None]:
    """Let a library that is imported meanwhile compile its patterns when it first uses them.

    PyYAML has patterns for reading without libyaml; compiling them costs half a bare Python start.
    """
    at_once = re.compile
    re.compile = regex  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = at_once


class _Later:
    """Stands for a pattern and takes over each of its methods as it is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern
        self._how = flags
        self._ready: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._ready is None:
            compiled.append(self._source)
            self._ready = _compile(self._source, self._how)
        found = getattr(self._ready, name)
        setattr(self, name, found)  # from now on without this detour
        return found
