"""A procedure can be carried out: its steps name fields, values, roles and duties that exist.

Whether the steps are wise is the school's; whether they are done is a case's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.i18n import _
from casebook.procedure import Procedure
from casebook.procedure.problems import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS: dict[str, str] = {}  # the names and texts are those of ``procedure.problems``


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on the steps of a procedure."""
    if subject.kind.name != "procedure":
        return
    policy = judgement.policy
    cases = judgement.world.kind
    wrong = problems(
        Procedure.from_record(subject.after),
        cases.schema_for(*cases.types.names),
        policy.reference("duties"),
        policy.roles,
    )
    for pointer, name, message in wrong:
        yield found(
            subject.after,
            pointer,
            name,
            message,
            _("Do: correct the step; schemas/README.md says what a step may hold"),
        )
