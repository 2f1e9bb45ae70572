"""The work that policy records plan: activities, tasks, steps, introductions, training, telling.

It only reads it, with who, when and how many hours; what is late or missing is judged by whoever
shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.actions.policies import title as title_of
from casebook.calendar import day_of
from casebook.frozen import frozen
from casebook.i18n import language
from casebook.pattern import values
from casebook.recurrence import last_day, next_time, school_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from casebook.policy import Policy
    from casebook.record import Record

ACTIVITY, ANNOUNCEMENT, TRAINING, TASK = "activity", "announcement", "training", "task"
STEP, INTRODUCTION = "step", "introduction"
# Which lists of a plan or code hold work, and what one entry of it is.
LISTS: Final = {"steps": STEP, "introduction": INTRODUCTION, "tasks": TASK}
OPEN, RUNNING, DONE, DROPPED = "open", "running", "done", "dropped"
ENDED: Final = (DONE, DROPPED)
READ: Final = ("plan", "code", "activity", "announcement", "school")


@frozen
class Work:
    """One piece of work: what, by whom and by when, in which record (and entry of it).

    ``state`` is open, running, done or dropped; ``due`` the last day on which it should be done;
    ``hours`` are None where nobody said how many. ``what`` says of an activity which kind it is.
    """

    kind: str
    title: str
    owner: str
    record: Record
    entry: str = ""
    state: str = OPEN
    due: date | None = None
    sure: bool = True
    year: str = ""
    every: str = ""
    hours: int | None = None
    spent: int | None = None
    helpers: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    what: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done about it any more."""
        return self.state in ENDED

    def late(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return not self.ended and self.due is not None and self.due < today


def every(policy: Policy, today: date) -> Iterator[Work]:
    """All work that applies today, ended or not: of drafts too, where nothing is in force."""
    for record in policy.records("activity"):
        yield _activity(policy, record)
        yield from _training(record)
    for name in ("plan", "code"):
        for record in policy.current(name, today):
            for key, kind in LISTS.items():
                for entry in record.entries(key):
                    yield _entry(record, entry, kind)
    for record in policy.records("announcement"):
        yield _announcement(policy, record)


def year_of(activity: Record) -> str:
    """The school year of an activity, as it says or by its day; empty when it says neither."""
    due = _due(activity)
    return activity.text("school_year") or (school_year(due) if due is not None else "")


def _due(activity: Record) -> date | None:
    """The last of its days, else the day or month by which it should be done."""
    days = [day for one in values(activity.get("dates")) if (day := day_of(one)) is not None]
    return max(days) if days else last_day(activity.get("due"))


def _activity(policy: Policy, record: Record) -> Work:
    kind = policy.catalogue.kind("activity")
    ended = kind.workflow.is_end(record.state)
    return Work(
        ACTIVITY,
        title_of(kind, record),
        record.text("owner"),
        record,
        state=record.state if ended or record.state == RUNNING else OPEN,
        due=_due(record),
        sure=record.text("dates_sure") != "no",
        year=year_of(record),
        every=record.text("repeats"),
        hours=record.get("hours_planned"),
        spent=record.get("hours_spent"),
        helpers=values(record.get("helpers")),
        partners=values(record.get("partners")),
        what=record.text("kind"),
    )


def _training(record: Record) -> Iterator[Work]:
    for entry in record.entries("training"):
        due = day_of(entry.get("due"))
        year = school_year(due) if due is not None else record.text("school_year")
        yield Work(
            TRAINING,
            str(entry.get("need", "")),
            str(entry.get("role", "")),
            record,
            str(entry["id"]),
            str(entry.get("state", OPEN)),
            due,
            year=year,
        )


def _entry(record: Record, entry: Mapping[str, Any], kind: str) -> Work:
    """A step, a task or a step of an introduction; a task comes back after its last time."""
    due, last, often = (
        day_of(entry.get("due")),
        day_of(entry.get("last")),
        str(entry.get("every", "")),
    )
    state = str(entry.get("state", OPEN))
    if kind == TASK:
        due = due if due is not None and (last is None or due > last) else None
        if due is None and last is not None:
            due = next_time(last, often)
            state = DONE if due is None else OPEN
    return Work(
        kind,
        str(entry.get(f"title_{language()}") or entry.get("title", "")),
        str(entry.get("owner", "")),
        record,
        str(entry["id"]),
        state,
        due,
        year=school_year(due) if due is not None else "",
        every=often,
    )


def _announcement(policy: Policy, record: Record) -> Work:
    given, planned = day_of(record.get("given")), day_of(record.get("planned"))
    due = planned or given
    return Work(
        ANNOUNCEMENT,
        title_of(policy.catalogue.kind("announcement"), record),
        record.text("by") or record.text("owner"),
        record,
        state=DONE if given is not None else OPEN,
        due=due,
        year=school_year(due) if due is not None else "",
        every=record.text("again"),
    )
