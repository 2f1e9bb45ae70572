"""Markdown as the school wrote it, as HTML: no raw HTML, no pictures, headings that fit the page.

It changes no words; what Markdown cannot say is shown as it was typed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST: Final = 6


@cache
def _reader() -> MarkdownIt:
    """CommonMark with tables. A picture would be fetched from elsewhere: its words stay."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    return reader.enable("table").disable(["image", "html_block", "html_inline"])


def html(markdown: str, level: int) -> str:
    """The text as HTML, its highest heading at ``level``, the others below without a gap."""
    reader = _reader()
    tokens = reader.parse(markdown)
    _fit(tokens, level)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _fit(tokens: Sequence[Token], level: int) -> None:
    """Give headings levels in order, whatever the writer jumped over."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1])
            while above and above[-1] >= own:
                above.pop()
            above.append(own)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(level + len(above) - 1, DEEPEST)}"
        if token.type in ("th_open", "td_open"):
            token.attrs.pop("style", None)
        if token.type == "th_open":
            token.attrSet("scope", "col")
