"""Which case, or which kind of case, asked at the terminal when it was not typed.

What else a command needs is asked by ``asking``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import i18n
from casebook.commands import asking
from casebook.errors import CasebookError, NoSuchRecordError, UsageError
from casebook.i18n import _
from casebook.render import say

if TYPE_CHECKING:
    from casebook.commands.session import Session

MOST = 12  # cases that are listed


def choose_case(session: Session, command: str) -> str:
    """The case that ``command`` is about, asked: a number of the list, or the id of any case.

    Raises UsageError where nobody can be asked, NoSuchRecordError when there is no case at all.
    """
    if not session.interactive:
        raise UsageError(
            _("Which case? Its number belongs behind: {command}").format(command=command),
            _("See: {command}").format(command="git case list --all"),
        )
    from casebook.actions import reading

    found = reading.cases(session.desk, reading.Filter())
    if not found.rows:
        raise NoSuchRecordError(
            _("There is no open case."),
            _("See: {command}").format(command="git case list --all"),
        )
    shown = [row.record for row in found.rows[:MOST]]
    say.line(_("Which case?"))
    say.columns([f"{at} {one.id}  {one.text('summary')}" for at, one in enumerate(shown, 1)])
    hidden = len(found.rows) - len(shown)
    if hidden:
        say.line(_("and {number} more").format(number=hidden))
    while True:
        typed = asking.read_line().strip()
        if typed.isdigit() and 1 <= int(typed) <= len(shown):
            return shown[int(typed) - 1].id
        try:
            return session.desk.find_case(typed)
        except CasebookError as error:
            say.line(f"{error.message} {error.hint}".strip())


def choose_item(session: Session, case: str) -> str:
    """What of a case is done or not needed, asked: one of its open steps, actions and messages.

    Raises UsageError where nobody can be asked, and when nothing is open.
    """
    from casebook.actions import marking
    from casebook.actions.forms import Field

    record = session.desk.case(case)
    look = _("Look with: git case todo {case}").format(case=record.short)
    waiting = marking.unmarked(session.desk, record)
    if not session.interactive or not waiting:
        raise UsageError(_("Which step, action or message?"), look)
    asked = Field(
        "",  # no field: it names one of the entries
        _("step, action or message"),
        _("Which step, action or message?"),
        required=True,
        options=tuple(waiting),
    )
    return str(asking.ask(session, asked, session.desk.reader(record)))


def choose_type(session: Session) -> str:
    """The type of a new case, asked; raises UsageError with all types where nobody can be asked."""
    from casebook.actions.creating import type_words
    from casebook.actions.forms import Field

    types = session.desk.cases.types
    if not session.interactive:
        raise UsageError(
            _("Which kind of case?"), _("Choose one of: {options}").format(options=", ".join(types))
        )
    asked = Field(
        "type",
        _("kind of case"),
        _("What kind of incident is it?"),
        required=True,
        options=tuple((one.id, one.title) for one in types.values()),
        names={one.id: one.label for one in types.values()},
        words=type_words(types),
        helps={one.id: i18n.label(one.definition, "") for one in types.values()},
    )
    return str(asking.ask(session, asked, session.desk.reader()))
