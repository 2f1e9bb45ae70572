"""The school's page holds its vacations: without them every term is counted too short.

Which days are right only the school knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.calendar import SchoolCalendar
from casebook.checks.base import found
from casebook.finding import WARNING, Finding
from casebook.i18n import N_, _
from casebook.policy import SCHOOL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject

FINDINGS = {
    "calendar-missing": N_(
        "The school has entered no vacations for this school year. Terms then run on in the "
        "holidays and end too soon."
    ),
    "school-missing": N_(
        "There is no page about the school, so its roles, vacations and terms are unknown."
    ),
}
ONLY_WARNS = True


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """A warning where no vacations are known: at all or, where today counts, this school year."""
    if subject.kind.name != "school":
        return
    calendar = SchoolCalendar.from_school(subject.after.data)
    day = judgement.now.date()
    if calendar.missing or (judgement.today and calendar.missing_in(day)):
        yield found(
            subject.after,
            ("vacations",),
            "calendar-missing",
            _("there are no vacations for the present school year"),
            _("Do: add the vacations of your school to {file}").format(file=SCHOOL),
            WARNING,
            key=True,
        )


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """A warning where the school has no page."""
    if judgement.after.read(SCHOOL) is None:
        yield Finding(
            SCHOOL,
            0,
            0,
            "school-missing",
            _("the page about the school is missing"),
            _("Do: put back {file} and fill in roles and vacations").format(file=SCHOOL),
            WARNING,
        )
