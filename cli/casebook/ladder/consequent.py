"""Whether a school is consequent: what was decided on the same rule, and where it differs.

It lists differences with their reasons; whether a difference is fair is for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.frozen import frozen
from casebook.ladder.counting import COUNTED, event_day
from casebook.pattern import entries, persons, values
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    Data = Mapping[str, Any]


@frozen
class Decided:
    """One measure as it was decided for one person: ids and codes only, beside the reason."""

    case: str
    type: str
    day: date | None
    measure: str
    person: str
    roles: tuple[str, ...]
    rule: str
    rung: str
    kind: str
    amount: str
    because: str

    @property
    def outcome(self) -> tuple[str, str]:
        """What is compared: the kind of measure and its amount."""
        return self.kind, self.amount


@frozen
class Difference:
    """Measures on one rule that are not the same, in this case or beside earlier ones."""

    rule: str
    own: tuple[Decided, ...]
    earlier: tuple[Decided, ...] = ()


def decided(data: Data) -> Iterator[Decided]:
    """The measures of a case that name a rule, one for each person they are for.

    Help and repair beside a measure are no difference in treatment.
    """
    for measure in entries(data, "measures"):
        rule = slug_of(str(measure.get("rule", "")))
        if not rule or str(measure.get("status", "decided")) not in COUNTED:
            continue
        if measure.get("track") in ("guidance", "repair", "safety"):
            continue
        for person in persons(data, values(measure.get("for"))):
            yield Decided(
                case=str(data.get("id", "")),
                type=str(data.get("type", "")),
                day=event_day(data),
                measure=str(measure.get("id", "")),
                person=str(person.get("id", "")),
                roles=values(person.get("roles")),
                rule=rule,
                rung=str(measure.get("rung", "")),
                kind=str(measure.get("kind", "")),
                amount=str(measure.get("amount", "")),
                because=str(measure.get("because", "")),
            )


def comparable(one: Decided, other: Decided) -> bool:
    """Whether two decisions should be alike: the same rule, and the same rung or type and role."""
    if one.rule != other.rule:
        return False
    if one.rung and other.rung:
        return one.rung == other.rung
    return one.type == other.type and bool(set(one.roles) & set(other.roles))


def differences(data: Data, others: Iterable[Data] = ()) -> list[Difference]:
    """Where measures on the same rule differ, within a case and from the earlier ``others``."""
    own = list(decided(data))
    before = [one for other in others if _before(other, data) for one in decided(other)]
    found = []
    for rule in dict.fromkeys(one.rule for one in own):
        mine = tuple(one for one in own if one.rule == rule)
        unlike = tuple(one for one in mine if any(_unlike(one, each) for each in mine))
        past = tuple(each for each in before if any(_unlike(one, each) for one in mine))
        beside = unlike or tuple(one for one in mine if any(_unlike(one, each) for each in past))
        if beside:
            found.append(Difference(rule, beside, past))
    return found


def _unlike(one: Decided, other: Decided) -> bool:
    if one.case == other.case and one.person == other.person:
        return False
    alike_rule = one.rule == other.rule if one.case == other.case else comparable(one, other)
    return alike_rule and one.outcome != other.outcome


def _before(other: Data, data: Data) -> bool:
    """Whether another case came before this one; without days it cannot be said."""
    first, second = event_day(other), event_day(data)
    if other.get("id") == data.get("id") or first is None or second is None:
        return False
    return first <= second


def reasons(found: Sequence[Decided]) -> list[Decided]:
    """Each measure once, in order: one that is for three persons has one reason."""
    return list({(one.case, one.measure): one for one in found}.values())
