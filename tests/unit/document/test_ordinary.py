"""The quick reading gives what the close one gives, or nothing."""

from __future__ import annotations

import pytest

from casebook.document.events import MOST_VALUES, Loader
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


@pytest.mark.parametrize("number", [MOST_VALUES - 1, MOST_VALUES, MOST_VALUES + 1])
@pytest.mark.parametrize("entry", ["  - value\n", "  - a: value\n", "  - [value]\n"])
def test_as_many_values_are_read_as_may_be(entry: str, number: int) -> None:
    """A list counts itself; a map or list in it counts beside what it holds."""
    entries = number - 1 if entry == "  - value\n" else (number - 1) // 2
    text = "list:\n" + entry * entries
    loader = Loader(text, "x.md")
    data = loader.load()
    assert ordinary(text) == (None if loader.findings else data)


@pytest.mark.parametrize(
    "line", ["q: wat nu? dan dit", "q: R & D, 3 * 4! ja", "q: a*b, c&d, e!f", "q: [ja? nee, hoe!]"]
)
def test_signs_of_a_sentence_are_nothing_odd(line: str) -> None:
    assert ordinary(line) == Loader(line, "x.md").load()


@pytest.mark.parametrize(
    "line", ["q: &a b", "q: *a", "q: !t b", "? q", "q: [&a b]", "q: {&a b: c}", "- ? a", "&a q: b"]
)
def test_signs_that_mean_something_are_left_to_the_close_reading(line: str) -> None:
    assert ordinary(line) is None


def test_only_so_many_keys_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.document.ordinary._MOST_KNOWN", 0)
    assert ordinary("never_seen_before: a\n") == {"never_seen_before": "a"}
