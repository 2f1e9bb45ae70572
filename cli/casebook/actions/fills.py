"""What a casebook knows to write in the places of a letter: dates, roles, facts, terms; no names.

What it does not know it leaves open and says what to write there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook import dates, i18n, ladder
from casebook.frozen import frozen
from casebook.i18n import _, language
from casebook.ladder.counting import event_day
from casebook.pattern import entries, persons, values
from casebook.procedure.norms import NOT_SURE
from casebook.quantities import amount_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casebook.actions.desk import Desk
    from casebook.record import Record

    Data = Mapping[str, Any]

_CODE: Final = re.compile(r"\bP[1-9][0-9]{0,3}\b")


@frozen
class Facts:
    """What a letter is filled from: the case, and the message or measure in its list ``name``."""

    desk: Desk
    case: Record
    name: str
    entry: Data
    letter: Record

    def talks(self) -> list[Data]:
        """The talks in which the person was heard, by the measure."""
        named = values(self.entry.get("heard"))
        return [one for one in entries(self.case.data, "talks") if one.get("id") in named]

    def role(self, name: object) -> str:
        """The label of a role; "" without one."""
        return self.desk.cases.role_label(str(name)) if name else ""

    def who(self) -> str:
        """The codes the entry is for: ``P2``."""
        return ", ".join(values(self.entry.get("for")))


def known(facts: Facts, place: str) -> str:
    """What belongs in a place of a letter; "" where the casebook does not know it."""
    return KNOWN[place](facts) if place in KNOWN else ""


def fill(facts: Facts, place: str) -> str:
    """What stands in a place that is left open: for whom or what, between square brackets."""
    names = {"pupil": _("name of {who}"), "parents": _("parents of {who}")}
    who = facts.who()
    if place in names and who:
        return f"[{names[place].format(who=who)}]"
    if place == "addressed-to" and who:
        people = persons(facts.case.data, values(facts.entry.get("for")))
        minor = any(one.get("kind") == "pupil" and one.get("minor") != "no" for one in people)
        words = _("names of {who} and the parents") if minor else _("name of {who}")
        return f"[{words.format(who=who)}]"
    row = facts.desk.policy.reference("fills").get(place, {})
    labels = {key.removeprefix("label_"): str(row[key]) for key in row if key.startswith("label_")}
    said = i18n.label(labels, place)
    hint = HINTS[place](facts) if place in HINTS else ""
    return f"[{said}: {hint}]" if hint else f"[{said}]"


def hide_codes(text: str, entry: Data) -> str:
    """``text`` with the codes of persons as places: a letter names nobody but who it is for."""
    own = values(entry.get("for"))

    def said(match: re.Match[str]) -> str:
        if match[0] in own:
            return f"[{_('name of {who}').format(who=match[0])}]"
        return f"[{_('{who}, no name').format(who=match[0])}]"

    return _CODE.sub(said, text)


def _day(value: object) -> str:
    text = str(value or "")
    return dates.spoken(text, language()) if text[:1].isdigit() else ""


def _facts(facts: Facts) -> str:
    named = values(facts.entry.get("facts"))
    told = [
        f"{one.get('text')} ({one.get('id')})"
        for one in entries(facts.case.data, "facts")
        if one.get("id") in named
    ]
    return "; ".join(told)


def _heard(facts: Facts) -> str:
    return ", ".join(_day(str(one.get("on", ""))[:10]) for one in facts.talks())


def _present(facts: Facts) -> str:
    parents = any(one.get("parents") == "present" for one in facts.talks())
    return _("the parents") if parents else ""


def _term(facts: Facts) -> str:
    """The term for objection by law, where the law of this kind of school was read."""
    rows = facts.desk.policy.reference("duties")
    kind = str(facts.entry.get("kind", ""))
    for row in ladder.which(kind, "", None, rows, facts.desk.policy.sector):
        if row.get("objection_term") and row.get("certainty") not in NOT_SURE:
            return amount_text(str(row["objection_term"]), language())
    return ""


def _school(facts: Facts) -> str:
    school = facts.desk.policy.school
    return school.text("name") if school is not None else ""


def _signed(facts: Facts) -> str:
    roles = values(facts.letter.get("signed_by")) or values(facts.entry.get("decided_by"))
    return _(" or ").join(facts.role(one) for one in roles)


def _rung(facts: Facts) -> ladder.Rung | None:
    """The rung that the measure names, as the ladder was on the day of the case."""
    policy, day = facts.desk.policy, event_day(facts.case.data)
    named = str(facts.entry.get("rule", ""))
    rule = policy.find("rule", named, day) if named else None
    record = policy.ladder_of(rule, day) if rule is not None else None
    if record is None:
        return None
    return ladder.Ladder.from_record(record).rung(str(facts.entry.get("rung", "")))


def _guidance(facts: Facts) -> str:
    rung = _rung(facts)
    return facts.role(rung.data.get("guidance_by")) if rung is not None else ""


def _rule(facts: Facts) -> str:
    named = str(facts.entry.get("rule", ""))
    rule = facts.desk.policy.find("rule", named, event_day(facts.case.data)) if named else None
    return f"{rule.text('title')}, {rule.id}" if rule is not None else ""


def _committee(facts: Facts) -> str:
    found = facts.desk.policy.find("contact", "complaints-committee")
    if found is None:
        return ""
    return found.text(f"title_{language()}") or found.text("title")


KNOWN: Final[Mapping[str, Callable[[Facts], str]]] = {
    "date": lambda facts: _day(facts.desk.now.date().isoformat()),
    "date-of-event": lambda facts: _day(event_day(facts.case.data)),
    "school": _school,
    "facts": _facts,
    "reason": lambda facts: str(facts.entry.get("because", "")),
    "from": lambda facts: _day(facts.entry.get("from")),
    "until": lambda facts: _day(facts.entry.get("until")),
    "contact-until": lambda facts: _day(facts.entry.get("until")),
    "review-on": lambda facts: _day(facts.entry.get("review")),
    "heard-on": _heard,
    "heard-by": lambda facts: ", ".join(
        facts.role(one.get("by")) for one in facts.talks() if one.get("by")
    ),
    "present": _present,
    "decided-by": lambda facts: facts.role(facts.entry.get("decided_by")),
    "contact": lambda facts: facts.role(facts.case.get("contact")),
    "spokesperson": lambda facts: facts.role("spokesperson"),
    "guidance": _guidance,
    "other-school": lambda facts: str(facts.entry.get("other_school", "")),
    "inspectorate-on": lambda facts: _day(facts.entry.get("inspectorate")),
    "if-broken": lambda facts: str(facts.entry.get("if_broken", "")),
    "objection-term": _term,
    "complaints-at": _committee,
}
# What is known beside a place that people fill in themselves.
HINTS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "signed-by": _signed,
    "rule-broken": _rule,
}
