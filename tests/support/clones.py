"""Sharing between real clones of one casebook, in process, and processes that die on their way.

It imitates nothing: git moves every byte.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

from casebook.actions import syncing
from casebook.actions.desk import Desk
from casebook.actions.replaying import always
from casebook.casebook import Casebook as Book
from casebook.history import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def desk(school: Any) -> Desk:
    """The desk of whoever works in this copy."""
    from casebook.marker import read_settings  # as a session reads it

    return Desk(Book(school.root, read_settings(school.root), clock=school.clock))


def sync(school: Any, choice: str = "") -> syncing.Synced:
    """``casebook sync``, or ``casebook resolve --take`` with a choice."""
    one = desk(school)
    try:
        return syncing.sync(one, always(choice)) if choice else syncing.sync(one)
    finally:
        one.close()


def clone(school: Any, bare: Path, root: Path, name: str) -> Any:
    """Another copy of a shared casebook, with somebody else at it."""
    subprocess.run(["git", "clone", "-q", str(bare), str(root)], check=True)
    other = type(school)(root, school.clock)
    other.git("config", "user.name", name)
    other.git("config", "user.email", f"{name.split(maxsplit=1)[0].casefold()}@example.org")
    return other


def same(one: Any, other: Any) -> bool:
    """Whether two copies show the same moment of history."""
    return bool(one.head() == other.head())


def clean(school: Any) -> None:
    """Nothing is unsaved, and the casebook keeps to its rules."""
    assert school.git("status", "--porcelain").stdout == ""
    assert school.run("check", program="casebook").code == 0


def killed(point: str, work: Callable[[], object]) -> None:
    """Do ``work`` in a process that dies at ``point``, and must come that far."""
    child = os.fork()
    if child == 0:  # pragma: no cover - it dies by its own hand
        faults.KILL_AT = point
        try:
            work()
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 9, point
