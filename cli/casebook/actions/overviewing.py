"""What now: today, this week, late, what waits for approval, unsaved edits, unshared commits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casebook.actions import approvals, reading
from casebook.actions.outlook import moment
from casebook.errors import EnvironmentProblem
from casebook.frozen import frozen
from casebook.history import find_repository
from casebook.snapshot import FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.approvals import Approval
    from casebook.actions.desk import Desk
    from casebook.actions.reading import Row
    from casebook.finding import Finding


@frozen
class Overview:
    """The open cases by when something is due, and what else waits."""

    late: tuple[Row, ...]
    today: tuple[Row, ...]
    week: tuple[Row, ...]
    later: tuple[Row, ...]
    unsaved: tuple[str, ...]
    unreadable: tuple[Finding, ...]
    model_procedures: int
    calendar_missing: bool
    problem: EnvironmentProblem | None = None  # why the unsaved edits are not known
    unsent: int = 0  # saved here, not shared yet
    unreceived: int = 0  # seen in the shared casebook, not here yet
    approvals: tuple[Approval, ...] = ()  # proposed signers, and keys that are to end
    strange: tuple[Finding, ...] = ()  # files that do not belong here, such as a picture

    @property
    def first(self) -> Row | None:
        """The case that comes first."""
        return next(iter((*self.late, *self.today, *self.week, *self.later)), None)


def overview(desk: Desk, *, mine: bool) -> Overview:
    """The overview of all open cases; with ``mine`` only those of the actor's role."""
    owner = desk.role if mine else ""
    found = reading.cases(desk, reading.Filter(owner=owner))
    now = desk.now.replace(tzinfo=None)
    evening = now.replace(hour=23, minute=59)
    week = evening + timedelta(days=7)
    groups: dict[str, list[Row]] = {"late": [], "today": [], "week": [], "later": []}
    for row in found.rows:
        due = row.next.due if row.next is not None else None
        if row.overdue:
            name = "late"
        elif due is not None and moment(due) <= evening:
            name = "today"
        elif due is not None and moment(due) <= week:
            name = "week"
        else:
            name = "later"
        groups[name].append(row)
    unsaved, problem = _unsaved(desk)
    strange = _strange(desk, unsaved)
    other = {one.path for one in strange}
    unsent, unreceived = _unshared(desk) if problem is None else (0, 0)
    return Overview(
        late=tuple(groups["late"]),
        today=tuple(groups["today"]),
        week=tuple(groups["week"]),
        later=tuple(groups["later"]),
        unsaved=tuple(one for one in unsaved if one not in other),
        strange=strange,
        unreadable=found.unreadable,
        model_procedures=sum(
            1
            for one in desk.policy.procedure_ids()
            if (found_one := desk.policy.procedure(one)) is not None and found_one.model
        ),
        calendar_missing=desk.policy.calendar.missing_in(desk.now.date()),
        problem=problem,
        unsent=unsent,
        unreceived=unreceived,
        approvals=approvals.waiting(desk) if problem is None else (),
    )


def _unsaved(desk: Desk) -> tuple[list[str], EnvironmentProblem | None]:
    """Paths with hand edits; without a working git the cases can still be told."""
    from casebook.actions.saving import unsaved

    try:
        if find_repository(desk.casebook.root) is None:
            return [], None
        return [change.path for change in unsaved(desk)], None
    except EnvironmentProblem as problem:
        return [], problem


def _strange(desk: Desk, paths: Sequence[str]) -> tuple[Finding, ...]:
    """Which of these do not belong in a casebook, by their names; what to do comes first then."""
    from casebook import foreign

    outside = tuple(desk.casebook.outside)
    found = ((path, foreign.judge_path(path, FILE, outside)) for path in paths)
    return tuple(problem.at(path) for path, problem in found if problem is not None)


def _unshared(desk: Desk) -> tuple[int, int]:
    """What is not shared yet, and what is there already; nothing where nothing is shared."""
    if find_repository(desk.casebook.root) is None:
        return 0, 0
    from casebook.history.remote import unshared

    return unshared(desk.repository) or (0, 0)
