"""Which group works on which competence in which school year, what is missing, what was mastered.

It counts activities and groups, never pupils; the sets of competences are reference data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.actions import work
from casebook.actions.asked import ALL
from casebook.actions.tellings import school_groups
from casebook.actions.unread import unreadable
from casebook.calendar import day_of
from casebook.choosing import choose
from casebook.frozen import frozen
from casebook.i18n import language
from casebook.pattern import values
from casebook.recurrence import school_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.finding import Finding
    from casebook.policy import Policy
    from casebook.record import Record

PLAN: Final = "media-literacy"
STRUCTURAL: Final = ("learning-line",)  # a kind of activity that is built in whatever it says
ONCE: Final = ("", "once")


@frozen
class Mastery:
    """How far a group was found to be: ``reached`` is not-yet, partly or yes."""

    reached: str
    level: int | None
    on: str


@frozen
class Cell:
    """One group, one competence, one school year: the activities that work on it.

    ``once`` are those of them that do not come back.
    """

    competence: str
    year: str
    group: str
    activities: tuple[str, ...]
    once: tuple[str, ...]
    mapped: bool
    mastery: Mastery | None

    @property
    def gap(self) -> bool:
        """Whether nobody works on it."""
        return not self.activities

    @property
    def only_once(self) -> bool:
        """Whether all that works on it happens once and is not built in."""
        return bool(self.activities) and len(self.once) == len(self.activities)


@frozen
class Matrix:
    """All cells of one set for the school years asked; ``set`` and ``rows`` are reference data.

    ``mapped`` says that activities of another set were counted through the mapping, which is our
    own and uncertain.
    """

    set: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    years: tuple[str, ...]
    groups: tuple[str, ...]
    cells: tuple[Cell, ...]
    mapped: bool
    unreadable: tuple[Finding, ...]

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """The cells without any activity."""
        return tuple(one for one in self.cells if one.gap)


def matrix(desk: Desk, set_name: str = "", year: str = "") -> Matrix:
    """The matrix of the set that was typed (else that of the plan) in ``year`` (or ``all``).

    Raises UsageError for an unknown set.
    """
    policy = desk.policy
    year = year or school_year(desk.now.date())
    known = policy.reference("competence-sets")
    plan = _plan(desk)
    wanted = plan.text("competence_set") if plan is not None else ""
    if set_name:
        wanted = choose(set_name, [(one, title(row)) for one, row in known.items()])
    if wanted not in known:
        wanted = next((one for one, row in known.items() if row.get("default") == "yes"), "")
    rows = [row for row in policy.reference("competences").values() if row.get("set") == wanted]
    ids = {str(row["id"]) for row in rows}
    activities = [one for one in policy.records("activity") if _counts(one)]
    years = _years(activities) if year == ALL else (year,)
    groups = _groups(policy, plan, activities)
    near = _near(policy)
    cells = tuple(_cells(activities, rows, years, groups, near))
    named = {one for record in activities for one in values(record.get("competences"))}
    return Matrix(
        known.get(wanted, {"id": wanted}),
        tuple(rows),
        years,
        groups,
        cells,
        any(one.mapped for one in cells) or bool(named and not named & ids),
        tuple(unreadable(desk, ("activity", "plan", "school"))),
    )


def title(row: Mapping[str, Any], name: str = "title") -> str:
    """A row's title (or label, note …) in the user's language."""
    return str(row.get(f"{name}_{language()}") or row.get(f"{name}_en") or row.get("id", ""))


def _plan(desk: Desk) -> Record | None:
    """The media-literacy plan that applies, else the newest draft of one."""
    plans = desk.policy.current("plan", desk.now.date())
    return next((one for one in plans if one.text("kind") == PLAN), None)


def _counts(record: Record) -> bool:
    """Whether an activity works on competences of pupils: not dropped, and for pupils."""
    audience = values(record.get("audience"))
    return record.state != work.DROPPED and (not audience or "pupil" in audience)


def _years(activities: Sequence[Record]) -> tuple[str, ...]:
    return tuple(sorted({work.year_of(one) for one in activities} - {""}))


def _groups(policy: Policy, plan: Record | None, activities: Sequence[Record]) -> tuple[str, ...]:
    """The groups a plan is for, else those of the school, else those of the activities."""
    own = values(plan.get("groups")) if plan is not None else ()
    named = {group for record in activities for group in values(record.get("groups"))}
    return own or school_groups(policy) or tuple(sorted(named)) or ("",)


def _near(policy: Policy) -> dict[str, set[str]]:
    """Which competences of other sets come near one, both ways; the mapping is our own."""
    found: dict[str, set[str]] = {}
    for row in policy.reference("competence-map").values():
        one, other = str(row.get("from")), str(row.get("to"))
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _cells(
    activities: Sequence[Record],
    rows: Sequence[Mapping[str, Any]],
    years: Sequence[str],
    groups: Sequence[str],
    near: Mapping[str, set[str]],
) -> Iterator[Cell]:
    working: dict[tuple[str, str, str], list[Record]] = {}
    for record in activities:
        theirs = [one for one in groups if one in (values(record.get("groups")) or groups)]
        when = [year] if (year := work.year_of(record)) else years
        for competence in values(record.get("competences")):
            for each in when:
                for group in theirs:
                    working.setdefault((competence, each, group), []).append(record)
    mastered = _mastery(activities)
    for row in rows:
        competence = str(row["id"])
        for year in years:
            for group in groups:
                own = working.get((competence, year, group), [])
                through = [
                    record
                    for other in sorted(near.get(competence, ()))
                    for record in working.get((other, year, group), [])
                ]
                found = {one.id: one for one in own or through}
                yield Cell(
                    competence,
                    year,
                    group,
                    tuple(found),
                    tuple(name for name, one in found.items() if _once(one)),
                    bool(through and not own),
                    mastered.get((competence, group)),
                )


def _once(record: Record) -> bool:
    return record.text("kind") not in STRUCTURAL and record.text("repeats") in ONCE


def _mastery(activities: Sequence[Record]) -> dict[tuple[str, str], Mastery]:
    """What was last found of a group, by competence and group."""
    found: dict[tuple[str, str], Mastery] = {}
    for record in activities:
        for entry in record.entries("mastery"):
            on = str(day_of(entry.get("on")) or "")
            new = Mastery(str(entry.get("reached", "")), entry.get("level"), on)
            for group in values(entry.get("groups")) or values(record.get("groups")):
                key = (str(entry.get("competence", "")), group)
                if key not in found or found[key].on <= on:
                    found[key] = new
    return found
