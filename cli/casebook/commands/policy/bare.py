"""``git policy`` without more: what now, in the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.commands.session import Session


def run(session: Session, *, as_json: bool = False, mine: bool = False) -> int:
    """Show what is due and where the gaps are; outside a casebook the ways in."""
    from casebook.commands.overview import overview

    if session.root is None:
        return overview(session, mine=False)
    from casebook.actions import competences, coverage, duetasks
    from casebook.render import duepage, say

    desk = session.desk
    found = duetasks.todo(desk, owner=desk.role if mine else "")
    gaps = {
        "coverage": coverage.coverage(desk, found.today).gaps,
        "competences": len(competences.matrix(desk).gaps),
    }
    if session.json:
        say.answer({**duepage.data(found), "gaps": gaps})
    else:
        say.lines(duepage.what_now(found, desk.cases, gaps, say.width()))
        say.findings(found.unreadable)
    return 1 if found.unreadable else 0
