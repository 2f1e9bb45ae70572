"""What several commands share between reading their words and printing their outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.commands import asking
from casebook.commands.naming import given
from casebook.i18n import _
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.outcome import Outcome
    from casebook.commands.session import Session


def set_moment(session: Session, on: str | None) -> str:
    """Take ``--on`` as the moment of this run, say how it was read, and answer it as stored."""
    if not on:
        return ""
    from datetime import datetime

    from casebook import dates
    from casebook.i18n import language

    read = dates.read_typed(on, session.desk.now, past=True, format="moment")
    day, _space, clock = read.partition(" ")
    now = session.desk.now
    moment = datetime.fromisoformat(f"{day}T{clock or now.strftime('%H:%M')}")
    session.at(moment.replace(tzinfo=now.tzinfo))
    if on.strip() != read and not session.json:
        say.aside(_("Read as: {date}").format(date=dates.spoken(moment.date(), language())))
    return read


def finish(session: Session, outcome: Outcome) -> int:
    """Print what a writing command did."""
    say.outcome(session, outcome)
    return 0


def move(session: Session, name: str, case: str, options: Mapping[str, Any]) -> int:
    """Make a move: judged first, then asked, then made."""
    from casebook.actions import casemoves, moving

    set_moment(session, options.get("on"))
    desk = session.desk
    desk.watch()
    record = desk.case(case)
    found = desk.cases.workflow.moves[name]
    typed = given(options)
    reader = desk.reader(record)
    form = moving.form(desk, record, found)
    asked = moving.options(desk, record, found, form)
    early = {one.name: reader.read(one, typed[one.name]) for one in asked if one.name in typed}
    casemoves.require_possible(desk, record, found, early)
    needed = [one for one in asked if one.name in typed]
    needed += [one for one in form if one.name not in typed]
    values = asking.fill(session, needed, typed, reader, every=True)
    dry_run = bool(options.get("dry_run"))
    return finish(session, casemoves.make(desk, record.id, found, values, dry_run=dry_run))


def policy_move(
    session: Session, name: str, references: Sequence[str], options: Mapping[str, Any]
) -> int:
    """Make a move of policy records with all that goes along: judged first, then asked, then made.

    ``--on`` is the day of the decision where the move asks for that.
    """
    from casebook.actions import gathering, policymoves
    from casebook.versions import DECIDED_ON

    on = set_moment(session, options.get("on"))
    desk = session.desk
    found = gathering.gather(desk, references, name)
    policymoves.require_states(desk, found)
    typed = given(options)
    asked = policymoves.options(desk, found)
    for one in asked:
        if on and one.name == DECIDED_ON:
            typed.setdefault(one.name, [on[:10]])
    reader = desk.reader(found.roots[0], desk.policy.catalogue.kind(found.roots[0].kind))
    early = {one.name: reader.read(one, typed[one.name]) for one in asked if one.name in typed}
    open_questions = [one for one in policymoves.form(desk, found) if one.name not in typed]
    policymoves.require_possible(desk, found, early, [one.name for one in open_questions])
    needed = [one for one in asked if one.name in typed] + open_questions
    values = asking.fill(session, needed, typed, reader, every=True)
    return finish(
        session, policymoves.make(desk, found, values, dry_run=bool(options.get("dry_run")))
    )
