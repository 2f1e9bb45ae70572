"""Every case file read, on all cores: the records that are wanted, and what cannot be read.

Which are wanted is said by who asks; nothing is judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.cores import Task, shared
from casebook.document import Document, parse
from casebook.finding import Finding
from casebook.frozen import fields_of, frozen
from casebook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.desk import Desk
    from casebook.snapshot import Entry


@frozen
class CaseFiles:
    """Records and unreadable files in the order of their paths; ``hidden`` counts what is wanted
    but not now."""

    records: list[Record]
    unreadable: list[Finding]
    hidden: int


def case_files(desk: Desk, wanted: Callable[[Record], bool | None]) -> CaseFiles:
    """The cases for which ``wanted`` says True; None counts as hidden.

    Whatever parses can be shown; whether it is right is for check to say.
    """

    def read(part: Sequence[Entry]) -> CaseFiles:
        found = CaseFiles([], [], 0)
        hidden = 0
        for entry in part:
            record = _read(desk, entry.path)
            if isinstance(record, Finding):
                found.unreadable.append(record)
            elif record is not None:
                answer = wanted(record)
                hidden += answer is None
                if answer:
                    found.records.append(record)
        return CaseFiles(found.records, found.unreadable, hidden)

    entries = list(desk.tree.entries(desk.cases.prefix))
    parts, _nothing = shared(entries, Task(read, _packed, _unpacked), lambda: None)
    return CaseFiles(
        [one for part in parts for one in part.records],
        [one for part in parts for one in part.unreadable],
        sum(part.hidden for part in parts),
    )


def _read(desk: Desk, path: str) -> Record | Finding | None:
    """A record, or its first finding when unreadable; None for what is no case."""
    kind = desk.cases
    identity = kind.id_of(path)
    if identity is None:
        return None
    try:
        raw = desk.tree.read(path)
    except OSError as error:
        from casebook.checks.intake import no_access  # rare, and costs a start

        return no_access(path, error)
    if raw is None:
        return None
    document, findings = parse(raw, path)
    if document is None:
        return findings[0]
    return Record(kind.name, identity, path, document.data, document)


def _packed(part: CaseFiles) -> tuple[list[Any], list[Any], int]:
    """Without the body, which stands in the bytes as well."""
    records = [
        (one.kind, one.id, one.path, one.data, one.document.raw, len(one.document.body))
        for one in part.records
    ]
    unreadable = [tuple(fields_of(one).values()) for one in part.unreadable]
    return records, unreadable, part.hidden


def _unpacked(packed: tuple[list[Any], list[Any], int]) -> CaseFiles:
    records, unreadable, hidden = packed
    return CaseFiles(
        [_record(*one) for one in records], [Finding(*one) for one in unreadable], hidden
    )


def _record(  # noqa: PLR0917 - as it was packed
    kind: str, identity: str, path: str, data: dict[str, Any], raw: bytes, length: int
) -> Record:
    text = raw.decode("utf-8-sig")
    body = text[len(text) - length :]
    return Record(kind, identity, path, data, Document(path, raw, data, body))
