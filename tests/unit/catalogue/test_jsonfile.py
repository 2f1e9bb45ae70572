"""JSON data are read strictly, and every value in them has a line."""

from __future__ import annotations

import pytest

from casebook.catalogue import locate
from casebook.catalogue.jsonfile import load

RAW = b"""{
  "states": {
    "open": {"label": {"en": "a \\" : {"}, "requires": []},
    "shut": {"requires": [{"guard": "field"},
                          {"guard": "text", "level": 3}]}
  },
  "last": true
}
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ((), (1, 1)),
        (("states",), (2, 3)),
        (("states", "open"), (3, 5)),
        (("states", "open", "label", "en"), (3, 24)),
        (("states", "shut", "requires", 1), (5, 27)),
        (("states", "shut", "requires", 1, "level"), (5, 45)),
        (("last",), (7, 3)),
        (("states", "gone", "label"), (2, 3)),
        (("nothing",), (1, 1)),
    ],
)
def test_a_pointer_leads_to_line_and_column(
    pointer: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert locate(RAW, pointer) == place


def test_looking_for_a_place_survives_what_is_no_json() -> None:
    for raw in (b"", b"{", b'{"a"', b'{"a":', b"[", b"\xff\xfe", b'{"a": [1,'):
        assert locate(raw, ("a", 0))[0] == 1


@pytest.mark.parametrize(
    ("raw", "check", "line"),
    [
        (b'{\n  "a": 1,\n}', "data-unreadable", 3),
        (b'{"a": 1, "a": 2}', "data-unreadable", 1),
        (b"[]", "data-unreadable", 1),
        (b'{"a": NaN}', "data-unreadable", 1),
        (b"\xff", "data-unreadable", 1),
        (b"", "data-unreadable", 1),
        (b'{"a":' * 100000, "data-unreadable", 1),
        (b" " * (256 * 1024 + 1), "data-too-large", 0),
    ],
)
def test_a_broken_file_is_named_with_its_line(raw: bytes, check: str, line: int) -> None:
    data, found = load(raw[: 300 * 1024] if check == "data-too-large" else raw[:200000], "x.json")
    assert data is None
    assert [(one.check, one.line) for one in found] == [(check, line)]


def test_a_good_file_is_a_map() -> None:
    assert load(b'{"a": [1]}', "x.json") == ({"a": [1]}, [])
