"""The public reading interface: python-frontmatter with our strict reading.

It writes no records; a broken text raises FoundError, it never loads as empty fields.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from casebook.document.compose import field_lines
from casebook.document.model import parse
from casebook.errors import FoundError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from casebook.document.model import Document


class CasebookHandler(YAMLHandler):
    """``frontmatter.parse(text, handler=CasebookHandler())`` reads as Casebook does.

    Every scalar is text. python-frontmatter strips the body itself and cannot give a ``Post``
    for fields named ``content`` or ``handler`` (a case has ``content``): for those use ``load``
    and ``loads`` of this module, which also keep the body exactly as it is.
    """

    FM_BOUNDARY = re.compile(r"\A\ufeff?---[ \t]*\r?$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        """The fields without fences and the exact body. Raises FoundError."""
        document = _document(text, "")
        block = document.text[: len(document.text) - len(document.body)]
        fields = block.split("\n", 1)[1].rstrip()
        return fields[: fields.rindex("---")], document.body

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """The fields, every scalar as text. Raises FoundError."""
        return dict(_document(fm, ".yaml").data)

    def export(self, metadata: Mapping[str, object], **_options: object) -> str:
        """Fields in house style, in their own order; dates, numbers and yes/no become text."""
        return "\n".join(field_lines({key: _texts(value) for key, value in metadata.items()}, 0))


def loads(text: str, path: str = "") -> frontmatter.Post:
    """A ``Post`` with the fields and the exact body. Raises FoundError."""
    document = _document(text, path)
    post = frontmatter.Post(document.body, CasebookHandler())
    post.metadata = dict(document.data)
    return post


def load(path: str | PathLike[str]) -> frontmatter.Post:
    """A ``Post`` of a file. Raises FoundError, OSError."""
    document = _readable(Path(path).read_bytes(), str(path))
    return loads(document.text, str(path))


def _document(text: str, path: str) -> Document:
    return _readable(text.encode("utf-8", "surrogatepass"), path)


def _readable(raw: bytes, path: str) -> Document:
    document, found = parse(raw, path)
    if document is None:
        first = found[0]
        message = _("line {line}: {what}").format(line=first.line, what=first.message)
        raise FoundError(message, found, first.remedy)
    return document


def _texts(value: object) -> object:
    """Values of foreign Markdown as the texts that a record holds."""
    match value:
        case dict():
            return {str(key): _texts(inner) for key, inner in value.items()}
        case list() | tuple() | set():
            return [_texts(inner) for inner in value]
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
        case date():
            return value.isoformat()
    return str(value)
