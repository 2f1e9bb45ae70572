"""The duties that hang on a measure or on its effect, whatever it is called, and what is missing.

Which duties there are stands in ``schemas/reference/duties.yaml``; how sure each is goes along.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.frozen import frozen
from casebook.ladder.amounts import days_of, read_amount
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Data = Mapping[str, Any]
    Rows = Mapping[str, Data]

ACTIVE: Final = ("decided", "running", "ended")
# What a measure does by its name; its own field ``effect`` goes before.
EFFECTS: Final = {"suspension": "no-lessons", "removal": "no-school", "time-out": "no-lessons"}
LONG: Final = 1  # day; a measure that takes away more than this counts by its effect
REASON: Final = "because"
PARENTS_HEARD: Final = "parents_heard"
CONTACTED: Final = ("inspectorate", "notice")  # fields that a contact outside may show as well
TOO_LONG: Final = "too-long"
MISSING: Final = "missing"


@frozen
class Gap:
    """Something the law asks of a measure that the record does not show.

    ``duty`` is the row that holds for this kind of school; ``fields`` of the measure would show
    it; ``days`` is how long the measure lasts. ``by_effect``: the measure is called otherwise.
    """

    measure: str
    what: str
    duty: Data
    fields: tuple[str, ...]
    days: int
    by_effect: bool


def effect_of(measure: Data) -> str:
    """What a measure takes away: its own ``effect``, else what its kind says; "" for nothing."""
    return str(measure.get("effect") or EFFECTS.get(str(measure.get("kind", "")), ""))


def span(measure: Data, measures: Sequence[Data]) -> int:
    """Calendar days of a measure and of all that it extends; 0 where a date is missing."""
    known = {str(one.get("id")): one for one in measures}
    days, seen = 0, set[str]()
    one: Data | None = measure
    while one is not None and str(one.get("id")) not in seen:
        seen.add(str(one.get("id")))
        days += _own_days(one)
        one = known.get(str(one.get("extends", "")))
    return days


def _own_days(measure: Data) -> int:
    try:
        first = date.fromisoformat(str(measure.get("from", ""))[:10])
        last = date.fromisoformat(str(measure.get("until", ""))[:10])
    except ValueError:
        return days_of(read_amount(str(measure.get("amount", ""))), least=True) or 0
    return max((last - first).days + 1, 0)


def which(kind: str, effect: str, days: int | None, rows: Rows, sector: str) -> Iterator[Data]:
    """The duties on a measure in a kind of school: its own row, or the variant for that sector.

    With ``days`` None the length is not known yet: duties that hang on it are then named too.
    """
    for row in rows.values():
        named = kind in pattern.values(row.get("measures"))
        long = effect in pattern.values(row.get("effects")) and (days is None or days > LONG)
        if row.get("variant_of") or not (named or (long and effect)):
            continue
        least = days_of(read_amount(str(row.get("longer_than", ""))))
        if least is not None and days is not None and days <= least:
            continue
        found = _for_sector(row, rows, sector)
        if found is not None:
            yield found


def _for_sector(row: Data, rows: Rows, sector: str) -> Data | None:
    """The row as it holds for a sector: what hangs on it stays, law and certainty are its own."""
    if not sector or sector in pattern.values(row.get("applies_to")):
        return row
    for other in rows.values():
        if other.get("variant_of") == row.get("id") and sector in pattern.values(
            other.get("applies_to")
        ):
            return {**row, **other}
    return None


def gaps(data: Data, rows: Rows, sector: str) -> Iterator[Gap]:
    """What the law asks of the measures of a case that the record does not show."""
    measures = pattern.entries(data, "measures")
    for measure in measures:
        if measure.get("status", "decided") not in ACTIVE or _of_staff(data, measure):
            continue
        kind, days = str(measure.get("kind", "")), span(measure, measures)
        for row in which(kind, effect_of(measure), days, rows, sector):
            by_effect = kind not in pattern.values(row.get("measures"))
            most = days_of(read_amount(str(row.get("most", ""))))
            identity = str(measure.get("id", ""))
            if most is not None and days > most:
                yield Gap(identity, TOO_LONG, row, ("until",), days, by_effect)
            fields = tuple(_lacking(data, measure, row))
            if fields:
                yield Gap(identity, MISSING, row, fields, days, by_effect)


def _of_staff(data: Data, measure: Data) -> bool:
    """Whether a measure is for nobody but staff: other law holds for them."""
    people = pattern.persons(data, pattern.values(measure.get("for")))
    return bool(people) and all(one.get("kind") == "staff" for one in people)


def _lacking(data: Data, measure: Data, row: Data) -> Iterator[str]:
    if row.get("compulsory") == "yes" and measure.get("compulsory_age") == "no":
        return
    if row.get("compulsory") == "yes" and not measure.get("compulsory_age"):
        yield "compulsory_age"
    for field in pattern.values(row.get("shown_by")):
        if not _shown(data, measure, row, field):
            yield field
    if _has_minor(data, measure):
        for field in pattern.values(row.get("minors_shown_by")):
            if not _shown(data, measure, row, field):
                yield field


def _shown(data: Data, measure: Data, row: Data, field: str) -> bool:
    value = pattern.values(measure.get(field))
    if value and value != ("no",) and not (field == REASON and filler(value[0])):
        return True
    if field == PARENTS_HEARD:
        return _parents_heard(data, measure)
    contact = pattern.values(row.get("contact"))
    if not contact or field not in CONTACTED:
        return False
    told = {
        "in": "external",
        "contact": list(contact),
        "kind": list(pattern.values(row.get("contact_kind"))),
        "about": str(measure.get("id", "")),
    }
    return bool(pattern.find(data, told))


def _parents_heard(data: Data, measure: Data) -> bool:
    """Whether parents were in one of the talks in which somebody was heard."""
    parents = {
        str(one.get("id")) for one in pattern.find(data, {"in": "persons", "kind": "parent"})
    }
    heard = pattern.values(measure.get("heard"))
    return any(
        talk.get("parents") == "present" or parents & set(pattern.values(talk.get("with")))
        for talk in pattern.entries(data, "talks")
        if talk.get("id") in heard
    )


def _has_minor(data: Data, measure: Data) -> bool:
    people = pattern.persons(data, pattern.values(measure.get("for")))
    return any(one.get("kind") == "pupil" and one.get("minor") != "no" for one in people)
