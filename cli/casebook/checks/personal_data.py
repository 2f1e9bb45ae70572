"""No patterns of personal data: cases hold codes, never numbers, addresses or dates of birth.

Names cannot be recognised by a pattern and are not looked for here. The value is never repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import personal
from casebook.finding import Finding
from casebook.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject

FINDINGS = {
    "personal-data": N_(
        "A line looks like a BSN, a telephone number, an e-mail address, a bank account, an "
        "address or a date of birth. Cases hold codes such as P1; the list of codes and names is "
        "kept outside the casebook. Only fields meant for it may hold such data."
    ),
}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """One finding per line and pattern, outside the fields that may hold contact data."""
    if subject.clear:
        return
    hits = personal.scan_bytes(subject.after.document.raw, judgement.policy.public_numbers)
    allowed = _allowed_lines(subject) if hits else set()
    for hit in hits:
        if hit.line in allowed:
            continue
        message, remedy = personal.message(hit)
        yield Finding(subject.path, hit.line, hit.column, "personal-data", message, remedy)


def _allowed_lines(subject: Subject) -> set[int]:
    document = subject.after.document
    lines: set[int] = set()
    for pointer in subject.kind.personal_fields(subject.after.data):
        lines.add(document.place(pointer)[0])
    return lines
