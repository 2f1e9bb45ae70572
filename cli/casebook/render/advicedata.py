"""What the ladder says, as data: ids in English, no texts but the reasons and the rung itself.

Pure: values in, dictionaries out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.render import consequentpage

if TYPE_CHECKING:
    from casebook.actions.advising import Advice
    from casebook.actions.following import LegalDuty


def data(one: Advice) -> dict[str, Any]:
    """The whole answer."""
    rung = one.choice.rung
    return {
        "advice": {
            "id": one.case.id,
            "person": one.person.get("id"),
            "day": one.day.isoformat(),
            "rule": one.rule.id,
            "ladder": one.ladder.id if one.ladder is not None else None,
            "notes": list(one.notes),
            "times": one.situation.times,
            "counted": {
                "how": one.count.how,
                "cases": list(one.count.cases),
                "because": one.count.why or None,
            },
            "rung": dict(rung.data) if rung is not None else None,
            "possible": [each.id for each in one.choice.possible],
            "missing": list(one.choice.missing),
            "decided_by": _deciders_data(one),
            "duties": [_duty_data(each) for each in one.duties],
            "earlier": [consequentpage.decided_data(each) for each in one.earlier],
            "differences": consequentpage.data(one.differences),
            "commands": [list(argv) for argv in one.commands],
        }
    }


def _deciders_data(one: Advice) -> dict[str, list[str]]:
    if one.ladder is None or one.choice.rung is None:
        return {}
    ladder = one.ladder
    return {
        kind: list(ladder.may_decide(each, kind))
        for each in one.choice.rung.consequences
        for kind in each.kinds
    }


def _duty_data(duty: LegalDuty) -> dict[str, Any]:
    row = duty.row or {}
    return {
        "measures": list(duty.measures),
        "by_effect": list(duty.by_effect),
        "duty": row.get("id") or duty.own.get("norm"),
        "law": row.get("law"),
        "article": row.get("article"),
        "certainty": row.get("certainty"),
        "longer_than": row.get("longer_than") or duty.own.get("longer_than"),
        "owner": duty.own.get("owner"),
        "within": duty.own.get("within") or row.get("term"),
    }
