"""Guards on measures: the form the law asks, and the same treatment of who broke the same rule.

They look at what is recorded; whether a measure is wise or fair is for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.guards.model import Repair, Unmet
from casebook.i18n import _, language
from casebook.procedure import article_text
from casebook.procedure.norms import NOT_SURE
from casebook.versions import slug_of
from casebook.wording import filler
from casebook.workflow import WARN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.guards.model import Question
    from casebook.ladder import Decided, Gap
    from casebook.workflow import Guard

    Data = Mapping[str, Any]

# What every measure of order is asked already, by a guard of its own.
ORDER_ASKS: Final = ("letter", "because")


def legal_form(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The record shows what the law of this kind of school asks of a suspension or a removal.

    Where the law itself was not read, where a measure only works as a suspension, and where it
    lasted too long (which nobody can undo), it warns.
    """
    order = {
        str(one.get("id"))
        for one in pattern.find(question.data, {"in": "measures", "track": "order"})
    }
    for gap in question.world.gaps(question.data):
        asked = ORDER_ASKS if gap.measure in order else ()
        fields = tuple(one for one in gap.fields if one not in asked)
        if fields:
            yield _gap(question, guard, gap, fields)


def _gap(question: Question, guard: Guard, gap: Gap, fields: tuple[str, ...]) -> Unmet:
    from casebook.ladder.duties import TOO_LONG  # loaded already, for there is a gap

    soft = gap.by_effect or gap.what == TOO_LONG or gap.duty.get("certainty") in NOT_SURE
    if gap.what == TOO_LONG:
        said = _("{entry} lasts {days} days with its extensions; the law says a week: {law}")
    else:
        said = _("{entry} lacks: {fields}; {law}")
    return Unmet(
        key=f"{guard.name}:{gap.measure}:{gap.duty.get('id')}",
        level=WARN if soft else guard.level,
        message=said.format(
            entry=gap.measure,
            days=gap.days,
            fields=", ".join(question.world.label("measures", one) for one in fields),
            law=article_text(gap.duty, language()),
        ),
        repair=Repair("set", list="measures", entry=gap.measure, fields=fields),
    )


def same_treatment(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Who was in the same role or broke the same rule got the same measure, here and in earlier
    cases, or each measure says because.
    """
    told: set[str] = set()
    for one in (*_by_role(question, guard), *_by_rule(question, guard)):
        # One measure without a reason is named once, whatever it differs from.
        if one.repair.entry not in told:
            told.add(one.repair.entry)
            yield one


def _by_role(question: Question, guard: Guard) -> Iterator[Unmet]:
    by_role: dict[str, dict[str, list[Data]]] = {}
    for measure in pattern.entries(question.data, "measures"):
        if measure.get("status") in ("considered", "withdrawn"):
            continue
        for person in pattern.persons(question.data, pattern.values(measure.get("for"))):
            for role in pattern.values(person.get("roles")):
                kinds = by_role.setdefault(role, {})
                kinds.setdefault(str(measure.get("kind", "")), []).append(measure)
    for role, kinds in by_role.items():
        different = [measure for found in kinds.values() for measure in found]
        silent = [one for one in different if filler(str(one.get("because", "")))]
        if len(kinds) > 1 and silent:
            identity = str(silent[0].get("id"))
            yield Unmet(
                key=f"{guard.name}:{role}",
                level=guard.level,
                message=_("{role}: measures differ; {entry} does not say why").format(
                    role=question.world.value_label(role, "persons", "roles"), entry=identity
                ),
                repair=Repair("set", list="measures", entry=identity, fields=("because",)),
            )


def _by_rule(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Measures on one rule that differ; earlier cases are looked up only for who gave no reason."""
    silent = {
        slug_of(str(one.get("rule", "")))
        for one in pattern.entries(question.data, "measures")
        if filler(str(one.get("because", "")))
    } - {""}
    if not silent:
        return
    from casebook.ladder import differences  # only cases with a rule need it

    others = {
        one.id: one.data
        for rule in sorted(silent)
        for one in question.world.holding(rule)
        if one.id != question.data.get("id")
    }
    for found in differences(question.data, others.values()):
        for one in found.own:
            if filler(one.because):
                yield _unequal(guard, one, found.earlier)
                break


def _unequal(guard: Guard, one: Decided, earlier: tuple[Decided, ...]) -> Unmet:
    if earlier:
        cases = ", ".join(dict.fromkeys(each.case for each in earlier))
        message = _(
            "{rule}: {entry} differs from an earlier decision ({cases}) and does not say why"
        ).format(rule=one.rule, entry=one.measure, cases=cases)
    else:
        message = _("{role}: measures differ; {entry} does not say why").format(
            role=one.rule, entry=one.measure
        )
    return Unmet(
        key=f"{guard.name}:{one.rule}",
        level=guard.level,
        message=message,
        repair=Repair("set", list="measures", entry=one.measure, fields=("because",)),
    )
