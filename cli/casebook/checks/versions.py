"""Of one text only one version is in force on a day: nobody may choose the rule that suits.

It compares the dates in the versions; which of them is right is for the school to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from casebook.calendar import day_of
from casebook.checks.base import found
from casebook.i18n import N_, _
from casebook.versions import FROM, UNTIL, slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.record import Record

FINDINGS = {
    "two-in-force": N_(
        "Two versions of one rule, code, procedure or other text are in force on the same day, so "
        "that nobody can say which of them applies."
    ),
}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """A finding on a version that is in force while another one is, too.

    A change is told whichever version it touches; as they stand, the later of the two is named.
    """
    record = subject.after
    own = _days(record)
    if own is None or not version_of(record.id):
        return
    for other in judgement.world.records.all_versions(subject.kind.name, slug_of(record.id)):
        theirs = _days(other)
        earlier = version_of(other.id) < version_of(record.id)
        if theirs is None or other.id == record.id or not (earlier or subject.changed):
            continue
        first, last = max(own[0], theirs[0]), min(own[1], theirs[1])
        if first > last:
            continue
        old, new = (other, record) if earlier else (record, other)
        yield found(
            record,
            (FROM,) if record.get(FROM) else ("state",),
            "two-in-force",
            _("on {day} {other} is in force as well").format(
                day=first.isoformat(), other=other.short
            ),
            _remedy(old, new),
        )


def _days(record: Record) -> tuple[date, date] | None:
    """The first and last day on which a version is in force; None for one that never is."""
    last = day_of(record.get(UNTIL))
    if record.state != "adopted" and not (record.state == "retired" and last is not None):
        return None
    first = day_of(record.get(FROM)) or date.min
    return (first, last or date.max) if first <= (last or date.max) else None


def _remedy(old: Record, new: Record) -> str:
    """What to do: the older version ends the day before the newer one begins."""
    first = day_of(new.get(FROM))
    if first is None:
        return _("Do: say from which day {record} applies (in_force_from)").format(record=new.short)
    return _("Do: let {record} end on {day} (in_force_until)").format(
        record=old.short, day=(first - timedelta(days=1)).isoformat()
    )
