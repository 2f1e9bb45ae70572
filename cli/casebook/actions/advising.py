"""What the ladder says about one person and one rule: rung, who decides, duties, earlier decisions.

It records nothing and decides nothing; what is not known it asks instead of guessing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import ladder as ladders
from casebook.actions.following import LegalDuty, commands, duties
from casebook.actions.rulebook import find_rule, ladder_for
from casebook.errors import NoSuchRecordError, UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.ladder.counting import event_day
from casebook.ladder.model import NOTHING, SAME_CODE
from casebook.pattern import entries, values
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.ladder import Choice, Decided, Difference, Ladder, Situation
    from casebook.record import Record

    Data = Mapping[str, Any]

TYPED, COUNTED, UNKNOWN = "typed", "counted", "unknown"


@frozen
class Known:
    """What was typed about the breach; None where nothing was."""

    times: int | None = None
    enforcer: str | None = None
    refused: bool = False
    severity: str | None = None
    age: int | None = None


@frozen
class Count:
    """How the number of times is known; ``cases`` are the earlier ones that count, with their day;
    ``why`` says why it is not known.
    """

    how: str
    cases: Mapping[str, date]
    why: str = ""


@frozen
class Advice:
    """The whole answer; ``ladder`` is None where the rule has none, ``notes`` are sentences."""

    case: Record
    person: Data
    day: date
    rule: Record
    ladder: Ladder | None
    notes: tuple[str, ...]
    situation: Situation
    count: Count
    choice: Choice
    duties: tuple[LegalDuty, ...]
    earlier: tuple[Decided, ...]
    differences: tuple[Difference, ...]
    sector: str
    commands: tuple[tuple[str, ...], ...]


def advise(desk: Desk, typed: str, person: str, rule: str, known: Known) -> Advice:
    """What the ladder in force on the day of the case says; NoSuchRecordError for an unknown
    case, person or rule.
    """
    case = desk.case(typed)
    who = find_person(desk, case, person)
    day = event_day(case.data) or desk.now.date()
    found = find_rule(desk, rule, day)
    ladder, notes = ladder_for(desk, found, day)
    if ladder is not None and who.get("kind") not in (None, "unknown", *ladder.audience):
        label = desk.cases.value_label(str(who["kind"]), "persons", "kind")
        notes.append(_("This ladder is not made for: {kind}.").format(kind=label))
    count, times = _count(desk, case, who, found, ladder, day, known)
    situation = _situation(case, who, known, times)
    choice = ladders.choose(ladder, situation) if ladder is not None else ladders.Choice(None)
    slug = slug_of(found.id)
    past = [one.data for one in desk.world.holding(slug) if one.id != case.id]
    return Advice(
        case=case,
        person=who,
        day=day,
        rule=found,
        ladder=ladder,
        notes=tuple(notes),
        situation=situation,
        count=count,
        choice=choice,
        duties=tuple(duties(desk.policy, ladder, choice)) if ladder is not None else (),
        earlier=_alike(past, slug, case.text("type"), values(who.get("roles"))),
        differences=tuple(one for one in ladders.differences(case.data, past) if one.rule == slug),
        sector=desk.policy.sector,
        commands=tuple(commands(ladder, choice.rung, found.id, case.id, str(who["id"])))
        if ladder is not None and choice.rung is not None
        else (),
    )


def _situation(case: Record, person: Data, known: Known, times: int | None) -> Situation:
    return ladders.Situation(
        times=times,
        severity=known.severity or case.text("severity") or None,
        enforcer=known.enforcer,
        refused=known.refused,
        group=str(person["group"]) if person.get("group") else None,
        age=known.age,
    )


def _alike(past: Sequence[Data], rule: str, kind: str, roles: Sequence[str]) -> tuple[Decided, ...]:
    """What was decided on the rule in cases of the same type for persons in the same role."""
    return tuple(
        one
        for data in past
        for one in ladders.decided(data)
        if one.rule == rule and one.type == kind and set(roles) & set(one.roles)
    )


# -- finding ---------------------------------------------------------------------------------


def find_person(desk: Desk, case: Record, typed: str) -> Data:
    """The person meant, by code or by a role that one person has; raises NoSuchRecordError."""
    people = {str(one.get("id")): one for one in case.entries("persons")}
    code = typed.strip().upper()
    if code not in people:
        try:
            code = desk.reader(case).codes(typed)[0]
        except UsageError as error:
            if len(_in_role(people, typed)) > 1:
                raise
            raise _nobody(desk, typed, people) from error
    if code not in people:
        raise _nobody(desk, typed, people)
    return people[code]


def _in_role(people: Mapping[str, Data], typed: str) -> list[str]:
    return [code for code, one in people.items() if typed in values(one.get("roles"))]


def _nobody(desk: Desk, typed: str, people: Mapping[str, Data]) -> NoSuchRecordError:
    def said(code: str) -> str:
        labels = [
            desk.cases.value_label(one, "persons", "roles")
            for one in values(people[code].get("roles"))
        ]
        return f"{code} ({', '.join(labels)})"

    listed = [said(code) for code in people]
    return NoSuchRecordError(
        _('There is no person "{typed}" in this case.').format(typed=typed),
        _("Choose one of: {options}").format(options=", ".join(listed))
        if listed
        else _("There are no persons in this case yet."),
    )


# -- counting --------------------------------------------------------------------------------


def _count(  # noqa: PLR0917 - what a count needs
    desk: Desk,
    case: Record,
    person: Data,
    rule: Record,
    ladder: Ladder | None,
    day: date,
    known: Known,
) -> tuple[Count, int | None]:
    """How many times with this one, as typed or by the links between cases."""
    if ladder is None or ladder.count == NOTHING:
        return Count(UNKNOWN, {}), known.times
    linked = [one.data for one in desk.world.holding("same_as")]
    me = f"{case.id}/{person.get('id')}"
    people = ladders.same_person(me, linked)
    since = ladders.window_start(ladder.window, day)
    slugs = {slug_of(rule.id)}
    if ladder.count == SAME_CODE and rule.text("code"):
        code = slug_of(rule.text("code"))
        slugs |= {
            slug_of(one.id)
            for one in desk.policy.records("rule")
            if slug_of(one.text("code")) == code
        }
    cases = [one for each in people - {me} if (one := _case(desk, each)) is not None]
    before = ladders.earlier(people, slugs, case.id, day, cases)
    counted = {name: when for name, when in before.items() if since is None or when >= since}
    if known.times is not None:
        return Count(TYPED, counted), known.times
    if len(people) == 1:
        return Count(UNKNOWN, {}, _("this person is not linked to another case (same_as)")), None
    if since is None:
        return Count(UNKNOWN, counted, _("the dates of the lesson period are not known here")), None
    return Count(COUNTED, counted), len(counted) + 1


def _case(desk: Desk, reference: str) -> Data | None:
    record = desk.world.case(reference.partition("/")[0])
    return record.data if record is not None else None


def consequent(desk: Desk, record: Record, *, alone: bool = False) -> list[Difference]:
    """Where the measures of a case differ from each other or from earlier ones on the rule.

    ``alone`` compares those of the case only: finding the earlier ones reads every case.
    """
    if alone:
        return ladders.differences(record.data, ())
    rules = {slug_of(str(one.get("rule", ""))) for one in entries(record.data, "measures")} - {""}
    past = {
        other.id: other.data
        for rule in sorted(rules)
        for other in desk.world.holding(rule)
        if other.id != record.id
    }
    return ladders.differences(record.data, past.values())
