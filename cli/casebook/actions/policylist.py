"""The list of policy records: what each is called, its state, and whether it applies now.

Whether it applies follows from the dates in the records, for every kind alike.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from casebook.actions import policies
from casebook.actions.standing import wrong
from casebook.calendar import day_of
from casebook.choosing import choose
from casebook.frozen import frozen
from casebook.i18n import _, language
from casebook.versions import in_force, slug_of, standing, version_of
from casebook.world import state_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind
    from casebook.finding import Finding
    from casebook.record import Record


@frozen
class PolicyRow:
    """One policy record in a list: ``force`` says in words whether it applies now."""

    record: Record
    kind: Kind
    title: str
    state: str
    force: str
    applies: bool


@frozen
class PolicyListing:
    """The rows asked for, by kind; the files that are not right; how many that are over are hid."""

    rows: tuple[PolicyRow, ...]
    wrong: tuple[Finding, ...]
    hidden: int


@frozen
class PolicyFilter:
    """Which records a list shows; empty fields do not limit."""

    kind: str = ""
    state: str = ""
    in_force: bool = False
    all: bool = False


def wanted(
    desk: Desk, *, kind: str = "", state: str = "", in_force: bool = False, all_: bool = False
) -> PolicyFilter:
    """The filter that was typed: ids or labels in either language; raises UsageError."""
    chosen = policies.find_kind(desk, kind).name if kind else ""
    if state:
        states = {
            name: one
            for known in policies.kinds(desk).values()
            if chosen in ("", known.name)
            for name, one in known.workflow.states.items()
        }
        labels = {name: one.label for name, one in states.items()}
        shown = [(name, one.label.get(language(), name)) for name, one in states.items()]
        state = choose(state, shown, labels)
    return PolicyFilter(chosen, state, in_force, all_)


def listing(desk: Desk, wanted: PolicyFilter) -> PolicyListing:
    """The policy records that ``wanted`` describes, by kind and then by name."""
    rows: list[PolicyRow] = []
    hidden = 0
    known = {name: kind for name, kind in policies.kinds(desk).items() if wanted.kind in ("", name)}
    for name, kind in known.items():
        for one in _rows(desk, kind, desk.policy.records(name)):
            if wanted.state not in ("", one.record.state) or (wanted.in_force and not one.applies):
                continue
            ended = kind.workflow.is_end(one.record.state)
            if ended and not (one.applies or wanted.all or wanted.state):
                hidden += 1
            else:
                rows.append(one)
    return PolicyListing(tuple(rows), tuple(wrong(desk.casebook, desk.tree, known)), hidden)


def _rows(desk: Desk, kind: Kind, records: Iterable[Record]) -> list[PolicyRow]:
    today = desk.now.date()
    by_slug: dict[str, list[Record]] = {}
    for record in records:
        by_slug.setdefault(slug_of(record.id), []).append(record)
    return [
        row(kind, record, versions, today)
        for _slug, versions in sorted(by_slug.items())
        for record in sorted(versions, key=lambda one: version_of(one.id))
    ]


def row(kind: Kind, record: Record, versions: Iterable[Record], today: date) -> PolicyRow:
    """The row of one record; ``versions`` are all that there are of it."""
    current = standing(versions, today)
    is_current = current is not None and current.id == record.id
    applies = is_current and in_force(record, today)
    return PolicyRow(
        record,
        kind,
        policies.title(kind, record),
        state_label(kind, record.state) if record.state else "",
        force(record, today, current),
        applies,
    )


def force(record: Record, today: date, current: Record | None) -> str:
    """In words from which day to which a record applies; empty for a draft that is no model."""
    if in_force(record, today):
        if current is not None and current.id != record.id:
            return _("replaced by {record}").format(record=current.id)
        return _("in force")
    first, last = day_of(record.get("in_force_from")), day_of(record.get("in_force_until"))
    if not record.get("fingerprint") and record.state != "adopted":
        return _("model text") if record.get("model") else ""
    if first is not None and first > today:
        return _("in force from {day}").format(day=first.isoformat())
    return _("in force until {day}").format(day=last.isoformat()) if last is not None else ""
