"""What a command changes in any policy record there is: only the lines it must."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any

import pytest
import shop

from casebook.actions.entries import predecessors, set_field
from casebook.actions.filling import entry_schema
from casebook.catalogue import Catalogue, Kind
from casebook.document import Document, parse
from casebook.document.edit import AddEntry, Edit, RemoveEntry, apply
from casebook.snapshot import MemorySnapshot

PATHS = sorted(path for path in shop.shipped() if path.startswith("policy/") and "@" in path)
PATHS += sorted(path for path in shop.shipped() if "/activities/" in path or "/contacts/" in path)


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(MemorySnapshot(shop.shipped()))


def opened(path: str) -> tuple[Kind, Document]:
    kind = catalogue().kind_at(path)
    document, found = parse(shop.shipped()[path], path)
    assert kind is not None and document is not None, found
    return kind, document


def numstat(before: Document, *edits: Edit) -> tuple[int, int]:
    """Lines added and removed, as git counts them."""
    old, new = (one.text.splitlines() for one in (before, apply(before, edits)))
    marks = [line[:1] for line in difflib.unified_diff(old, new, lineterm="", n=0)][2:]
    return marks.count("+"), marks.count("-")


@pytest.mark.parametrize("path", PATHS)
def test_another_value_changes_one_line_and_a_new_field_adds_one(path: str) -> None:
    kind, document = opened(path)
    raw = document.text.splitlines()
    for name, node in kind.schema["properties"].items():
        if name == "id" or node.get("type") != "string":
            continue
        edit = set_field(kind.schema, (name,), "anders")
        if name not in document.data:
            assert numstat(document, edit) == (1, 0), name
        elif f"{name}: {document.data[name]}" in raw:  # on one line, as it stands there
            assert numstat(document, edit) == (1, 1), name


@pytest.mark.parametrize("path", PATHS)
def test_an_entry_of_n_fields_adds_n_lines_and_takes_them_along(path: str) -> None:
    kind, document = opened(path)
    for name in kind.add_commands:
        fields = [
            one
            for one, inner in entry_schema(kind, name)["properties"].items()
            if inner.get("type") == "string"
        ]
        entry: dict[str, Any] = dict.fromkeys(fields, "iets") | {"id": "Z9"}
        add = AddEntry(name, entry, predecessors(kind.schema, name))
        first = 0 if document.data.get(name) else 1
        assert numstat(document, add) == (len(entry) + first, 0), name
        assert numstat(apply(document, [add]), RemoveEntry(name, "Z9"))[0] <= first, name
        assert apply(document, [add, RemoveEntry(name, "Z9")]).data.get(name, []) == (
            document.data.get(name, [])
        )
