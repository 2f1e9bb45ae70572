"""What the school's policy asks somebody to do now: by date, with who does it and the command.

It only looks; late and coming work, reviews, contacts and whatever waits for an answer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from casebook.actions import waiting, work
from casebook.actions.coverage import AGAIN, UNTOLD, coverage
from casebook.actions.due import Due
from casebook.actions.policies import title
from casebook.actions.tellings import OFFENCES
from casebook.actions.unread import unreadable
from casebook.calendar import day_of
from casebook.frozen import frozen, replace
from casebook.i18n import _
from casebook.versions import in_force, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.actions.desk import Desk
    from casebook.finding import Finding
    from casebook.record import Record

AHEAD: Final = timedelta(days=60)
YEAR: Final = timedelta(days=366)
EVER: Final = date.max


@frozen
class Todo:
    """What is due up to ``until``, what waits without a date, and how much comes until ``last``.

    ``unchecked`` are national contact points that nobody looked at for a year; ``proposed``
    counts the dates of the model set, which the school has not made its own.
    """

    today: date
    until: date
    rows: tuple[Due, ...]
    later: int
    last: date
    unchecked: tuple[str, ...]
    unreadable: tuple[Finding, ...]
    proposed: int = 0

    @property
    def late(self) -> tuple[Due, ...]:
        """What should have been done by now."""
        return tuple(one for one in self.rows if one.late(self.today))


def todo(desk: Desk, until: date | None = None, owner: str = "", record: str = "") -> Todo:
    """All there is to do; ``owner`` limits it to a role, ``record`` to one record (its path)."""
    today = desk.now.date()
    end = until or today + AHEAD
    found = [
        one for one in every(desk, today) if owner in ("", one.owner) and record in ("", one.path)
    ]
    proposals = _models(desk)
    named = len(found)
    found = [one for one in found if one.due is None or one.path not in proposals]
    rows = [one for one in found if one.due is None or one.due <= end]
    rows.sort(key=lambda one: (one.due or date.max, one.kind, one.what))
    read = [name for name, kind in desk.policy.catalogue.kinds.items() if name != "case"]
    return Todo(
        today,
        end,
        tuple(rows),
        len(found) - len(rows),
        max((one.due for one in found if one.due is not None), default=end),
        () if owner or record else tuple(national(desk, today)),
        tuple(unreadable(desk, read)),
        named - len(found),
    )


def _models(desk: Desk) -> set[str]:
    """The paths of records that nobody of the school has touched: their dates are proposals."""
    return {
        record.path
        for name in desk.policy.catalogue.kinds
        if name != "case"
        for record in desk.policy.records(name)
        if record.get("model")
    }


def every(desk: Desk, today: date) -> Iterator[Due]:
    """Everything to do, in no order; a code and its rules are looked at again as one."""
    for one in work.every(desk.policy, today):
        if not one.ended and one.due is not None:
            yield Due.of_work(one)
    yield from _reviews(desk, today)
    yield from _telling(desk, today)
    yield from _contacts(desk, today)
    yield from _exercises(desk, today)
    yield from waiting.drafts(desk, today)
    yield from waiting.answers(desk, today)


def _reviews(desk: Desk, today: date) -> Iterator[Due]:
    """Texts in force with a day of review; what goes along with its code is not named again."""
    kinds = desk.policy.catalogue.kinds
    codes = {slug_of(one.id): one for one in desk.policy.in_force("code", today)}
    for name, kind in kinds.items():
        if name == "case" or "review" not in kind.schema["properties"]:
            continue
        for record in desk.policy.current(name, today):
            review = day_of(record.get("review"))
            code = codes.get(slug_of(record.text("code")))
            along = code is not None and code.get("review") == record.get("review")
            applies = in_force(record, today) if kind.workflow.states else True
            if review is not None and applies and not along:
                said = _("review: {title}").format(title=title(kind, record))
                words = ("revise",) if kind.workflow.states else ("set", "review")
                yield Due.of_record("review", said, record, words, review)


def _telling(desk: Desk, today: date) -> Iterator[Due]:
    """Announcements to give again, and texts in force that nobody planned to tell."""
    found = coverage(desk, today)
    kind = desk.policy.catalogue.kind("announcement")
    seen: set[tuple[str, date | None]] = set()
    for row in found.rows:
        if row.again is not None and not row.planned and (row.announcement, row.again) not in seen:
            seen.add((row.announcement, row.again))
            record = desk.policy.find("announcement", row.announcement)
            if record is not None:
                said = _("tell again: {title}").format(title=title(kind, record))
                texts = dict.fromkeys(slug_of(one) for one in record.get("of") or ())
                argv = ("git", "policy", "announce", *texts)
                due = row.again
                yield replace(
                    Due.of_record("announcement", said, record, ("announce",), due), argv=argv
                )
        elif row.gap and row.state != AGAIN and not row.planned and not found.drafts:
            said = _("tell {audience}: {text}").format(
                audience=kind.value_label(row.audience, "audience"), text=row.text
            )
            if row.state != UNTOLD:
                said = _("tell {audience} what changed: {text}").format(
                    audience=kind.value_label(row.audience, "audience"), text=row.text
                )
            argv = ("git", "policy", "announce", slug_of(row.text))
            if row.kind == OFFENCES:
                argv = ("git", "policy", "coverage", "--audience", row.audience)
            yield Due("announcement", said, argv=argv)


def _contacts(desk: Desk, today: date) -> Iterator[Due]:
    """Contacts that nobody looked at for a year, or ever; the agreements with the police."""
    kind = desk.policy.catalogue.kind("contact")
    for record in desk.policy.records("contact"):
        if not applies(record, today):
            continue
        checked = day_of(record.get("verified_on"))
        if checked is None:
            said = _("never checked: {title}").format(title=title(kind, record))
            yield Due.of_record("contact", said, record, ("set", "verified_on"))
        else:
            said = _("check again: {title}").format(title=title(kind, record))
            yield Due.of_record("contact", said, record, ("set", "verified_on"), checked + YEAR)
        for entry in record.entries("agreements"):
            review = day_of(entry.get("review"))
            if review is not None:
                said = _("agreement to review: {text}").format(text=entry.get("text", ""))
                words = ("set", f"{entry['id']}.review")
                code = str(entry["id"])
                yield Due.of_record("agreement", said, record, words, review, entry=code)
    school = desk.policy.school
    if school is not None and school.text("police_agreements"):
        checked = day_of(school.get("police_reviewed"))
        due = checked + YEAR if checked is not None else None
        said = _("look at the agreements with the police")
        yield Due.of_record("agreement", said, school, ("set", "police_reviewed"), due)


def applies(record: Record, today: date) -> bool:
    """Whether a contact is still one by its own dates."""
    first, last = day_of(record.get("from")), day_of(record.get("until"))
    return (first or today) <= today <= (last or today)


def _exercises(desk: Desk, today: date) -> Iterator[Due]:
    """Procedures with a team are practised: on the day that was planned, or a year later."""
    kind = desk.policy.catalogue.kind("procedure")
    for record in desk.policy.current("procedure", today):
        planned, done = day_of(record.get("exercise")), day_of(record.get("exercised_on"))
        if not record.get("team") and planned is None:
            continue
        due = planned
        if done is not None and (planned is None or planned <= done):
            due = done + YEAR
        said = _("practise: {title}").format(title=title(kind, record))
        yield Due.of_record("exercise", said, record, ("set", "exercised_on"), due)


def national(desk: Desk, today: date) -> list[str]:
    """National contact points (reference data) that nobody checked in the last year."""
    rows: Iterable[tuple[str, object]] = (
        (name, row.get("verified_on"))
        for name, row in desk.policy.reference("contacts").items()
        if row.get("kind") == "national"
    )
    return [name for name, day in rows if (day_of(day) or date.min) + YEAR < today]
