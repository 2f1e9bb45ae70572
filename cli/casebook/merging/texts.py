"""Bodies merged: new journal entries of mine go below theirs, the free text above line by line.

Entries are never mixed, changed or sorted in between: the journal of theirs stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document import journal
from casebook.document.edit import apply
from casebook.document.wanted import ReplaceBody
from casebook.frozen import replace
from casebook.merging.model import BOTH, JOURNAL, MINE, TEXT, Clash, undecided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document import Document
    from casebook.merging.model import Decide, TextMerge


class BodyMerge:
    """The document of theirs with my text and journal; ``clashes`` where that cannot be."""

    def __init__(
        self,
        base: Document,
        theirs: Document,
        mine: Document,
        text: TextMerge,
        *,
        title: str = "",
        renamed: Mapping[str, str] = {},
        decide: Decide = undecided,
    ) -> None:
        self.clashes: list[Clash] = []
        self.renamed: dict[str, str] = dict(renamed)
        self._decide = decide
        self.document = self._free_text(base, theirs, mine, text)
        self._journal(base, theirs, mine, title)

    def _free_text(
        self, base: Document, theirs: Document, mine: Document, text: TextMerge
    ) -> Document:
        was, now, new = (_above(one) for one in (base, theirs, mine))
        if new in (was, now):
            return theirs
        both = new if now == was else text(was, now, new)
        if both is None:
            clash = Clash(TEXT, (), was, now, new)
            chosen = self._decide(clash)
            if chosen is None:
                self.clashes.append(clash)
            if chosen not in (MINE, BOTH):
                return theirs
            both = new if chosen == MINE else f"{now.rstrip()}\n\n{new}"
        return apply(theirs, [ReplaceBody(0, _cut(theirs.body), both)])

    def _journal(self, base: Document, theirs: Document, mine: Document, title: str) -> None:
        was, now, new = (journal.by_id(one) for one in (base, theirs, mine))
        for name in was:
            if name in new and new[name] == was[name]:
                continue
            if name in new and now.get(name) == new[name]:
                continue
            if name in new and now.get(name) == was[name] and _blanked(was[name], new[name]):
                self._blank(name, mine)
            else:
                clash = Clash(JOURNAL, ("journal", name), _text(was, name), _text(now, name))
                if self._decide(clash) is None:
                    self.clashes.append(clash)
        taken = set(now)
        for entry in journal.read(mine)[0]:
            if entry.id in was or (entry.id in now and now[entry.id] == new[entry.id]):
                continue
            self._append(entry, taken, title or _title(mine))

    def _append(self, entry: journal.Entry, taken: set[str], title: str) -> None:
        identity = entry.id
        if identity in taken:
            # Two people numbered their notes without knowing of each other: theirs was first.
            identity = journal.next_id([*journal.read(self.document)[0], entry])
            self.renamed[entry.id] = identity
        taken.add(identity)
        corrects = self.renamed.get(entry.corrects, entry.corrects)
        added = replace(entry, id=identity, corrects=corrects)
        self.document = apply(self.document, [journal.append(self.document, added, title)])

    def _blank(self, name: str, mine: Document) -> None:
        entry = next(one for one in journal.read(mine)[0] if one.id == name)
        edit = journal.redact(self.document, name, entry.redacted, entry.text)
        self.document = apply(self.document, [edit])


def _above(document: Document) -> str:
    """The free text above the journal and its title, on LF, without blank lines at the end."""
    return document.body[: _cut(document.body)].replace("\r\n", "\n")


def _cut(body: str) -> int:
    """Where the free text ends: before the journal's title and the blank lines above it."""
    first = journal.start(body)
    lines = body[:first].splitlines(keepends=True)
    titled = first < len(body)
    while lines and (not lines[-1].strip() or (titled and _is_title(lines[-1]))):
        titled = titled and not _is_title(lines[-1])
        lines.pop()
    return sum(map(len, lines))


def _title(document: Document) -> str:
    """The line above the first entry (``## Logboek``), where it is a title."""
    lines = document.body[: journal.start(document.body)].split("\n")
    titles = [line.strip() for line in lines if _is_title(line)]
    return titles[-1] if titles else ""


def _is_title(line: str) -> bool:
    return line.startswith("## ")


def _blanked(was: tuple[str, str], new: tuple[str, str]) -> bool:
    return new[0].startswith(was[0] + " redacted:")


def _text(entries: dict[str, tuple[str, str]], name: str) -> str | None:
    return entries[name][1] if name in entries else None
