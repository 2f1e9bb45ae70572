"""Properties of the document room: any bytes get an answer, an edit touches only its own lines."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.loader import BaseLoader

from casebook.document import Document, parse
from casebook.document.compose import compose
from casebook.document.decoding import FORBIDDEN
from casebook.document.edit import (
    AddEntry,
    AppendBody,
    EditError,
    RemoveEntry,
    RemoveKey,
    ReplaceBody,
    SetValue,
    apply,
)
from casebook.document.events import Loader
from casebook.document.ordinary import ordinary

MODEST = settings(max_examples=150, deadline=None)
SAMPLES = sorted((Path(__file__).parents[1] / "records").glob("*/document/*.md"))

PLAIN = st.sampled_from(
    ["yes", "2026-11-18", "2026-11-18 10:30", "2026-7KQ2X", "Foto van é", "NO", "010", "a:b", "x#y"]
)
QUOTED = st.sampled_from(['"a: b"', "'it''s'", '"x # y"', '"\\"q\\""', '""', '"é"'])
REMARK = st.sampled_from(["", "", "", "  # own remark", "   # two: three"])
WORD = st.sampled_from(["victim", "depicted", '"a, b"', "'c]'", "P1"])
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    | st.sampled_from(list("\n:#-'\"[]{},&*!|>%@` ")),
    max_size=30,
).filter(lambda text: not FORBIDDEN.search(text))
NAMES = ["state", "type", "owner", "summary", "where", "persons", "facts", "links", "x_own", "on"]


@st.composite
def flat_value(draw: st.DrawFn, margin: str) -> list[str]:
    """A value behind ``key:`` and the lines below it."""
    kind = draw(st.sampled_from(["plain", "plain", "quoted", "empty", "flow", "block", "lines"]))
    remark = draw(REMARK)
    if kind == "plain":
        return [f" {draw(PLAIN)}{remark}"]
    if kind == "quoted":
        return [f" {draw(QUOTED)}{remark}"]
    if kind == "empty":
        return [remark]
    if kind == "flow":
        return [f" [{', '.join(draw(st.lists(WORD, max_size=3)))}]{remark}"]
    if kind == "block":
        head = draw(st.sampled_from(["|", "|-", ">", ">-", "|+"]))
        middle = draw(st.sampled_from([[], [""], [f"{margin}    deeper"]]))
        tail = draw(st.sampled_from([[], [""]]))
        return [f" {head}{remark}", f"{margin}  one", *middle, f"{margin}  # two", *tail]
    words = draw(st.lists(WORD, min_size=1, max_size=3))
    return [remark, *(f"{margin}  - {word}{draw(REMARK)}" for word in words)]


@st.composite
def entries(draw: st.DrawFn, prefix: str) -> list[str]:
    """A list of maps below its key, with the dash where the user likes it."""
    if draw(st.booleans()):
        dash, gap = draw(st.sampled_from([(0, 1), (2, 1), (2, 3), (4, 1)]))
    else:
        dash, gap = 2, 1
    margin = " " * (dash + 1 + gap)
    lines = [draw(REMARK)]
    for number in range(draw(st.integers(1, 3))):
        lead = " " * dash + "-"
        if draw(st.integers(0, 5)) == 0:
            lines += [lead, margin + "# above", f"{margin}id: {prefix}{number}"]
        else:
            lines.append(f"{lead}{' ' * gap}id: {prefix}{number}{draw(REMARK)}")
        for key in draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)):
            value = draw(flat_value(margin))
            lines += [f"{margin}{key}:{value[0]}", *value[1:]]
        if draw(st.integers(0, 4)) == 0:
            lines.append(draw(st.sampled_from(["", f"{margin}# remark", "# remark"])))
    return lines


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A readable record as people write them."""
    lines = ["---", "id: 2026-7KQ2X"]
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=True)):
        lists = name in ("persons", "facts", "links")
        value = draw(entries(name[0].upper()) if lists else flat_value(""))
        lines += [f"{name}:{value[0]}", *value[1:]]
        if draw(st.integers(0, 3)) == 0:
            lines.append(draw(st.sampled_from(["", "# remark", " # indented remark"])))
    lines += ["---", *draw(st.lists(st.sampled_from(["", "Tekst", "## Logboek"]), max_size=3))]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(lines) + draw(st.sampled_from(["", end]))
    raw = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()
    document, found = parse(raw, "x.md")
    assert document, (text, found)
    return document


def numstat(before: Document, after: Document) -> tuple[int, int]:
    """Lines added and removed."""
    old = before.raw.split(b"\n")
    new = after.raw.split(b"\n")
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    return sum(c[4] - c[3] for c in changed), sum(c[2] - c[1] for c in changed)


def remarks(document: Document) -> int:
    return document.raw.count(b"remark") + document.raw.count(b"# two: three")


def is_one_line(document: Document, key: str) -> bool:
    node = document.layout().values[document.layout().index(key)]
    return "\n" not in document.text[node.start : node.end] and node.style != "block"


@MODEST
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_an_error(raw: bytes) -> None:
    document, found = parse(raw, "x.md")
    assert (document is None) == any(finding.is_error for finding in found)
    assert document is None or document.raw == raw


@MODEST
@given(st.text(max_size=200), st.sampled_from(["---\n{}\n---\n", "---\nid: {}\n---\n", "{}"]))
def test_any_text_between_fences_gives_a_document_or_an_error(text: str, frame: str) -> None:
    raw = frame.format(text).encode("utf-8", "surrogatepass")
    document, found = parse(raw, "x.md")
    assert (document is None) == any(finding.is_error for finding in found)


@MODEST
@given(st.lists(st.sampled_from([*"-:?&*!|>'\"%@`#[]{},~<\\ \n\t=.ab1", "- ", ": ", "  "])))
def test_any_yaml_signs_give_a_document_or_an_error_with_a_place(signs: list[str]) -> None:
    text = f"---\n{''.join(signs)}\n---\n"
    document, found = parse(text.encode(), "x.md")
    if document is None:
        assert found
        lines = text.split("\n")
        for finding in found:
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
            assert "\n" not in finding.message
    else:
        assert document.layout().data() == document.data


@MODEST
@given(st.data())
def test_a_damaged_record_gives_a_document_or_an_error(data: st.DataObject) -> None:
    raw = data.draw(documents()).raw
    at = data.draw(st.integers(0, len(raw)))
    junk = data.draw(st.binary(max_size=3))
    damaged = raw[:at] + junk + raw[at + data.draw(st.integers(0, 4)) :]
    document, found = parse(damaged, "x.md")
    assert (document is None) == any(finding.is_error for finding in found)
    if document:
        assert document.layout().data() == document.data


@MODEST
@given(documents())
def test_parsing_keeps_every_byte_and_the_layout_reads_the_same(document: Document) -> None:
    assert document.raw.endswith(document.body.encode())
    assert document.layout().data() == document.data
    assert apply(document, []).raw == document.raw


@MODEST
@given(documents())
def test_the_pure_python_parser_reads_the_same(document: Document) -> None:
    block = document.text[: len(document.text) - len(document.body)].rstrip().removesuffix("---")
    loader = Loader(block, "x.md", BaseLoader)
    assert loader.load() == document.data
    assert not any(finding.is_error for finding in loader.findings)


@MODEST
@given(documents(), st.sampled_from(NAMES), TEXT)
def test_setting_a_text_reads_back_and_touches_only_its_lines(
    document: Document, key: str, value: str
) -> None:
    old = document.data.get(key)
    if key in ("persons", "facts", "links"):
        key = "x_new"
        old = None
    one_line = old is not None and is_one_line(document, key)
    after = apply(document, [SetValue((key,), value, ("id", "type"))])
    assert after.data == {**document.data, key: value}
    assert after.body == document.body
    assert remarks(after) == remarks(document)
    if "\n" not in value and old != value:
        if old is None:
            assert numstat(document, after) == (1, 0)
        elif one_line:
            assert numstat(document, after) == (1, 1)


@MODEST
@given(documents(), st.sampled_from(NAMES), st.lists(TEXT, max_size=3))
def test_setting_a_list_reads_back_and_keeps_remarks(
    document: Document, key: str, value: list[str]
) -> None:
    key = "x_new" if key in ("persons", "facts", "links") else key
    after = apply(document, [SetValue((key,), value)])
    assert after.data == {**document.data, key: value}
    if not isinstance(document.data.get(key), list):
        assert remarks(after) == remarks(document)


@MODEST
@given(documents(), st.data())
def test_an_edit_inside_an_entry_touches_nothing_else(
    document: Document, data: st.DataObject
) -> None:
    lists = [key for key in ("persons", "facts", "links") if key in document.data]
    if not lists:
        return
    key = data.draw(st.sampled_from(lists))
    entry = data.draw(st.sampled_from(document.data[key]))
    field = data.draw(st.sampled_from([name for name in NAMES if name not in lists]))
    value = data.draw(TEXT | st.lists(TEXT, max_size=2))
    after = apply(document, [SetValue((key, entry["id"], field), value, ("id",))])
    wanted = [{**e, field: value} if e is entry else e for e in document.data[key]]
    assert after.data == {**document.data, key: wanted}
    removable = [name for name in entry if name != "id"]
    if removable:
        name = data.draw(st.sampled_from(removable))
        less = apply(document, [RemoveKey((key, entry["id"], name))])
        assert numstat(document, less)[0] == 0
    if len(entry) > 1:
        less = apply(document, [RemoveKey((key, entry["id"], "id"))])
        assert less.body == document.body


@MODEST
@given(
    documents(), st.sampled_from(["persons", "facts", "links"]), TEXT, st.lists(TEXT, max_size=2)
)
def test_adding_and_removing_an_entry_touches_only_its_lines(
    document: Document, key: str, text: str, words: list[str]
) -> None:
    entry: dict[str, str | list[str]] = {"id": "N9", "because": text, "roles": words}
    after = apply(document, [AddEntry(key, entry, ("id", "type", "owner"))])
    assert after.data[key] == [*document.data.get(key, []), entry]
    assert after.data == {**document.data, key: after.data[key]}
    if "\n" not in text:
        expected = 3 if key in document.data else 4
        assert numstat(document, after) == (expected, 0)
    back = apply(after, [RemoveEntry(key, "N9")])
    if key in document.data:
        assert back.data == document.data
        assert back.raw == document.raw
    else:
        assert back.data == {**document.data, key: []}
        again = apply(back, [AddEntry(key, {"id": "N9", "because": "kort"})])
        assert numstat(back, again) == (3, 1)


@MODEST
@given(documents(), st.data())
def test_removing_a_key_only_removes_lines(document: Document, data: st.DataObject) -> None:
    removable = [key for key in document.data if key != "id"]
    if not removable:
        with pytest.raises(EditError):
            apply(document, [RemoveKey(("id",))])
        return
    key = data.draw(st.sampled_from(removable))
    try:
        after = apply(document, [RemoveKey((key,))])
    except EditError:  # an indented remark below it would become part of a text above it
        assert "|" in document.text or ">" in document.text
        assert "    # remark" in document.text
        return
    assert after.data == {k: v for k, v in document.data.items() if k != key}
    # A remark of the field that went stays; below a text in lines it may not be indented.
    old = document.text.split("\n")
    moved = [line for line in after.text.split("\n") if line not in old]
    assert all(line.startswith("#") and f"    {line}" in old for line in moved)
    assert numstat(document, after)[0] == len(moved)


@MODEST
@given(documents(), TEXT, st.data())
def test_body_edits_leave_the_fields_alone(
    document: Document, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(document.body)))
    end = data.draw(st.integers(start, len(document.body)))
    try:
        after = apply(document, [ReplaceBody(start, end, text), AppendBody("slot\n")])
    except EditError:
        return
    assert after.data == document.data
    assert after.body.endswith("slot" + document.newline)


VALUES = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | TEXT.filter(str.strip), inner, max_size=3)
    ),
    max_leaves=8,
)


@MODEST
@given(
    st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1), st.sampled_from(["", "Tekst\n"])
)
def test_a_composed_record_reads_back_as_it_was_given(data: dict, body: str) -> None:
    document, found = parse(compose(data, body).encode(), "x.md")
    if document is None:
        allowed = {"nested-too-deep", "key-not-plain", "invisible-character"}
        allowed |= {"bidi-character", "control-character"}
        assert {finding.check for finding in found} <= allowed
    else:
        assert document.data == data
        assert document.body == body


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_cut_short_at_any_line_gets_an_answer(path: Path) -> None:
    raw = path.read_bytes()[:4000]
    for end in [i for i, byte in enumerate(raw) if byte == 10][:40]:
        document, found = parse(raw[:end], "x.md")
        assert (document is None) == any(finding.is_error for finding in found)


# -- quick and close reading -----------------------------------------------------------------------


ODD_LINES = [
    *("---", "id: 2026-7KQ2X", "id: \u200bx", "a: b", "a: c", "a:", "on: ~", "on: null", "x: '~'"),
    *("null: x", "l: [a, b]", "l: [a, ~]", "l: []", "l: [[[[[[[[a]]]]]]]]", "m: {a: b}", "m: {}"),
    *("list:", "  - id: P1", "    by: x", "  - [a]", "  -", "- a", "  deep:", "    deeper: x"),
    *("a: b  # c", "a: b  #c", "a: [b]  # c", "a: b   # c", 'a: "b"  # c', "  # c"),
    *("a: &x b", "a: *x", "a: !t b", "? a", ": b", "a: b # c", "a: b #c", "# c", '"a": b', "1: 2"),
    *('a: "b\\x07"', "a: 'b'", "a: |", "  text", "...", "%YAML 1.1", "<<: x", "é: x", "a\tb: c"),
]


def _agrees(text: str) -> None:
    """What the quick reading gives is what the close reading gives, without a finding."""
    quick = ordinary(text)
    if quick is not None:
        loader = Loader(text, "x.md")
        assert (quick, []) == (loader.load(), loader.findings)


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(ODD_LINES) | TEXT, max_size=8))
def test_quick_and_close_reading_agree_on_any_lines(lines: list[str]) -> None:
    _agrees("\n".join(lines))


@MODEST
@given(documents())
def test_quick_and_close_reading_agree_on_written_records(document: Document) -> None:
    front = document.text[: len(document.text) - len(document.body)].rstrip()
    _agrees(front.removesuffix("---"))


def test_quick_and_close_reading_agree_on_every_sample_and_record() -> None:
    root = Path(__file__).parents[2]
    files = [*SAMPLES, *root.glob("cases/*/*.md"), *root.glob("policy/**/*.md")]
    quick = 0
    for file in files:
        text = file.read_text("utf-8", "replace").removeprefix("---\n").partition("\n---\n")[0]
        if FORBIDDEN.search(text):
            continue  # refused before anybody reads fields
        _agrees(text + "\n")
        quick += ordinary(text + "\n") is not None
    assert quick > 50


@MODEST
@given(documents())
def test_a_field_is_found_where_the_whole_layout_has_it(document: Document) -> None:
    whole = document.layout()
    for name in [*document.data, "missing"]:
        for key in (False, True):
            assert document.place((name,), key=key) == whole.place((name,), key=key)
