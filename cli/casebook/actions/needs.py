"""Judging one need of a readiness line against the records: is it there, as a draft, or not.

What a need may say stands in ``schemas/reference/readiness.yaml``; no kind is known by name here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.calendar import day_of
from casebook.frozen import frozen
from casebook.pattern import entries, values
from casebook.versions import in_force

if TYPE_CHECKING:
    from casebook.catalogue import Kind
    from casebook.policy import Policy
    from casebook.record import Record

YES, DRAFT, NO = "yes", "draft", "no"
ORDER: Final = (YES, DRAFT, NO)  # the worse, the later
YEAR: Final = timedelta(days=366)

Need = Mapping[str, Any]


@frozen
class Met:
    """How far a need is met: by which records, and what is missing in the one that comes nearest.

    ``lacking`` are names of fields or values; it is empty where the record itself is missing.
    """

    state: str
    records: tuple[Record, ...] = ()
    nearest: Record | None = None
    lacking: tuple[str, ...] = ()


class Shelf:
    """The records needs are judged by, on one day; ``cases`` gives the cases, read once."""

    def __init__(self, policy: Policy, day: date, cases: Callable[[], Iterable[Record]]) -> None:
        self.policy = policy
        self.day = day
        self._cases = cases
        self._read: dict[str, list[Record]] = {}

    def of(self, kind: str) -> list[Record]:
        """The records of a kind: one version of each text, and no practice examples."""
        if kind not in self._read:
            found = self._cases() if kind == "case" else self.policy.current(kind, self.day)
            self._read[kind] = [one for one in found if one.text("fictional") != "yes"]
        return self._read[kind]

    def kind(self, name: str) -> Kind:
        """The kind of that name."""
        return self.policy.catalogue.kind(name)

    def solid(self, record: Record) -> bool:
        """Whether a record is the school's own and applies: no draft and no model text."""
        if "adopt" in self.kind(record.kind).workflow.moves:
            return in_force(record, self.day)
        return record.text("model") != "yes"


def judge(need: Need, shelf: Shelf) -> Met:
    """How far a need on records is met today."""
    chosen = _chosen(need, shelf)
    if need.get("in_force") == "yes":
        solid = [one for one in chosen if shelf.solid(one)]
        nearest = chosen[-1] if chosen else None
        met = _met(need, solid, shelf)
        return met if met.state != NO or met.lacking else Met(NO, nearest=nearest)
    return _met(need, chosen, shelf)


def _chosen(need: Need, shelf: Shelf) -> list[Record]:
    """The records a need is about: those of its kind that ``which`` chooses."""
    chosen = _matching(shelf.of(str(need["kind"])), need.get("which"))
    if "entries" in need:
        having = [one for one in chosen if pattern.find(one.data, need["entries"])]
        # Without any such entry the record is the place where one belongs.
        return having or ([] if need.get("least") == "0" else chosen)
    return chosen


def _matching(records: Iterable[Record], patterns: Sequence[Need] | None) -> list[Record]:
    return [one for one in records if all(pattern.holds(one.data, each) for each in patterns or ())]


def _met(need: Need, chosen: Sequence[Record], shelf: Shelf) -> Met:
    if need.get("covers") == "yes":
        return _covered(need, chosen, shelf)
    short = {one.id: lacks(need, one, shelf.day) for one in chosen}
    good = [one for one in chosen if not short[one.id]]
    bad = [one for one in chosen if short[one.id]]
    least, whole = int(need.get("least", 1)), need.get("all") == "yes"
    if len(good) < least or (whole and bad):
        nearest = min(bad, key=lambda one: len(short[one.id]), default=None)
        if nearest is None and good:
            return Met(NO, tuple(good), good[-1])
        return Met(NO, tuple(good), nearest, short[nearest.id] if nearest else ())
    solid = [one for one in good if shelf.solid(one)]
    firm = len(solid) >= least and (not whole or len(solid) == len(good))
    return Met(YES if firm else DRAFT, tuple(solid if firm and not whole else good))


def lacks(need: Need, record: Record, day: date) -> tuple[str, ...]:
    """The fields in which a record falls short of a need; empty when it meets it."""
    found = [
        str(each.get("field") or each.get("in"))
        for each in need.get("holds", ())
        if not pattern.holds(record.data, each)
    ]
    filled = values(need.get("filled"))
    if "entries" in need:
        found += _unfilled(need, record, filled)
    else:
        found += [name for name in filled if not values(record.get(name))]
    found += [name for name in values(need.get("fresh")) if not _since(record, name, day - YEAR)]
    found += [name for name in values(need.get("ahead")) if not _since(record, name, day)]
    return tuple(dict.fromkeys(found))


def _unfilled(need: Need, record: Record, filled: Sequence[str]) -> list[str]:
    """What is missing in the entries: ``themes.code``; the list itself where it has no entry."""
    there = pattern.find(record.data, need["entries"])
    name = str(need["entries"]["in"])
    if not there:
        return [name]
    return [
        f"{entry.get('id', name)}.{field}"
        for entry in there
        for field in filled
        if not values(entry.get(field)) and not values(entry.get(str(need.get("unless", ""))))
    ]


def values_at(data: Mapping[str, Any], path: str) -> list[str]:
    """The values of a field (``audience``), or of a field of all entries (``themes.id``)."""
    name, _dot, field = path.partition(".")
    if not field:
        return list(values(data.get(name)))
    return [one for entry in entries(data, name) for one in values(entry.get(field))]


def _since(record: Record, path: str, first: date) -> bool:
    days = (day_of(one) for one in values_at(record.data, path))
    return any(day is not None and day >= first for day in days)


def _covered(need: Need, chosen: Sequence[Record], shelf: Shelf) -> Met:
    """Whether the values of a field over all records hold everything that is wanted."""
    field = str(need["field"])
    wanted = _wanted(need, shelf)
    named = {one.id: {_slug(each) for each in values_at(one.data, field)} for one in chosen}
    solid = [one for one in chosen if shelf.solid(one)]
    for state, listed in ((YES, solid), (DRAFT, list(chosen))):
        there = {each for one in listed for each in named[one.id]}
        if wanted and wanted <= there:
            return Met(state, tuple(one for one in listed if named[one.id] & wanted))
    there = {each for one in chosen for each in named[one.id]}
    near = max(chosen, key=lambda one: len(named[one.id] & wanted), default=None)
    return Met(NO, nearest=near, lacking=tuple(sorted(wanted - there)))


def _slug(value: str) -> str:
    return value.rpartition("/")[2].partition("@")[0]


def _parts(need: Need, shelf: Shelf) -> list[Record]:
    """The records of ``of``: all of them, or those that are part of a chosen whole."""
    parts = shelf.of(str(need["of"]))
    if "of_in" not in need:
        return _matching(parts, need.get("of_which"))
    field = str(need["of_in"])
    wholes = {_slug(one.id) for one in _matching(shelf.of(field), need.get("of_which"))}
    return [one for one in parts if _slug(one.text(field)) in wholes]


def _wanted(need: Need, shelf: Shelf) -> set[str]:
    found = set(values(need.get("values")))
    if "reference" in need:
        rows = shelf.policy.reference(str(need["reference"]))
        found |= {
            name
            for name, row in rows.items()
            if all(pattern.holds(row, each) for each in need.get("rows", ()))
        }
    if "of" in need:
        found |= {_slug(one.id) for one in _parts(need, shelf)}
    if need.get("types") == "yes":
        found |= set(shelf.kind("case").types)
    return found
