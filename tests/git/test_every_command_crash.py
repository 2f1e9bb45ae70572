"""Every command that writes, killed at every moment: old or new, and doctor makes it whole.

``benchmarks/kills.py`` kills the same commands at every system call that changes the disk.
"""

from __future__ import annotations

from typing import Any

import pytest
from clones import killed
from writing import COMMANDS, Before, torn

POINTS = ("prepared", "noted", "replaced-one", "replaced", "staged", "committed", "verified")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_left_old_or_new(school: Any, name: str, point: str) -> None:
    program, words = COMMANDS[name](school)
    before = Before.of(school)
    killed(point, lambda: school.run(*words, program=program))
    assert torn(school, before) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_works_when_nobody_kills_it(school: Any, name: str) -> None:
    program, words = COMMANDS[name](school)
    before = Before.of(school)
    answer = school.run(*words, program=program)
    assert answer.code == 0, answer.err
    assert school.head() != before.head
    assert torn(school, before) == []
