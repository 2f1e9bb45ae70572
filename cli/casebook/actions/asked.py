"""What was typed behind the options of a table: a day, one of the values of a field.

It reads texts; what a table then shows is put together by the table.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from casebook import dates
from casebook.choosing import choose
from casebook.errors import UsageError
from casebook.i18n import _
from casebook.recurrence import school_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind

ALL = "all"


def day(desk: Desk, typed: str, *, past: bool = True) -> date:
    """The day that was typed; today when nothing was. Raises UsageError."""
    if not typed:
        return desk.now.date()
    return date.fromisoformat(dates.read_typed(typed, desk.now, past=past))


def choice(kind: Kind, field: str, typed: str) -> str:
    """The value of a field that was meant, by id or label; empty when nothing was typed."""
    if not typed:
        return ""
    schema = kind.schema["properties"][field]
    scalar = schema.get("items", schema)
    options = [(one, kind.value_label(one, field)) for one in scalar["enum"]]
    return choose(typed, options, scalar.get("x-labels", {}), scalar.get("x-words", {}))


def labels(kind: Kind, *place: str) -> Callable[[str], str]:
    """What the values of a field are called."""
    return lambda value: kind.value_label(value, *place)


def year(desk: Desk, typed: str) -> str:
    """The school year that was typed (``2026-2027`` or ``all``), this one when nothing was.

    Raises UsageError.
    """
    if not typed:
        return school_year(desk.now.date())
    first, _dash, last = typed.partition("-")
    if typed != ALL and not (first.isdigit() and last == str(int(first) + 1)):
        raise UsageError(
            _('"{typed}" is not a school year.').format(typed=typed),
            _("Write it as 2026-2027, or all."),
        )
    return typed
