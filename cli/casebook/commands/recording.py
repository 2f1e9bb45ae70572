"""What ``git case`` and ``git policy`` share in changing a record: set, drop, done.

Each takes the record that was found already; which one was meant is the command's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.commands import asking, carrying_out
from casebook.errors import UsageError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from casebook.commands.session import Session
    from casebook.record import Record


def set_fields(session: Session, record: Record, pairs: Sequence[str], *, dry_run: bool) -> int:
    """Give fields their values (``owner=mentor``, ``P2.roles``); one without a value is asked."""
    from casebook.actions import changing

    desk = session.desk
    if not pairs:
        raise UsageError(
            _("Which field?"),
            _("For example: {command}").format(
                command=f"{record.program} set {record.short} owner=mentor"
            ),
        )
    reader = desk.reader(record)
    wanted: dict[tuple[str, ...], str | list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        place, asked = changing.find_place(desk, record, name)
        given = {asked.name: [value]} if equals else {}
        wanted[place] = asking.fill(session, [asked], given, reader).get(asked.name, "")
    return carrying_out.finish(session, changing.set_fields(desk, record, wanted, dry_run=dry_run))


def log(session: Session, record: Record, head: Callable[[int], Sequence[str]]) -> int:
    """Print the history of a record below its ``head``, which is made for a width."""
    from casebook.actions import reading
    from casebook.render import pages, say

    desk = session.desk
    events = reading.history(desk, record)
    if session.json:
        say.answer(pages.history_data(events))
    else:
        width = say.width()
        say.lines(pages.history(head(width), events, width, desk.cases.role_label))
    return 0


def drop(session: Session, record: Record, code: str, options: Mapping[str, Any]) -> int:
    """Take an entry out; the reason is asked where it was not given."""
    from casebook.actions import changing
    from casebook.actions.forms import Field

    desk = session.desk
    changing.find_entry(record, code)
    asked = Field("because", _("because"), _("Why is it taken out?"), required=True)
    given = {"because": [options["because"]]} if options["because"] else {}
    values = asking.fill(session, [asked], given, desk.reader(record))
    because = str(values["because"])
    return carrying_out.finish(
        session, changing.drop(desk, record, code, because, dry_run=options["dry_run"])
    )


def done(session: Session, record: Record, code: str, options: Mapping[str, Any]) -> int:
    """Mark a step or an entry as done, today or on the day of this run."""
    from casebook.actions import marking

    values = {name: options[name] for name in ("by", "result") if options.get(name)}
    return carrying_out.finish(
        session, marking.done(session.desk, record, code, values, dry_run=options["dry_run"])
    )
