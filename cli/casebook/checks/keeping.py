"""What a record has kept stays kept: closures, turns and periods of waiting are not rewritten.

Ordinary fields may be corrected; their history is in git.
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
    "entry-rewritten": N_(
        "A closure, a turn (such as a reopening) or a period of waiting was changed or removed "
        "afterwards. They are added by moves and stay as they are."
    ),
    "procedure-changed": N_(
        "The case changed to another procedure without saying so; git case adopt-procedure does "
        "it and records it."
    ),
}
KEPT = ("closures", "turns", "waits")


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on entries that a change took away or rewrote."""
    del judgement
    if not subject.changed or subject.before is None or subject.kind.name != "case":
        return
    before, after = subject.before, subject.after
    for name in KEPT:
        kept = {str(entry.get("id")): entry for entry in after.entries(name)}
        for entry in before.entries(name):
            identity = str(entry.get("id"))
            now = kept.get(identity)
            if now is None or any(now.get(key) != value for key, value in entry.items()):
                yield found(
                    after,
                    (name, identity),
                    "entry-rewritten",
                    _("{entry} ({list}) was changed or removed").format(
                        entry=identity, list=subject.kind.field_label(name)
                    ),
                    _("Do: put it back as it was; add a note that corrects it"),
                )
    yield from _procedure(subject)


def _procedure(subject: Subject) -> Iterator[Finding]:
    before, after = subject.before, subject.after
    assert before is not None  # noqa: S101 - the caller looked
    old, new = before.text("procedure"), after.text("procedure")
    if old == new or not old or before.state != after.state:
        return
    known = {str(entry.get("id")) for entry in before.entries("turns")}
    recorded = any(
        entry.get("move") == "adopt-procedure" and str(entry.get("id")) not in known
        for entry in after.entries("turns")
    )
    if not recorded:
        yield found(
            after,
            ("procedure",),
            "procedure-changed",
            _("the procedure changed from {old} to {new}").format(old=old, new=new or "-"),
            _("Do: put it back, then git case adopt-procedure {case}").format(
                case=after.id.rpartition("-")[2]
            ),
        )
