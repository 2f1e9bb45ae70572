"""What will be told may be found out early; what goes wrong then is said when it is told."""

from __future__ import annotations

import pytest

from casebook.actions.ahead import Ahead


def test_a_value_is_made_once_early_or_late() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    early, late = Ahead(make), Ahead(make)
    early.begin()
    assert made == [1]
    assert early.value() == early.value() == 1
    assert late.value() == 2


def test_what_goes_wrong_early_is_said_when_it_is_asked() -> None:
    def wrong() -> int:
        raise ValueError("no")

    ahead = Ahead(wrong)
    ahead.begin()
    with pytest.raises(ValueError, match="no"):
        ahead.value()
