"""Personal data in text: found by pattern and context, never repeated."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from casebook import personal
from casebook.frozen import fields_of
from casebook.personal import Hit, message, read_public, scan
from casebook.traces import traces

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "records" / "personal"
PUBLIC = read_public((ROOT / "schemas" / "reference" / "public-numbers.json").read_bytes())


def _lines(name: str) -> list[str]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def _kinds(text: str) -> list[str]:
    return [hit.kind for hit in scan(text, PUBLIC)]


def test_recall_is_at_least_99_percent() -> None:
    positives = [line.split("\t", 1) for line in _lines("positive.txt")]
    missed = [text for kind, text in positives if kind not in _kinds(text)]
    recall = 1 - len(missed) / len(positives)
    print(f"personal data: {len(positives)} positives, recall {recall:.1%}")
    assert len(positives) >= 200
    assert {kind for kind, _ in positives} == set(personal.KINDS)
    assert recall >= 0.99, missed


def test_false_blocks_are_at_most_1_percent() -> None:
    negatives = _lines("negative.txt")
    blocked = [text for text in negatives if scan(text, PUBLIC)]
    print(f"personal data: {len(negatives)} negatives, blocked {len(blocked) / len(negatives):.1%}")
    assert len(negatives) >= 200
    assert len(blocked) / len(negatives) <= 0.01, blocked


def test_the_corpora_as_whole_texts_give_the_same_answers() -> None:
    negatives = "\n\n".join(_lines("negative.txt"))
    positives = [line.split("\t", 1)[1] for line in _lines("positive.txt")]
    assert scan(negatives, PUBLIC) == []
    lines = {hit.line for hit in scan("\n\n".join(positives), PUBLIC)}
    assert len(lines) >= 0.99 * len(positives)


def test_a_bsn_without_words_near_it_is_a_number() -> None:
    drawn = random.Random(5)
    passing = [
        n for n in (str(drawn.randrange(10**8, 10**9)) for _ in range(2000)) if bsn.is_valid(n)
    ]
    assert 100 < len(passing) < 300, "about 9 % of nine digits pass the test"
    assert not any(scan(f"De teller stond op {number} en liep door.") for number in passing)
    assert all(_kinds(f"Het BSN is {number}.") == ["bsn"] for number in passing)


def test_a_number_that_fails_its_own_test_is_no_bsn() -> None:
    assert scan("Het BSN is 111222334.") == []
    assert scan("IBAN NL92 TEST 9417 1643 00") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\nb\n  bel 06-12345678.", Hit("phone", 3, 7, 11)),
        ("a\r\n\U0001f600 x@voorbeeld.nl", Hit("email", 2, 3, 14)),
        ("0201234567", Hit("phone", 1, 1, 10)),
        ("BSN\n\nbsn: 111222333\n", Hit("bsn", 3, 6, 9)),
    ],
)
def test_a_hit_tells_the_place_in_characters(text: str, place: Hit) -> None:
    assert scan(text) == [place]


def test_one_place_is_one_hit_and_half_a_number_is_none() -> None:
    assert _kinds("0612345678@voorbeeld.nl") == ["email"]
    assert _kinds("@.voorbeeld.nl en 'x'@voorbeeld") == []
    assert _kinds("kenmerk 0201234567, niet 020 1234567") == ["phone"]
    assert _kinds("+10 20 30 40") == []


def test_national_contact_points_pass_in_every_form() -> None:
    for form in ("020 261 52 75", "020-2615275", "0202615275", "+31 20 261 52 75", "+31202615275"):
        assert scan(f"Helpwanted: {form}.", PUBLIC) == []
        assert [hit.kind for hit in scan(f"Helpwanted: {form}.")] == ["phone"]
    assert scan("mail info@voorbeeld.nl", {"info@voorbeeld.nl"}) == []


@pytest.mark.parametrize("raw", [b"[]", b'{"public": [{}]}', b"{", b'{"public": 1}'])
def test_a_wrong_list_of_public_numbers_is_named(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_public(raw)


def test_a_message_names_line_and_kind_and_never_the_value() -> None:
    for kind in personal.KINDS:
        wrong, remedy = message(Hit(kind, 41, 3, 9))
        assert wrong.startswith("Line 41 looks like ")
        assert wrong.endswith("Cases hold codes (P1).")
        assert remedy
    for line in _lines("positive.txt"):
        text = line.split("\t", 1)[1]
        for hit in scan(text, PUBLIC):
            value = text[hit.column - 1 : hit.column - 1 + hit.length]
            assert value not in repr(hit) + "".join(message(hit)) or len(value) < 4


def test_a_text_without_a_candidate_imports_nothing() -> None:
    code = (
        "import sys; from casebook.personal import scan\n"
        "scan('Mentor sprak P1 op 2026-11-18 10:30, klas 4hav1, bel 0612345678.' * 50)\n"
        "print(sorted(m for m in sys.modules if m.startswith('stdnum')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "cli")},
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text", ["1 " * 20000, "0-" * 20000, "a.b." * 10000 + "@", "NL12" * 10000, "geboren " * 5000]
)
def test_hostile_texts_cost_linear_time(text: str) -> None:
    """Passing at all within the suite's patience is the assertion; nothing there is a person."""
    assert scan(text) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 +-./()@abNL:\n", max_size=80))
def test_any_text_gives_hits_in_order_inside_the_text(text: str) -> None:
    lines = text.split("\n")
    hits = scan(text)
    assert hits == sorted(hits, key=lambda hit: (hit.line, hit.column))
    for hit in hits:
        assert hit.kind in personal.KINDS
        assert 1 <= hit.column <= len(lines[hit.line - 1])


# -- looking first whether there can be anything ---------------------------------------------------

SEARCHES = {
    "numbers": lambda text: personal._numbers(text, ()),
    "emails": lambda text: personal._emails(text, ()),
    "ibans": personal._ibans,
    "births": personal._birth_dates,
}
PIECES = st.sampled_from(
    [
        *(
            "\n### 2026-11-18T14:05+01:00",
            "\n### 0612-34-56T78:90+06:06",
            " note by:mentor id:J1\n",
            "\n### 2026-11-18T14:05+01:00 ",
            "### 2026-11-18T14:05+01:00 1 ",
        ),
        *("---\n", "\n---\n", "\n---\n", "123 4567", "M1"),
        *(": 2026-11-18\n", ": 0612-34-56 78:90\n", ": 2026-11-18 06:12\n", ": 0", "- ", ": "),
        *("06", "12345678", "345678", "2026", "1234 AB 5", "1234ab 7", "+31", "0031", "316", "020"),
        *("NL91ABNA0417164300", "nl91 abna 0417 1643 00", "geb. 3-4-2011", "born on 3 April 2011"),
        *(
            "Geboren",
            "geb",
            "dob 03-04-2011",
            "d.o.b. ",
            "3-4-2011",
            "mail@example.org",
            "@",
            "BSN ",
        ),
        *(
            " ",
            "\n",
            "-",
            ".",
            "/",
            "(",
            ")",
            "\u00a0",
            "\u2013",
            "\u2011",
            ":",
            "T",
            "é",
            "a",
            "_",
        ),
    ]
)


def _missed(text: str) -> list[str]:
    """The searches that find something where it was said that there is nothing to find."""
    told = fields_of(traces(text.encode("utf-8", "replace")))
    return [name for name, search in SEARCHES.items() if not told[name] and list(search(text))]


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4) | st.from_regex(r"[0-9 .:/+-]{1,12}"), max_size=9))
def test_what_the_first_look_passes_over_holds_nothing(pieces: list[str]) -> None:
    assert _missed("".join(pieces)) == []


def test_the_first_look_passes_over_no_known_example() -> None:
    positives = [line.split("\t", 1)[1] for line in _lines("positive.txt")]
    shapes = (
        "{}",
        "on: {}\n",
        "\n### 2026-11-18T14:05+01:00 {}\n",
        "x{}",
        "\u00a0{}\u00a0",
        "06 {}",
    )
    assert [
        text for one in positives for shape in shapes if _missed(text := shape.format(one))
    ] == []


def test_bytes_are_searched_as_their_text_is() -> None:
    texts = [line.split("\t", 1)[1] for line in _lines("positive.txt")]
    texts += ["\ufeff" + text for text in texts] + _lines("negative.txt")
    for text in texts:
        found = personal.scan_bytes(text.encode(), PUBLIC)
        assert found == scan(text.removeprefix("\ufeff"), PUBLIC)


def test_an_ordinary_case_needs_no_search_for_numbers() -> None:
    text = (
        "---\nid: 2026-7KQ2X\nreported: 2026-11-18 14:05\noccurred: 2026-11-17\n---\n## Logboek\n"
        "\n### 2026-11-18T14:05+01:00 talk by:mentor with:P1 id:J1\n\nRustig gesproken.\n"
    )
    assert not traces(text.encode())
