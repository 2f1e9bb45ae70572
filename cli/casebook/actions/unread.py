"""The policy files that cannot be read: every table names them, so that nothing is left out unsaid.

It only names them; what is readable is read by the tables themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.intake import no_access
from casebook.document import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.actions.desk import Desk
    from casebook.finding import Finding


def unreadable(desk: Desk, kinds: Iterable[str]) -> Iterator[Finding]:
    """The first finding of every file of these kinds that is no record any more."""
    policy = desk.policy
    for name in kinds:
        kind = policy.catalogue.kind(name)
        known = {record.path for record in policy.records(name)}
        for entry in policy.snapshot.entries(kind.prefix):
            if entry.path in known or not kind.claims(entry.path):
                continue
            try:
                raw = policy.snapshot.read(entry.path)
            except OSError as error:
                yield no_access(entry.path, error)
                continue
            document, found = parse(raw or b"", entry.path)
            if document is not None:
                found = [*found, *kind.read(document)[1]]
            yield from found[:1]
