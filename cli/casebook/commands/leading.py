"""Leading through a case: what is missing becomes questions, each answer is saved at once.

It decides the order of questions only; every answer goes through the same actions as a command.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casebook.actions.forms import Field, field
from casebook.commands import asking
from casebook.errors import CasebookError, NoSuchRecordError
from casebook.guards import Repair
from casebook.i18n import _
from casebook.pattern import values
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.actions.outlook import Outlook, Prospect
    from casebook.commands.session import Session
    from casebook.procedure import StepStatus
    from casebook.record import Record

LATER = ("", "later", "l")
NOT_NEEDED = ("n", "niet", "not")
STOP = ("q", "quit", "stop", "s")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to ask: its title, what it would write, and whether it can be skipped as a step."""

    title: str
    repair: Repair
    required: bool
    step: str = ""
    hint: str = ""

    @property
    def target(self) -> tuple[Any, ...]:
        """What it would write; two tasks with one target are asked once."""
        return (self.repair.verb, self.repair.list, self.repair.entry, self.repair.preset)


def most_urgent(session: Session) -> str:
    """The case that comes first in the list; raises NoSuchRecordError when none is open."""
    from casebook.actions import reading

    found = reading.cases(session.desk, reading.Filter())
    if not found.rows:
        raise NoSuchRecordError(_("There is no open case."), _("Record one: git case new"))
    return found.rows[0].record.id


def lead(session: Session, identity: str, until: str | None) -> int:
    """Ask until the next move (or ``until``) is made, or the person stops."""
    from casebook.actions.outlook import forward, outlook

    say.line(_("Enter: later. n: not needed. ?: explain. q: stop. Every answer is saved at once."))
    answered: set[tuple[Any, ...]] = set()
    while True:
        desk = session.desk
        record = desk.case(identity)
        coming = outlook(desk, record)
        ahead = forward(coming.prospects)
        if ahead is None:
            say.line(_("{case} has no further move.").format(case=identity))
            return 0
        todo = [one for one in tasks(desk, coming, ahead) if one.target not in answered]
        if todo:
            answered.add(todo[0].target)
            if not _ask(session, record, todo[0]):
                return _stopped(session, record, ahead)
            continue
        if ahead.blockers:
            say.line(_("Left for later; {move} is not possible yet.").format(move=ahead.label))
            return _stopped(session, record, ahead)
        if not asking.confirm(_("Do it now: {move}?").format(move=ahead.label)):
            return _stopped(session, record, ahead)
        _move(session, record, ahead)
        if until in (None, ahead.move.id):
            return 0
        answered.clear()


def _stopped(session: Session, record: Record, ahead: Prospect) -> int:
    tail = record.id.rpartition("-")[2]
    say.line(_("Go on whenever you want: git case next {case}").format(case=tail))
    return 0


def tasks(desk: Desk, coming: Outlook, ahead: Prospect) -> list[Task]:
    """What to ask before a move: persons, then steps in order, then what guards still miss."""
    from casebook.actions.outlook import FORWARD

    limit = FORWARD.index(ahead.move.id)
    found: list[Task] = []
    if ahead.move.id == "plan" and not coming.record.entries("persons"):
        found.append(
            Task(
                _("Who is involved? Give each person a code; no names."),
                Repair("add", "persons"),
                True,
            )
        )
    for status in coming.steps:
        before = status.step.before
        place = FORWARD.index(before) if before in FORWARD else len(FORWARD) - 1
        if status.is_open and status.step.need != "optional" and place <= limit:
            found.append(step_task(status))
    for one in ahead.unmet:
        if not one.key.startswith("steps-done"):
            found.append(Task(one.message, one.repair, one.level == "require"))
    seen: set[tuple[Any, ...]] = set()
    return [one for one in found if not (one.target in seen or seen.add(one.target))]  # type: ignore[func-returns-value]


def step_task(status: StepStatus) -> Task:
    """What would complete a step: the entry that fulfils it, else marking it done."""
    from casebook.i18n import language

    step = status.step
    repair = Repair("done", "steps", step.id)
    for pattern in step.fulfilled_by[:1]:
        name = str(pattern.get("in", ""))
        if name == "decisions":
            repair = Repair("decide", entry=values(pattern.get("id"))[0])
        elif name in ("talks", "messages", "actions", "external", "facts"):
            preset = tuple(
                (key, values(value)[0])
                for key, value in pattern.items()
                if key not in ("in", "each")
                and not key.endswith(("_role", "_kind"))
                and "*" not in values(value)
            )
            people = tuple(
                (key.rpartition("_")[0], values(value)[0])
                for key, value in pattern.items()
                if key.endswith("_role")
            )
            repair = Repair("add", name, preset=(*people, *preset))
        elif not name and pattern.get("field"):
            repair = Repair("set", fields=(str(pattern["field"]),))
    return Task(step.title_now(), repair, status.required, step.id, step.hint(language()))


def _ask(session: Session, record: Record, task: Task) -> bool:
    """Ask one task; False when the person stops."""
    say.line()
    need = "" if task.required else _(" (advised)")
    say.line(task.title.rstrip(".") + need)
    if task.hint:
        say.line(task.hint)
    try:
        outcome = _carry_out(session, record, task)
    except _Stop:
        return False
    except CasebookError as error:
        if error.exit_code in (2, 1, 5):
            say.failure(error, None)
            return True
        raise
    if outcome is not None:
        say.line(outcome.message)
        for title in outcome.fulfils:
            say.line(_("Step done: {step}").format(step=title))
        say.warnings(outcome.findings)
    return True


class _Stop(Exception):  # noqa: N818 - how a person leaves, not an error
    """The person typed q."""


def _first(session: Session, asked: Field, reader: Any) -> str | list[str] | None:
    """The first answer of a task; None for later, raises _Stop for q, _NotNeeded for n."""
    say.question(replace(asked, required=True))
    while True:
        text = asking.read_line()
        word = text.strip().casefold()
        if word in STOP:
            raise _Stop
        if word in NOT_NEEDED:
            raise _NotNeeded
        if word in LATER:
            return None
        if word == "?":
            say.explanation(asked)
            continue
        try:
            return asking.read_answer(session, asked, reader, text)
        except CasebookError as error:
            say.line(f"{error.message} {error.hint}".strip())


class _NotNeeded(Exception):  # noqa: N818 - an answer, not an error
    """The person typed n."""


def _carry_out(session: Session, record: Record, task: Task) -> Outcome | None:
    from casebook.actions import marking

    desk = session.desk
    reader = desk.reader(record)
    form = list(_form(desk, record, task))
    try:
        first = _first(session, form[0], reader)
        if first is None:
            return None
        given: dict[str, str | list[str]] = {form[0].name: first}
        for asked in form[1:]:
            if asked.required or asked.asked:
                answer = asking.ask(session, asked, reader)
                if answer:
                    given[asked.name] = answer
    except _NotNeeded:
        if not task.step:
            say.line(_("This cannot be skipped; Enter leaves it for later."))
            return None
        reason = Field("because", _("because"), _("Why is it not needed here?"), required=True)
        because = asking.ask(session, reason, reader)
        return marking.skip(desk, record.id, task.step, {"because": because})
    return _write(desk, record, task, given)


def _form(desk: Desk, record: Record, task: Task) -> Iterator[Field]:
    from casebook.actions import changing, entries

    repair, kind = task.repair, desk.cases
    preset = dict(repair.preset)
    if repair.verb == "add":
        for one in entries.add_form(kind, repair.list):
            if one.name not in preset:
                yield one
    elif repair.verb == "decide":
        schema = kind.schema["$defs"]["decision"]["properties"]
        question = desk.world.question(repair.entry)
        yield replace(field("answer", schema["answer"], required=True), question=question)
        yield field("because", schema["because"])
    elif repair.verb == "set":
        for name in repair.fields:
            typed = f"{repair.entry}.{name}" if repair.entry else name
            yield changing.find_place(desk, record, typed)[1]
    else:
        yield Field(
            "done",
            _("done"),
            _("Done? (y, or the day it was done)"),
            options=(("yes", _("yes")),),
        )


def _write(desk: Desk, record: Record, task: Task, given: Mapping[str, str | list[str]]) -> Outcome:
    from casebook.actions import changing, entries, marking

    repair = task.repair
    if repair.verb == "add":
        reader = desk.reader(record)
        asked = {one.name: one for one in entries.add_form(desk.cases, repair.list)}
        preset = {
            name: reader.read(asked[name], [value])
            for name, value in repair.preset
            if name in asked
        }
        return entries.add_entry(desk, record.id, repair.list, {**preset, **given})
    if repair.verb == "decide":
        rest = {name: value for name, value in given.items() if name != "answer"}
        return entries.decide(desk, record.id, {repair.entry: str(given["answer"])}, rest)
    if repair.verb == "set":
        wanted = {}
        for name in repair.fields:
            if name in given:
                typed = f"{repair.entry}.{name}" if repair.entry else name
                wanted[changing.find_place(desk, record, typed)[0]] = given[name]
        return changing.set_fields(desk, record.id, wanted)
    return marking.done(desk, record.id, repair.entry, {})


def _move(session: Session, record: Record, ahead: Prospect) -> None:
    from casebook.actions import moving

    desk = session.desk
    reader = desk.reader(record)
    form: Sequence[Field] = moving.form(desk, record, ahead.move)
    answers = asking.fill(session, form, {}, reader, every=True)
    say.outcome(session, moving.make(desk, record.id, ahead.move, answers))
