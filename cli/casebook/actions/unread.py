"""The policy files that cannot be read: every table names them, so that nothing is left out unsaid.

It only names them; what is readable is read by the tables themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.judge import no_access

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.actions.desk import Desk
    from casebook.finding import Finding


def unreadable(desk: Desk, kinds: Iterable[str]) -> Iterator[Finding]:
    """The first finding of every file of these kinds that is no record any more."""
    for name in kinds:
        kind = desk.policy.catalogue.kind(name)
        known = {record.path for record in desk.policy.records(name)}
        for entry in desk.tree.entries(kind.prefix):
            if entry.path in known or not kind.claims(entry.path):
                continue
            try:
                raw = desk.tree.read(entry.path)
            except OSError as error:
                yield no_access(entry.path, error)
                continue
            found = desk.read(raw, entry.path)[1] if raw is not None else []
            yield from found[:1]
