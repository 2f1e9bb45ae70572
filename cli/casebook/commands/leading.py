"""Leading through a case: what is missing becomes questions, each answer is saved at once.

It holds the conversation only; what to ask and how it is written stands in ``actions.tasks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions.forms import Field
from casebook.commands import asking
from casebook.errors import CasebookError, NoSuchRecordError
from casebook.frozen import replace
from casebook.i18n import _, ngettext
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.actions.outlook import Prospect
    from casebook.actions.tasks import Task
    from casebook.commands.session import Session
    from casebook.record import Record

    Answers = dict[str, "str | list[str]"]

MISTYPED = (1, 2, 5)  # exit codes of what can be answered again


def most_urgent(session: Session) -> str:
    """The case that comes first in the list; raises NoSuchRecordError when none is open."""
    from casebook.actions import reading

    found = reading.cases(session.desk, reading.Filter())
    if not found.rows:
        raise NoSuchRecordError(_("There is no open case."), _("Record one: git case new"))
    return found.rows[0].record.id


def lead(session: Session, identity: str, until: str | None) -> int:
    """Ask until the next move (or ``until``) is made, or the person stops."""
    from casebook.actions.outlook import forward, outlook, prospects
    from casebook.actions.tasks import tasks

    say.line(_("Enter: later. n: no, or not needed. ?: explain. q: stop. All is saved at once."))
    put: list[Task] = []
    announced = False
    while True:
        desk = session.desk
        record = desk.case(identity)
        ahead = forward(prospects(desk, record))
        if ahead is None:
            return _no_further(record)
        todo = _still(tasks(desk, outlook(desk, record), ahead), put)
        if not announced:
            announced = True
            _announce(record, ahead, len(todo))
        if todo:
            put.append(todo[0])
            if not _ask(session, record, todo[0]):
                return _stopped(record)
            continue
        if ahead.blockers:
            _left(ahead)
            return _stopped(record)
        if not _move(session, record, ahead, put):
            return _stopped(record)
        if until in (None, ahead.move.id):
            return 0
        put, announced = [], False


def _still(found: Sequence[Task], put: Sequence[Task]) -> list[Task]:
    """The tasks not put yet; advice about a list that was left for later is not given again."""
    targets = [one.target for one in put]
    rooms = [one.room for one in put if one.room]
    return [
        one
        for one in found
        if one.target not in targets and (one.required or one.step or one.room not in rooms)
    ]


def _announce(record: Record, ahead: Prospect, number: int) -> None:
    title = f"{record.id}: {record.text('summary')}"
    say.line(title)
    if number:
        said = ngettext(
            "{number} question before the next move: {move}.",
            "{number} questions before the next move: {move}.",
            number,
        )
        say.line(said.format(number=number, move=ahead.label))


def _no_further(record: Record) -> int:
    say.line(_("{case} has no further move.").format(case=record.id))
    tail = record.id.rpartition("-")[2]
    say.line(_("See what is possible: git case todo {case}").format(case=tail))
    return 0


def _left(ahead: Prospect) -> None:
    say.line()
    say.line(_("Not possible yet: {move}. Left for later:").format(move=ahead.label))
    for one in ahead.blockers:
        say.line(f"- {one.message}")


def _stopped(record: Record) -> int:
    tail = record.id.rpartition("-")[2]
    say.line(_("Go on whenever you want: git case next {case}").format(case=tail))
    return 0


def _ask(session: Session, record: Record, task: Task) -> bool:
    """Ask one task; False when the person stops."""
    say.line()
    if task.title:
        say.heading(task.title.rstrip(".") + ("" if task.required else _(" (advised)")))
    if task.hint:
        say.line(task.hint)
    try:
        enter = _("later")
        while _once(session, record, task, enter) and task.several:
            record = session.desk.case(record.id)
            say.line(_("Another one?"))
            enter = _("no more")
    except asking.Stop:
        return False
    except CasebookError as error:
        if error.exit_code not in MISTYPED:
            raise
        say.failure(error, session)
        session.typed.clear()
    return True


def _once(session: Session, record: Record, task: Task, enter: str) -> bool:
    """Put a task once and write its answer; False when it was left for later."""
    from casebook.actions import tasks as asked_for

    given = _answers(session, record, task, enter)
    if given is None:
        return False
    if task.step and set(given) == {"because"}:
        from casebook.actions import marking

        outcome = marking.skip(session.desk, record, task.step, given)
    else:
        outcome = asked_for.write(session.desk, record, task, given)
    session.typed.clear()
    _said(outcome)
    return True


def _answers(session: Session, record: Record, task: Task, enter: str) -> Answers | None:
    """The answers to a task's questions; None for later; only ``because`` for not needed."""
    from casebook.actions import tasks as asked_for

    desk = session.desk
    reader = desk.reader(record)
    form = asked_for.form(desk, record, task)
    first = asking.put(session, form[0], reader, enter)
    if first is None:
        return None
    if first is asking.NOT_NEEDED:
        return _not_needed(session, desk, task, form[0])
    given: Answers = {form[0].name: first}
    for asked in form[1:]:
        if asked.name == "because":
            if not asked_for.asks_reason(form, given):
                continue
            asked = replace(asked, required="no" in given.values())  # noqa: PLW2901
        answer = asking.ask(session, asked, reader, stops=True)
        if answer:
            given[asked.name] = answer
    return given


def _not_needed(session: Session, desk: Desk, task: Task, first: Field) -> Answers | None:
    """What "n" means: no to a question, not sent, or the step is not needed; always with why."""
    if not (task.step or task.repair.verb == "decide" or first.format == "date-or-no"):
        say.line(_("This cannot be left out; Enter leaves it for later."))
        return None
    reason = Field("because", _("because"), _("Why not?"), required=True, long=True)
    because = asking.ask(session, reason, desk.reader(), stops=True)
    if task.repair.verb == "decide":
        return {"answer": "no", "because": because}
    if first.format == "date-or-no" and task.repair.verb == "add":
        return {first.name: "no", "because": because}
    return {"because": because}


def _said(outcome: Outcome) -> None:
    say.line(say.told(outcome))
    for title in outcome.fulfils:
        say.line(_("Step done: {step}").format(step=title))
    say.warnings(outcome.findings)


def _move(session: Session, record: Record, ahead: Prospect, put: Sequence[Task]) -> bool:
    """Ask for a move and make it; False when the person would rather not now."""
    from casebook.actions import casemoves, moving
    from casebook.world import state_label

    desk = session.desk
    say.line()
    say.heading(_("All is ready for: {move}.").format(move=ahead.label))
    explained = _("The case goes to: {states}.").format(
        states=", ".join(state_label(desk.cases, one) for one in ahead.move.targets)
    )
    if not asking.confirm(_("Do it now?"), explained):
        return False
    reader = desk.reader(record)
    before = {name for one in put for name in one.repair.fields}
    form = [one for one in moving.form(desk, record, ahead.move) if one.required]
    form += [
        one
        for one in moving.form(desk, record, ahead.move)
        if not one.required and one.name not in before
    ]
    try:
        answers = asking.fill(session, form, {}, reader, every=True, stops=True)
    except asking.Stop:
        return False
    say.outcome(session, casemoves.make(desk, record.id, ahead.move, answers))
    session.typed.clear()
    return True
