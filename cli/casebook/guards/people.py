"""Guards on people: questions answered, persons heard, parents consulted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import pattern
from casebook.guards.model import Repair, Unmet
from casebook.i18n import _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.guards.model import Question
    from casebook.workflow import Guard

    Data = Mapping[str, Any]


def answered(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A question has its answer.

    ``answers`` names the only ones that the law leaves.
    """
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
