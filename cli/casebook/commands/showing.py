"""What ``git case show`` does, apart from its options: the command looked at most often.

It imports no Click, so that a plain ``git case show ID`` need not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.commands.session import Session


def case(
    session: Session,
    typed: str,
    *,
    full: bool = False,
    paper: bool = False,
    as_json: bool = False,
) -> int:
    """Show the case that was meant; answers the exit code."""
    from casebook.actions import reading
    from casebook.actions.outlook import outlook
    from casebook.render import casepage, say

    desk = session.desk
    if as_json:
        say.answer(casepage.data(desk.case(typed)))
        return 0
    record = reading.one(desk, typed)
    width = 80 if paper else say.width()
    say.lines(casepage.page(desk.cases, outlook(desk, record), width, full=full or paper))
    if record.get("measures"):
        from casebook.actions.advising import consequent
        from casebook.render import consequentpage

        say.lines(consequentpage.lines(desk.cases, consequent(desk, record), width))
    return 0
