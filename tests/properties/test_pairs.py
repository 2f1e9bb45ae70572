"""Two people change one record: every pair of its fields goes together, or a rule says why not.

The fields and the values come from the schemas, so that a field added there is tried as well.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import shop

from casebook.catalogue import Catalogue
from casebook.checks import judge
from casebook.document import Document, parse
from casebook.document.edit import AddEntry, SetValue, apply
from casebook.errors import FoundError
from casebook.merging import merge
from casebook.policy import Policy
from casebook.snapshot import Change, MemorySnapshot

ROOT = Path(__file__).parents[2]
# Values that a person might type, by the format of the field.
VALUES = {
    "date": "2026-11-19",
    "moment": "2026-11-19 09:15",
    "day-or-month": "2026-11",
    "date-or-no": "2026-11-19",
    "role": "principal",
    "slug": "other-word",
    "reference": "",
    "amount": "2 school-day",
}


def never(*_texts: str) -> str | None:
    return None


@cache
def kind(name: str) -> Any:
    return Catalogue.load(MemorySnapshot(dict(shop.shipped()))).kind(name)


def document(path: Path) -> Document:
    found, wrong = parse(path.read_bytes(), path.relative_to(ROOT).as_posix())
    assert found is not None, wrong
    return found


def value(schema: dict[str, Any], now: Any) -> str | list[str] | None:
    """Another value that the field may hold, or None where only people know one."""
    if schema.get("type") == "array":
        one = value(schema.get("items", {}), "")
        return [one] if isinstance(one, str) and [one] != now else None
    allowed = [one for one in schema.get("enum", ()) if one != now]
    if allowed:
        return str(allowed[0])
    if "enum" in schema or "x-refers" in schema:
        return None
    if schema.get("type") == "integer":
        return str(schema.get("minimum", 0) + 1)
    found = VALUES.get(str(schema.get("format", "")), "" if "format" in schema else "Other words")
    return found if found and found != now else None


def edits(base: Document, name: str) -> dict[str, Any]:
    """One edit for each field of the record, by name."""
    schema = kind(name).schema
    found: dict[str, Any] = {}
    for field, told in schema["properties"].items():
        if field in ("id", "state"):
            continue
        items = told.get("items", {})
        if "$ref" in items:
            part = schema["$defs"][items["$ref"].rpartition("/")[2]]
            entry = {"id": f"{told.get('x-add', {}).get('prefix') or 'x'}77"}
            for key in part.get("required", ()):
                entry.setdefault(key, value(part["properties"][key], "") or "other-word")
            found[field] = AddEntry(field, entry)
        else:
            other = value(told, base.data.get(field))
            if other is not None:
                found[field] = SetValue((field,), other)
    return found


@cache
def law() -> Policy:
    """The shipped rules, read once."""
    return Policy(MemorySnapshot(dict(shop.shipped())))


def errors(path: str, before: Document, after: Document) -> list[str]:
    shipped = dict(shop.shipped())
    old = MemorySnapshot({**shipped, path: before.raw})
    new = MemorySnapshot({**shipped, path: after.raw})
    context = judge.judgement(shop.casebook(), old, new, policy=law())
    found = judge.judge([Change(path, before.raw, after.raw)], context)
    return [one.check for one in found if one.is_error]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("case", "cases/2026/2026-W6R3Z.md"),
        ("rule", "policy/rules/forwarding@1.md"),
    ],
)
def test_every_pair_of_fields_goes_together_or_a_rule_says_why_not(name: str, place: str) -> None:
    base = document(ROOT / place)
    tried: dict[str, Document] = {}
    for field, edit in edits(base, name).items():
        try:
            changed = apply(base, [edit])
        except FoundError:
            continue
        if not errors(base.path, base, changed):
            tried[field] = changed
    assert len(tried) >= 12, sorted(tried)
    forbidden = judged = 0
    for number, (one, other) in enumerate(permutations(tried, 2)):
        merged = merge(base, tried[one], tried[other], never)
        assert merged.document is not None, (one, other, merged.clashes)
        assert merged.document.data[one] == tried[one].data[one]
        assert merged.document.data[other] == tried[other].data[other]
        if number % 4 == 0:  # judging takes its time; the pairs of a field are spread over all
            judged += 1
            forbidden += bool(errors(base.path, tried[one], merged.document))
    # What a rule forbids is stopped and told; that is the exception.
    assert forbidden <= judged // 10
