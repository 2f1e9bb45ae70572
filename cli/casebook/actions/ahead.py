"""Finding out early what will be told, while git makes the commit that it is about.

It decides nothing: what cannot be found out early is found out when it is told.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Ahead(Generic[T]):
    """A value that may be made before it is asked for; ``make`` changes nothing."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []

    def begin(self) -> None:
        """Make it now; what goes wrong is said by ``value``, when nothing is under way any more."""
        with suppress(Exception):
            self._made.append(self._make())

    def value(self) -> T:
        """The value, made now where it was not."""
        return self._made[0] if self._made else self._make()
