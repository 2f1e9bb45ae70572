"""What should have been done by today: steps, actions, questions outside, reviews.

It speaks only where a person reads (``check``, ``list``, ``todo``): a commit that was sound when it
was made stays sound, however long ago that is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from casebook import pattern
from casebook.calendar import day_of
from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.document import Pointer
    from casebook.finding import Finding

FINDINGS = {
    "step-overdue": N_("A step of the procedure should have been done by now."),
    "action-overdue": N_("An action should have been done by now."),
    "chase-overdue": N_(
        "The day has passed on which to ask again: a body outside has not answered, or a case "
        "still waits."
    ),
    "review-overdue": N_("A measure or a rule should have been looked at again by now."),
    "contact-unchecked": N_(
        "Agreements with the police, or a contact, were not looked at for more than a year; "
        "numbers and people change."
    ),
}
ONLY_WARNS = True
YEAR = timedelta(days=366)
RUNNING = ["decided", "running"]
# list, what makes an entry still open, the field with its day, the finding
DATED: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("actions", {"done": ["no", ""]}, "due", "action-overdue"),
    ("external", {"result": ""}, "chase", "chase-overdue"),
    ("waits", {"until": ""}, "chase", "chase-overdue"),
    ("measures", {"status": RUNNING}, "review", "review-overdue"),
)


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on what is late today; asked only where today counts."""
    today = judgement.now.date()
    record = subject.after
    if subject.kind.name == "school":
        reviewed = day_of(record.get("police_reviewed"))
        if reviewed is not None and today - reviewed > YEAR:
            yield _late(
                subject,
                ("police_reviewed",),
                "contact-unchecked",
                _("the agreements with the police were last looked at on {day}").format(
                    day=reviewed
                ),
                _("Do: call them, correct the page and write the day of today"),
            )
    elif subject.kind.name == "contact":
        yield from _contact(subject, today)
    elif subject.kind.name == "case":
        # A practice example stays as it is for years; nothing in it is ever late.
        if judgement.world.is_open(record) and record.text("fictional") != "yes":
            yield from _steps(subject, judgement)
            yield from _entries(subject, today)
    elif record.state == "adopted":
        review = day_of(record.get("review"))
        if review is not None and review < today:
            yield _late(
                subject,
                ("review",),
                "review-overdue",
                _("this text should have been reviewed on {day}").format(day=review),
                _("Do: git policy revise {record}, or agree on a new day").format(
                    record=record.id.partition("@")[0]
                ),
            )


def _contact(subject: Subject, today: date) -> Iterator[Finding]:
    checked = day_of(subject.after.get("verified_on"))
    if checked is not None and today - checked > YEAR:
        yield _late(
            subject,
            ("verified_on",),
            "contact-unchecked",
            _("this contact was last looked at on {day}").format(day=checked),
            _("Do: call or look, then {command}").format(
                command=f"git policy set {subject.after.short} verified_on"
            ),
        )


def _steps(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    tail = subject.after.id.rpartition("-")[2]
    for status in judgement.world.steps(subject.after.data):
        if status.overdue and status.due is not None:
            yield _late(
                subject,
                ("procedure",),
                "step-overdue",
                _("step late since {due}: {step}").format(
                    due=str(status.due)[:16],
                    step=status.step.title_now(),
                ),
                _("Do: {command}").format(command=f"git case done {tail} {status.step.id}"),
            )


def _entries(subject: Subject, today: date) -> Iterator[Finding]:
    record = subject.after
    tail = record.id.rpartition("-")[2]
    for name, still_open, field, finding in DATED:
        for entry in pattern.find(record.data, {"in": name, **still_open}):
            due = day_of(entry.get(field))
            if due is None or due >= today:
                continue
            code = str(entry.get("id", ""))
            yield _late(
                subject,
                (name, code, field),
                finding,
                _("{entry}: {field} was {day}").format(
                    entry=code, field=subject.kind.field_label(name, field), day=due
                ),
                _("Do: {command}").format(command=_command(name, tail, code, field)),
            )


def _command(name: str, tail: str, code: str, field: str) -> str:
    if name == "actions":
        return f"git case done {tail} {code}"
    if name == "waits":
        return f"git case resume {tail}"
    return f"git case set {tail} {code}.{'result' if name == 'external' else field}"


def _late(subject: Subject, pointer: Pointer, name: str, message: str, remedy: str) -> Finding:
    return found(subject.after, pointer, name, message, remedy, WARNING)
