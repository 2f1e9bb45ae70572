"""Following references of policy records: every record once, unknown kinds name nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from casebook.checks import policy_links

AHEAD = {"b@1": ["d@1"], "c@1": ["d@1"], "d@1": []}


def test_a_record_that_several_ways_lead_to_is_followed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    followed: list[str] = []

    def at(path: str, _field: str, _judgement: Any) -> list[str]:
        followed.append(path)
        return AHEAD[path]

    monkeypatch.setattr(policy_links, "_paths", lambda _kind, named, _judgement: [named])
    monkeypatch.setattr(policy_links, "_at", at)
    after = SimpleNamespace(id="a@1", get=lambda _field: ["b@1", "c@1"])
    subject: Any = SimpleNamespace(kind=None, after=after)
    judgement: Any = None
    assert list(policy_links._circle(subject, "translates", judgement)) == []
    assert sorted(followed) == ["b@1", "c@1", "d@1"]


def test_a_kind_that_the_casebook_does_not_have_offers_nothing() -> None:
    catalogue = SimpleNamespace(kinds={})
    judgement: Any = SimpleNamespace(policy=SimpleNamespace(catalogue=catalogue))
    assert policy_links._known("absent", "anything", judgement) == []
