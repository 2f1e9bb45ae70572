"""The answer to a bare command: what now, or the three ways into a casebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.render import say

if TYPE_CHECKING:
    from casebook.commands.session import Session


def overview(session: Session, *, mine: bool) -> int:
    """Print what now; outside a casebook the three ways in. 1 when a file is wrong.

    Raises EnvironmentProblem when git cannot say what is unsaved, after showing the rest.
    """
    from casebook.render import nowpage

    if session.root is None:
        if session.json:
            say.answer({"casebook": None})
        else:
            say.lines(nowpage.ways_in(say.width()))
        return 0
    from casebook.actions import overviewing

    found = overviewing.overview(session.desk, mine=mine)
    if found.problem is not None and session.json:
        raise found.problem
    if session.json:
        say.answer(nowpage.data(found))
    else:
        say.lines(nowpage.page(found, say.width()))
        say.findings((*found.strange, *found.unreadable))
    if found.problem is not None:
        raise found.problem
    return 1 if found.unreadable or found.strange else 0
