"""Measures beside the rule and rung they name: what differs from the ladder needs a reason.

A ladder guides and does not bind a judge of people: a reason (because) answers every difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _, language
from casebook.quantities import amount_text
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.ladder import Deviation, Ladder

FINDINGS = {
    "unknown-rule": N_("A measure names a rule that the school does not have."),
    "unknown-rung": N_(
        "A measure names a rung that the ladder of its rule does not have, or a rule that has no "
        "ladder. See what the ladder says with: git case advise."
    ),
    "deviates-from-ladder": N_(
        "A measure differs from the rung it names: another kind of measure, another amount, "
        "decided by another role, above the most that role may decide, or without the approval "
        "that the rung asks. That is allowed with a reason (because), so that it can be explained."
    ),
}
ONLY_WARNS = True


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on measures that differ from their ladder without a reason."""
    if subject.kind.name != "case":
        return
    measures = subject.after.entries("measures")
    for measure in measures:
        if measure.get("rule"):
            yield from _one(subject, judgement, measure, measures)


def _one(
    subject: Subject,
    judgement: Judgement,
    measure: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
) -> Iterator[Finding]:
    from casebook import ladder  # only measures that name a rule need it
    from casebook.ladder.counting import event_day

    code, named = str(measure["id"]), str(measure["rule"])
    day = event_day(subject.after.data)
    rule = judgement.policy.find("rule", named, day)
    if rule is None:
        message = _('{measure}: there is no rule "{rule}"').format(measure=code, rule=named)
        yield _warn(subject, code, "rule", "unknown-rule", message, f"{code}.rule")
        return
    record = judgement.policy.ladder_of(rule, day)
    known = ladder.Ladder.from_record(record) if record is not None else None
    rung = str(measure.get("rung", ""))
    if rung and (known is None or known.rung(rung) is None):
        yield _no_rung(subject, code, rung, known, rule.id)
    if known is None or not filler(str(measure.get("because", ""))):
        return
    for one in ladder.deviations(measure, measures, known):
        yield _warn(
            subject,
            code,
            one.field,
            "deviates-from-ladder",
            _deviation(subject, code, one, known),
            f"{code}.because",
        )
        return  # one reason answers them all


def _no_rung(subject: Subject, code: str, rung: str, known: Ladder | None, rule: str) -> Finding:
    if known is None:
        message = _("{measure}: the rule {rule} has no ladder").format(measure=code, rule=rule)
    else:
        message = _('{measure}: "{rung}" is no rung of {ladder}; its rungs are: {rungs}').format(
            measure=code,
            rung=rung,
            ladder=known.id,
            rungs=", ".join(one.id for one in known.rungs),
        )
    return _warn(subject, code, "rung", "unknown-rung", message, f"{code}.rung")


def _deviation(subject: Subject, code: str, one: Deviation, known: Ladder) -> str:
    """What differs, in words."""
    texts = {
        "kind": _("{measure}: {own} instead of {wanted} ({ladder}), without a reason"),
        "amount": _("{measure}: {own} instead of {wanted} ({ladder}), without a reason"),
        "maximum": _("{measure}: more than {wanted} at most ({ladder}), without a reason"),
        "decided-by": _(
            "{measure}: decided by {own}, while {wanted} decides ({ladder}), without a reason"
        ),
        "approved-by": _("{measure}: not approved by {wanted} ({ladder}), without a reason"),
    }

    def said(value: str) -> str:
        if one.what in ("amount", "maximum"):
            return amount_text(value, language())
        return subject.kind.value_label(value, "measures", one.field)

    return texts[one.what].format(
        measure=code,
        own=said(one.own),
        wanted=_(" or ").join(said(each) for each in one.wanted),
        ladder=known.id,
    )


def _warn(  # noqa: PLR0917 - read in this order everywhere
    subject: Subject, code: str, field: str, name: str, message: str, typed: str
) -> Finding:
    return found(
        subject.after,
        ("measures", code, field),
        name,
        message,
        _("Do: git case set {case} {fields}").format(
            case=subject.after.id.rpartition("-")[2], fields=typed
        ),
        WARNING,
    )
