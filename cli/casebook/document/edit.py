"""Edits on the exact places of keys and values: only the lines that must change are changed.

It writes no files; an edit whose result does not read as expected is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document.layout import build
from casebook.document.model import Document, parse
from casebook.document.splice import spliced
from casebook.document.wanted import (
    AddEntry,
    AppendBody,
    Edit,
    Impossible,
    RemoveEntry,
    RemoveKey,
    ReplaceBody,
    SetValue,
    expected,
)
from casebook.errors import FoundError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.document.events import Value

__all__ = [
    "AddEntry",
    "AppendBody",
    "Edit",
    "EditError",
    "RemoveEntry",
    "RemoveKey",
    "ReplaceBody",
    "SetValue",
    "apply",
]


class EditError(FoundError):
    """The edit cannot be made so that the file reads as meant; nothing was changed.

    ``findings`` holds what is wrong with the text that the edit would have given.
    """


def apply(document: Document, edits: Sequence[Edit]) -> Document:
    """The document after all edits, in order. Raises EditError; never writes."""
    newline = document.newline
    data, body = document.data, document.body
    front = document.text[: len(document.text) - len(body)]
    for edit in edits:
        if isinstance(edit, AppendBody):
            if not front.endswith("\n"):
                front += newline
            lead = "" if not body or body.endswith("\n") else newline
            body += lead + _with_ends(edit.text, newline)
        elif isinstance(edit, ReplaceBody):
            body = body[: edit.start] + _with_ends(edit.text, newline) + body[edit.end :]
        else:
            try:
                before, data = data, expected(data, edit)
                if before != data:
                    front = spliced(front, build(front), newline, edit)
            except Impossible as error:
                raise EditError(str(error), []) from None
    return _proved(document, front, data, body)


def _with_ends(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)


def _proved(document: Document, front: str, data: dict[str, Value], body: str) -> Document:
    """The document of the new text, when it reads exactly as expected."""
    message = _("this cannot be written into the file without changing something else")
    bom = document.raw[: len(document.raw) - len(document.text.encode())]
    try:
        raw = bom + (front + body).encode()
    except UnicodeEncodeError:
        raise EditError(message, []) from None
    after, found = parse(raw, document.path)
    if after is None or after.data != data or after.body != body:
        raise EditError(message, [finding for finding in found if finding.is_error])
    return after
