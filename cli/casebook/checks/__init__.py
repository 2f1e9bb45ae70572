"""All checks, one module each, found by folder; the same for command, hook, CI and audit.

A check is pure: it reads two snapshots and answers with findings, and never edits or prints.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from casebook import rooms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

    Check = Callable[[Subject, Judgement], Iterable[Finding]]
    Note = Callable[[Subject, Judgement], Any]

NOT_CHECKS = ("base", "intake", "judge")
# These ask nothing of a case; a test holds them to it. A command that writes a case does not load
# them, nor what is late today.
NOT_OF_CASES = (
    *("adopted", "calendar", "codes", "data", "duplicates", "names"),
    *("policy_links", "procedures", "versions"),
)
OF_TODAY = ("overdue",)


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every check module, sorted by name.

    Each has ``FINDINGS`` and ``check(subject, judgement)`` for one record,
    ``check_all(judgement)`` for the casebook as a whole, or both. Where the whole shows only by
    what stands in all records, ``note(subject, judgement)`` answers a few texts and numbers of
    one (or None), and ``check_notes(notes, judgement)`` judges those of all: no file is read for
    that a second time.
    """
    return _loaded(NOT_CHECKS)


def _loaded(without: tuple[str, ...]) -> tuple[ModuleType, ...]:
    names = (name for name in rooms.modules(__path__) if name not in without)
    return tuple(import_module(f"{__name__}.{name}") for name in names)


@cache
def of_records(*, today: bool, warn: bool = True, only_cases: bool = False) -> tuple[Check, ...]:
    """What every check asks of one record, in the order of the modules.

    Unless ``today`` counts, what is late is not asked. Without ``warn`` those that find nothing
    that is wrong (``ONLY_WARNS``) are left out; with ``only_cases`` those that have nothing to say
    of a case.
    """
    without = (*NOT_CHECKS, *(() if today else OF_TODAY), *(NOT_OF_CASES if only_cases else ()))
    asked = _loaded(without)
    return tuple(
        module.check
        for module in asked
        if hasattr(module, "check") and (warn or not getattr(module, "ONLY_WARNS", False))
    )


def of_notes() -> tuple[tuple[str, Note], ...]:
    """What is noted of one record, by the name of the module that will ask for it."""
    return tuple((one.__name__, one.note) for one in modules() if hasattr(one, "note"))
