"""The journal in the body: reading its entries, adding one, blanking one, judging a change.

Entries are never changed here; what an entry means to a procedure is not known here.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from casebook.document.reporting import report
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.document.model import Document
    from casebook.document.wanted import AppendBody, ReplaceBody
    from casebook.finding import Finding

MOST_IN_STUB: Final = 300  # characters; a stub is one line that says on which ground, by whom

_HEADING: Final = regex(r"^###[ \t]+(?=\d{4}-\d\d-\d\d)(.*?)[ \t]*\r?$", re.MULTILINE)
# The same behind a line end, which is found much faster in a text of many lines.
_NEXT: Final = regex(r"\n###[ \t]+(?=\d{4}-\d\d-\d\d)([^\n]*?)[ \t]*\r?(?=\n|\Z)")
_AT: Final = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)\Z")
_KIND: Final = regex(r"[a-z][a-z0-9-]*\Z")
_MARK: Final = regex(r"(by|with|id|corrects|redacted):([\w./@,-]+)\Z")
_ID: Final = regex(r"J([1-9][0-9]*)\Z")


@frozen
class Entry:
    """One entry: when (ISO with offset), what kind, by which role, with whom, and its text.

    ``line`` is its line in the file, 0 for a new one. ``redacted`` is the ground, when blanked.
    """

    id: str
    at: str
    kind: str
    by: str = ""
    people: tuple[str, ...] = ()
    corrects: str = ""
    redacted: str = ""
    text: str = ""
    line: int = 0

    @property
    def moment(self) -> datetime:
        """When it was, with its offset."""
        return datetime.fromisoformat(self.at)


@frozen
class _Span:
    """Where an entry stands in the body: heading from ``start``, text from ``text`` to ``end``."""

    start: int
    text: int
    end: int


def heading(entry: Entry) -> str:
    """The heading line of an entry, without line end."""
    parts = ["###", entry.at, entry.kind]
    marks = {
        "by": entry.by,
        "with": ",".join(entry.people),
        "id": entry.id,
        "corrects": entry.corrects,
        "redacted": entry.redacted,
    }
    return " ".join([*parts, *(f"{name}:{value}" for name, value in marks.items() if value)])


def read(document: Document) -> tuple[list[Entry], list[Finding]]:
    """The readable entries in the order of the file, and what is wrong with the others."""
    found: list[Finding] = []
    entries: list[Entry] = []
    lines: dict[str, int] = {}
    for span, words in _spans(document.body):
        line = document.body_line + document.body.count("\n", 0, span.start)
        entry = _entry(words, document.body[span.text : span.end], line)
        if isinstance(entry, str):
            found.append(report(document.path, line, 1, "journal-heading", why=entry))
            continue
        if entry.id in lines:
            first = lines[entry.id]
            found.append(
                report(document.path, line, 1, "journal-id-repeated", id=entry.id, first=first)
            )
        if entry.corrects and entry.corrects not in lines:
            unknown = entry.corrects
            found.append(report(document.path, line, 1, "journal-corrects-unknown", id=unknown))
        if entries and entry.moment < entries[-1].moment:
            found.append(report(document.path, line, 1, "journal-not-in-order"))
        lines.setdefault(entry.id, line)
        entries.append(entry)
    return entries, found


def next_id(entries: Sequence[Entry]) -> str:
    """The id after the highest one: ``J1``, ``J2`` …"""
    numbers = [int(match[1]) for entry in entries if (match := _ID.match(entry.id))]
    return f"J{max(numbers, default=0) + 1}"


def append(document: Document, entry: Entry, title: str = "") -> AppendBody:
    """The edit that writes an entry at the end of the body.

    ``title`` (``## Logboek``) is written above the first entry, unless it stands there already.
    A line of the text that would look like a heading of the journal is written with a backslash.
    """
    from casebook.document.wanted import AppendBody  # who only reads needs no edits

    body = document.body.replace("\r\n", "\n")
    parts = []
    if title and not _HEADING.search(body) and title not in body.split("\n"):
        parts.append(title + "\n")
    text = entry.text.replace("\r\n", "\n").strip("\n")
    text = _HEADING.sub(lambda match: "\\" + match[0], text)
    parts.append(heading(entry) + "\n" + (text + "\n" if text else ""))
    gap = "\n" if body.strip("\n") and not body.endswith("\n\n") else ""
    return AppendBody(gap + "\n".join(parts))


def redact(document: Document, entry_id: str, ground: str, stub_text: str) -> ReplaceBody:
    """The edit that puts one line in the place of an entry's text and names the ground.

    Raises EditError when there is no such entry, or the stub is not one short line.
    """
    from casebook.document.edit import EditError
    from casebook.document.wanted import ReplaceBody

    if not _is_stub(stub_text) or not _MARK.match(f"redacted:{ground}"):
        raise EditError(_("what replaces the text must be one line of at most 300 characters"), [])
    for span, words in _spans(document.body):
        entry = _entry(words, document.body[span.text : span.end], 0)
        if isinstance(entry, Entry) and entry.id == entry_id and not entry.redacted:
            head = document.body[span.start : span.text].rstrip()
            tail = document.body[span.text : span.end]
            blank = tail[len(tail.rstrip()) :] or "\n"
            new = f"{head} redacted:{ground}\n{stub_text}{blank}"
            return ReplaceBody(span.start, span.end, new)
    raise EditError(_('there is no journal entry "{id}" to blank').format(id=entry_id), [])


def start(body: str) -> int:
    """Where the heading of the first entry starts in a body; its length when there is none."""
    spans = _spans(body)
    return spans[0][0].start if spans else len(body)


def by_id(document: Document) -> dict[str, tuple[str, str]]:
    """Heading and text of every entry by id, on LF; what cannot be read is its own id."""
    return {name: one[1:] for name, one in _by_id(document).items()}


def broken_promises(before: Document, after: Document) -> list[Finding]:
    """What the change did to entries that were there: changed, removed, moved, or pushed down.

    The only permitted change is a redaction: the heading gains ``redacted:``, one line replaces
    the text.
    """
    if _only_longer(before.body, after.body):
        return []
    old = _by_id(before)
    new = _by_id(after)
    path = after.path
    found = []
    for name, (_line, words, text) in old.items():
        if name not in new:
            found.append(report(path, after.body_line, 1, "journal-removed", id=name))
        elif new[name][1:] != (words, text) and not _is_redaction(words, new[name]):
            found.append(report(path, new[name][0], 1, "journal-changed", id=name))
    kept = [name for name in new if name in old]
    wanted = [name for name in old if name in new]
    for name, other in zip(kept, wanted, strict=True):
        if name != other:
            found.append(report(path, new[name][0], 1, "journal-reordered", id=name))
            break
    last = max((new[name][0] for name in kept), default=0)
    for name, (line, _words, _text) in new.items():
        if name not in old and line < last:
            found.append(report(path, line, 1, "journal-inserted", id=name))
    return found


def _only_longer(before: str, after: str) -> bool:
    """Whether the journal is what it was, with nothing or entries below it: the usual case."""
    kept = before.rstrip("\n")
    if after.startswith(kept) and _follows(after[len(kept) :]):
        return True
    first = _NEXT.search("\n" + before)
    if first is None:
        return True
    old = before[first.start() :].rstrip("\n")
    again = _NEXT.search("\n" + after)
    new = after[again.start() :] if again is not None else ""
    return new.startswith(old) and _follows(new[len(old) :])


def _follows(more: str) -> bool:
    """Whether what stands below a journal is nothing, or begins with an entry on its own line."""
    added = more.lstrip("\n")
    return not added or (more != added and bool(_NEXT.match("\n" + added)))


def _spans(body: str) -> list[tuple[_Span, str]]:
    """Every heading with what follows it up to the next one."""
    headings = list(_NEXT.finditer("\n" + body))
    # Seen from the body, a heading starts where the line end in front of it starts here.
    ends = [*(match.start() for match in headings), len(body)][1:]
    return [
        (_Span(match.start(), min(match.end(), end), end), match[1])
        for match, end in zip(headings, ends, strict=True)
    ]


def _entry(words: str, text: str, line: int) -> Entry | str:
    """The entry, or why its heading cannot be read."""
    at, *rest = words.split()
    if not _AT.match(at) or not _is_moment(at):
        return _("the time needs a day, hours and minutes, and an offset")
    if not rest or not _KIND.match(rest[0]):
        return _("after the time comes one word that says what it is")
    marks: dict[str, str] = {}
    for word in rest[1:]:
        mark = _MARK.match(word)
        if not mark or mark[1] in marks:
            return _('"{word}" does not belong in it').format(word=word)
        marks[mark[1]] = mark[2]
    if "id" not in marks:
        return _("it has no id")
    people = tuple(marks.get("with", "").split(",")) if "with" in marks else ()
    return Entry(
        id=marks["id"],
        at=at,
        kind=rest[0],
        by=marks.get("by", ""),
        people=people,
        corrects=marks.get("corrects", ""),
        redacted=marks.get("redacted", ""),
        text=text.replace("\r\n", "\n").strip("\n"),
        line=line,
    )


def _is_moment(at: str) -> bool:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _by_id(document: Document) -> dict[str, tuple[int, str, str]]:
    """Line, heading and text by id; an unreadable heading is its own id, a repeated id gets a #."""
    out: dict[str, tuple[int, str, str]] = {}
    for span, words in _spans(document.body):
        text = document.body[span.text : span.end].replace("\r\n", "\n").strip("\n")
        entry = _entry(words, text, 0)
        name = words if isinstance(entry, str) else entry.id
        while name in out:
            name += "#"
        out[name] = (document.body_line + document.body.count("\n", 0, span.start), words, text)
    return out


def _is_redaction(words: str, after: tuple[int, str, str]) -> bool:
    """Whether the heading gained ``redacted:`` and nothing else, with one line as text."""
    head, _space, mark = after[1].rpartition(" ")
    return (
        head == words
        and " redacted:" not in words
        and mark.startswith("redacted:")
        and bool(_MARK.match(mark))
        and _is_stub(after[2])
    )


def _is_stub(text: str) -> bool:
    short = "\n" not in text and len(text) <= MOST_IN_STUB
    return short and bool(text.strip()) and not _HEADING.match(text)
