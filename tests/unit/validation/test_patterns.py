"""Patterns of the dialect are quick on every text and mean the same in both engines."""

from __future__ import annotations

import pytest

from casebook.validation.patterns import unsafe


@pytest.mark.parametrize(
    "pattern",
    [
        "^P[1-9][0-9]{0,3}$",
        "^x_[a-z0-9_]+$",
        "^(?:a|b)[0-9]*$",
        "^[0-9]{4}-[0-9A-HJKMNP-TV-Z]{5}$",
        r"^a\.b\-[\]x]$",
        "^[^ ]{1,}$",
        "^a?b{3}$",
    ],
)
def test_short_flat_patterns_are_fine(pattern: str) -> None:
    assert unsafe(pattern) == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a)*$",
        "^(a|b){2}$",
        "^a*a*a*!$",
        "^a+b+$",
        "^a{2,}b{3,}$",
        "^((a))$",
        "^(a$",
        "^a)$",
        "a+",
        "^a",
        "^",
        "",
        "^a|b$",
        "^*a$",
        "^(+a)$",
        "^a**$",
        "^a+?b$",
        "^(a|*)$",
        r"^\d+$",
        r"^[\w]+$",
        r"^(a)\1$",
        "^a.b$",
        "^(?=a)b$",
        "^(?i)a$",
        "^a^b$",
        "^a$b$",
        "^a{1001}$",
        "^[z-a]$",
        "^a{2,1}$",
    ],
)
def test_a_pattern_that_may_be_slow_or_ambiguous_is_refused(pattern: str) -> None:
    assert unsafe(pattern)
