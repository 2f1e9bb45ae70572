"""Two versions of a policy record beside each other: which two, and what differs.

It compares what stands in the files now; how a file came to be is told by its history.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from casebook.actions import comparing, policies
from casebook.errors import NoSuchRecordError, UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.versions import slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.comparing import Difference
    from casebook.actions.desk import Desk
    from casebook.record import Record

# Two versions always differ in these.
OWN: Final = ("id", "state", "model", "fingerprint", "replaces")


@frozen
class Compared:
    """What differs from ``old`` to ``new``: the fields, and the lines of the text below them."""

    old: Record
    new: Record
    fields: Sequence[Difference]
    body: Sequence[str]


def compare(desk: Desk, typed: str, other: str = "") -> Compared:
    """``typed`` and the version before it; with ``other``: from ``typed`` to ``other``.

    Without a version the newest is meant. Raises NoSuchRecordError when there is none before it,
    UsageError for records of two kinds or of a kind without versions.
    """
    new = policies.find(desk, typed)
    if other:
        old, new = new, _other(desk, new, other)
    else:
        old = _before(desk, new)
    if old.kind != new.kind:
        raise UsageError(
            _("{record} and {other} are of two kinds.").format(record=old.short, other=new.short),
            _("Compare two versions of one text, such as: git policy diff forwarding@1 @2"),
        )
    kind = desk.kind_of(new)
    found = tuple(comparing.fields(kind, old.data, new.data, OWN))
    return Compared(old, new, found, tuple(_lines(old, new)))


def _other(desk: Desk, record: Record, typed: str) -> Record:
    """The other record: by its name, or another version of the same by ``@2`` or ``2``."""
    number = typed.removeprefix("@")
    if number.isdigit():
        typed = f"{record.kind}/{slug_of(record.id)}@{number}"
    return policies.find(desk, typed)


def _before(desk: Desk, record: Record) -> Record:
    number = version_of(record.id)
    if not number:
        raise UsageError(
            _("A record of this kind has no versions: {record}.").format(record=record.short),
            _("See how it changed: {command}").format(command=f"git policy log {record.short}"),
        )
    earlier = [
        one
        for one in desk.policy.all_versions(record.kind, slug_of(record.id))
        if version_of(one.id) < number
    ]
    if not earlier:
        raise NoSuchRecordError(
            _("There is no version before {record}.").format(record=record.short),
            _("See how it changed: {command}").format(command=f"git policy log {record.short}"),
        )
    return policies.find(desk, f"{record.kind}/{earlier[-1].id}")


def _lines(old: Record, new: Record) -> list[str]:
    """The text as a plain comparison: lines that went, came, and what stands around them."""
    before, after = (one.document.body.strip().splitlines() for one in (old, new))
    found = difflib.unified_diff(before, after, lineterm="", n=1)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]
