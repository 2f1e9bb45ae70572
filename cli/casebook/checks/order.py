"""The order of what was done: a wrong order is shown and kept, and answered by because.

Nothing here is refused; the past cannot be done again, and only the law is hard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import pattern
from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "removed-before-question": N_(
        "Content was removed, or its removal was ordered, before the question was answered whether "
        "it is needed as evidence. Sexual images of minors are never kept by the school: ask the "
        "police first."
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


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings about the order in which things were done."""
    del judgement
    if subject.kind.name != "case":
        return
    yield from _removed_first(subject)
    yield from _measures(subject)
    yield from _parents_told(subject)


def _day(value: Any) -> str:
    return str(value or "")[:10]


def _removed_first(subject: Subject) -> Iterator[Finding]:
    record = subject.after
    for content in record.entries("contents"):
        code = str(content.get("id"))
        removals = [
            ("external", str(one.get("id")), "on", _day(one.get("on")))
            for one in pattern.find(record.data, {"in": "external", "kind": "removal"})
            if code in pattern.values(one.get("about")) or not one.get("about")
        ]
        if str(content.get("removed", "no"))[:1].isdigit():
            removals.append(("contents", code, "removed", _day(content.get("removed"))))
        decided = _day(content.get("decided_on"))
        for removal in removals:
            if not content.get("decision") or not decided or removal[3] < decided:
                yield found(
                    record,
                    removal[:3],
                    "removed-before-question",
                    _("{content} was removed before the evidence question was answered").format(
                        content=code
                    ),
                    _("Do: git case set {case} {content}.decision, with the reason").format(
                        case=record.id.rpartition("-")[2], content=code
                    ),
                    WARNING,
                )


def _measures(subject: Subject) -> Iterator[Finding]:
    record = subject.after
    talks = {str(talk.get("id")): talk for talk in record.entries("talks")}
    for measure in record.entries("measures"):
        code = str(measure.get("id"))
        if measure.get("status") in ("considered", "withdrawn") or measure.get("kind") == "none":
            continue
        if measure.get("track") == "order" and not measure.get("facts"):
            yield _warn(
                record,
                (code, "facts"),
                "measure-before-facts",
                _("{measure} names no fact it rests on").format(measure=code),
                "facts",
            )
        if measure.get("waits_for"):
            yield _warn(
                record,
                (code, "waits_for"),
                "waits-for-outside",
                _("{measure} waits for {other}").format(measure=code, other=measure["waits_for"]),
                "because",
            )
        if measure.get("track") == "order" and filler(str(measure.get("heard_because", ""))):
            decided = _day(measure.get("decided_on") or measure.get("from"))
            heard = _heard_before(record.data, measure, talks, decided)
            if not heard:
                yield _warn(
                    record,
                    (code, "heard"),
                    "measure-before-hearing",
                    _("{measure} was decided before {people} was heard").format(
                        measure=code, people=", ".join(pattern.values(measure.get("for")))
                    ),
                    "heard_because",
                )


def _heard_before(
    data: Mapping[str, Any],
    measure: Mapping[str, Any],
    talks: Mapping[str, Mapping[str, Any]],
    decided: str,
) -> bool:
    named = [talks[code] for code in pattern.values(measure.get("heard")) if code in talks]
    people = list(pattern.values(measure.get("for")))
    named += pattern.find(data, {"in": "talks", "with": people, "for": ["hear"]}) if people else []
    return any(not decided or _day(talk.get("on")) <= decided for talk in named)


def _parents_told(subject: Subject) -> Iterator[Finding]:
    record = subject.after
    for person in pattern.find(record.data, {"in": "persons", "inform_parents": "no"}):
        code = str(person.get("id"))
        told = pattern.find(
            record.data, {"in": "talks", "with": code, "parents": ["present", "told"]}
        )
        told += pattern.find(
            record.data, {"in": "decisions", "id": "parents-informed", "answer": "yes"}
        )
        silent = [one for one in told if filler(str(one.get("because", "")))]
        if silent and filler(str(person.get("because", ""))):
            yield found(
                record,
                ("persons", code, "inform_parents"),
                "told-against-wish",
                _("{person} asked not to tell the parents; they were told without a reason").format(
                    person=code
                ),
                _("Do: git case set {case} {person}.because").format(
                    case=record.id.rpartition("-")[2], person=code
                ),
                WARNING,
            )


def _warn(record: Any, place: tuple[str, str], name: str, message: str, field: str) -> Finding:
    return found(
        record,
        ("measures", *place),
        name,
        message,
        _("Do: git case set {case} {entry}.{field}").format(
            case=record.id.rpartition("-")[2], entry=place[0], field=field
        ),
        WARNING,
    )
