"""Data that are wrong are named with file and line; the data of the kit are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebook import kit
from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.snapshot import MemorySnapshot

ROOT = Path(__file__).parents[3]
DATA = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for path in (ROOT / "schemas").rglob("*")
    if path.is_file()
}
QUARREL = "schemas/case/types/quarrel.md"
CASE = "schemas/case/schema.json"


def problems(**changes: bytes | None) -> list[tuple[str, int, str]]:
    files: dict[str, bytes | None] = {**DATA, **changes}
    kept = {path: raw for path, raw in files.items() if raw is not None}
    found = Catalogue.load(MemorySnapshot(kept)).problems()
    assert all(one.message and one.remedy and "{" not in one.remedy for one in found)
    return [(one.path, one.line, one.check) for one in found]


def replaced(path: str, old: str, new: str) -> bytes:
    text = DATA[path].decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_the_data_of_the_kit_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems() == []
    # What is shipped is not judged again in every casebook, so it is judged here.
    monkeypatch.setattr(kit, "is_shipped", lambda _path, _raw: False)
    assert problems() == []


def test_labels_of_the_kit_exist_in_both_languages() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "en" in node or "nl" in node:
                assert node["en"]
                assert node["nl"]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for path, raw in DATA.items():
        if path.endswith(("schema.json", "workflow.json")):
            walk(json.loads(raw))


@pytest.mark.parametrize(
    ("path", "raw", "line", "check"),
    [
        (CASE, b'{\n "title": 3,\n}', 3, "data-unreadable"),
        (CASE, b"", 1, "data-unreadable"),
        (CASE, b" " * 300_000, 0, "data-too-large"),
        (CASE, b"{}", 1, "schema-dialect"),
        ("schemas/case/workflow.json", b'{"states": []}', 1, "workflow-wrong"),
        ("schemas/case/workflow.json", b"{", 1, "data-unreadable"),
        ("schemas/casebook.json", None, 0, "data-missing"),
        ("schemas/casebook.json", b"{", 1, "data-unreadable"),
        ("schemas/reference/wording.json", b"{", 1, "data-unreadable"),
        ("schemas/reference/new.yaml", b"rows:\n  - id: a\n  - id: a\n", 0, "reference-wrong"),
        ("schemas/reference/new.yaml", b"rows:\n  - name: a\n", 0, "reference-wrong"),
        ("schemas/reference/new.yaml", b"name: a\n", 1, "reference-wrong"),
        ("schemas/reference/new.yaml", b"# a\n- id: a\n- id: b\n\tc: d\n", 4, "tab-indentation"),
        ("schemas/reference/new.yaml", b"- id: a\n  id: b\n", 2, "duplicate-key"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    path: str, raw: bytes | None, line: int, check: str
) -> None:
    assert (path, line, check) in problems(**{path: raw})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": "case-id"', '"format": "uri"'),
        ('{"type": "integer", "minimum": 0', '{"type": ["integer"], "minimum": 0'),
        ('"$ref": "#/$defs/person"', '"$ref": "http://localhost/person"'),
    ],
)
def test_a_schema_outside_the_dialect_judges_no_record(old: str, new: str) -> None:
    raw = replaced(CASE, old, new)
    line = next(n for n, text in enumerate(raw.decode().splitlines(), 1) if new in text)
    assert [(one[0], one[1], one[2]) for one in problems(**{CASE: raw})] == [
        (CASE, line, "schema-dialect")
    ]
    books = Catalogue.load(MemorySnapshot({**DATA, CASE: raw}))
    document, _wrong = parse(b"---\nid: 2026-7KQ2X\n---\n", "cases/2026/2026-7KQ2X.md")
    assert document is not None
    kind = books.kind_at(document.path)
    assert kind is not None
    record, found = kind.read(document)
    assert record is None
    assert [one.path for one in found] == [CASE]
    assert books.broken == found


def test_a_key_that_stands_twice_in_a_schema_is_named() -> None:
    raw = replaced(CASE, '"title": "case",', '"title": "case", "title": "case",')
    assert (CASE, 1, "data-unreadable") in problems(**{CASE: raw})


def test_a_schema_nothing_can_be_looked_up_in_leaves_an_empty_kind() -> None:
    books = Catalogue.load(MemorySnapshot({**DATA, CASE: b'{"x-kind": {"place": 3}}'}))
    kind = books.kind("case")
    assert (kind.schema, kind.place, kind.prefix, kind.label, kind.add_commands) == (
        {},
        "",
        "",
        {},
        {},
    )
    assert kind.path_of("2026-7KQ2X") is None
    assert not kind.claims("cases/2026/2026-7KQ2X.md")
    assert kind.field_label("owner") == "owner"
    assert books.broken


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": 1', '"format": 2'),
        ('"language": "nl"', '"language": "xx"'),
        ('"sector": "vo"', '"sector": 3'),
        ('"circle": "school"', '"circle": "world"'),
        ('"outside": ["tests/"', '"outside": ["cases/"'),
        ('"outside": ["tests/"', '"outside": ["../"'),
        ('"outside": ["tests/"', '"outside": ["tests"'),
        ('"outside": [', '"outside": "tests/", "was": ['),
    ],
)
def test_settings_are_a_closed_list(old: str, new: str) -> None:
    raw = replaced("schemas/casebook.json", old, new)
    line = next(n for n, text in enumerate(raw.decode().splitlines(), 1) if new in text)
    assert problems(**{"schemas/casebook.json": raw}) == [
        ("schemas/casebook.json", line, "settings-wrong")
    ]


def test_two_kinds_in_one_place_are_named() -> None:
    other = DATA[CASE].decode().replace('"title": "case"', '"title": "incident"', 1).encode()
    assert ("schemas/incident/schema.json", 6, "kind-place-twice") in problems(
        **{"schemas/incident/schema.json": other}
    )


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("id: quarrel", "id: other", "type-wrong"),
        ("label_nl:", "label_xyz:", "type-wrong"),
        ("police: ", "police: perhaps", "type-wrong"),
        ("circle: ", "circle: street", "type-wrong"),
        ("light: ", "light: maybe", "type-wrong"),
        ("variants: [", "variants: [extra-one, ", "type-wrong"),
        ("variants: [", "variants: [Not A Slug, ", "type-wrong"),
        ("fields: {}", "fields: {a: b}", "type-wrong"),
        ("fields: {}", "fields: [a]", "type-wrong"),
        ("fields: {}", "fields: {summary: {label_en: a, label_nl: b}}", "type-field"),
        ("fields: {}", "fields: {extra: {type: number, label_en: a, label_nl: b}}", "type-field"),
        ("fields: {}", "fields: {extra: {type: string, label_en: a}}", "type-field"),
        ("fields: {}", "fields: {extra: {type: integer, maximum: x}}", "type-field"),
        ("fields: {}", "fields: {Extra: {label_en: a, label_nl: b}}", "type-field"),
        ("fields: {}", 'fields: {extra: {pattern: "(a+)+", maxLength: 9}}', "type-field"),
        ("## Advies", "## Raad", "type-text-missing"),
        ("## First hour", "## Later", "type-text-missing"),
    ],
)
def test_what_is_wrong_in_a_type_is_named(old: str, new: str, check: str) -> None:
    found = problems(**{QUARREL: replaced(QUARREL, old, new)})
    assert {(path, one) for path, _line, one in found} == {(QUARREL, check)}


def test_a_type_that_cannot_be_read_is_named() -> None:
    assert problems(**{QUARREL: b"---\nid: quarrel\n"}) == [(QUARREL, 1, "front-matter-unclosed")]


def test_a_wrong_extra_field_is_left_out_and_breaks_nothing() -> None:
    raw = replaced(
        QUARREL, "fields: {}", "fields: {bad: {type: number}, ok: {label_en: a, label_nl: b}}"
    )
    kind = Catalogue.load(MemorySnapshot({**DATA, QUARREL: raw})).kind("case")
    text = (
        "---\nid: 2026-7KQ2X\ntype: quarrel\nstate: reported\nsummary: a\nreported: 2026-11-18\n"
        "reported_by: mentor\nok: fine\nbad: 3\n---\n"
    )
    document, _wrong = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    assert [(one.check, one.line) for one in kind.read(document)[1]] == [("unknown-field", 9)]


def test_reference_data_are_rows_in_order() -> None:
    files = {
        **DATA,
        "schemas/reference/flat.yaml": b"# remark\n- id: a\n  n: 010\n- id: b\n",
        "schemas/reference/named.yaml": b"rows:\n  - id: a\n  - plain\n",
    }
    books = Catalogue.load(MemorySnapshot(files))
    assert books.reference("flat") == [{"id": "a", "n": "010"}, {"id": "b"}]
    assert books.reference("named") == [{"id": "a"}]
    assert books.reference("nothing") == []
    assert {"flat", "named", "roles"} <= set(books.reference_names)
    assert books.reference("flat") is books.reference("flat")


@pytest.mark.parametrize("raw", [DATA[CASE][:-3], b"{" + DATA[CASE]])
def test_records_of_a_broken_schema_are_named_and_not_passed_over(raw: bytes) -> None:
    books = Catalogue.load(MemorySnapshot({**DATA, CASE: raw}))
    kind = books.kind_at("cases/2026/2026-7KQ2X.md")
    document, _wrong = parse(b"---\nid: 2026-7KQ2X\n---\n", "cases/2026/2026-7KQ2X.md")
    assert kind is not None
    assert document is not None
    record, found = kind.read(document)
    assert record is None
    assert [one.check for one in found] == ["data-unreadable"]


def test_a_type_with_odd_values_where_texts_belong_breaks_nothing() -> None:
    raw = replaced(QUARREL, "fields: {}", "fields: {odd: {enum: x, labels_en: y}}")
    raw = raw.replace(b"label_en:", b"label_en: [a]\nwas:", 1)
    found = problems(**{QUARREL: raw})
    assert {check for _path, _line, check in found} == {"type-wrong", "type-field"}
    raw = replaced(QUARREL, "fields: {}", "fields: {odd: {enum: [[a], b], labels_en: [y, z]}}")
    assert {check for _path, _line, check in problems(**{QUARREL: raw})} == {"type-field"}


def test_files_that_are_no_types_are_left_alone() -> None:
    assert (
        problems(**{"schemas/case/types/README.md": b"x", "schemas/case/types/a.txt": b"x"}) == []
    )
    assert problems(**{"schemas/case/types/old/x.md": b"x"}) == []


def test_a_kind_without_types_takes_any_type() -> None:
    kept = {path: raw for path, raw in DATA.items() if "/types/" not in path}
    text = (
        "---\nid: 2026-7KQ2X\ntype: anything\nstate: reported\nsummary: a\n"
        "reported: 2026-11-18\nreported_by: mentor\n---\n"
    )
    document, _wrong = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    record, found = Catalogue.load(MemorySnapshot(kept)).kind("case").read(document)
    assert record is not None
    assert found == []
