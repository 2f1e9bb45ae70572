"""Dates make sense: nothing happened in the future, nothing ends before it began.

Terms and plans may lie ahead; whether work is late is not judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "future-date": N_("Something that has happened bears a date in the future."),
    "ends-before-start": N_("An end lies before its beginning."),
    "closed-before-reported": N_("A closure bears a date before the case was reported."),
}
HAPPENED = {
    "": ("occurred", "reported"),
    "talks": ("on",),
    "external": ("on", "result_on"),
    "actions": ("done",),
    "messages": ("sent",),
    "decisions": ("on",),
    "closures": ("on",),
    "turns": ("on",),
    "contents": ("first_seen", "checked", "removed", "decided_on"),
    "measures": ("decided_on",),
    "steps": ("done", "skipped"),
}
UNTIL = "until"
PERIODS = (("from", UNTIL), ("since", UNTIL))


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on dates, by comparing their texts (ISO dates sort as they are)."""
    record = subject.after
    today = judgement.now.date().isoformat()
    listed = record.lists()
    if subject.kind.name == "case":
        # Whoever is a time zone ahead may already write tomorrow; a whole day later nobody may.
        for name in HAPPENED[""]:
            if _is_day(record.text(name)) and record.text(name)[:10] > today:
                yield _future(subject, (name,))
        for list_name, entry in listed:
            for name in HAPPENED.get(list_name, ()):
                # A day that is later is a greater text as well; nearly all are not.
                value: Any = entry.get(name)
                late = type(value) is str and value > today
                if late and _is_day(value) and value[:10] > today:
                    yield _future(subject, (list_name, str(entry.get("id")), name))
        reported = record.text("reported")[:10]
        for closure in record.entries("closures"):
            if reported and str(closure.get("on", ""))[:10] < reported:
                yield found(
                    record,
                    ("closures", str(closure.get("id")), "on"),
                    "closed-before-reported",
                    _("closed on {on}, but reported on {reported}").format(
                        on=closure.get("on"), reported=reported
                    ),
                    _("Do: correct one of the two dates"),
                )
    for list_name, entry in listed:
        if UNTIL not in entry:
            continue
        for start, end in PERIODS:
            first, last = str(entry.get(start, "")), str(entry.get(end, ""))
            if _is_day(first) and _is_day(last) and last[:10] < first[:10]:
                yield found(
                    record,
                    (list_name, str(entry.get("id")), end),
                    "ends-before-start",
                    _("{end} lies before {start}").format(end=last, start=first),
                    _("Do: correct one of the two dates"),
                )


def _is_day(value: str) -> bool:
    return len(value) >= 10 and value[:4].isdigit() and value[4] == "-"


def _future(subject: Subject, pointer: tuple[str, ...]) -> Finding:
    return found(
        subject.after,
        pointer,
        "future-date",
        _("this date lies in the future"),
        _("Do: write the day it happened"),
        WARNING,
    )
