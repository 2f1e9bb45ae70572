"""The quick reading gives what the close one gives, or nothing."""

from __future__ import annotations

import pytest

from casebook.document.events import Loader
from casebook.document.ordinary import ordinary
from casebook.document.syntax import MOST_DEEP


def nested(depth: int, *, lists: bool) -> str:
    """Maps in maps, or maps in lists in maps, to that depth."""
    text = "x"
    for level in range(depth):
        text = f"[{text}]" if lists and level % 2 else f"{{a: {text}}}"
    return f"a: {text}\n"


@pytest.mark.parametrize("lists", [False, True])
@pytest.mark.parametrize("depth", range(MOST_DEEP + 3))
def test_what_is_nested_is_read_alike_or_left_to_the_close_reading(depth: int, lists: bool) -> None:
    text = nested(depth, lists=lists)
    loader = Loader(text, "x.md")
    data = loader.load()
    quick = ordinary(text)
    assert quick in (None, data)
    if depth < 3:
        assert quick == data
    if loader.findings:
        assert quick is None
