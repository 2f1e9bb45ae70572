"""Regular expressions that are compiled when they are first used.

A start that uses three of them shall not pay for the hundred that stand in the modules it reads.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, cast

compiled: Final[list[str | bytes]] = []  # what was compiled by this program, in order; tests count


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile``, but later; a wrong pattern is found when it is first used."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


class _Later:
    """Stands for a pattern and takes over each of its methods as it is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern
        self._how = flags
        self._ready: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._ready is None:
            compiled.append(self._source)
            self._ready = re.compile(self._source, self._how)
        found = getattr(self._ready, name)
        setattr(self, name, found)  # from now on without this detour
        return found
