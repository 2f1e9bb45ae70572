"""One record merged from three versions: where both started, what they have, what I have.

The result is theirs plus my changes, so that it is a lawful next step of theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document import parse
from casebook.document.edit import EditError, apply
from casebook.document.wanted import expected
from casebook.merging.fields import FieldMerge
from casebook.merging.model import COMMENT, FILE, MINE, Clash, Merged, undecided
from casebook.merging.texts import BodyMerge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document import Document, Value
    from casebook.merging.model import Decide, TextMerge


def merge(
    base: Document | None,
    theirs: Document,
    mine: Document,
    text: TextMerge,
    *,
    title: str = "",
    renamed: Mapping[str, str] = {},
    decide: Decide = undecided,
) -> Merged:
    """Theirs with what I changed since ``base``, or every clash that is left.

    ``text`` merges free text and lay-out line by line; ``title`` is written above a first
    journal entry where mine has no title either; ``renamed`` holds the new numbers that earlier
    entries of mine got; ``decide`` answers clashes. Never raises; nothing is judged.
    """
    if theirs.raw == mine.raw:
        return Merged(theirs)
    if base is None:
        clash = Clash(FILE, (), theirs=theirs.text, mine=mine.text)
        chosen = decide(clash)
        return Merged(mine if chosen == MINE else theirs) if chosen else Merged(None, (clash,))
    fields = FieldMerge(base.data, theirs.data, mine.data, decide)
    clashes = list(fields.clashes)
    front: Document | None = theirs
    try:
        if not clashes:
            front = _front(base, theirs, mine, fields, text)
        if front is None:
            comment = Clash(COMMENT, ())
            if decide(comment) is None:
                clashes.append(comment)
            front = apply(theirs, fields.edits)
        body = BodyMerge(base, front, mine, text, title=title, renamed=renamed, decide=decide)
    except EditError as problem:
        return Merged(None, (Clash(COMMENT, (), mine=problem.message),))
    clashes += body.clashes
    if clashes:
        return Merged(None, tuple(clashes))
    return Merged(body.document, (), body.renamed)


def _front(
    base: Document, theirs: Document, mine: Document, fields: FieldMerge, text: TextMerge
) -> Document | None:
    """Theirs with my front matter in it; None when my comments or lay-out would be lost."""
    was, now, new = (_head(one) for one in (base, theirs, mine))
    if new in (was, now):
        return theirs
    wanted: dict[str, Value] = theirs.data
    for edit in fields.edits:
        wanted = expected(wanted, edit)
    # Line by line first: it keeps the comments of both. Fields decide whether it is right.
    both = new if now == was else text(was, now, new)
    if both is not None:
        found = _with_head(theirs, both)
        if found is not None and found.data == wanted:
            return found
    if _comments(was) != _comments(new):
        return None
    return apply(theirs, fields.edits)


def _head(document: Document) -> str:
    whole = document.text
    return whole[: len(whole) - len(document.body)].replace("\r\n", "\n")


def _with_head(document: Document, head: str) -> Document | None:
    whole = document.text
    bom = document.raw[: len(document.raw) - len(whole.encode())]
    front = head.replace("\n", document.newline)
    found, _wrong = parse(bom + (front + document.body).encode(), document.path)
    return found if found is not None and found.body == document.body else None


def _comments(head: str) -> list[str]:
    return [line.strip() for line in head.split("\n") if line.strip().startswith("#")]
