"""Guards on the case as a whole: steps of its procedure, linked cases, how heavy it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook import pattern
from casebook.guards.model import Repair, Unmet
from casebook.i18n import _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.guards.model import Question
    from casebook.workflow import Guard

OPEN_DECISIONS: Final = ("yes", "unsure")

SHORT_SEVERITIES: Final = ("light", "moderate")  # of cases that need not go the whole way


def steps_done(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The required steps of the procedure before this move are done, or skipped with a reason."""
    before = guard.params["before"]
    for status in question.world.steps(question.data):
        if status.step.before not in before or not (status.required and status.state == "open"):
            continue
        yield Unmet(
            key=f"{guard.name}:{status.step.id}",
            level=guard.level,
            message=_("step not done: {step}").format(step=status.step.title_now()),
            repair=Repair("done", list="steps", entry=status.step.id),
        )


def links_closed(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The cases that this one names as its parts have ended, or the link says because."""
    links = pattern.find(question.data, {"in": "links", "kind": guard.params["kind"]})
    excused = {link.get("case") for link in links if not filler(str(link.get("because", "")))}
    for identity in dict.fromkeys(str(link.get("case", "")) for link in links):
        other = question.world.case(identity)
        if other is not None and question.world.is_open(other) and identity not in excused:
            yield Unmet(
                key=f"{guard.name}:{other.id}",
                level=guard.level,
                message=_("{case} is part of this case and still open").format(case=other.id),
                repair=Repair("move", entry=other.id, fields=("next",)),
            )


def is_light(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The case may be settled as light: nothing heavy hides in it."""
    data = question.data

    def heavy(what: str, message: str) -> Unmet:
        repair = Repair("move", fields=("next",))  # the main road, from whatever state
        return Unmet(f"{guard.name}:{what}", guard.level, message, repair)

    severity = str(question.before.get("severity", ""))
    if severity and severity not in SHORT_SEVERITIES:
        label = question.world.value_label(severity, "severity")
        yield Unmet(
            f"{guard.name}:severity",
            guard.level,
            _("it was said to be {severity}; say first why it is light after all").format(
                severity=label
            ),
            Repair("set", fields=("severity", "severity_because")),
        )
    if not question.world.may_be_light(data):
        yield heavy("type", _("a case of this type is never settled as light"))
    sexual = {"in": "contents", "sexual": ["yes", "unknown"], "minor": ["yes", "unknown", ""]}
    if pattern.holds(data, sexual):
        yield heavy("content", _("there is sexual content with a minor"))
    for content in pattern.find(data, {"in": "contents", "sexual": ""}):
        code = str(content.get("id", ""))
        yield Unmet(
            f"{guard.name}:sexual:{code}",
            guard.level,
            _("it is not said whether {code} is sexual").format(code=code),
            Repair("set", list="contents", entry=code, fields=("sexual",)),
        )
    if pattern.holds(data, {"in": "decisions", "id": "offence", "answer": list(OPEN_DECISIONS)}):
        yield heavy("offence", _("it may be an offence"))
    if pattern.holds(data, {"in": "measures", "track": "order"}):
        yield heavy("measure", _("there is a measure of order"))


def short_close(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Only a light or moderate case without required aftercare closes from the running plan."""
    if question.origin not in guard.params["when_from"]:
        return
    severity = str(question.data.get("severity", ""))
    if severity not in SHORT_SEVERITIES or question.world.requires_aftercare(question.data):
        yield Unmet(
            key=guard.name,
            level=guard.level,
            message=_("a case this serious goes through aftercare before it is closed"),
            repair=Repair("move", fields=("aftercare",)),
        )


def target_open(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The case that this one is merged into exists, is another one, and is open."""
    identity = str(question.data.get(guard.params["field"], ""))
    if not identity:
        return
    other = question.world.case(identity)
    if identity == question.data.get("id"):
        message = _("a case cannot be merged into itself")
    elif other is None:
        message = _("there is no case {case}").format(case=identity)
    elif not question.world.is_open(other):
        message = _("{case} has ended; merge into an open case").format(case=identity)
    else:
        return
    repair = Repair("move", fields=("merge",))
    yield Unmet(f"{guard.name}:{identity}", guard.level, message, repair)
