"""What ``git case`` and ``git policy`` share in changing a record: set, add, drop, done.

Each takes the record that was found already; which one was meant is the command's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.commands import asking, carrying_out
from casebook.commands.naming import ARGUMENT, given
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
        typed = {asked.name: [value]} if equals else {}
        wanted[place] = asking.fill(session, [asked], typed, reader).get(asked.name, "")
    return carrying_out.finish(session, changing.set_fields(desk, record, wanted, dry_run=dry_run))


def add(
    session: Session,
    record: Record,
    word: str,
    arguments: Sequence[str],
    options: Mapping[str, Any],
) -> int:
    """Add an entry to the list that ``word`` means in this record; what is missing is asked.

    ``arguments`` are the fields that may be typed without their name.
    """
    from casebook.actions import entries, linking

    desk = session.desk
    kind = desk.kind_of(record)
    name = entries.list_of(kind, word)
    if not name:
        raise UsageError(
            _("{word} is not added to a record of this kind: {record}.").format(
                word=word, record=record.short
            ),
            _("What can be added to it: {words}").format(
                words=", ".join(kind.add_commands.values()) or "-"
            ),
        )
    typed = given(options)
    for argument in arguments:
        value = options.get(ARGUMENT + argument)
        if value:
            typed.setdefault(argument, [value] if isinstance(value, str) else list(value))
    form = entries.add_form(kind, name)
    entries.require_fields(kind, name, typed)
    linking.require_this_side(desk, record, name, typed)
    # Whoever types everything in one go is not asked for what may stay open.
    every = not typed or not any(typed.get(argument) for argument in arguments)
    values = asking.fill(session, form, typed, desk.reader(record), every=every)
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(
        session, entries.add_entry(desk, record, name, values, dry_run=dry_run)
    )


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
    typed = {"because": [options["because"]]} if options["because"] else {}
    values = asking.fill(session, [asked], typed, desk.reader(record))
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
