"""Who does what, when and in how many hours, with the training, equipment and partners it needs.

It adds up what records say; it plans nothing itself.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from casebook.actions import work
from casebook.actions.asked import ALL
from casebook.actions.unread import unreadable
from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.work import Work
    from casebook.finding import Finding
    from casebook.record import Record


@frozen
class Sum:
    """What one role has to do: pieces of work still open, those that are late, and the hours."""

    owner: str
    open: int
    late: int
    hours: int
    spent: int


@frozen
class Need:
    """Something to get: ``state`` is wanted, ordered, there or rejected; ``cost`` in euros."""

    what: str
    kind: str
    number: int | None
    cost: int | None
    state: str
    owner: str
    activity: str


@frozen
class Partner:
    """A body outside and the activities it takes part in; ``cost`` in euros, None when unknown."""

    id: str
    title: str
    cost: int | None
    activities: tuple[str, ...]


@frozen
class Planning:
    """The plan of a school year (or of all), by date; ``training`` is also among the rows.

    ``incomplete`` names what a plan must say and does not: the work, and the missing field.
    """

    year: str
    today: date
    rows: tuple[Work, ...]
    sums: tuple[Sum, ...]
    training: tuple[tuple[Work, Mapping[str, Any]], ...]
    needs: tuple[Need, ...]
    partners: tuple[Partner, ...]
    incomplete: tuple[tuple[Work, str], ...]
    hidden: int
    unreadable: tuple[Finding, ...]


def planning(desk: Desk, year: str, owner: str = "") -> Planning:
    """The plan of ``year`` (``2026-2027``, or ``all``); ``owner`` limits it to one role.

    What has no date and no year belongs to every year.
    """
    today = desk.now.date()
    every = [one for one in work.every(desk.policy, today) if owner in ("", one.owner)]
    rows = [one for one in every if year in (ALL, one.year) or not one.year]
    rows.sort(key=lambda one: (one.due or date.max, one.kind, one.title))
    activities = [one.record for one in rows if one.kind == work.ACTIVITY]
    return Planning(
        year,
        today,
        tuple(rows),
        tuple(_sums(rows, today)),
        tuple((one, _found(one)) for one in rows if one.kind == work.TRAINING),
        tuple(one for record in activities for one in _needs(record)),
        tuple(_partners(desk, activities)),
        tuple(_incomplete(rows)),
        len(every) - len(rows),
        tuple(unreadable(desk, (*work.READ, "contact"))),
    )


def _found(one: Work) -> Mapping[str, Any]:
    found = one.record.find(one.entry)
    return found[1] if found is not None else {}


def _sums(rows: Sequence[Work], today: date) -> Iterator[Sum]:
    """Per owner, who has most to do first; what was dropped costs no time."""
    named = dict.fromkeys(one.owner for one in rows if one.owner and one.state != work.DROPPED)
    found = []
    for owner in named:
        own = [one for one in rows if one.owner == owner and one.state != work.DROPPED]
        found.append(
            Sum(
                owner,
                sum(not one.ended for one in own),
                sum(one.late(today) for one in own),
                sum(one.hours or 0 for one in own),
                sum(one.spent or 0 for one in own),
            )
        )
    yield from sorted(found, key=lambda one: (-one.hours, -one.open, one.owner))


def _needs(record: Record) -> Iterator[Need]:
    for entry in record.entries("needs"):
        yield Need(
            str(entry.get("what", "")),
            str(entry.get("kind", "")),
            entry.get("number"),
            entry.get("cost"),
            str(entry.get("state", "wanted")),
            str(entry.get("owner", "")) or record.text("owner"),
            record.id,
        )


def _partners(desk: Desk, activities: Sequence[Record]) -> Iterator[Partner]:
    taking: dict[str, list[str]] = {}
    for record in activities:
        for name in dict.fromkeys(record.get("partners") or ()):
            taking.setdefault(name, []).append(record.id)
    for name, part in sorted(taking.items()):
        known = desk.policy.find("contact", name)
        title = known.text("title") if known is not None else name
        cost = known.get("cost") if known is not None else None
        yield Partner(name, title, cost, tuple(part))


def _incomplete(rows: Sequence[Work]) -> Iterator[tuple[Work, str]]:
    """Open work without an owner, and activities without hours or without any day."""
    for one in rows:
        if one.ended:
            continue
        if not one.owner:
            yield one, "owner"
        if one.kind == work.ACTIVITY and one.hours is None:
            yield one, "hours_planned"
        if one.kind == work.ACTIVITY and one.due is None and one.every in ("", "once"):
            yield one, "dates"
