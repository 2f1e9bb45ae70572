"""Where only the new lines of a text are searched, nothing is missed that a full search finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shop
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import foreign, personal
from casebook.catalogue.shelf import Shelf
from casebook.document.again import Again
from casebook.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.catalogue import Kind

PATH = "cases/2026/2026-7KQ2X.md"
RECORDS = Path(__file__).parents[1] / "records"
RUN = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"
# Halves of what is looked for, so that it may come together from an old line and a new one.
WORDS = (
    *("Woorden over en weer", "geboren", "geb.", "op 12-05-2011", "12-05-2011", "2011-05-12"),
    *("06", "12345678", "06 12345678", "0612345678", "1234 AB", "1234", "AB 12", "12", "@"),
    *("naam@", "naam@school.example", "school.example", "NL91 ABNA 0417 1643 00", "NL91 ABNA"),
    *("0417 1643 00", "bsn 111222333", "bsn", "111222333", RUN, RUN[:40], RUN[40:], "data:"),
    *(
        "data:image/png;base64,",
        "image/png;base64,AAAAAAAAAAAAAAAAAAAA",
        "/",
        "Élan",
        "😡",
        "met P1",
    ),
)
NAMES = ("summary", "impact", "x_een", "x_twee")
ENTRY = "### 2026-11-18T{hour:02}:00+01:00 note by:mentor id:j{hour}abc"


def text(fields: dict[str, str], entries: Sequence[str], body: Sequence[str]) -> bytes:
    lines = ["---", "id: 2026-7KQ2X", "type: quarrel", "state: reported"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    lines += ["persons:", *(f"  - id: P{n}\n    note: {one}" for n, one in enumerate(entries, 1))]
    return "\n".join([*lines, "---", "", *body, ""]).encode()


def clear_ones(versions: Sequence[bytes], kind: Kind) -> int:
    """Read one version after the other; answers how many were known to be clear."""
    shelf = Shelf(room=10)
    number = 0
    for raw in versions:
        clear = shelf.read(kind, PATH, raw).clear
        number += clear
        if clear:
            assert personal.scan_bytes(raw) == []
            assert foreign.judge_content(PATH, raw) is None
    return number


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_words_in_any_place_one_after_the_other(data: st.DataObject) -> None:
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    words = st.sampled_from(WORDS)
    fields: dict[str, str] = {"summary": "Woorden"}
    entries, body = ["een"], ["Een regel."]
    versions = [text(fields, entries, body)]
    for hour in range(data.draw(st.integers(2, 6))):
        some = data.draw(st.sets(st.sampled_from(["field", "entry", "body", "inside", "end"])))
        if "field" in some:
            fields[data.draw(st.sampled_from(NAMES))] = data.draw(words)
        if "entry" in some:
            entries.append(data.draw(words))
        if "body" in some:
            body += ["", ENTRY.format(hour=hour), "", data.draw(words)]
        if "inside" in some:
            body.insert(data.draw(st.integers(0, len(body))), data.draw(words))
        if "end" in some:
            body[-1] += " " + data.draw(words)
        versions.append(text(fields, entries, body))
    clear_ones(versions, kind)


def test_what_hangs_together_over_lines_is_found_whichever_came_first() -> None:
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    plain = text({"summary": "Woorden"}, ["een"], ["Een regel."])
    for first, second in (("geboren", "12-05-2011"), ("geboren op", "2011-05-12"), (RUN, RUN)):
        one = text({"summary": "Woorden"}, ["een"], ["Een regel.", first])
        two = text({"summary": "Woorden"}, ["een"], ["Een regel.", first, second, second])
        assert personal.scan_bytes(two) or foreign.judge_content(PATH, two)
        assert clear_ones([plain, one, two], kind) == 1


def test_an_ordinary_case_is_clear_in_all_its_versions() -> None:
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    fields, body, versions = {"summary": "Woorden over en weer"}, ["Een regel."], []
    for hour in range(5):
        fields["impact"] = f"Nog {hour} leerlingen"
        body += ["", ENTRY.format(hour=hour), "", "De mentor sprak beiden."]
        versions.append(text(fields, ["een", "twee"][: hour + 1], body))
    assert clear_ones(versions, kind) == len(versions)


def test_of_a_case_that_got_an_entry_only_the_entry_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    fields = {"summary": "Woorden over en weer"}
    one = text(fields, ["een"], ["Een regel."])
    body = ["Een regel.", "", ENTRY.format(hour=9), "", "De mentor sprak beiden."]
    two, three = (
        text(fields, ["een"], body),
        text({**fields, "impact": "Rust"}, ["een", "twee"], body),
    )
    searched: list[bytes] = []
    look = personal.is_clear
    monkeypatch.setattr(personal, "is_clear", lambda raw: searched.append(raw) or look(raw))
    assert clear_ones([one, two, three], kind) == 3
    assert searched[0] == one
    assert b"Een regel" not in searched[1]
    assert b"De mentor sprak beiden." in searched[1]
    fresh = b"---\nimpact: Rust\npersons:\n  - id: P2\n    note: twee\n---\n"
    assert searched[2] == fresh


def test_what_is_new_is_told_only_beside_the_version_it_was_read_with() -> None:
    first, other = Again(), Again()
    front = "---\nid: 2026-7KQ2X\nstate: reported\n"
    first.read(front)
    other.read(front)
    second = Again(first)
    second.read("---\nid: 2026-7KQ2X\nstate: closed\n")
    assert second.added(first, "One.\n", "One.\nTwo.\n") == b"---\nstate: closed\n---\nTwo.\n"
    assert second.added(first, "", "Two.\n") == b"---\nstate: closed\n---\nTwo.\n"
    assert second.added(other, "One.\n", "One.\nTwo.\n") is None
    assert second.added(first, "One.", "One. And two.\n") is None
    assert second.added(first, "One.\n", "Two.\n") is None
    assert first.added(other, "", "") is None


def test_every_example_after_every_other() -> None:
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    assert clear_ones([one.read_bytes() for one in sorted(RECORDS.rglob("*.md"))], kind) > 10
