"""The guards that workflow data can name, and what is still missing for them.

A guard looks at front matter only and answers with ``Unmet`` values; it never prints, edits or
decides whether a move happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from casebook import pattern
from casebook.i18n import _
from casebook.wording import filler
from casebook.workflow import REQUIRE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from casebook.procedure import StepStatus
    from casebook.record import Record
    from casebook.workflow import Guard

    Data = Mapping[str, Any]

OPEN_DECISIONS: Final = ("yes", "unsure")
SHORT_SEVERITIES: Final = ("light", "moderate")


@dataclass(frozen=True, slots=True)
class Repair:
    """What would clear an unmet guard, as data: the command line and ``case next`` both read it.

    ``verb`` is ``set`` (fields of the record or of ``entry``), ``add`` (an entry of ``list`` with
    ``preset``), ``decide`` (a question), ``done`` (a step, action or message), ``move`` (a move
    of this case or of ``entry``, another one).
    """

    verb: str
    list: str = ""
    entry: str = ""
    fields: tuple[str, ...] = ()
    preset: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that is missing: ``key`` names it for ever (``answered:offence``)."""

    key: str
    level: str
    message: str
    repair: Repair


class World(Protocol):
    """What a guard may ask beyond the record itself."""

    def label(self, *place: str) -> str:
        """The label of a field: ``label("owner")``, ``label("facts", "source")``."""
        ...

    def value_label(self, value: str, *place: str) -> str:
        """The label of a field's value."""
        ...

    def question(self, question: str) -> str:
        """The text of a question that is answered with ``decide``."""
        ...

    def steps(self, data: Data) -> Sequence[StepStatus]:
        """The steps of the case's procedure and how far they are."""
        ...

    def requires_aftercare(self, data: Data) -> bool:
        """Whether the procedure has a required step of aftercare."""
        ...

    def may_be_light(self, data: Data) -> bool:
        """Whether the type of the case may be settled as light."""
        ...

    def case(self, identity: str) -> Record | None:
        """Another case, or None when there is none of that id."""
        ...

    def linked_from(self, identity: str, kind: str) -> Sequence[Record]:
        """The cases whose links of this kind point at ``identity``."""
        ...

    def is_open(self, record: Record) -> bool:
        """Whether a case has not ended."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What a guard is asked: the front matter, the state before, and the world around."""

    data: Data
    origin: str
    world: World


def unmet(question: Question, guard: Guard) -> list[Unmet]:
    """What is missing for ``guard``; empty when it holds or does not apply."""
    data = question.data
    if not all(pattern.holds(data, one) for one in guard.only_if):
        return []
    if any(pattern.holds(data, one) for one in guard.unless):
        return []
    return list(REGISTRY[guard.name](question, guard))


def field(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A field is filled in."""
    name = guard.params["field"]
    if not pattern.values(question.data.get(name)):
        yield _missing_field(question, guard, name)


def text(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A field holds a real text: not empty, not a filler such as "nvt" or "x"."""
    name = guard.params["field"]
    if filler(str(question.data.get(name, ""))):
        yield _missing_field(question, guard, name)


def _missing_field(question: Question, guard: Guard, name: str) -> Unmet:
    return Unmet(
        key=f"{guard.name}:{name}",
        level=guard.level,
        message=_("{field} is missing").format(field=question.world.label(name)),
        repair=Repair("set", fields=(name,)),
    )


def list_not_empty(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A list has at least one entry (of the kind that ``where`` describes)."""
    name = guard.params["list"]
    where = guard.params.get("where", {})
    if not pattern.find(question.data, {"in": name, **where}):
        from casebook.i18n import label

        what = label(guard.params.get("label"), question.world.label(name))
        preset = tuple(
            (key, value) for key, value in where.items() if isinstance(value, str) and value != "*"
        )
        yield Unmet(
            key=f"{guard.name}:{name}",
            level=guard.level,
            message=_("there is not yet {what}").format(what=what),
            repair=Repair("add", list=name, preset=preset),
        )


def each_entry(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Every entry of a list that ``where`` describes has the fields it needs.

    ``one_of`` limits a field to some values, ``or`` names a field that may stand in for a missing
    one, ``never`` says that no such entry may be left at all.
    """
    name = guard.params["list"]
    found = pattern.find(question.data, {"in": name, **guard.params.get("where", {})})
    for entry in found:
        identity = str(entry.get("id", ""))
        if guard.params.get("never"):
            yield _still_open(question, guard, name, identity)
            continue
        instead = guard.params.get("or", "")
        lacking = tuple(
            one
            for one in guard.params["needs"]
            if _lacks(entry, one) and (not instead or _lacks(entry, instead))
        )
        if lacking:
            labels = ", ".join(question.world.label(name, one) for one in lacking)
            yield Unmet(
                key=f"{guard.name}:{identity}:{','.join(lacking)}",
                level=guard.level,
                message=_("{entry} lacks: {fields}").format(entry=identity, fields=labels),
                repair=Repair("set", list=name, entry=identity, fields=lacking),
            )
        for one, allowed in guard.params.get("one_of", {}).items():
            value = str(entry.get(one, ""))
            if value and value not in allowed:
                options = [question.world.value_label(choice, name, one) for choice in allowed]
                yield Unmet(
                    key=f"{guard.name}:{identity}:{one}",
                    level=guard.level,
                    message=_("{entry}: {field} must be {allowed}, not {value}").format(
                        entry=identity,
                        field=question.world.label(name, one),
                        allowed=_(" or ").join(options),
                        value=question.world.value_label(value, name, one),
                    ),
                    repair=Repair("set", list=name, entry=identity, fields=(one,)),
                )


def _lacks(entry: Data, name: str) -> bool:
    value = pattern.values(entry.get(name))
    if not value or value == ("no",):
        return True
    return name.startswith("because") and filler(value[0])


def _still_open(question: Question, guard: Guard, name: str, identity: str) -> Unmet:
    if name == "actions":
        repair = Repair("done", list=name, entry=identity)
    else:
        first = next(iter(guard.params.get("where", {})))
        repair = Repair("set", list=name, entry=identity, fields=(first,))
    return Unmet(
        key=f"{guard.name}:{identity}",
        level=guard.level,
        message=_("{entry} ({list}) is still open").format(
            entry=identity, list=question.world.label(name)
        ),
        repair=repair,
    )


def answered(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A question has its answer (one of ``answers`` when the law leaves no other)."""
    name = guard.params["question"]
    allowed = guard.params.get("answers", ())
    found = pattern.find(question.data, {"in": "decisions", "id": name})
    answer = str(found[-1].get("answer", "")) if found else ""
    if answer and (not allowed or answer in allowed):
        return
    text_of = question.world.question(name)
    if answer:
        options = [question.world.value_label(choice, "decisions", "answer") for choice in allowed]
        message = _('"{question}" must be answered with {allowed}').format(
            question=text_of, allowed=_(" or ").join(options)
        )
    else:
        message = _('"{question}" is not answered').format(question=text_of)
    yield Unmet(f"{guard.name}:{name}", guard.level, message, Repair("decide", entry=name))


def heard(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Every known and reachable person in these roles was spoken with, or "not, because"."""
    purposes = guard.params["for"]
    for person in _people(question.data, guard.params["roles"]):
        code = str(person.get("id"))
        talks = pattern.find(question.data, {"in": "talks", "with": code, "for": purposes})
        if any(took_place(talk) for talk in talks):
            continue
        roles = ", ".join(
            question.world.value_label(role, "persons", "roles")
            for role in pattern.values(person.get("roles"))
        )
        yield Unmet(
            key=f"{guard.name}:{code}",
            level=guard.level,
            message=_("{person} ({roles}) has not been heard").format(person=code, roles=roles),
            repair=Repair("add", list="talks", preset=(("with", code), ("for", purposes[0]))),
        )


def _people(data: Data, roles: Sequence[str]) -> list[Data]:
    found = pattern.find(data, {"in": "persons", "roles": list(roles)})
    return [
        person
        for person in found
        if person.get("kind") not in (None, "unknown") and person.get("absent") != "yes"
    ]


def took_place(talk: Data) -> bool:
    """Whether a talk was held, or says why it could not be."""
    return talk.get("held") != "no" or not filler(str(talk.get("because", "")))


def parents_consulted(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The parents of every minor pupil in these roles were consulted, or "not, because"."""
    data = question.data
    if pattern.find(data, {"in": "decisions", "id": "parents-informed", "answer": ["yes", "no"]}):
        return
    for person in _people(data, guard.params["roles"]):
        if person.get("kind") != "pupil" or person.get("minor") == "no":
            continue
        code = str(person.get("id"))
        parents = [
            str(one.get("id"))
            for one in pattern.find(data, {"in": "persons", "kind": "parent", "of": code})
        ]
        with_child = {"in": "talks", "with": code, "parents": ["present", "told"]}
        if pattern.find(data, with_child) or (
            parents and pattern.find(data, {"in": "talks", "with": parents})
        ):
            continue
        yield Unmet(
            key=f"{guard.name}:{code}",
            level=guard.level,
            message=_("the parents of {person} have not been consulted").format(person=code),
            repair=Repair("decide", entry="parents-informed"),
        )


def steps_done(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The required steps of the procedure before this move are done, or skipped with a reason."""
    before = guard.params["before"]
    for status in question.world.steps(question.data):
        if status.state != "open" or not status.required or status.step.before not in before:
            continue
        yield Unmet(
            key=f"{guard.name}:{status.step.id}",
            level=guard.level,
            message=_("step not done: {step}").format(step=status.step.title_now()),
            repair=Repair("done", list="steps", entry=status.step.id),
        )


def links_closed(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The cases that are part of this one have ended, or the link says because."""
    identity = str(question.data.get("id", ""))
    kind = guard.params["kind"]
    for other in question.world.linked_from(identity, kind):
        links = pattern.find(other.data, {"in": "links", "kind": kind, "case": identity})
        excused = any(not filler(str(link.get("because", ""))) for link in links)
        if question.world.is_open(other) and not excused:
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
        repair = Repair("move", fields=("assess",))
        return Unmet(f"{guard.name}:{what}", guard.level, message, repair)

    if not question.world.may_be_light(data):
        yield heavy("type", _("a case of this type is never settled as light"))
    sexual = {"in": "contents", "sexual": ["yes", "unknown"], "minor": ["yes", "unknown", ""]}
    if pattern.holds(data, sexual):
        yield heavy("content", _("there is sexual content with a minor"))
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
    repair = Repair("set", fields=(guard.params["field"],))
    yield Unmet(f"{guard.name}:{identity}", guard.level, message, repair)


def same_treatment(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Persons in the same role got the same measure, or each measure says because."""
    by_role: dict[str, dict[str, list[Data]]] = {}
    for measure in pattern.entries(question.data, "measures"):
        if measure.get("status") in ("considered", "withdrawn"):
            continue
        for person in pattern.persons(question.data, pattern.values(measure.get("for"))):
            for role in pattern.values(person.get("roles")):
                kinds = by_role.setdefault(role, {})
                kinds.setdefault(str(measure.get("kind", "")), []).append(measure)
    for role, kinds in by_role.items():
        different = [measure for found in kinds.values() for measure in found]
        silent = [one for one in different if filler(str(one.get("because", "")))]
        if len(kinds) > 1 and silent:
            identity = str(silent[0].get("id"))
            yield Unmet(
                key=f"{guard.name}:{role}",
                level=guard.level,
                message=_("{role}: measures differ; {entry} does not say why").format(
                    role=question.world.value_label(role, "persons", "roles"), entry=identity
                ),
                repair=Repair("set", list="measures", entry=identity, fields=("because",)),
            )


REGISTRY: Final[Mapping[str, Callable[[Question, Guard], Iterator[Unmet]]]] = {
    "field": field,
    "text": text,
    "list-not-empty": list_not_empty,
    "each-entry": each_entry,
    "answered": answered,
    "heard": heard,
    "parents-consulted": parents_consulted,
    "steps-done": steps_done,
    "links-closed": links_closed,
    "is-light": is_light,
    "short-close": short_close,
    "target-open": target_open,
    "same-treatment": same_treatment,
}


def blocking(found: Sequence[Unmet]) -> list[Unmet]:
    """Those that stop a move."""
    return [one for one in found if one.level == REQUIRE]


def argv(repair: Repair, identity: str, commands: Mapping[str, str]) -> tuple[str, ...]:
    """The command that clears an unmet guard, ready to be typed; it asks for every text itself.

    ``identity`` is the case's id; ``commands`` maps list fields to the word behind ``add``.
    """
    tail = identity.rpartition("-")[2]
    if repair.verb == "add":
        options = [part for name, value in repair.preset for part in (f"--{name}", value)]
        return ("git", "case", "add", commands.get(repair.list, repair.list), tail, *options)
    if repair.verb == "move":
        other = repair.entry.rpartition("-")[2]
        return ("git", "case", repair.fields[0], other or tail)
    if repair.verb == "set":
        named = [f"{repair.entry}.{name}" if repair.entry else name for name in repair.fields]
        return ("git", "case", "set", tail, *named)
    return ("git", "case", repair.verb, tail, repair.entry)
