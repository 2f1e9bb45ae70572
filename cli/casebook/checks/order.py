"""The order of what was done: a wrong order is shown and kept, and answered by because.

Nothing here is refused; the past cannot be done again, and only the law is hard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import pattern
from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.frozen import frozen
from casebook.guards.people import took_place
from casebook.i18n import N_, _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.record import Record

    Data = Mapping[str, Any]

# "Ask the police" is not yet an answer to the question whether something may go.
ANSWERS: Final = ("keep", "remove")
RESTS_ON: Final = ("established", "plausible")

FINDINGS = {
    "removed-before-question": N_(
        "Content was removed, or its removal was ordered, before the question was answered whether "
        "it is needed as evidence. Sexual images of minors are never kept by the school: ask the "
        "police first. An answer that came later is explained with because."
    ),
    "measure-before-hearing": N_(
        "A measure was decided before the person was heard. Hearing first is good practice for a "
        "suspension and required by law before a removal (WVO 2020 art. 8.15(3))."
    ),
    "measure-before-facts": N_(
        "A measure of order names no established fact. Disputes bodies overturn measures for that."
    ),
    "waits-for-outside": N_(
        "A measure waits for somebody outside. A school may not park its own decision on the "
        "criminal case; it establishes the facts and decides itself."
    ),
    "told-against-wish": N_(
        "The parents were told although the pupil asked not to, and the reason is not given."
    ),
}
ONLY_WARNS = True


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings about the order in which things were done."""
    del judgement
    if subject.kind.name != "case":
        return
    record = subject.after
    for content in record.entries("contents"):
        yield from _removed_first(record, content)
    for measure in record.entries("measures"):
        if measure.get("status") in ("considered", "withdrawn") or measure.get("kind") == "none":
            continue
        yield from _waiting(record, measure)
        if measure.get("track") == "order":
            yield from _without_facts(record, measure)
            yield from _unheard(record, measure)
    for person in record.entries("persons"):
        if person.get("inform_parents") == "no":
            yield from _parents_told(record, person)


def _day(value: Any) -> str:
    """The day a stored value starts with; empty where it is no day."""
    text = str(value or "")[:10]
    return text if text[:1].isdigit() else ""


def _says_why(entry: Data, field: str = "because") -> bool:
    return not filler(str(entry.get(field, "")))


def _tail(record: Record) -> str:
    return record.id.rpartition("-")[2]


@frozen
class Removal:
    """Content that was taken away, or asked to be, on a day; ``excused`` with its own reason."""

    place: tuple[str, str, str]
    day: str
    excused: bool = False


def _removals(record: Record, content: Data) -> Iterator[Removal]:
    code = str(content.get("id"))
    if _day(content.get("removed")):
        yield Removal(("contents", code, "removed"), _day(content["removed"]))
    for one in pattern.find(record.data, {"in": "external", "kind": "removal"}):
        about = pattern.values(one.get("about"))
        if not about or code in about:
            place = ("external", str(one.get("id")), "on")
            yield Removal(place, _day(one.get("on")), _says_why(one))


def _removed_first(record: Record, content: Data) -> Iterator[Finding]:
    """A removal is in order when the evidence question was answered by then, or it says why not."""
    code = str(content.get("id"))
    decided = _day(content.get("decided_on"))
    answered = content.get("decision") in ANSWERS and bool(decided)
    explained = bool(content.get("decision")) and _says_why(content)
    for removal in _removals(record, content):
        in_time = bool(decided) and decided <= removal.day
        if removal.excused or (answered and in_time) or (explained and not in_time):
            continue
        yield found(
            record,
            removal.place,
            "removed-before-question",
            _("{content} was removed before the evidence question was answered").format(
                content=code
            ),
            _("Do: git case set {case} {content}.decision {content}.because").format(
                case=_tail(record), content=code
            ),
            WARNING,
        )


def _waiting(record: Record, measure: Data) -> Iterator[Finding]:
    if measure.get("waits_for"):
        message = _("{measure} waits for {other}").format(
            measure=measure["id"], other=measure["waits_for"]
        )
        yield _warn(record, measure, "waits_for", "waits-for-outside", message, "because")


def _without_facts(record: Record, measure: Data) -> Iterator[Finding]:
    facts = pattern.values(measure.get("facts"))
    known = [one for one in record.entries("facts") if one.get("id") in facts]
    if not any(one.get("status") in RESTS_ON for one in known):
        message = _("{measure} names no fact it rests on that is established").format(
            measure=measure["id"]
        )
        yield _warn(record, measure, "facts", "measure-before-facts", message, "facts")


def _unheard(record: Record, measure: Data) -> Iterator[Finding]:
    if _says_why(measure, "heard_because"):
        return
    decided = _day(measure.get("decided_on") or measure.get("from"))
    named = pattern.values(measure.get("heard"))
    talks = [
        talk
        for talk in record.entries("talks")
        if (talk.get("id") in named or talk.get("for") == "hear")
        and took_place(talk)
        and (not decided or _day(talk.get("on")) <= decided)
    ]
    heard = {code for talk in talks for code in pattern.values(talk.get("with"))}
    silent = [code for code in pattern.values(measure.get("for")) if code not in heard]
    if silent:
        message = _("{measure} was decided before {people} was heard").format(
            measure=measure["id"], people=", ".join(silent)
        )
        yield _warn(record, measure, "heard", "measure-before-hearing", message, "heard_because")


def _parents_told(record: Record, person: Data) -> Iterator[Finding]:
    code = str(person.get("id"))
    told = pattern.find(record.data, {"in": "talks", "with": code, "parents": ["present", "told"]})
    told += pattern.find(
        record.data, {"in": "decisions", "id": "parents-informed", "answer": "yes"}
    )
    if all(_says_why(one) for one in told) or _says_why(person):
        return
    yield found(
        record,
        ("persons", code, "inform_parents"),
        "told-against-wish",
        _("{person} asked not to tell the parents; they were told without a reason").format(
            person=code
        ),
        _("Do: git case set {case} {person}.because").format(case=_tail(record), person=code),
        WARNING,
    )


def _warn(  # noqa: PLR0917 - read in this order everywhere
    record: Record, measure: Data, place: str, name: str, message: str, field: str
) -> Finding:
    code = str(measure.get("id"))
    return found(
        record,
        ("measures", code, place),
        name,
        message,
        _("Do: git case set {case} {entry}.{field}").format(
            case=_tail(record), entry=code, field=field
        ),
        WARNING,
    )
