"""HTML as a test reads it: the words, the headings, and what a page would load or lead to.

It knows only what the published pages use and repairs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "path", "rect"}
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@dataclass(slots=True)
class Read:
    """What stands in one page."""

    words: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        """Every id of the page."""
        return [attributes["id"] for _name, attributes in self.tags if "id" in attributes]

    @property
    def loads(self) -> list[str]:
        """The addresses a browser would fetch by itself."""
        return [one[LOADS[name]] for name, one in self.tags if one.get(LOADS.get(name, ""))]

    @property
    def links(self) -> list[str]:
        """The addresses behind links."""
        return [one["href"] for one in self.of("a")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Read()
        self.open: list[str] = []
        self.parts: list[str] = []
        self.heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.heading = []
        if tag not in ("span", "a", "strong", "em"):
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.wrong.append(tag)
        if self.heading is not None and re.fullmatch("h[1-6]", tag):
            words = " ".join("".join(self.heading).split())
            self.found.headings.append((int(tag[1]), words))
            self.heading = None

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        if self.heading is not None:
            self.heading.append(data)


def read(page: str) -> Read:
    """The page as read; ``wrong`` names tags that are not closed in order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = reader.found
    found.words = " ".join("".join(reader.parts).split())
    found.wrong += reader.open
    return found
