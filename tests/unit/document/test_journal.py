"""The journal: read, extended, blanked, and its promise judged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.document import journal, parse
from casebook.document.edit import EditError, ReplaceBody, apply
from casebook.document.glance import is_usual
from casebook.document.journal import Entry

ONE = "### 2026-11-21T14:05+01:00 talk by:mentor with:P1,P2 id:J1\nGesprek gevoerd.\n"
TWO = "### 2026-11-22T09:00+01:00 note by:mentor id:J2 corrects:J1\n\nHet was P3.\nEn P4.\n"
THREE = "### 2026-11-23T09:00+01:00 note by:mentor id:J3\nKlaar.\n"


def read(body: str):
    document, found = parse(f"---\nid: x\n---\n{body}".encode(), "x.md")
    assert document is not None, found
    return document


def checks(found):
    return [(finding.check, finding.line) for finding in found]


def test_entries_are_read_and_free_text_before_them_is_not() -> None:
    entries, found = journal.read(read("Vrije tekst\n## Logboek\n\n" + ONE + "\n" + TWO))
    assert not found
    assert entries == [
        Entry(
            "J1",
            "2026-11-21T14:05+01:00",
            "talk",
            "mentor",
            ("P1", "P2"),
            text="Gesprek gevoerd.",
            line=7,
        ),
        Entry(
            "J2",
            "2026-11-22T09:00+01:00",
            "note",
            "mentor",
            corrects="J1",
            text="Het was P3.\nEn P4.",
            line=10,
        ),
    ]
    assert journal.next_id(entries) == "J3"
    assert journal.next_id([]) == "J1"


def test_windows_line_ends_make_no_difference() -> None:
    plain, _ = journal.read(read(ONE + TWO))
    windows, found = journal.read(read((ONE + TWO).replace("\n", "\r\n")))
    assert windows == plain
    assert not found


def test_a_heading_reads_back_as_it_was_written() -> None:
    entry = Entry("J7", "2026-11-21T14:05:10Z", "talk", "mentor", ("P1",), "J2", "law")
    entries, _ = journal.read(read(ONE + TWO + journal.heading(entry)))
    assert journal.heading(entries[-1]) == journal.heading(entry)


@pytest.mark.parametrize(
    "heading",
    [
        "### 2026-11-21 talk by:mentor id:J1",
        "### 2026-11-21T14:05 talk by:mentor id:J1",
        "### 2026-02-30T14:05+01:00 talk by:mentor id:J1",
        "### 2026-11-21T14:05+01:00",
        "### 2026-11-21T14:05+01:00 by:mentor id:J1",
        "### 2026-11-21T14:05+01:00 talk by:mentor",
        "### 2026-11-21T14:05+01:00 talk by:mentor id:J1 id:J2",
        "### 2026-11-21T14:05+01:00 talk by:mentor id:J1 mood:good",
        "### 2026-11-18 11:05 · note · by mentor",
    ],
)
def test_a_heading_out_of_form_is_named(heading: str) -> None:
    entries, found = journal.read(read(heading + "\nTekst\n"))
    assert not entries
    assert checks(found) == [("journal-heading", 4)]


def test_repeated_ids_unknown_corrections_and_order_are_named() -> None:
    _, found = journal.read(read(TWO + ONE + ONE))
    assert checks(found) == [
        ("journal-corrects-unknown", 4),
        ("journal-not-in-order", 8),
        ("journal-id-repeated", 10),
    ]
    assert [finding.is_error for finding in found] == [True, False, True]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "## Logboek\n\nNEW"),
        ("Tekst", "Tekst\n\n## Logboek\n\nNEW"),
        ("## Logboek\n", "## Logboek\n\nNEW"),
        ("## Logboek\n\n", "## Logboek\n\nNEW"),
        (ONE, ONE + "\nNEW"),
        (ONE.rstrip(), ONE + "\nNEW"),
    ],
)
def test_an_entry_is_written_at_the_end_with_the_title_once(body: str, expected: str) -> None:
    entry = Entry("J9", "2026-11-23T09:00+01:00", "note", "mentor", text="een\n\ntwee\n")
    document = read(body)
    after = apply(document, [journal.append(document, entry, "## Logboek")])
    new = "### 2026-11-23T09:00+01:00 note by:mentor id:J9\neen\n\ntwee\n"
    assert after.body == expected.replace("NEW", new)
    assert not journal.broken_promises(document, after)


def test_an_entry_without_text_and_title_is_a_heading_alone() -> None:
    document = read("")
    entry = Entry("J1", "2026-11-23T09:00+01:00", "note")
    after = apply(document, [journal.append(document, entry)])
    assert after.body == "### 2026-11-23T09:00+01:00 note id:J1\n"


def test_a_text_cannot_pass_for_an_entry() -> None:
    document = read(ONE)
    entry = Entry("J2", "2026-11-23T09:00+01:00", "note", "mentor", text=ONE)
    after = apply(document, [journal.append(document, entry)])
    entries, found = journal.read(after)
    assert [entry.id for entry in entries] == ["J1", "J2"]
    assert not found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blanking_an_entry_is_the_one_permitted_change(end: str) -> None:
    document = read((ONE + "\n" + TWO + "\n" + THREE).replace("\n", end))
    after = apply(document, [journal.redact(document, "J2", "request", "[Tekst verwijderd]")])
    entries, found = journal.read(after)
    assert not found
    assert entries[1].redacted == "request"
    assert entries[1].text == "[Tekst verwijderd]"
    assert after.newline == end
    assert not journal.broken_promises(document, after)
    again = after.body.replace("[Tekst verwijderd]", "[Anders]")
    changed = apply(after, [ReplaceBody(0, len(after.body), again)])
    assert [f.check for f in journal.broken_promises(after, changed)] == ["journal-changed"]
    with pytest.raises(EditError):
        journal.redact(after, "J2", "request", "[Tekst verwijderd]")


def test_the_last_entry_without_final_newline_can_be_blanked() -> None:
    document = read(ONE.rstrip())
    after = apply(document, [journal.redact(document, "J1", "law", "[weg]")])
    assert after.body.endswith("id:J1 redacted:law\n[weg]\n")


@pytest.mark.parametrize(
    ("identity", "ground", "stub"),
    [
        ("J9", "law", "[weg]"),
        ("J1", "two words", "[weg]"),
        ("J1", "law", ""),
        ("J1", "law", "een\ntwee"),
        ("J1", "law", "x" * 301),
        ("J1", "law", THREE.partition("\n")[0]),
    ],
)
def test_blanking_needs_an_entry_a_ground_and_one_line(identity, ground, stub) -> None:
    with pytest.raises(EditError):
        journal.redact(read(ONE), identity, ground, stub)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (ONE + TWO + THREE, []),
        ("Nieuwe inleiding\n" + ONE + TWO, []),
        (ONE + TWO.replace("P3", "P5"), [("journal-changed", 6)]),
        (ONE.replace("with:P1,P2", "with:P1") + TWO, [("journal-changed", 4)]),
        (ONE.replace("id:J1", "id:J1 redacted:law") + TWO, []),
        (ONE + TWO.replace("id:J2", "id:J2 redacted:law"), [("journal-changed", 6)]),
        (ONE + TWO + "Nog iets.\n", [("journal-changed", 6)]),
        (ONE, [("journal-removed", 4)]),
        (TWO + ONE, [("journal-reordered", 4)]),
        (ONE + THREE + TWO, [("journal-inserted", 6)]),
        (ONE + TWO + TWO, []),
        (ONE + "### 2026-11-21 kapot\n" + TWO, [("journal-inserted", 6)]),
    ],
)
def test_entries_that_were_there_stay_as_they_were(after: str, expected) -> None:
    assert checks(journal.broken_promises(read(ONE + TWO), read(after))) == expected


# -- a first look ----------------------------------------------------------------------------------

HEADS = st.sampled_from(
    [
        *(
            "### 2026-11-21T14:05+01:00 talk by:mentor with:P1 id:J1\n",
            "### 2026-11-21T15:00+02:00",
        ),
        *(
            "### 2026-11-22T09:00+01:00 note by:mentor id:J2\n",
            "### 2026-11-21T14:05:30Z note id:J3\n",
        ),
        *("### 2026-13-21T14:05+01:00 note id:J4\n", "###  2026-11-23T14:05+01:00 note id:J5\n"),
        *(
            "### 2026-11-24T14:05+01:00 note id:J6 corrects:J1\n",
            "### 2026-11-24T14:05+01:00 note\n",
        ),
        *(" note id:J7\n", "### Kop\n", "#### 2026-11-21T14:05+01:00\n", "###\t2026-11-21T14:05\n"),
        *("Tekst.\n", "\n", "\r\n", "## Logboek\n", " ", "### 2026-11-25T14:05+01:00 note id:J8"),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(HEADS, max_size=8))
def test_a_journal_that_looks_usual_has_nothing_wrong(parts: list[str]) -> None:
    body = "".join(parts)
    if is_usual(body):
        assert journal.read(read(body))[1] == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Vrije tekst.\n",
        "## Logboek\n\n### 2026-11-21T14:05+01:00 talk by:mentor with:P1,P2 id:J1\n\nTekst.\n"
        "\n### 2026-11-21T14:05+01:00 note by:mentor id:J2\n",
        "### 2026-03-28T14:05+01:00 note id:J1\n### 2026-03-29T14:05+02:00 note id:J2\n",
        "### 2026-10-25T02:50+02:00 note id:J1\n### 2026-10-25T02:10+01:00 note id:J2\n",
        "Een #woord, een ## en\n# een kop.\n",
    ],
)
def test_a_journal_as_the_program_writes_it_needs_no_second_look(body: str) -> None:
    assert is_usual(body)


PIECES = (
    *(ONE, TWO, THREE, ONE.rstrip("\n"), THREE.replace("J3", "J1"), "Los.\n", "\n", "### Kop\n"),
    *(TWO.replace("P3", "P5"), "### 2026-11-24T09:00+01:00 note id:J4", "## Logboek\n", " ### x\n"),
)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=5),
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.integers(0, 2),
)
def test_a_journal_that_only_grew_needs_no_second_look(
    old: list[str], more: list[str], left_out: int
) -> None:
    """The quick look and the close one say the same, also of entries that have one id."""
    kept = old[: len(old) - left_out] if left_out else old
    before, after = read("".join(old)), read("".join([*kept, *more]))
    quick = journal.broken_promises(before, after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "_only_longer", lambda _before, _after: False)
        assert journal.broken_promises(before, after) == quick


def test_of_entries_with_one_id_each_stays_as_it_was() -> None:
    twice = ONE + THREE.replace("J3", "J1")
    changed = ONE + THREE.replace("J3", "J1").replace("Klaar", "Niet klaar")
    assert checks(journal.broken_promises(read(twice), read(changed))) == [("journal-changed", 6)]
