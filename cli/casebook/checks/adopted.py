"""An adopted policy text does not change: the next version is a new file beside it.

The fingerprint in the record is compared with the text; git proves that the file is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import sets
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
            _changed(subject, judgement),
            _("Do: put the text back, then git policy revise {record}").format(record=record.short),
        )


def _changed(subject: Subject, judgement: Judgement) -> str:
    """What is wrong, with who adopted the text and when: it stands here or on its whole."""
    record = subject.after
    decided = sets.decision(judgement.world.records, record)
    if decided is None:
        return _("the text of {record} was changed after it was adopted").format(
            record=record.short
        )
    on, by = decided
    return _("the text of {record} is not what {who} adopted on {on}").format(
        record=record.short, who=subject.kind.role_label(by) or _("the school"), on=on
    )
