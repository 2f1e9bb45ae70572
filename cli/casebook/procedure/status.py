"""What of a procedure is done, skipped or still open in one case.

It does not judge reasons or refuse moves; checks and guards do that with what is found here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.pattern import EACH
from casebook.procedure.model import OPTIONAL, REQUIRED, Step
from casebook.terms import day_part, due, is_overdue, is_term, paused_days, start_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime

    from casebook.calendar import SchoolCalendar
    from casebook.pattern import Data
    from casebook.procedure.model import Procedure
    from casebook.terms import Pauses

OPEN: Final = "open"
DONE: Final = "done"
SKIPPED: Final = "skipped"
NOT_APPLICABLE: Final = "not-applicable"

# An entry that merely stands in the file completes nothing: a talk planned is not a talk held.
# Per list the field that tells, and the test; a pattern that names that field decides itself.
_COMPLETE: Final[dict[str, tuple[str, Callable[[Data], bool]]]] = {
    "messages": ("sent", lambda entry: _is_day(entry, "sent") or bool(entry.get("because"))),
    "decisions": ("answer", lambda entry: bool(entry.get("answer"))),
    "talks": ("held", lambda entry: entry.get("held") != "no"),
    "actions": ("done", lambda entry: _is_day(entry, "done")),
    "measures": ("status", lambda entry: entry.get("status") not in ("considered", "withdrawn")),
}


def _is_day(entry: Data, field: str) -> bool:
    return entry.get(field, "no") not in ("no", "")


class Terms:
    """When the terms of one case end; those that were worked out are kept: many end together."""

    def __init__(self, data: Data, calendar: SchoolCalendar, now: date | datetime) -> None:
        self.now = now
        self._data = data
        self._calendar = calendar
        self._ends: dict[tuple[str, str, bool], date | datetime | None] = {}

    def end(self, step: Step) -> date | datetime | None:
        """The end of a step's term; None without a term or a start."""
        kind = (step.start, step.within, step.is_legal)
        if kind not in self._ends:
            self._ends[kind] = self._end(step)
        return self._ends[kind]

    def _end(self, step: Step) -> date | datetime | None:
        start = start_of(self._data.get(step.start))
        if start is None or not is_term(step.within):
            return None
        return due(step.within, start, self._calendar, () if step.is_legal else self._pauses)

    @cached_property
    def _pauses(self) -> Pauses:
        return paused_days(pattern.entries(self._data, "waits"), day_part(self.now))


class StepStatus:
    """One step in one case, worked out as far as it is asked for.

    A guard looks at a few steps and at no term, a page at all of them; an audit asks the guards
    of every commit there ever was. The case must not change meanwhile.
    """

    # Kept by hand: ``cached_property`` locks at each first look, and there are thousands of steps.
    __slots__ = ("_applies", "_data", "_fulfilled_by", "_recorded", "_state", "_terms", "step")

    def __init__(self, step: Step, data: Data, recorded: Data, terms: Terms) -> None:
        self.step = step
        self._data = data
        self._recorded = recorded
        self._terms = terms
        self._applies: bool | None = None
        self._fulfilled_by: tuple[str, ...] | None = None
        self._state = ""

    @property
    def applies(self) -> bool:
        """Whether the step's condition holds in the case."""
        if self._applies is None:
            condition = self.step.condition()
            self._applies = not condition or pattern.holds(self._data, condition)
        return self._applies

    @property
    def fulfilled_by(self) -> tuple[str, ...]:
        """The ids of the entries that complete it (for a field of the case: the field's name)."""
        if self._fulfilled_by is None:
            self._fulfilled_by = fulfilment(self.step, self._data) if self.applies else ()
        return self._fulfilled_by

    @property
    def state(self) -> str:
        """``open``, ``done``, ``skipped`` or ``not-applicable``."""
        self._state = self._state or self._stands()
        return self._state

    def _stands(self) -> str:
        recorded = self._recorded
        if recorded.get("done") or self.fulfilled_by:
            return DONE
        if recorded.get("skipped") and recorded.get("because"):
            return SKIPPED
        return OPEN if self.applies else NOT_APPLICABLE

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.state == OPEN

    @property
    def required(self) -> bool:
        """Whether the case cannot go on without it."""
        return self.step.need == REQUIRED and self.applies

    @property
    def due(self) -> date | datetime | None:
        """A day, or a moment for a clock time, or None without a term or start."""
        return self._terms.end(self.step)

    @property
    def overdue(self) -> bool:
        """Whether its term is past and it still counts."""
        if self.step.need == OPTIONAL:
            return False
        end = self.due  # known for many steps at once; whether a step is open is not
        return end is not None and is_overdue(end, self._terms.now) and self.is_open


def status(
    procedure: Procedure,
    data: Mapping[str, Any],
    calendar: SchoolCalendar,
    now: date | datetime,
) -> list[StepStatus]:
    """The state of every step in the case with front matter ``data``, in procedure order.

    ``now`` is today or the present local time; a step with a clock time is late to the minute
    only with the latter. Terms of the school's own norm stand still while the case waits for
    others; legal ones never.
    """
    recorded = {entry.get("id"): entry for entry in pattern.entries(data, "steps")}
    terms = Terms(data, calendar, now)
    return [StepStatus(step, data, recorded.get(step.id, {}), terms) for step in procedure.steps]


def fulfilment(step: Step, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the entries that complete the step by themselves; the first alternative that holds."""
    for one in step.fulfilled_by:
        if found := _matches(data, one):
            return found
    return ()


def _matches(data: Data, one: Mapping[str, Any]) -> tuple[str, ...]:
    name = one.get("in")
    if name is None:
        return (one["field"],) if "field" in one and pattern.holds(data, one) else ()
    found = pattern.find(data, one)
    needs = pattern.values(one.get(EACH)) if found else ()
    if any(not pattern.values(entry.get(field)) for entry in found for field in needs):
        return ()
    field, complete = _COMPLETE.get(name, ("", bool))
    return tuple(str(entry.get("id", name)) for entry in found if field in one or complete(entry))


def open_before(
    statuses: Sequence[StepStatus], moves: Collection[str], need: str = ""
) -> list[StepStatus]:
    """Open steps that belong before one of ``moves`` ("" = steps without a move).

    Optional steps never count; ``need`` keeps only ``required`` or ``advised`` ones.
    """
    return [
        one
        for one in statuses
        if one.is_open
        and one.step.before in moves
        and one.step.need != OPTIONAL
        and need in ("", one.step.need)
    ]


def has_required_aftercare(procedure: Procedure, statuses: Sequence[StepStatus] = ()) -> bool:
    """Whether a case must pass through aftercare before it is closed.

    With the statuses of a case: when a required step before ``close`` applies in it; without
    them: when the procedure says that it has such steps.
    """
    if not statuses:
        return procedure.aftercare
    return any(one.required and one.step.before == "close" for one in statuses)
