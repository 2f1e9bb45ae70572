"""What to ask next in a case: what is missing before a move, as tasks with their questions.

It knows no terminal: it chooses the questions and writes the answers with the other actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.actions import changing, entries, marking
from casebook.actions.forms import Field, field
from casebook.actions.outlook import FORWARD
from casebook.frozen import frozen, replace
from casebook.guards import Repair
from casebook.i18n import _, language
from casebook.pattern import values
from casebook.procedure.model import OPTIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.actions.outlook import Outlook, Prospect
    from casebook.procedure import StepStatus
    from casebook.record import Record

    Answers = Mapping[str, "str | list[str]"]

ADDED: Final = ("talks", "messages", "actions", "external", "facts")
SEVERAL: Final = ("persons", "contents", "facts", "actions")
YES_NO: Final = "date-or-no"


@frozen
class Task:
    """One thing to ask: its title ("" when the question says it all), what it would write, and
    the step it would complete.

    ``people`` are the persons an entry is about, as far as the case knows them; ``several`` says
    that there may be more of the kind at once.
    """

    title: str
    repair: Repair
    required: bool
    step: str = ""
    hint: str = ""
    people: tuple[str, ...] = ()
    several: bool = False

    @property
    def target(self) -> tuple[Any, ...]:
        """What it would write; two tasks with one target are asked once."""
        one = self.repair
        fields = one.fields if one.verb == "set" else ()
        return (one.verb, one.list, one.entry, fields, one.preset, self.people)

    @property
    def room(self) -> str:
        """The list it would fill, so that advice on one list is not given twice."""
        return "talks" if self.repair.entry == "parents-informed" else self.repair.list


def tasks(desk: Desk, coming: Outlook, ahead: Prospect) -> list[Task]:
    """What to ask before a move: who and what, then the steps in order, then what guards miss."""
    limit = FORWARD.index(ahead.move.id)
    record = coming.record
    found: list[Task] = []
    if limit >= FORWARD.index("plan"):
        found += _first_of_all(coming)
    for status in coming.steps:
        before = status.step.before
        place = FORWARD.index(before) if before in FORWARD else len(FORWARD) - 1
        if status.is_open and status.step.need != OPTIONAL and place <= limit:
            found += step_tasks(desk, record, status)
    for one in ahead.unmet:
        if not one.key.startswith("steps-done"):
            several = one.repair.verb == "add" and one.repair.list in SEVERAL
            required = one.level == "require"
            # An unanswered question is its own title.
            title = "" if one.repair.verb == "decide" else one.message
            found.append(Task(title, one.repair, required, several=several))
    unique: dict[tuple[Any, ...], Task] = {}
    for task in found:
        known = unique.setdefault(task.target, task)
        if task.required and not known.required:
            unique[task.target] = replace(known, required=True)
    return list(unique.values())


def _first_of_all(coming: Outlook) -> Iterator[Task]:
    record = coming.record
    if not record.entries("persons"):
        title = _("Who is involved? Each person or group gets a code; no names.")
        yield Task(title, Repair("add", "persons"), True, several=True)
    about_content = any(status.step.when.startswith("contents.") for status in coming.steps)
    if about_content and not record.entries("contents"):
        title = _("What goes round? Describe it in words; never add the image itself.")
        yield Task(title, Repair("add", "contents"), True, several=True)


def step_tasks(desk: Desk, record: Record, status: StepStatus) -> list[Task]:
    """What would complete a step: an entry or field that fulfils it, else marking it done."""
    step = status.step
    marked = Task(
        step.title_now(),
        Repair("done", "steps", step.id),
        status.required,
        step.id,
        step.hint(language()),
    )
    for one in step.fulfilled_by:
        if one.get("in") == "closures":
            return []  # the move itself asks it
        found = [
            replace(marked, repair=repair, people=people)
            for repair, people in _repairs(desk, record, status, one)
        ]
        if found:
            # A plan has several actions, a story several facts.
            first = found[0].repair
            free = first.verb == "add" and not first.preset and first.list in SEVERAL
            return [replace(found[0], several=free), *found[1:]]
    return [marked]


def _repairs(
    desk: Desk, record: Record, status: StepStatus, one: Mapping[str, Any]
) -> Iterator[tuple[Repair, tuple[str, ...]]]:
    """The repairs one way of completing a step asks for; none where nobody can be asked for it."""
    name = str(one.get("in", ""))
    open_fields = [key for key, value in one.items() if values(value) == ("*",)]
    wanted = tuple(dict.fromkeys([*open_fields, *values(one.get("each"))]))
    if not name:
        yield Repair("set", fields=(str(one["field"]),)), ()
    elif name == "decisions" and wanted:
        yield Repair("set", name, values(one["id"])[0], wanted), ()
    elif name == "decisions":
        yield Repair("decide", entry=values(one["id"])[0]), ()
    elif name in ADDED:
        roles = [(key, value) for key, value in one.items() if key.endswith(pattern.ROLE_SUFFIX)]
        people = tuple(
            str(person["id"])
            for _key, value in roles
            for person in pattern.find(record.data, {"in": "persons", "roles": value})
        )
        preset = tuple(
            (key, values(value)[0])
            for key, value in one.items()
            if key not in ("in", "each")
            and not key.endswith((pattern.ROLE_SUFFIX, pattern.KIND_SUFFIX))
            and "*" not in values(value)
        )
        if not roles or people:
            yield Repair("add", name, preset=preset), people
    elif name in ("persons", "contents") and wanted:
        closed = {key: one[key] for key in one if key not in (*wanted, "each")}
        condition = status.step.condition()
        about = condition if condition.get("in") == name else {}
        for entry in pattern.find(record.data, {**about, **closed, "in": name}):
            lacking = tuple(each for each in wanted if not values(entry.get(each)))
            if lacking:
                yield Repair("set", name, str(entry["id"]), lacking), ()


def form(desk: Desk, record: Record, task: Task) -> list[Field]:
    """The questions of a task, in order; for an entry those its list leads with in the schema."""
    repair, kind = task.repair, desk.cases
    if repair.verb == "add":
        given = {*dict(repair.preset), *(["with"] if len(task.people) == 1 else [])}
        listed = {one.name: one for one in entries.add_form(kind, repair.list)}
        leading = list(entries.leading(kind, repair.list) or listed)
        if repair.list == "actions" and task.step and not task.several:
            leading.append("done")
        return [listed[name] for name in leading if name not in given]
    if repair.verb == "decide":
        schema = kind.schema["$defs"]["decision"]["properties"]
        question = desk.world.question(repair.entry)
        answer = replace(field("answer", schema["answer"], required=True), question=question)
        return [answer, field("because", schema["because"])]
    if repair.verb == "set":
        found = [changing.find_place(desk, record, _typed(repair, one))[1] for one in repair.fields]
        if not repair.entry:
            return found
        shown = f"{repair.entry} ({_meaning(desk, record, repair.entry)})"
        return [replace(one, question=f"{shown}: {one.question}") for one in found]
    question = _("Done? (yes, or the day it was done)")
    return [Field("on", _("done"), question, required=True, format=YES_NO)]


def _typed(repair: Repair, name: str) -> str:
    return f"{repair.entry}.{name}" if repair.entry else name


def _meaning(desk: Desk, record: Record, code: str) -> str:
    from casebook.actions.results import describe

    found = record.find(code)
    return describe(desk.cases, *found) if found is not None else ""


def asks_reason(asked: Sequence[Field], given: Answers) -> bool:
    """Whether ``because`` belongs in the form now: where something was answered with no.

    A form without such a question always asks it, unless what comes before was left open. A yes
    to a question speaks for itself.
    """
    if "answer" in given:
        return given["answer"] != "yes"
    before = [one for one in asked if one.name != "because"]
    dated = [one for one in before if one.format == YES_NO]
    if dated:
        return any(given.get(one.name) == "no" for one in dated)
    return not before or bool(given.get(before[-1].name))


def write(desk: Desk, record: Record, task: Task, given: Answers) -> Outcome:
    """Write the answers of a task in one commit, through the action of its command."""
    repair = task.repair
    if repair.verb == "add":
        reader = desk.reader(record)
        listed = {one.name: one for one in entries.add_form(desk.cases, repair.list)}
        preset = {
            name: reader.read(listed[name], [value])
            for name, value in repair.preset
            if name in listed
        }
        if len(task.people) == 1 and "with" in listed:
            preset["with"] = list(task.people)
        return entries.add_entry(desk, record, repair.list, {**preset, **given})
    if repair.verb == "decide":
        rest = {name: value for name, value in given.items() if name != "answer"}
        return entries.decide(desk, record.id, {repair.entry: str(given["answer"])}, rest)
    if repair.verb == "set":
        wanted = {
            changing.find_place(desk, record, _typed(repair, name))[0]: given[name]
            for name in repair.fields
            if given.get(name)
        }
        return changing.set_fields(desk, record, wanted)
    day = str(given.get("on", ""))
    if day == "no":
        return marking.skip(desk, record, repair.entry, given)
    return marking.done(desk, record, repair.entry, {"on": day})
