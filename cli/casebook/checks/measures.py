"""The legal form of measures as far as the record shows it: a suspension lasts a week at most.

Recording is never refused for form; these are warnings until a move requires it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "suspension-too-long": N_(
        "A suspension lasts one week at most, all extensions added up (WVO 2020 art. 8.14(1); "
        "primary schools: WPO art. 40c, secondary source)."
    ),
    "inspectorate-not-told": N_(
        "A suspension of more than one day is reported to the Inspectorate at once, in writing "
        "and with reasons (WVO 2020 art. 8.14(3))."
    ),
}
WEEK = 7
ACTIVE = ("decided", "running", "ended")


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on the form of suspensions."""
    del judgement
    if subject.kind.name != "case":
        return
    measures = {str(one.get("id")): one for one in subject.after.entries("measures")}
    for code, measure in measures.items():
        if measure.get("kind") != "suspension" or measure.get("status") not in ACTIVE:
            continue
        days = _days(measure, measures, set())
        if days > WEEK:
            yield found(
                subject.after,
                ("measures", code, "until"),
                "suspension-too-long",
                _("{measure}: {days} days with its extensions; a week at most").format(
                    measure=code, days=days
                ),
                _("Do: end it within a week, or take another decision"),
                WARNING,
            )
        if days > 1 and measure.get("inspectorate") in (None, "", "no"):
            yield found(
                subject.after,
                ("measures", code),
                "inspectorate-not-told",
                _("{measure}: more than one day, so the Inspectorate is told at once").format(
                    measure=code
                ),
                _("Do: git case set {case} {measure}.inspectorate").format(
                    case=subject.after.id.rpartition("-")[2], measure=code
                ),
                WARNING,
            )


def _days(
    measure: Mapping[str, Any], measures: Mapping[str, Mapping[str, Any]], seen: set[str]
) -> int:
    """Calendar days of a measure and of all it extends; 0 where a date is missing."""
    code = str(measure.get("id"))
    if code in seen:
        return 0
    seen.add(code)
    try:
        first = date.fromisoformat(str(measure.get("from", ""))[:10])
        last = date.fromisoformat(str(measure.get("until", ""))[:10])
        own = max((last - first).days + 1, 0)
    except ValueError:
        own = 0
    earlier = measures.get(str(measure.get("extends", "")))
    return own + (_days(earlier, measures, seen) if earlier is not None else 0)
