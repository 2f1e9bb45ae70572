"""A desk in a small casebook in memory: the shipped schemas, and only the policy a test gives.

It reads and never writes; the clock stands still.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import shop

from casebook.actions.desk import Desk
from casebook.document.compose import compose
from casebook.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

NOON = "2026-11-20T12:00+01:00"
FOLDERS = {"activity": "activities"}
SCHOOL = {"id": "school", "name": "Voorbeeldschool", "sector": "vo", "region": "midden"}
FORCE = {"state": "adopted", "in_force_from": "2026-08-01"}


def record(what: str, identity: str, /, **fields: Any) -> dict[str, bytes]:
    """The file of a policy record, with these fields as they stand."""
    folder = FOLDERS.get(what, f"{what}s")
    given = {name: value for name, value in fields.items() if value != ""}
    data = {"id": identity, "title": identity, **given}
    return {f"policy/{folder}/{identity}.md": compose(data, "").encode()}


def page(**fields: Any) -> dict[str, bytes]:
    """The school's own page."""
    return {"policy/school.md": compose({**SCHOOL, **fields}, "").encode()}


def desk(*files: Mapping[str, bytes], now: str = NOON) -> Desk:
    """A desk in the casebook of these files; without a school's page, that of ``SCHOOL``."""
    there = {path: raw for path, raw in shop.shipped().items() if path.startswith("schemas/")}
    there |= page()
    for some in files:
        there |= some
    return over(there, now)


def model(now: str = NOON, **files: bytes) -> Desk:
    """A desk in the casebook as it is shipped."""
    return over({**shop.shipped(), **files}, now)


def over(files: Mapping[str, bytes], now: str = NOON) -> Desk:
    """A desk over exactly these files."""
    found = Desk(shop.casebook(now=datetime.fromisoformat(now)))
    found.tree = MemorySnapshot(files)  # type: ignore[assignment]
    return found
