"""Guards on how a text is decided: with the whole it is part of, and with the council's say.

Which part of the council has which right stands in the duties; whether it decided well does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import pattern
from casebook.guards.model import Repair, Unmet
from casebook.i18n import _, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.guards.model import Question
    from casebook.workflow import Guard

    Data = Mapping[str, Any]

CONSENT = ("agreed", "agreed-changed")
ADVICE = (*CONSENT, "advice-for", "advice-against")


def whole_adopted(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The record this one is part of has been adopted: the decision stands there.

    ``state`` names the state it has to be in.
    """
    wanted = guard.params.get("state", "adopted")
    for reference, versions in question.world.wholes(question.data).items():
        if any(one.state == wanted for one in versions):
            continue
        newest = versions[-1].short if versions else reference
        yield Unmet(
            key=f"{guard.name}:{reference}",
            level=guard.level,
            message=_("{record} has not been adopted; the decision stands there").format(
                record=newest
            ),
            repair=Repair("move", entry=newest, fields=(guard.params.get("move", "adopt"),)),
        )


def council(question: Question, guard: Guard) -> Iterator[Unmet]:
    """The participation council consented or advised, where the law asks it of this school.

    ``law`` names the duty; for a kind of school to which it does not apply nothing is asked.
    """
    duty = question.world.duty(str(guard.params.get("law", "")))
    if not duty:
        return
    asked = [
        one for one in pattern.entries(question.data, "council") if _about(question, one, duty)
    ]
    if not asked:
        what = label({"en": duty.get("title_en", ""), "nl": duty.get("title_nl", "")}, "")
        yield Unmet(
            key=f"{guard.name}:{duty['id']}",
            level=guard.level,
            message=_("the participation council has not been asked: {duty}").format(duty=what),
            repair=Repair("add", list="council", preset=_preset(duty)),
        )
        return
    fitting = CONSENT if duty.get("right") == "consent" else ADVICE
    for one in asked:
        code, decision = str(one.get("id", "")), str(one.get("decision", ""))
        if decision and decision not in fitting and decision != "refused":
            yield Unmet(
                key=f"{guard.name}:{code}",
                level=guard.level,
                message=_("{entry}: the law asks consent here, and not only advice").format(
                    entry=code
                ),
                repair=Repair("set", list="council", entry=code, fields=("decision",)),
            )


def _about(question: Question, entry: Data, duty: Data) -> bool:
    """Whether an entry is about this duty: it names it, or the same part of the council."""
    norm = str(entry.get("norm", ""))
    if norm:
        return duty["id"] in (norm, question.world.duty(norm).get("variant_of", ""))
    return entry.get("section") == duty.get("section")


def _preset(duty: Data) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(duty[key]))
        for name, key in (("section", "section"), ("right", "right"), ("norm", "id"))
        if duty.get(key)
    )
