"""The words of the program itself: its checks and guards, and the line of code that defines them.

Words that data define stand in ``lexicon``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook import checks, guards
from casebook.actions.lexicon import Meaning, Word
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

PACKAGE: Final = Path(__file__).resolve().parent.parent
# Where findings are named: the rooms with a FINDINGS of their own, and beside them every check.
ROOMS: Final = (
    "document.words",
    "catalogue.words",
    "foreign.problem",
    "procedure.problems",
    "checks.intake",
    "checks.judge",
    "audit.words",
)


def words() -> Iterator[Word]:
    """Every finding and every guard by its name."""
    seen: set[str] = set()
    for module in (*(import_module(f"casebook.{name}") for name in ROOMS), *checks.modules()):
        for name, explanation in getattr(module, "FINDINGS", {}).items():
            if name in seen:
                continue
            seen.add(name)

            def meaning(
                name: str = name, explanation: str = explanation, module: ModuleType = module
            ) -> Meaning:
                text = (_(explanation),)
                return Meaning(name, "check", _("check"), name, text, *_line(module, f'"{name}"'))

            yield Word((name,), meaning)
    for name, function in guards.REGISTRY.items():

        def guard(name: str = name, function: Callable[..., object] = function) -> Meaning:
            module = import_module(function.__module__)
            place = _line(module, f"def {function.__name__}(")
            text = (guard_text(name),)
            return Meaning(name, "guard", _("guard of moves"), name, text, *place)

        yield Word((name,), guard)


def guard_text(name: str, *, brief: bool = False) -> str:
    """What a guard asks: the docstring of its function; empty for an unknown guard.

    ``brief`` leaves out what only matters to who writes a workflow.
    """
    function = guards.REGISTRY.get(name)
    parts = (getdoc(function) or "").split("\n\n") if function is not None else []
    said = [_(" ".join(part.split())) for part in (parts[:1] if brief else parts)]
    return " ".join(said).replace("``", '"')


def _line(module: ModuleType, needle: str) -> tuple[str, int]:
    """The file of a module, and the first line that holds ``needle``; 1 when none does."""
    file = Path(module.__file__ or "")
    path = f"casebook/{file.relative_to(PACKAGE).as_posix()}"
    numbers = (number for number, line in enumerate(_lines(file), 1) if needle in line)
    return path, next(numbers, 1)


@cache
def _lines(file: Path) -> tuple[str, ...]:
    try:
        return tuple(file.read_text("utf-8").splitlines())
    except OSError:
        return ()
