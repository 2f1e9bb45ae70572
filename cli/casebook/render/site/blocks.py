"""What a page is made of: sections with paragraphs, facts, lists and tables, as frozen data.

It holds words and their language, no HTML; templates turn it into HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Text:
    """Words; ``lang`` is their language where it is not the page's, ``strong`` sets them off."""

    words: str
    lang: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to the section with that ``anchor``, or to an address outside.

    Where no page of the site has such a section, the words stand there without a link.
    """

    words: str
    anchor: str = ""
    lang: str = ""
    address: str = ""


Inline = Text | Link
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; ``style`` is a class of the style sheet or ""."""

    words: Words
    style: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what belongs to them."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` where the order counts."""

    points: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a head above every column; the first cell names its row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as the school wrote it."""

    markdown: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Sections that stand beside each other where there is room."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it. ``anchor`` is its name in addresses, "" without one;
    ``mark`` is a word behind the heading, such as that the text is a draft.
    """

    title: Text
    blocks: tuple[Block, ...]
    anchor: str = ""
    mark: str = ""
    style: str = ""


Block = Para | Facts | Bullets | Table | Prose | Side | Section


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``name`` is its place in the site, ``short`` its title in the list of pages,
    ``about`` says on the first page what it holds.
    """

    name: str
    short: str
    title: str
    about: str
    blocks: tuple[Block, ...]


def plain(*words: str, lang: str = "") -> Words:
    """Words without a link."""
    return (Text(" ".join(words), lang),)


def joined(parts: Sequence[Words], between: str = ", ") -> Words:
    """Several words after each other with a sign between them."""
    found: list[Inline] = []
    for number, part in enumerate(parts):
        found += [Text(between)] if number else []
        found += part
    return tuple(found)
