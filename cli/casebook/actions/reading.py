"""Reading for people: lists, one case, its history; broken files are named, never left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions.casefiles import case_files
from casebook.actions.outlook import moment, outlook
from casebook.document import parse
from casebook.frozen import frozen
from casebook.record import Record
from casebook.world import state_label

if TYPE_CHECKING:
    from datetime import date, datetime

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Next
    from casebook.finding import Finding

# Rows without any date stand behind all that have one.
FAR = "9999"


@frozen
class Row:
    """One line of a list; ``next`` is what comes next and by when."""

    record: Record
    type: str
    state: str
    next: Next | None

    @property
    def overdue(self) -> bool:
        """Whether something of this case is late."""
        return self.next is not None and self.next.overdue


@frozen
class Listing:
    """The rows asked for, the findings of unreadable files, and how many closed are not shown."""

    rows: tuple[Row, ...]
    unreadable: tuple[Finding, ...]
    hidden: int


@frozen
class Filter:
    """Which cases a list shows; empty fields do not limit."""

    all: bool = False
    state: str = ""
    type: str = ""
    owner: str = ""
    overdue: bool = False
    school_year: str = ""


def wanted(
    desk: Desk,
    *,
    all_: bool = False,
    state: str = "",
    type_: str = "",
    owner: str = "",
    overdue: bool = False,
    school_year: str = "",
) -> Filter:
    """The filter that was typed: ids or labels in either language; raises UsageError."""
    from casebook.actions.creating import find_type
    from casebook.choosing import choose

    states = desk.cases.workflow.states
    chosen = state and choose(
        state,
        [(one.id, state_label(desk.cases, one.id)) for one in states.values()],
        {one.id: one.label for one in states.values()},
    )
    return Filter(
        all=all_,
        state=chosen,
        type=find_type(desk, type_).id if type_ else "",
        owner=desk.reader().role(owner) if owner else "",
        overdue=overdue,
        school_year=school_year,
    )


def one(desk: Desk, typed: str) -> Record:
    """The case that was meant, as far as it can be read; nothing is judged here.

    Raises FoundError with the findings of an unreadable file, NoSuchRecordError, UsageError.
    """
    kind = desk.cases
    identity = desk.find_case(typed)
    path = kind.path_of(identity)
    raw = desk.tree.read(path) if path is not None else None
    document = parse(raw, path)[0] if raw is not None and path is not None else None
    if document is None or path is None:
        return desk.case(typed)  # says what is wrong
    return Record(kind.name, identity, path, document.data, document)


def cases(desk: Desk, wanted: Filter) -> Listing:
    """The cases that ``wanted`` describes, most urgent first."""
    workflow = desk.cases.workflow

    def shown(record: Record) -> bool | None:
        if not _fits(record, wanted):
            return False
        return wanted.all or bool(wanted.state) or not workflow.is_end(record.state) or None

    found = case_files(desk, shown)
    rows = [_row(desk, one, ended=workflow.is_end(one.state)) for one in found.records]
    listed = sorted((row for row in rows if row.overdue or not wanted.overdue), key=_urgency)
    return Listing(tuple(listed), tuple(found.unreadable), found.hidden)


def _fits(record: Record, wanted: Filter) -> bool:
    year = school_year(record.text("reported"))
    return (
        wanted.state in ("", record.state)
        and wanted.type in ("", record.text("type"))
        and wanted.owner in ("", record.text("owner"))
        and wanted.school_year in ("", year)
    )


def school_year(day: str) -> str:
    """The school year (``2026-2027``) a stored day falls in; it begins on 1 August."""
    try:
        year, month = int(day[:4]), int(day[5:7])
    except ValueError:
        return ""
    first = year if month >= 8 else year - 1
    return f"{first}-{first + 1}"


def _row(desk: Desk, record: Record, *, ended: bool) -> Row:
    kind = desk.cases
    known = kind.types.get(record.text("type"))
    return Row(
        record,
        known.title if known is not None else record.text("type"),
        state_label(kind, record.state),
        None if ended else outlook(desk, record).next,
    )


def _urgency(row: Row) -> tuple[int, str, int, str]:
    due: date | datetime | None = row.next.due if row.next is not None else None
    when = moment(due).isoformat() if due is not None else FAR
    grave = ("calamity", "serious", "moderate", "light", "").index(
        row.record.text("severity") if row.record.text("severity") in _SEVERITIES else ""
    )
    return (row.next is None, when, grave, row.record.id)


_SEVERITIES = ("calamity", "serious", "moderate", "light")


@frozen
class Event:
    """One commit of a record's history in words: ``what`` lists what changed in its content.

    ``marks`` say that something was written down late, or is outside the rules of that moment.
    """

    recorded: str
    who: str
    role: str
    what: tuple[str, ...]
    commit: str
    marks: tuple[str, ...] = ()


def history(desk: Desk, record: Record) -> list[Event]:
    """Who did what to a case, oldest first, read from the content of the commits."""
    from casebook.actions.comparing import differences
    from casebook.actions.marks import Marks

    marks = Marks(desk, record.path)
    found = []
    for entry in desk.repository.log(record.path):
        what = differences(desk, record.path, entry.before, entry.after)
        found.append(
            Event(
                recorded=entry.commit.at,
                who=entry.commit.author,
                role=entry.commit.trailer("By"),
                what=tuple(what),
                commit=entry.commit.id,
                marks=marks.of(entry),
            )
        )
    return list(reversed(found))
