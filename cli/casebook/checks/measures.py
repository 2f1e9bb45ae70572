"""The legal form of measures as far as the record shows it, by the law of this kind of school.

Recording is never refused for form; these are warnings until a move requires it. Which duties there
are, and how sure they are, stands in ``schemas/reference/duties.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _, language
from casebook.procedure import article_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.ladder import Gap

FINDINGS = {
    "suspension-too-long": N_(
        "A suspension lasts one week at most, all extensions added up (WVO 2020 art. 8.14(1); "
        "primary schools: WPO art. 40c, secondary source)."
    ),
    "inspectorate-not-told": N_(
        "A suspension of more than one day is reported to the Inspectorate at once, in writing "
        "and with reasons (WVO 2020 art. 8.14(3))."
    ),
    "suspension-form": N_(
        "A suspension is decided in writing and with reasons, and the parents of a pupil under 18 "
        "are told (WVO 2020 art. 8.14). The record does not show all of it yet. A measure that "
        "keeps somebody out of lessons for more than a day counts, whatever it is called."
    ),
    "removal-form": N_(
        "Before a removal the pupil is heard, and the parents of a pupil under 18; with a pupil of "
        "compulsory age the Inspectorate is consulted and another school is willing. The decision "
        "is in writing and with reasons, and the Inspectorate is given notice (WVO 2020 art. "
        "8.15). The record does not show all of it yet."
    ),
}
ONLY_WARNS = True
REMOVAL = "removal"
TOLD = ("inspectorate",)


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on the form of suspensions and removals; one for each measure and kind of gap."""
    if subject.kind.name != "case" or not subject.after.get("measures"):
        return
    from casebook.ladder import gaps  # only cases with measures need it
    from casebook.ladder.duties import TOO_LONG

    policy = judgement.policy
    kinds = {str(one.get("id")): one.get("kind") for one in subject.after.entries("measures")}
    missing: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps(subject.after.data, policy.reference("duties"), policy.sector):
        if gap.what == TOO_LONG:
            yield _too_long(subject, gap)
        else:
            removal = kinds.get(gap.measure) == REMOVAL
            told = gap.fields == TOLD and not removal
            name = "removal-form" if removal else "suspension-form"
            name = "inspectorate-not-told" if told else name
            missing.setdefault((gap.measure, name), []).append(gap)
    for (code, name), lacking in missing.items():
        yield _missing(subject, code, name, lacking)


def _too_long(subject: Subject, gap: Gap) -> Finding:
    return found(
        subject.after,
        ("measures", gap.measure, "until"),
        "suspension-too-long",
        _("{measure}: {days} days with its extensions; a week at most. {law}").format(
            measure=gap.measure, days=gap.days, law=article_text(gap.duty, language())
        ),
        _("Do: end it within a week, or take another decision"),
        WARNING,
    )


def _missing(subject: Subject, code: str, name: str, gaps: Sequence[Gap]) -> Finding:
    fields = list(dict.fromkeys(field for gap in gaps for field in gap.fields))
    laws = list(dict.fromkeys(article_text(gap.duty, language()) for gap in gaps))
    if name == "inspectorate-not-told":
        said = _("{measure}: more than one day, so the Inspectorate is told at once. {law}")
    elif all(gap.by_effect for gap in gaps):
        said = _(
            "{measure}: no lessons for more than a day, as a suspension; lacks {fields}. {law}"
        )
    else:
        said = _("{measure}: the record does not show yet: {fields}. {law}")
    labels = ", ".join(subject.kind.field_label("measures", field) for field in fields)
    typed = " ".join(f"{code}.{field}" for field in fields)
    return found(
        subject.after,
        ("measures", code),
        name,
        said.format(measure=code, fields=labels, law="; ".join(laws)),
        _("Do: git case set {case} {fields}").format(
            case=subject.after.id.rpartition("-")[2], fields=typed
        ),
        WARNING,
    )
