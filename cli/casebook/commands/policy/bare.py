"""``git policy`` without more: the policy records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.commands.session import Session


def run(session: Session, *, as_json: bool = False, mine: bool = False) -> int:
    """Show the policy records; outside a casebook the ways in."""
    from casebook.commands.overview import overview

    if session.root is None:
        return overview(session, mine=False)
    from casebook.commands.policy.list_ import show

    return show(session)
