"""What an edit writes, line by line."""

from __future__ import annotations

import pytest

from casebook.document import parse
from casebook.document.compose import compose
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


def read(fields: str, body: str = "", path: str = "x.md"):
    document, found = parse(f"---\n{fields}---\n{body}".encode(), path)
    assert document is not None, found
    return document


def fields(document) -> str:
    return document.text.removeprefix("---\n").split("---\n")[0]


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        # scalars
        ("a: b  # own\n", SetValue(("a",), "c"), "a: c  # own\n"),
        ("a:\n", SetValue(("a",), "c"), "a: c\n"),
        ("a:  # own\n", SetValue(("a",), "c"), "a: c  # own\n"),
        ("a: 'b'\n", SetValue(("a",), "c"), "a: 'c'\n"),
        ("a: b\n", SetValue(("a",), "c: d"), 'a: "c: d"\n'),
        ("a: b\n", SetValue(("a",), ""), 'a: ""\n'),
        ("a: b\n", SetValue(("a",), 'say "x": y'), "a: 'say \"x\": y'\n"),
        ("a: b\n", SetValue(("a",), "null"), 'a: "null"\n'),
        ("a: b\n", SetValue(("a",), "2026-11-18 10:30"), "a: 2026-11-18 10:30\n"),
        ("a: b  # own\nz: 1\n", SetValue(("a",), "c\nd"), "a: |-  # own\n  c\n  d\nz: 1\n"),
        ("a: b\n", SetValue(("a",), "c\n\nd\n"), "a: |\n  c\n\n  d\n"),
        ("a: b\n", SetValue(("a",), "c\n\n"), "a: |+\n  c\n\n"),
        ("a: b\n", SetValue(("a",), "  c\nd"), "a: |2-\n    c\n  d\n"),
        ("a: b\n", SetValue(("a",), "c\n \nd"), 'a: "c\\n \\nd"\n'),
        ("a: |  # own\n  b\n  c\n\nz: 1\n", SetValue(("a",), "d"), "a: d  # own\n\nz: 1\n"),
        ("a:\n  b\n  c\n", SetValue(("a",), "d"), "a:\n  d\n"),
        ("a: {b: c}  # own\n", SetValue(("a", "b"), "d, e"), 'a: {b: "d, e"}  # own\n'),
        ("a: {b: c}\n", SetValue(("a", "b"), "d\ne"), 'a: {b: "d\\ne"}\n'),
        ("a: b\n", SetValue(("a",), "b"), "a: b\n"),
        ("a: |\n  b\n # own\nz: 1\n", SetValue(("a",), "d"), "a: d\n # own\nz: 1\n"),
        ("a: |2\n    b\n  # c\nz: 1\n", SetValue(("a",), "d"), "a: d\nz: 1\n"),
        ("a: |+\n\n\nz: 1\n", SetValue(("a",), "d"), "a: d\nz: 1\n"),
        # lists
        ("a: [b]  # own\n", SetValue(("a",), ["c", "d, e"]), 'a: [c, "d, e"]  # own\n'),
        ("a: [b]\n", SetValue(("a",), []), "a: []\n"),
        ("a: []\n", SetValue(("a",), [""]), 'a: [""]\n'),
        ("a: b  # own\n", SetValue(("a",), ["c"]), "a: [c]  # own\n"),
        ("a: [b, c]\n", SetValue(("a", 1), "x]"), 'a: [b, "x]"]\n'),
        ("a:\n  - b\n  - c\n", SetValue(("a", 1), "d"), "a:\n  - b\n  - d\n"),
        ("a: [\n  b, # one\n  c ]\n", SetValue(("a",), ["d"]), "# one\na: [d]\n"),
        ("a: # x\n  - b # one\n  - c\nz: 1\n", SetValue(("a",), "d"), "# one\na: d # x\nz: 1\n"),
        ("a:\n- b # 1\n- c\n", SetValue(("a",), ["b", "x", "c"]), "a:\n- b # 1\n- x\n- c\n"),
        ("a:\n- b # 1\n- c\n", SetValue(("a",), ["x", "c", "y"]), "a:\n- x # 1\n- c\n- y\n"),
        ("a:\n- b # 1\n- c\n", SetValue(("a",), ["c"]), "a:\n- c\n"),
        ("a:\n- b # 1\n- c\n", SetValue(("a",), ["z", "b", "c"]), "a:\n- z\n- b # 1\n- c\n"),
        ("a:\n-\n- 'c'\n", SetValue(("a",), ["x", "y"]), "a:\n- x\n- 'y'\n"),
        # keys
        ("a: 1\nb: 2\n", SetValue(("c",), "3"), "a: 1\nb: 2\nc: 3\n"),
        ("a: 1\nb: 2\n", SetValue(("c",), "3", ("a", "x")), "a: 1\nc: 3\nb: 2\n"),
        ("a: |\n  x\n\n# own\nb: 2\n", SetValue(("c",), "3", ("a",)), None),
        ("a: {}\n", SetValue(("a", "b"), "c"), "a: {b: c}\n"),
        ("a: {x: y}\n", SetValue(("a", "b"), ["c"]), "a: {x: y, b: [c]}\n"),
        ("a: 1\n", SetValue(("twee woorden",), "x"), 'a: 1\n"twee woorden": x\n'),
        ("a: 1\nb: 2\n", RemoveKey(("a",)), "b: 2\n"),
        ("a: {x: y, b: c}\n", RemoveKey(("a", "x")), "a: {b: c}\n"),
        ("a: {x: y, b: c}\n", RemoveKey(("a", "b")), "a: {x: y}\n"),
        ("a:\n- id: 1\n  b: 2\n", RemoveKey(("a", 0, "id")), "a:\n- b: 2\n"),
        ("a:\n- id: 1 # x\n  # own\n  b: 2\n", RemoveKey(("a", 0, "id")), "a:\n- # own\n  b: 2\n"),
        ("a: |+\n  x\n\nb: 2\n\nc: 3\n", RemoveKey(("b",)), "a: |+\n  x\n\nc: 3\n"),
        ("a: |+\n  x\n\nb: 2\n\n", RemoveKey(("b",)), "a: |+\n  x\n\n"),
        ("a: |\n  x\nb:\n-\n  # r\n", RemoveKey(("b",)), "a: |\n  x\n# r\n"),
        ("a: |\n  x\nb:\n-\n\n  # r\n\nc: 3\n", RemoveKey(("b",)), "a: |\n  x\n\n# r\n\nc: 3\n"),
        ("a: |+\n  x\n\nb:\n-\n\n  # r\nc: 3\n", RemoveKey(("b",)), "a: |+\n  x\n\n# r\nc: 3\n"),
        ("b:\n-\n  # r\nc: 3\n", RemoveKey(("b",)), "  # r\nc: 3\n"),
        ("a: |\n   x\nb: 1\n  # r\nc: 3\n", RemoveKey(("b",)), "a: |\n   x\n  # r\nc: 3\n"),
        ("a: |\nb: 1\n  # r\nc: 3\n", RemoveKey(("b",)), "a: |\n# r\nc: 3\n"),
        # entries
        ("a: 1\n", AddEntry("p", {"id": "P1", "r": ["x"]}), "a: 1\np:\n  - id: P1\n    r: [x]\n"),
        ("p: []  # own\na: 1\n", AddEntry("p", {"id": "1"}), "p:  # own\n  - id: 1\na: 1\n"),
        ("p:\na: 1\n", AddEntry("p", {"id": "1"}), "p:\n  - id: 1\na: 1\n"),
        ('p: ""\na: 1\n', AddEntry("p", {"id": "1"}), "p:\n  - id: 1\na: 1\n"),
        ("p: [{id: 1}]\n", AddEntry("p", {"id": "2", "r": []}), "p: [{id: 1}, {id: 2, r: []}]\n"),
        ("p:\n- {id: 1}\n", AddEntry("p", {"id": "2"}), "p:\n- {id: 1}\n- id: 2\n"),
        ("p:\n-   id: 1\n", AddEntry("q", {"id": "2"}), "p:\n-   id: 1\nq:\n-   id: 2\n"),
        ("{a: 1}\n", AddEntry("p", {"id": "2"}), "{a: 1, p: [{id: 2}]}\n"),
        ("{p: []}\n", AddEntry("p", {"id": "2"}), "{p: [{id: 2}]}\n"),
        ("{p: , b: c}\n", AddEntry("p", {"id": "2"}), "{p:  [{id: 2}], b: c}\n"),
        ("p:\n  - id: 1\n    a: |\n      x\n\n  - id: 2\n", RemoveEntry("p", "1"), None),
        ("p:  # own\n  - id: 1\n    a: b\n", RemoveEntry("p", "1"), "p: []  # own\n"),
        ("p: [{id: 1}, {id: 2}]\n", RemoveEntry("p", "1"), "p: [{id: 2}]\n"),
        ("p: [{id: 1}]\n", RemoveEntry("p", "1"), "p: []\n"),
        ("p:\n  # up\n  -\n    # in\n    id: 1\n  - id: 2\n", RemoveEntry("p", "1"), None),
        ("p:\n  - # in\n\n    id: 1\n  - id: 2\n", RemoveEntry("p", "1"), "p:\n  - id: 2\n"),
    ],
)
def test_an_edit_writes_exactly(before: str, edit, after: str | None) -> None:
    special = {
        "a: |\n  x\n\n# own\nb: 2\n": "a: |\n  x\nc: 3\n\n# own\nb: 2\n",
        "p:\n  - id: 1\n    a: |\n      x\n\n  - id: 2\n": "p:\n\n  - id: 2\n",
        "p:\n  # up\n  -\n    # in\n    id: 1\n  - id: 2\n": "p:\n  # up\n  - id: 2\n",
    }
    assert fields(apply(read(before), [edit])) == (after or special[before])


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("p",), "x"),
        SetValue(("p", "P1"), "x"),
        SetValue(("p", 0), "x"),
        SetValue(("p", 5), "x"),
        SetValue(("m",), "x"),
        SetValue(("m", "deep", "er"), "x"),
        SetValue(("a", "b"), "x"),
        SetValue(("p", "P9", "x"), "x"),
        SetValue(("q", 0), ["x"]),
        SetValue(("a",), "a\x07b"),
        SetValue(("a",), "a\ud800b"),
        SetValue(("a",), "a\r\nb"),
        AddEntry("a", {"id": "x"}),
        RemoveEntry("a", "x"),
        RemoveEntry("p", "P9"),
        RemoveKey(("nope",)),
        RemoveKey(("q", 0)),
        RemoveKey(("m", "only")),
        AppendBody("\x1b[31m"),
        ReplaceBody(0, 0, "<<<<<<< HEAD\n"),
    ],
)
def test_an_edit_without_meaning_is_refused_and_changes_nothing(edit) -> None:
    document = read("a: b\np:\n  - id: P1\nm:\n  only: one\nq: [x]\n", "Tekst\n")
    raw = document.raw
    with pytest.raises(EditError) as caught:
        apply(document, [SetValue(("a",), "c"), edit])
    assert caught.value.message
    assert document.raw == raw


def test_a_remark_is_not_joined_to_the_text_before_a_removed_key() -> None:
    after = apply(read("a: |\n  b\nc:\n  # own\n"), [RemoveKey(("c",))])
    assert after.data["a"] == "b\n"
    assert "\n# own\n" in after.text


def test_body_edits_use_the_line_ends_of_the_file() -> None:
    document, _ = parse(b"---\r\nid: x\r\n---\r\neen\r\n", "x.md")
    assert document
    after = apply(document, [ReplaceBody(0, 3, "twee\ndrie"), AppendBody("vier\r\nvijf\n")])
    assert after.body == "twee\r\ndrie\r\nvier\r\nvijf\r\n"


def test_text_appended_to_a_file_without_final_newline_gets_its_own_line() -> None:
    assert apply(read("a: b\n", "een"), [AppendBody("twee\n")]).body == "een\ntwee\n"
    document, _ = parse(b"---\na: b\n---", "x.md")
    assert document
    assert apply(document, [AppendBody("twee\n")]).raw == b"---\na: b\n---\ntwee\n"


def test_a_data_file_without_final_newline_gets_its_own_line() -> None:
    document, _ = parse(b"a: b", "x.yaml")
    assert document
    assert apply(document, [SetValue(("c",), "d")]).raw == b"a: b\nc: d"
    empty, _ = parse(b"a: |  # own", "x.yaml")
    assert empty
    assert apply(empty, [SetValue(("a",), "d")]).raw == b"a: d  # own"
    assert apply(document, [SetValue(("a",), "d\ne")]).raw == b"a: |-\n  d\n  e"


def test_a_new_record_looks_like_the_model() -> None:
    data = {
        "id": "2026-7KQ2X",
        "reported": "2026-11-18 10:30",
        "where": ["online", "grounds"],
        "count": 3,
        "impact": "een\ntwee",
        "persons": [{"id": "P1", "minor": "yes", "roles": ["victim"], "because": "a\nb"}],
        "links": [],
        "none": {},
        "deep": {"a": [["x"], [{"b": "c"}, {}, []], [[["d"], "e"]]]},
    }
    text = compose(data, "\n## Logboek\n")
    assert text == (
        "---\nid: 2026-7KQ2X\nreported: 2026-11-18 10:30\nwhere: [online, grounds]\ncount: 3\n"
        "impact: |-\n  een\n  twee\npersons:\n  - id: P1\n    minor: yes\n    roles: [victim]\n"
        "    because: |-\n      a\n      b\nlinks: []\nnone: {}\ndeep:\n  a:\n"
        "    - - x\n    - - b: c\n      - {}\n      - []\n    - - - - d\n        - e\n"
        "---\n\n## Logboek\n"
    )
    document, found = parse(text.encode(), "x.md")
    assert document and not found
    assert document.data == {**data, "count": "3"}


def test_a_remark_at_the_end_of_a_file_of_fields_is_kept() -> None:
    document, _ = parse(b"a: |\n  b\nc:\n-\n  # own\n", "x.yaml")
    assert document
    assert apply(document, [RemoveKey(("c",))]).raw == b"a: |\n  b\n# own\n"
