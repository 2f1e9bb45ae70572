"""JSON data of a casebook: strict reading, and the line where a value stands.

It does not know what the data mean; schemas and workflows are read from it elsewhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from casebook.catalogue.reporting import report
from casebook.regex import regex
from casebook.validation import LARGEST

if TYPE_CHECKING:
    from casebook.finding import Finding
    from casebook.validation import Pointer

_TOKEN: Final = regex(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


class _TwiceError(ValueError):
    """A key stands twice in one map."""


def load(raw: bytes, path: str) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The map in a JSON file, or None and what is wrong with the file."""
    if len(raw) > LARGEST:
        return None, [report(path, 0, 0, "data-too-large", most=LARGEST // 1024)]
    try:
        data = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return None, [report(path, error.lineno, error.colno, "data-unreadable", why=error.msg)]
    except (ValueError, RecursionError) as error:
        return None, [report(path, 1, 1, "data-unreadable", why=str(error))]
    if not isinstance(data, dict):
        return None, [report(path, 1, 1, "data-unreadable", why="{ ... }")]
    return data, []


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        names = [name for name, _value in pairs]
        raise _TwiceError(next(f'"{name}" 2x' for name in names if names.count(name) > 1))
    return out


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def locate(raw: bytes, pointer: Pointer) -> tuple[int, int]:
    """Line and column, from 1, of what ``pointer`` names in readable JSON (of the key in a map).

    For what does not exist the place of the nearest thing above it.
    """
    text = raw.decode("utf-8", "replace")
    places: dict[Pointer, int] = {}
    tokens = _TOKEN.finditer(text)
    _value(next(tokens, None), tokens, (), places)
    while pointer and pointer not in places:
        pointer = pointer[:-1]
    start = places.get(pointer, 0)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _value(token: Any, tokens: Any, pointer: Pointer, places: dict[Pointer, int]) -> None:
    if token is None:
        return
    places.setdefault(pointer, token.start())
    if token[0] == "[":
        _list(tokens, pointer, places)
    elif token[0] == "{":
        _map(tokens, pointer, places)


def _list(tokens: Any, pointer: Pointer, places: dict[Pointer, int]) -> None:
    number = 0
    for token in tokens:
        if token[0] == "]":
            return
        if token[0] != ",":
            _value(token, tokens, (*pointer, number), places)
            number += 1


def _map(tokens: Any, pointer: Pointer, places: dict[Pointer, int]) -> None:
    for token in tokens:
        if token[0] == "}":
            return
        if token[0] == ",":
            continue
        place = (*pointer, json.loads(token[0]))
        places[place] = token.start()
        next(tokens, None)  # the colon
        _value(next(tokens, None), tokens, place, places)
