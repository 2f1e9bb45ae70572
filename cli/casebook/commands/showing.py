"""What ``git case show`` does, apart from its options: the command looked at most often.

It imports no Click, so that a plain ``git case show ID`` need not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.linking import Inverse
    from casebook.commands.session import Session


def case(session: Session, typed: str, full: bool, paper: bool, as_json: bool) -> int:
    """Show the case that was meant; answers the exit code."""
    from casebook.actions import reading
    from casebook.actions.outlook import outlook
    from casebook.render import casepage, say

    desk = session.desk
    full = full or paper
    record = desk.case(typed) if as_json else reading.one(desk, typed)
    others: Sequence[Inverse] = ()
    if full:
        from casebook.actions import linking

        others = linking.to(desk, record)
    if as_json:
        say.answer(casepage.data(record, others))
        return 0
    width = 80 if paper else say.width()
    say.lines(casepage.page(desk.cases, outlook(desk, record), others, width, full=full))
    if record.get("measures"):
        from casebook.actions.advising import consequent
        from casebook.render import consequentpage

        say.lines(consequentpage.lines(desk.cases, consequent(desk, record, alone=not full), width))
    return 0
