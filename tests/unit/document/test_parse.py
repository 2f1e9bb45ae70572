"""What a readable file says: text, places, lines."""

from __future__ import annotations

import pytest

from casebook.document import FINDINGS, parse
from casebook.document.events import Loader
from casebook.document.words import WORDS

HEAVY = b"""---
id: 2026-7KQ2X
summary: |
  een
  twee

where: [online, grounds]  # remark
persons:
  - id: P1
    roles: [victim]
  -
    # above
    id: P2
    roles:
      - accused
empty:
---
## Logboek
"""


def read(raw: bytes, path: str = "x.md"):
    document, found = parse(raw, path)
    assert document is not None, found
    return document


def test_every_scalar_is_text_and_the_body_is_exact() -> None:
    document = read(HEAVY)
    assert document.data == {
        "id": "2026-7KQ2X",
        "summary": "een\ntwee\n",
        "where": ["online", "grounds"],
        "persons": [{"id": "P1", "roles": ["victim"]}, {"id": "P2", "roles": ["accused"]}],
        "empty": "",
    }
    assert document.body == "## Logboek\n"
    assert document.body_line == 18
    assert document.text.split("\n")[document.body_line - 1] == "## Logboek"


@pytest.mark.parametrize(
    ("pointer", "key", "place"),
    [
        (("summary",), False, (3, 10)),
        (("summary",), True, (3, 1)),
        (("where", 1), False, (7, 17)),
        (("persons", "P1", "roles"), False, (10, 12)),
        (("persons", "P1", "roles"), True, (10, 5)),
        (("persons", 1, "id"), False, (13, 9)),
        (("persons", "P2", "roles", 0), False, (15, 9)),
        (("persons", "P2"), False, (13, 5)),
        (("empty",), False, (16, 7)),
        (("owner",), False, (2, 1)),
        (("persons", "P9", "roles"), False, (9, 3)),
        (("persons", 7), False, (9, 3)),
        (("summary", "deeper"), False, (3, 10)),
        ((), False, (2, 1)),
    ],
)
def test_a_place_is_that_of_the_value_or_the_nearest_thing_above(pointer, key, place) -> None:
    assert read(HEAVY).place(pointer, key=key) == place


def test_the_dominant_line_end_is_used_for_new_lines() -> None:
    assert read(HEAVY).newline == "\n"
    assert read(HEAVY.replace(b"\n", b"\r\n")).newline == "\r\n"


def test_a_mark_at_the_start_is_no_part_of_the_text() -> None:
    document = read(b"\xef\xbb\xbf" + HEAVY)
    assert document.text == HEAVY.decode()
    assert document.place(("id",)) == (2, 5)


def test_a_data_file_has_no_fences_and_may_have_no_end_of_line() -> None:
    assert read(b"a: 1\nb: [2]", "reference/sources.yaml").data == {"a": "1", "b": ["2"]}
    assert read(b"---\na: 1\n", "reference/sources.yml").data == {"a": "1"}
    document, found = parse(b"# only a remark", "a.yaml")
    assert document is None
    assert [finding.check for finding in found] == ["front-matter-empty"]
    document, found = parse(b"%YAML 1.1\n---\na: 1\n", "a.yaml")
    assert [finding.check for finding in found] == ["directive"]
    document, found = parse(b"a: 1\n---\nb: 1\n", "a.yaml")
    assert [finding.check for finding in found] == ["second-block"]


def test_a_rule_in_the_body_is_ordinary_markdown() -> None:
    for body in ("\ntekst: x\n---\n", "Tekst\n---\n", "---\n---\n", "- a\n---\n", "state: x\n---x"):
        assert read(b"---\nid: x\n---\n" + body.encode()).body == body


def test_only_one_space_before_a_remark_is_a_slip() -> None:
    checks = {}
    for value in ("a # b", "a  # b", "a  #b", "a   # b", "a\n  # b", "'a' # b", "a\t# b"):
        _, found = parse(f"---\nid: {value}\nx: y # z\n---\n".encode(), "x.md")
        checks[value] = [(finding.line, finding.column) for finding in found if finding.line == 2]
    assert checks == {
        "a # b": [(2, 7)],
        "a  # b": [],
        "a  #b": [(2, 8)],
        "a   # b": [],
        "a\n  # b": [],
        "'a' # b": [],
        "a\t# b": [],
    }


def test_an_accent_in_an_id_is_left_to_the_schema() -> None:
    assert read("---\nid: é\nclé: x\n---\n".encode()).data == {"id": "é", "clé": "x"}


def test_a_question_mark_at_the_end_of_a_text_is_no_key() -> None:
    assert read(b"---\nid: Wat nu? Dit\nstate: new\n---\n").data["state"] == "new"


def test_every_finding_is_explained_and_its_texts_take_their_values() -> None:
    assert set(FINDINGS) == set(WORDS)
    for words in WORDS.values():
        assert words.explanation.endswith(".")
        assert words.message and words.remedy


def test_a_long_file_of_short_lines_is_read() -> None:
    assert len(read(HEAVY + b"tekst\n" * 20_000).body) > 100_000


def test_asking_the_layout_for_what_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        read(HEAVY).layout().index("owner")


def test_reading_stops_at_the_first_thing_that_cannot_be_read() -> None:
    loader = Loader("a: &b 1\nc: }\n", "x.yaml")
    assert loader.load() == {}
    assert [finding.check for finding in loader.findings] == [
        "anchor-or-alias",
        "front-matter-unreadable",
    ]
