"""Rules and their ladders as a person names them, as they were on a day, and whether they hold.

It only looks them up and says so; what they mean for a case is not its business.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.errors import NoSuchRecordError
from casebook.i18n import _
from casebook.ladder import Ladder
from casebook.ladder.counting import event_day
from casebook.ladder.model import NOTHING
from casebook.pattern import values
from casebook.versions import in_force, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.record import Record


def find_rule(desk: Desk, typed: str, day: date) -> Record:
    """The version of a rule that held on ``day``, or the one named; raises NoSuchRecordError."""
    wanted = typed.strip().removesuffix(".md")
    found = desk.policy.find("rule", wanted, day)
    if found is not None:
        return found
    known = desk.policy.current("rule", day)
    names = {slug_of(one.id): slug_of(one.id) for one in known}
    for one in known:
        names |= {one.text(key).casefold(): slug_of(one.id) for key in ("title", "title_en")}
    slug = names.get(wanted.casefold())
    titled = desk.policy.find("rule", slug, day) if slug else None
    if titled is not None:
        return titled
    near = get_close_matches(slug_of(wanted).casefold(), names, n=3)
    raise NoSuchRecordError(
        _('There is no rule "{typed}".').format(typed=typed),
        _("Did you mean: {options}?").format(
            options=", ".join(dict.fromkeys(names[one] for one in near))
        )
        if near
        else _("Look with: git policy list"),
    )


def rules_for(desk: Desk, typed: str) -> list[str]:
    """The rules that are about the type of a case, for who did not name one."""
    case = desk.case(typed)
    day = event_day(case.data) or desk.now.date()
    known = desk.policy.current("rule", day)
    types = {case.text("type"), *values(case.get("also"))}
    fitting = [one for one in known if types & set(values(one.get("prevents")))]
    return sorted(slug_of(one.id) for one in fitting or known)


def ladder_for(desk: Desk, rule: Record, day: date) -> tuple[Ladder | None, list[str]]:
    """The ladder of a rule as it was on ``day``, None where there is none; what to know of both."""
    named = rule.text("ladder")
    record = desk.policy.ladder_of(rule, day)
    notes = list(_standing([one for one in (rule, record) if one is not None], day))
    if record is not None:
        return Ladder.from_record(record), notes
    if named == NOTHING:
        notes.append(_("No consequences belong to this rule: talk, explain, repair."))
    elif named:
        notes.append(_("The ladder {name} is not there.").format(name=named))
    else:
        notes.append(_("Nobody said what follows from this rule."))
    return None, notes


def _standing(found: Sequence[Record], day: date) -> Iterator[str]:
    """Why texts that were found do not apply by themselves, together where the reason is one."""
    weak = [one for one in found if not in_force(one, day)]
    model = [one.id for one in weak if one.get("model")]
    late = [one.id for one in weak if one.id not in model and one.state == "adopted"]
    draft = [one.id for one in weak if one.id not in (*model, *late)]
    for names, said in (
        (
            model,
            _("Model text that the school has not adopted: {names}. Nobody is bound by it yet."),
        ),
        (draft, _("Not adopted: {names}. Nobody is bound by it yet.")),
        (late, _("Not in force on the day of the case: {names}.")),
    ):
        if names:
            yield said.format(names=", ".join(names))
