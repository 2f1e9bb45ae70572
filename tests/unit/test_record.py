"""A record answers what stands in it, and its fingerprint what of it was adopted."""

from __future__ import annotations

import pytest

from casebook.document import parse
from casebook.fingerprint import fingerprint
from casebook.record import Record

TEXT = """---
id: 2026-7KQ2X
state: reported
days: 2
where: [online, lesson]
persons:
  - id: P1
    roles: [victim]
talks:
  - id: T1
    with: [P1]
---
Tekst.
"""


def record(text: str = TEXT, **data: object) -> Record:
    document, found = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    assert found == []
    return Record("case", "2026-7KQ2X", document.path, {**document.data, **data}, document)


def test_a_field_is_given_as_it_is_or_as_text() -> None:
    one = record(days=2)
    assert one.state == "reported"
    assert one.get("days") == 2
    assert one.text("days") == "2"
    assert one.text("owner") == ""
    assert one.get("owner", "nobody") == "nobody"


def test_sub_records_are_those_of_a_list_of_maps() -> None:
    one = record(empty="")
    assert [entry["id"] for entry in one.entries("persons")] == ["P1"]
    assert one.entries("where") == []
    assert one.entries("links") == []
    assert one.entries("empty") == []
    assert [(name, entry["id"]) for name, entry in one.lists()] == [
        ("persons", "P1"),
        ("talks", "T1"),
    ]


def test_a_sub_record_is_found_by_its_id_with_the_list_it_stands_in() -> None:
    found = record().find("T1")
    assert found is not None
    assert (found[0], found[1]["with"]) == ("talks", ["P1"])
    assert record().find("T2") is None


def test_a_fingerprint_is_the_same_on_every_system() -> None:
    assert fingerprint(record(), ["where"]) == fingerprint(
        record(TEXT.replace("\n", "\r\n")), ["where"]
    )


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (("state: reported", "state: closed"), True),
        (("Tekst.", "Andere tekst."), False),
        (("[online, lesson]", "[online]"), False),
    ],
)
def test_a_fingerprint_covers_the_text_and_not_the_state(
    change: tuple[str, str], same: bool
) -> None:
    before, after = (fingerprint(record(text), ["where"]) for text in (TEXT, TEXT.replace(*change)))
    assert (before == after) is same
    assert before.startswith("sha256:")
    assert len(before) == len("sha256:") + 32


def test_an_absent_field_adds_nothing_to_a_fingerprint() -> None:
    assert fingerprint(record(), ["where"]) == fingerprint(record(), ["where", "title"])
