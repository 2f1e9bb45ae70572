"""Who has been told which version of the rules and consequences, and who has not, or not again.

It counts announcements and groups, never people; pages are made elsewhere.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from casebook.actions.tellings import AUDIENCES, Announcements, Texts
from casebook.actions.unread import unreadable
from casebook.frozen import frozen, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.tellings import Telling, Text
    from casebook.finding import Finding

TOLD, PARTLY, AGAIN, CHANGED, UNTOLD = "told", "partly", "again", "changed", "not-told"
READ: Final = ("announcement", "code", "rule", "ladder", "school")


@frozen
class Cover:
    """What one audience knows of one text; groups that know the same stand in one row.

    ``state`` is told, partly (not everybody was reached), again (it is time to tell it again),
    changed (told in an older version, or not all of it) or not-told. ``missing`` names the rules
    that were not told as they are now, ``before`` the version that was told. ``announcement`` told
    it last, ``planned`` is the next one; ``again`` the day from which it must be told again.
    """

    audience: str
    groups: tuple[str, ...]
    kind: str
    text: str
    rules: int
    state: str
    missing: tuple[str, ...] = ()
    before: int = 0
    announcement: str = ""
    given: date | None = None
    reached: int | None = None
    of_total: int | None = None
    again: date | None = None
    planned: str = ""
    planned_on: date | None = None

    @property
    def gap(self) -> bool:
        """Whether somebody has not been told what applies now."""
        return self.state != TOLD


@frozen
class Coverage:
    """All rows on ``day``; ``drafts`` says that nothing is in force and drafts are shown."""

    day: date
    rows: tuple[Cover, ...]
    drafts: bool
    unreadable: tuple[Finding, ...]

    @property
    def gaps(self) -> int:
        """How many rows have a gap."""
        return sum(one.gap for one in self.rows)


def coverage(desk: Desk, day: date, audience: str = "", group: str = "") -> Coverage:
    """Who knows what on ``day``; empty ``audience`` or ``group`` means all of them."""
    texts = Texts(desk.policy, day)
    announced = Announcements(desk.policy)
    rows: list[Cover] = []
    for who in [audience] if audience else AUDIENCES:
        groups = [one for one in announced.groups(who) if group in ("", one)]
        for text in texts.of(who):
            rows += _rows(announced.all, who, groups, text, day)
    return Coverage(day, tuple(rows), not texts.in_force, tuple(unreadable(desk, READ)))


def _rows(
    every: Sequence[Telling], audience: str, groups: Sequence[str], text: Text, day: date
) -> list[Cover]:
    """One row for all groups that were told the same."""
    touching = [one for one in every if any(key in one.told for key in text.needs)]
    alike: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        meant = tuple(one.record.id for one in touching if one.reaches(audience, group))
        alike.setdefault(meant, []).append(group)
    rows = []
    for meant, named in alike.items():
        row = _cover([one for one in touching if one.record.id in meant], audience, text, day)
        rows.append(replace(row, groups=tuple(one for one in named if one)))
    return rows


def _cover(told: Sequence[Telling], audience: str, text: Text, day: date) -> Cover:
    """What a group knows of a text, from all announcements of it that were meant for them."""
    given = [one for one in told if one.given is not None and one.given <= day]
    fresh: list[Telling] = []
    lacking, worn, until = [], [], []
    for key, version in text.needs.items():
        right = [one for one in given if one.told.get(key) == version]
        valid = [one for one in right if one.holds_on(day)]
        fresh += valid
        if not right:
            lacking.append(key)
        elif not valid:
            worn.append(max(one.until or date.min for one in right))
        else:
            until.append(max(one.until or date.max for one in valid))
    row = Cover(audience, (), text.kind, text.name, _rules(text), TOLD)
    if given:
        last = given[-1]
        row = replace(row, announcement=last.record.id, given=last.given)
    if lacking:
        known = any(key in one.told for key in lacking for one in given)
        none = len(lacking) == len(text.needs) and not known
        missing = tuple(f"{slug}@{text.needs[kind, slug]}" for kind, slug in lacking)
        row = replace(row, state=UNTOLD if none else CHANGED, before=_before(given, lacking))
        row = replace(row, missing=missing if text.kind == "code" and not none else ())
    elif worn:
        row = replace(row, state=AGAIN, again=min(worn))
    else:
        row = _reached(row, fresh)
        first = min(until, default=date.max)
        row = replace(row, again=first if first < date.max else None)
    return _planned(row, told, text) if row.gap or row.again else row


def _rules(text: Text) -> int:
    return len(text.needs) if text.kind == "code" else 0


def _before(given: Sequence[Telling], lacking: Sequence[tuple[str, str]]) -> int:
    """The older version of a single text that was told last; 0 for several or none."""
    if len(lacking) != 1:
        return 0
    return max((one.told.get(lacking[0], 0) for one in given), default=0)


def _reached(row: Cover, told: Sequence[Telling]) -> Cover:
    """How many were reached: by the widest announcement, and by those who caught up afterwards.

    A later announcement counts on top only when it was for no more people than were missed.
    """
    counted = sorted(
        {one.record.id: one for one in told if "of_total" in one.record.data}.values(),
        key=lambda one: -_number(one, "of_total"),
    )
    if not counted:
        return row
    total = _number(counted[0], "of_total")
    reached = max(_number(one, "reached") for one in counted if _number(one, "of_total") == total)
    for one in counted:
        if _number(one, "of_total") <= total - reached:
            reached += _number(one, "reached")
    state = TOLD if reached >= total else PARTLY
    return replace(row, state=state, reached=reached, of_total=total)


def _number(telling: Telling, name: str) -> int:
    return int(telling.record.get(name) or 0)


def _planned(row: Cover, told: Sequence[Telling], text: Text) -> Cover:
    """The row with the first announcement that is planned and tells what is missing."""
    for one in told:
        right = any(one.told.get(key) == version for key, version in text.needs.items())
        if one.given is None and right:
            return replace(row, planned=one.record.id, planned_on=one.planned)
    return row
