"""``git case`` without more: what now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.commands.session import Session


def run(session: Session, *, as_json: bool = False, mine: bool = False) -> int:
    """Show what has to be done now."""
    from casebook.commands.overview import overview

    return overview(session, mine=mine)
