"""A case whose type asks for the board's circle is kept in a casebook of that circle only.

One clone holds all cases in it, so who may clone decides who may read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "wrong-circle": N_(
        "Cases about the conduct of staff belong in a casebook of the board's circle: everybody "
        "who shares a casebook can read all of it."
    ),
}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """A finding where the type asks for a narrower circle than the casebook has."""
    if subject.kind.name != "case" or subject.after.text("fictional") == "yes":
        return
    case_type = subject.kind.types.get(subject.after.text("type"))
    if case_type is None or case_type.circle in ("", "school", judgement.casebook.circle):
        return
    yield found(
        subject.after,
        ("type",),
        "wrong-circle",
        _("cases of this type belong in a casebook of the board"),
        _("Do: tell the board at once; keep this case in the board's own casebook"),
    )
