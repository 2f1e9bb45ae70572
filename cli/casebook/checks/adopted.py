"""An adopted policy text does not change: the next version is a new file beside it.

The fingerprint in the record is compared with the text; git proves that the file is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.fingerprint import fingerprint
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "adopted-text-changed": N_(
        "The text of an adopted policy record is not the text that was adopted. Draft the next "
        "version beside it instead."
    ),
    "fingerprint-missing": N_("An adopted policy record has no fingerprint of its text."),
}


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """A finding where the fingerprint of an adopted record is missing or does not fit."""
    del judgement
    record = subject.after
    if record.state not in ("adopted", "retired") or not subject.kind.text_fields:
        return
    stored = record.text("fingerprint")
    if not stored:
        yield found(
            record,
            ("state",),
            "fingerprint-missing",
            _("adopted, but without a fingerprint"),
            _("Do: put back the draft state, then git policy adopt {record}").format(
                record=record.short
            ),
        )
    elif stored != fingerprint(record, subject.kind.text_fields):
        yield found(
            record,
            ("fingerprint",),
            "adopted-text-changed",
            _("the text was changed after it was adopted on {on}").format(
                on=record.text("decided_on") or "?"
            ),
            _("Do: put the text back, then git policy revise {record}").format(record=record.short),
        )
