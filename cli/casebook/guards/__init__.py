"""The guards that workflow data can name, and what is still missing for them.

A guard looks at front matter only and answers with ``Unmet`` values; it never prints, edits or
decides whether a move happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from casebook import pattern
from casebook.guards.model import Question, Repair, Unmet, argv, blocking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebook.guards.model import World as World
    from casebook.workflow import Guard

    Function = Callable[[Question, Guard], Iterator[Unmet]]

__all__ = [
    "REGISTRY",
    "Question",
    "Repair",
    "Unmet",
    "argv",
    "blocking",
    "unmet",
]


class _Registry(Mapping[str, "Function"]):
    """The guards by name; the module of one is loaded when the guard is first asked.

    A guard is the function of its name, with ``_`` for ``-``.
    """

    def __init__(self, **modules: tuple[str, ...]) -> None:
        self._module = {name: module for module, names in modules.items() for name in names}
        self._known: dict[str, Function] = {}

    def __getitem__(self, name: str) -> Function:
        if name not in self._known:
            module = import_module(f"{__name__}.{self._module[name]}")
            self._known[name] = getattr(module, name.replace("-", "_"))
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._module)

    def __len__(self) -> int:
        return len(self._module)


REGISTRY: Final[Mapping[str, Function]] = _Registry(
    fields=("field", "text", "list-not-empty", "each-entry"),
    people=("answered", "heard", "parents-consulted"),
    cases=("steps-done", "links-closed", "is-light", "short-close", "target-open"),
    measures=("legal-form", "same-treatment"),
    decided=("whole-adopted", "council"),
)


def unmet(question: Question, guard: Guard) -> list[Unmet]:
    """What is missing for ``guard``; empty when it holds or does not apply."""
    data = question.data
    for one in guard.only_if:
        if not pattern.holds(data, one):
            return []
    for one in guard.unless:
        if pattern.holds(data, one):
            return []
    return list(REGISTRY[guard.name](question, guard))
