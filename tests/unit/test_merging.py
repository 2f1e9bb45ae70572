"""Two versions of one record become one, or every clash is named; nothing of either is lost."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.document import Document, journal, parse
from casebook.document.edit import SetValue, apply
from casebook.merging import Merged, choices, merge

BASE = """---
id: 2026-7KQ2X
# ours, do not touch
state: reported   # by the mentor
owner: mentor
where: [online]
persons:
  - id: P1
    kind: pupil
    roles: [victim]
actions:
  - id: A1
    text: Call home
    owner: mentor
---
What we know.

## Logboek

### 2026-11-18T11:05+01:00 note by:mentor id:J1
One.
"""


def document(text: str) -> Document:
    found, wrong = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert found is not None, wrong
    return found


def never(_base: str, _theirs: str, _mine: str) -> str | None:
    """A line-by-line merge that always finds a conflict: the fields must do."""
    return None


def merged(theirs: str, mine: str, base: str = BASE) -> Merged:
    return merge(document(base), document(theirs), document(mine), never)


def clashes(result: Merged) -> list[tuple[Any, ...]]:
    assert result.document is None
    return [(one.why, *one.place) for one in result.clashes]


def text(result: Merged) -> str:
    assert result.document is not None, result.clashes
    return result.document.text


FIELDS = {
    "state": ("state: reported", "state: investigating"),
    "owner": ("owner: mentor\nwhere", "owner: principal\nwhere"),
    "where": ("where: [online]", "where: [grounds]"),
    "kind": ("kind: pupil", "kind: staff"),
    "roles": ("roles: [victim]", "roles: [victim, depicted]"),
    "text": ("text: Call home", "text: Call both homes"),
    "new": ("persons:\n", "impact: Much\npersons:\n"),
    "person": ("actions:\n", "  - id: P2\n    kind: outsider\nactions:\n"),
    "action": ("owner: mentor\n---", "owner: mentor\n  - id: A2\n    text: Talk\n---"),
}


@pytest.mark.parametrize(("one", "other"), list(permutations(FIELDS, 2)))
def test_changes_of_different_fields_are_both_kept(one: str, other: str) -> None:
    theirs, mine = (BASE.replace(*FIELDS[name]) for name in (one, other))
    result = text(merged(theirs, mine))
    assert document(result).data == document(theirs.replace(*FIELDS[other])).data
    assert "# ours, do not touch" in result
    assert "# by the mentor" in result


def test_the_same_change_of_both_is_no_clash() -> None:
    changed = BASE.replace(*FIELDS["owner"])
    assert text(merged(changed, changed.replace(*FIELDS["state"]))).count("owner: principal") == 1


def test_one_field_changed_in_two_ways_is_named_with_all_three_values() -> None:
    result = merged(
        BASE.replace("owner: mentor\nwhere", "owner: principal\nwhere"),
        BASE.replace("owner: mentor\nwhere", "owner: board\nwhere"),
    )
    assert clashes(result) == [("changed", "owner")]
    clash = result.clashes[0]
    assert (clash.base, clash.theirs, clash.mine) == ("mentor", "principal", "board")


def test_all_clashes_are_named_at_once() -> None:
    theirs = BASE.replace("owner: mentor", "owner: principal").replace("One.", "Changed.")
    mine = BASE.replace("owner: mentor", "owner: board").replace("What we know", "What I know")
    found = clashes(merged(theirs, mine))
    assert found == [("changed", "owner"), ("changed", "actions", "A1", "owner")]


def test_two_new_entries_with_one_id_are_shown_and_never_renumbered() -> None:
    more = "roles: [victim]\n  - id: P2\n    kind: {kind}"
    result = merged(
        BASE.replace("roles: [victim]", more.format(kind="staff")),
        BASE.replace("roles: [victim]", more.format(kind="pupil")),
    )
    assert clashes(result) == [("same-id", "persons", "P2")]
    assert result.clashes[0].theirs == {"id": "P2", "kind": "staff"}


def test_what_one_removed_and_the_other_changed_is_named() -> None:
    without = BASE.replace("  - id: A1\n    text: Call home\n    owner: mentor\n", "")
    without = without.replace("actions:\n", "actions: []\n")
    changed = BASE.replace(*FIELDS["text"])
    assert clashes(merged(without, changed)) == [("removed", "actions", "A1")]
    assert clashes(merged(changed, without)) == [("removed", "actions", "A1")]
    assert "Call home" not in text(merged(BASE.replace(*FIELDS["state"]), without))


def test_values_that_both_added_to_a_list_are_united() -> None:
    theirs = BASE.replace("[online]", "[online, grounds]")
    mine = BASE.replace("[online]", "[online, lesson]")
    assert "where: [online, grounds, lesson]" in text(merged(theirs, mine))
    assert clashes(merged(theirs, BASE.replace("[online]", "[lesson]"))) == [("changed", "where")]


def note(number: int, words: str, more: str = "", at: str = "11:10") -> str:
    return f"\n### 2026-11-18T{at}+01:00 note by:mentor id:J{number}{more}\n{words}\n"


def test_notes_of_both_are_kept_and_mine_get_the_next_numbers() -> None:
    mine = BASE + note(2, "Mine.", at="11:08") + note(3, "Mine too.", " corrects:J2")
    result = merged(BASE + note(2, "Theirs."), mine)
    assert result.renamed == {"J2": "J3", "J3": "J4"}
    assert result.document is not None
    entries = journal.read(result.document)[0]
    assert [(one.id, one.text, one.corrects) for one in entries] == [
        ("J1", "One.", ""),
        ("J2", "Theirs.", ""),
        ("J3", "Mine.", ""),
        ("J4", "Mine too.", "J3"),
    ]
    assert journal.broken_promises(document(BASE + note(2, "Theirs.")), result.document) == []


def test_a_first_note_of_both_gets_one_title() -> None:
    bare = BASE.partition("\n## Logboek")[0]
    theirs, mine = (bare + "\n## Logboek\n" + note(1, who) for who in ("Theirs.", "Mine."))
    result = text(merged(theirs, mine, bare))
    assert result.count("## Logboek") == 1
    assert result.index("Theirs.") < result.index("Mine.")


def test_an_entry_i_blanked_is_blanked_in_theirs() -> None:
    blank = BASE.replace("id:J1\nOne.", "id:J1 redacted:avg\nRemoved on request.")
    result = text(merged(BASE + note(2, "Theirs."), blank))
    assert "One." not in result
    assert "redacted:avg" in result and "Theirs." in result


def test_an_entry_that_was_changed_is_named() -> None:
    assert clashes(merged(BASE + note(2, "Theirs."), BASE.replace("One.", "Two."))) == [
        ("journal", "journal", "J1")
    ]


def test_free_text_is_merged_line_by_line_or_named() -> None:
    theirs = BASE.replace("What we know.", "What they know.")
    mine = BASE.replace("What we know.", "What I know.")
    assert clashes(merged(theirs, mine)) == [("text",)]
    both = merge(document(BASE), document(theirs), document(mine), lambda *_: "What all know.\n")
    assert "\nWhat all know.\n\n## Logboek\n\n### " in text(both)
    assert "What I know." in text(merged(BASE + note(2, "Theirs."), mine))


def test_a_comment_of_mine_is_kept_or_the_merge_stops() -> None:
    theirs = BASE.replace(*FIELDS["owner"])
    mine = BASE.replace("# ours", "# Ours, still")
    assert clashes(merged(theirs, mine)) == [("comment",)]
    assert "# Ours, still" in text(merged(BASE + note(2, "Theirs."), mine))


def test_line_ends_and_byte_order_mark_of_theirs_stay() -> None:
    theirs = document(BASE)
    raw = b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode()
    windows, _wrong = parse(raw, theirs.path)
    assert windows is not None
    mine = document(BASE.replace(*FIELDS["owner"]) + note(2, "Mine."))
    result = merge(windows, windows, mine, never).document
    assert result is not None
    assert result.raw.startswith(b"\xef\xbb\xbf")
    assert result.raw.count(b"\n") == result.raw.count(b"\r\n")
    assert result.data["owner"] == "principal"


def test_a_new_file_of_both_is_named_unless_it_is_the_same() -> None:
    one, other = document(BASE), document(BASE.replace(*FIELDS["owner"]))
    assert clashes(merge(None, one, other, never)) == [("file",)]
    assert merge(None, one, one, never).document is one


VALUES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)
KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), VALUES), KEYS, KEYS, VALUES)
def test_nothing_is_lost_whoever_comes_first(
    start: dict[str, str], one: list[str], other: list[str], value: str
) -> None:
    """Merging A onto B and B onto A gives the same fields, or clashes both times."""
    base = document("---\nid: x\n---\n")
    base = apply(base, [SetValue((key,), f"was {word}".strip()) for key, word in start.items()])
    theirs = apply(base, [SetValue((key,), f"t {value}".strip()) for key in one])
    mine = apply(base, [SetValue((key,), f"m {value}".strip()) for key in other])
    there, back = merge(base, theirs, mine, never), merge(base, mine, theirs, never)
    shared = sorted(set(one) & set(other))
    if shared:
        assert sorted(str(clash.place[0]) for clash in there.clashes) == shared
        assert there.document is back.document is None
    else:
        assert there.document is not None and back.document is not None
        assert there.document.data == back.document.data
        assert all(there.document.data[key].startswith("t") for key in one)
        assert all(there.document.data[key].startswith("m") for key in other)


def decided(theirs: str, mine: str, choice: str) -> str:
    result = merge(
        document(BASE), document(theirs), document(mine), never, decide=lambda _clash: choice
    )
    return text(result)


def test_a_clash_is_settled_by_a_choice() -> None:
    theirs = BASE.replace("owner: mentor\nwhere", "owner: principal\nwhere")
    mine = BASE.replace("owner: mentor\nwhere", "owner: board\nwhere")
    assert "owner: principal" in decided(theirs, mine, "theirs")
    assert "owner: board" in decided(theirs, mine, "mine")


def test_two_persons_under_one_code_are_both_kept_when_that_is_chosen() -> None:
    more = "roles: [victim]\n  - id: P2\n    kind: {kind}"
    theirs = BASE.replace("roles: [victim]", more.format(kind="staff"))
    mine = BASE.replace("roles: [victim]", more.format(kind="pupil"))
    both = document(decided(theirs, mine, "both")).data["persons"]
    assert both[1:] == [{"id": "P2", "kind": "staff"}, {"id": "P3", "kind": "pupil"}]
    clash = merged(theirs, mine).clashes[0]
    assert choices(clash) == ("theirs", "both")


def test_texts_of_both_stand_below_each_other_when_that_is_chosen() -> None:
    theirs = BASE.replace("What we know.", "What they know.")
    mine = BASE.replace("What we know.", "What I know.")
    assert "What they know.\n\nWhat I know.\n\n## Logboek" in decided(theirs, mine, "both")
