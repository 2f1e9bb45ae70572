"""Roles that act are roles the school knows: from its own page or the shipped list.

A warning only, so that a school need not list every role before its first case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.choosing import meant, role_choices
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "unknown-role": N_(
        "A role is used that neither policy/school.md nor schemas/reference/roles.yaml knows."
    ),
}
ONLY_WARNS = True


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on roles nobody knows, with the nearest known one."""
    known = judgement.policy.roles
    if not known:
        return
    strange = subject.kind.role_values(subject.after.data, judgement.policy.known_roles)
    for pointer, role in strange:
        if subject.kind.name == "procedure" and pointer[0] == "steps":
            continue  # the owners of steps are judged by ``procedures``, and there it is an error
        choices = role_choices(judgement.policy.role_rows)
        near = choices.near(role)
        yield found(
            subject.after,
            pointer,
            "unknown-role",
            _('the school has no role "{role}"').format(role=role),
            _("Do: {command}").format(command=meant(choices.named(near)))
            if near
            else _("Do: write another role, or add it to the roles in policy/school.md"),
            WARNING,
        )
