"""What is wrong with the policy as it stands on disk, whoever changed it and however.

A text that was changed past every hook is found here, before it is listed as in force or published.
It reads policy and schemas only, opens no case, and asks git nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.checks import judge as judging
from casebook.policy import Policy
from casebook.snapshot import Change, Limited

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from casebook.casebook import Casebook
    from casebook.finding import Finding
    from casebook.snapshot import Snapshot

READS: Final = ("policy/", "schemas/")
# Cases are not looked at, so whether one that is named is there is not known.
BEYOND: Final = ("unknown-case",)


def wrong(
    casebook: Casebook, snapshot: Snapshot, kinds: Container[str] | None = None
) -> list[Finding]:
    """The errors in the policy records of a snapshot, sorted; of these kinds only when given."""
    known = Limited(snapshot, READS)
    policy = Policy(known)
    context = judging.judgement(casebook, known, known, policy=policy)

    def standing() -> Iterator[Change]:
        for entry in known.entries("policy/"):
            kind = policy.catalogue.kind_at(entry.path)
            if kind is not None and (kinds is None or kind.name in kinds):
                content = known.read(entry.path)
                yield Change(entry.path, content, content, entry.mode)

    found = judging.judge(standing(), context, changed=False)
    return [one for one in found if one.is_error and one.check not in BEYOND]
