"""The first hour of an incident on one page, to read and to print. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, language
from casebook.render import text
from casebook.render.pages import block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.calling import Call
    from casebook.catalogue import CaseType


def page(case_type: CaseType, calls: Sequence[Call], width: int) -> list[str]:
    """What to do and not to do, whom to call, what to say; then how to record it."""
    lines = [_("FIRST HOUR: {type}").format(type=case_type.title), ""]
    lines += block(case_type.first_hour(language()), width)
    lines += ["", _("Who to call")]
    for one in calls:
        lines += text.wrap(f"{one.who}: {one.how}", width, "    ", "  ")
    stop = case_type.stop_message(language())
    if stop:
        said = _("To say or send to pupils (nobody is named)")
        lines += ["", *text.wrap(said, width), *text.wrap(stop, width)]
    return [*lines, "", _("Then record it:"), f"  git case new {case_type.id}"]


def data(case_type: CaseType, calls: Sequence[Call]) -> dict[str, Any]:
    """The same as data."""
    return {
        "type": case_type.id,
        "first_hour": case_type.first_hour(language()).splitlines(),
        "stop_message": case_type.stop_message(language()),
        "calls": [{"who": one.who, "how": one.how} for one in calls],
    }
