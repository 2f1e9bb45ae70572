"""Records that were read lately, by path: whoever reads the same bytes again gets the same record.

It belongs to one law, because that typed the records; it judges nothing and stores nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from casebook import foreign, personal
from casebook.document import parse
from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebook.catalogue.kind import Kind
    from casebook.document import Document
    from casebook.document.again import Again
    from casebook.finding import Finding
    from casebook.record import Record

    _Parsed = tuple[Document | None, list[Finding], Again | None]

FEW = 8  # what one command comes back to; a walk through history keeps more


@frozen
class Reading:
    """The record in some bytes, None when they hold none, and all that is wrong with them.

    ``judged`` tells whether ``findings`` are those on the fields as well; ``again`` serves the
    reading of a next version. ``clear`` says that the bytes are known to hold nothing foreign and
    no personal data.
    """

    raw: bytes
    record: Record | None
    findings: Sequence[Finding]
    judged: bool
    again: Again | None
    clear: bool = False


class Shelf:
    """The last readings, the newest of each path; at most ``room`` of them."""

    def __init__(self, room: int = FEW) -> None:
        self.room = room
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._parsed: dict[str, tuple[bytes, _Parsed]] = {}

    def parse(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Parse what will be read next, by path: first parsing all and then typing all is faster.

        What was parsed here before and not read is let go.
        """
        self._parsed = {path: (raw, self._parse(raw, path)) for path, raw in files}

    def read(self, kind: Kind, path: str, raw: bytes) -> Reading:
        """The record and everything wrong with it."""
        known = self._readings.get(path)
        if known is not None and known.judged and known.raw == raw:
            return known
        ahead = self._parsed.pop(path, None)
        parsed = ahead[1] if ahead is not None and ahead[0] is raw else self._parse(raw, path)
        document, findings, again = parsed
        record = None
        if document is not None:
            sound = known is not None and known.judged and not known.findings
            record, unfit = kind.read(document, known.record if known and sound else None)
            findings = [*findings, *unfit]
        clear = document is not None and again is not None and _is_clear(document, again, known)
        return self._keep(path, Reading(raw, record, findings, True, again, clear))

    def record(self, kind: Kind, path: str, raw: bytes) -> Record | None:
        """The record, without a word on what is wrong."""
        known = self._readings.get(path)
        if known is not None and known.raw == raw:
            return known.record
        document, findings, again = self._parse(raw, path)
        record = kind.record(document) if document is not None else None
        return self._keep(path, Reading(raw, record, findings, False, again)).record

    def _parse(self, raw: bytes, path: str) -> _Parsed:
        """Read a file, with the help of its version before where many versions are read."""
        if self.room == FEW:
            return *parse(raw, path), None
        from casebook.document.again import Again  # one command comes back to nothing

        known = self._readings.get(path)
        again = Again(known.again if known is not None else None)
        return *parse(raw, path, again.read), again

    def _keep(self, path: str, reading: Reading) -> Reading:
        self._readings[path] = reading
        self._readings.move_to_end(path)
        if len(self._readings) > self.room:
            self._readings.popitem(last=False)
        return reading


def _is_clear(document: Document, again: Again, known: Reading | None) -> bool:
    """Whether a text holds nothing to look at closely; after one that does not only its new lines.

    What is looked for stands within a line, or in lines of which each would be looked at by itself.
    """
    added = None
    if known is not None and known.clear and known.record is not None and known.again is not None:
        added = again.added(known.again, known.record.document.body, document.body)
    part = document.raw if added is None else added
    return personal.is_clear(part) and foreign.is_clear(part)
