"""A text that is read again with the help of another version gives what reading it anew gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shop
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.catalogue.shelf import Shelf
from casebook.document import parse
from casebook.document.again import Again
from casebook.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

PATH = "cases/2026/2026-7KQ2X.md"
RECORDS = Path(__file__).parents[1] / "records"
# Whole fields, and lines that belong to the field above them or to nothing at all.
LINES = (
    *("id: 2026-7KQ2X", "type: quarrel", "type: threat", "state: closed", "summary: Woorden: meer"),
    *("summary: 'een", "tweede'", 'reach: "20', 'leden"', "where: [online, grounds]", "where: ["),
    *("online]", "impact: |", "impact: >-", "  een regel", "  en nog een", "persons:", "talks:"),
    *("  - id: P1", "    kind: pupil", "- id: P2", "  kind: staff", "# opmerking", "  # binnen"),
    *("empty:", "note: ~", "a: b # cut", "a: b  # cut", "x_own: 1", "x_own: {a: 1}", "&a b: c"),
    *("plain text", "? key", "key : spaced", "a:b", "", " ", "\tb: c", "...", "%YAML 1.2", "é: 1"),
    *("on: 2026-11-18", "on: 2026-11-19", "c: d\r", "e: \u200bf", "g: *a", "h: !t i", "---x: 1"),
)


def text(lines: Sequence[str]) -> bytes:
    return ("---\n" + "".join(f"{line}\n" for line in lines) + "---\n\nBody.\n").encode()


def same_records(versions: Sequence[bytes]) -> None:
    """Read versions of one case, each with what was made of the one before it, and anew."""
    kind = Policy(shop.MemorySnapshot(shop.shipped())).catalogue.kind("case")
    shelf = Shelf(room=10)
    for raw in versions:
        once, anew = shelf.read(kind, PATH, raw), Shelf().read(kind, PATH, raw)
        assert (once.record, once.findings) == (anew.record, anew.findings)


def same(versions: Sequence[bytes]) -> int:
    """Read each version with the help of the one before it; answers how often that helped."""
    before, helped = Again(), 0
    for raw in versions:
        again = Again(before)
        document, findings = parse(raw, PATH, again.read)
        assert (document, findings) == parse(raw, PATH)
        helped += bool(before.lines.keys() & again.lines.keys())
        before = again
    return helped


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=9), min_size=2, max_size=4))
def test_any_lines(versions: list[list[str]]) -> None:
    same([text(one) for one in versions])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_record_with_a_line_changed_taken_out_or_put_in(data: st.DataObject) -> None:
    names = sorted((RECORDS / "good").rglob("*.md"))
    raw = data.draw(st.sampled_from(names)).read_bytes()
    lines = raw.split(b"\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    new = data.draw(st.sampled_from(LINES)).encode()
    changed = {
        "changed": [*lines[:at], new, *lines[at + 1 :]],
        "out": [*lines[:at], *lines[at + 1 :]],
        "in": [*lines[:at], new, *lines[at:]],
    }[data.draw(st.sampled_from(["changed", "out", "in"]))]
    same([raw, b"\n".join(changed), raw])
    same_records([raw, b"\n".join(changed), raw])


def test_every_example_after_every_other() -> None:
    everything = [one.read_bytes() for one in sorted(RECORDS.rglob("*.md"))]
    assert same(everything) > 10


def test_what_stayed_the_same_is_not_read_again() -> None:
    first = Again()
    parse(text(["id: 2026-7KQ2X", "persons:", "  - id: P1", "state: reported"]), PATH, first.read)
    second = Again(first)
    changed = text(["id: 2026-7KQ2X", "persons:", "  - id: P1", "state: closed"])
    document, _findings = parse(changed, PATH, second.read)
    assert document is not None
    assert document.data["persons"] is first.lines["persons:\n  - id: P1"][1]
    assert document.data["state"] == "closed"


def test_of_a_list_that_became_longer_only_the_new_entries_are_read() -> None:
    first = Again()
    parse(text(["id: 2026-7KQ2X", "persons:", "  - id: P1", "    kind: pupil"]), PATH, first.read)
    second = Again(first)
    more = ["id: 2026-7KQ2X", "persons:", "  - id: P1", "    kind: pupil", "  - id: P2", "n: m"]
    document, _findings = parse(text(more), PATH, second.read)
    assert document is not None
    old = first.lines["persons:\n  - id: P1\n    kind: pupil"][1]
    assert document.data["persons"] == [{"id": "P1", "kind": "pupil"}, {"id": "P2"}]
    assert document.data["persons"][0] is old[0]
    assert old == [{"id": "P1", "kind": "pupil"}]


def test_a_list_with_entries_put_in_taken_out_or_indented_otherwise() -> None:
    start = ["id: 2026-7KQ2X", "persons:", "  - id: P1", "    note: |+", "      een", ""]
    for added in (
        ["  - id: P2", "    note: >-", "      twee", ""],
        [" - id: P2"],
        ["    - id: P2"],
        ["- id: P2"],
        ["  -id: P2"],
        ["  - id: P2", "    id: P3"],
        ["  - &a b"],
        ["    kind: pupil", "  - id: P2"],
        ["  # opmerking", "  - id: P2"],
        ["  - id: P2 # cut"],
        ["      twee", "  - id: P2"],
        ["  - een", "  - [twee", "  - drie]"],
    ):
        versions = [start, [*start, *added], [*start, *added, "  - id: P9"], start]
        same([text(one) for one in versions])
        same([text([*one, "note: een"]) for one in versions])


def test_fields_in_which_nothing_changed_are_the_same_object() -> None:
    first = Again()
    one, _findings = parse(text(["id: 2026-7KQ2X", "state: reported"]), PATH, first.read)
    more = text(["id: 2026-7KQ2X", "state: reported"]) + b"More.\n"
    two, _findings = parse(more, PATH, Again(first).read)
    assert one is not None
    assert two is not None
    assert two.data is one.data
    assert two.body == one.body + "More.\n"


def test_where_it_is_not_plain_to_see_the_whole_is_read_as_ever() -> None:
    plain = ["id: 2026-7KQ2X", "state: reported", "note: een"]
    for changed in (
        ["id: 2026-7KQ2X", "state: reported", "state: reported", "note: een"],  # a field twice
        ["id: 2026-7KQ2X", "state: reported", "note: 'open"],  # a field that does not end
        ["id: 2026-7KQ2X", "state: reported", "a: 'open", "b: end'"],  # two that are one
        ["id: 2026-7KQ2X", "plain text", "note: een"],
        ["id: 2026-7KQ2X", "state: reported", "note: " + "x" * 5000],  # too long for the quick way
        ["a: 'new", "b: all of it'"],
    ):
        same([text(plain), text(changed), text(plain)])


def test_a_record_is_judged_anew_in_all_that_changed() -> None:
    """Also when its type changes, and with it what fields it may have."""
    plain = ["id: 2026-7KQ2X", "type: quarrel", "state: reported", "reported: 2026-11-18"]
    plain += ["reported_by: mentor", "summary: Woorden over en weer", "x_own: iets"]
    wrong = [*plain[:2], "state: geslotn", *plain[3:]]
    other = [plain[0], "type: sextortion", *plain[2:], "impact:"]
    lacking = [plain[0], *plain[2:]]
    same_records([text(one) for one in (plain, wrong, wrong, plain, other, plain, lacking, plain)])
