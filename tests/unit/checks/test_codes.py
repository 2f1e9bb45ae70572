"""What a code says is looked at with the school's list of words, and without one not at all."""

from __future__ import annotations

import shop

from casebook.checks import judge
from casebook.snapshot import Change, MemorySnapshot

RULE = "policy/rules/forwarding@1.md"
WORDS = "schemas/reference/wording.json"


def found(files: dict[str, bytes]) -> list[str]:
    raw = files[RULE]
    snapshot = MemorySnapshot(files)
    context = judge.judgement(shop.casebook(), snapshot, snapshot)
    return [one.check for one in judge.judge([Change(RULE, raw, raw)], context, changed=False)]


def test_without_the_list_of_words_nothing_is_said_about_them() -> None:
    files = dict(shop.shipped())
    raw = files[RULE].decode()
    line = next(one for one in raw.splitlines() if one.startswith("positive:"))
    files[RULE] = raw.replace(line, "positive: Je mag geen beelden doorsturen.").encode()
    assert "positive-forbids" in found(files)
    del files[WORDS]
    assert "positive-forbids" not in found(files)
