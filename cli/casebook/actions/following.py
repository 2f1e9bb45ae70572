"""What follows from a rung: the duties of the law and of the ladder, and the commands to record it.

It proposes; nothing is recorded here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import ladder as ladders
from casebook.frozen import frozen, replace
from casebook.ladder.model import NOTHING
from casebook.pattern import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.ladder import Choice, Ladder, Rung
    from casebook.policy import Policy

    Data = Mapping[str, Any]


@frozen
class LegalDuty:
    """A duty that follows from ``measures``, and from ``by_effect`` when they last more than a day.

    ``row`` is the law (None: the ladder's own), ``own`` what the ladder adds to it.
    """

    measures: tuple[str, ...]
    by_effect: tuple[str, ...]
    row: Data | None
    own: Data


def kinds_of(rung: Rung) -> list[str]:
    """The kinds of measure a rung can lead to."""
    return list(dict.fromkeys(kind for one in rung.consequences for kind in one.kinds))


def duties(policy: Policy, ladder: Ladder, choice: Choice) -> list[LegalDuty]:
    """The duties on what the possible rungs lead to, each once, with what the ladder says of it."""
    rows = policy.reference("duties")
    kinds = dict.fromkeys(kind for rung in choice.possible for kind in kinds_of(rung))
    found: dict[str, LegalDuty] = {}
    for kind in kinds:
        for row in ladders.which(
            kind, ladders.effect_of({"kind": kind}), None, rows, policy.sector
        ):
            base = str(row.get("variant_of") or row.get("id"))
            named = kind in values(row.get("measures"))
            known = found.get(base) or LegalDuty((), (), row, _own(ladder, kind, base))
            found[base] = replace(
                known,
                measures=(*known.measures, kind) if named else known.measures,
                by_effect=known.by_effect if named else (*known.by_effect, kind),
                own=known.own or _own(ladder, kind, base),
            )
    for one in ladder.duties:
        about = tuple(kind for kind in kinds if kind in values(one.get("measures")))
        norm = str(one.get("norm", ""))
        if about and norm not in found:
            found[norm] = LegalDuty(about, (), rows.get(norm), one)
    return list(found.values())


def _own(ladder: Ladder, kind: str, norm: str) -> Data:
    fitting = (
        one
        for one in ladder.duties
        if one.get("norm") == norm and kind in values(one.get("measures"))
    )
    return next(fitting, {})


def commands(
    ladder: Ladder, rung: Rung, rule: str, case: str, person: str
) -> list[tuple[str, ...]]:
    """The commands that record what a rung says, ready to be typed; what is missing they ask."""
    tail = case.rpartition("-")[2]
    found = []
    for one in rung.consequences:
        if one.measure == NOTHING:
            continue
        words = ["git", "case", "add", "measure", tail]
        words += [] if len(one.kinds) > 1 else [one.kinds[0]]
        words += ["--for", person, "--track", str(one.data.get("track", "order"))]
        words += ["--rule", rule, "--rung", rung.id]
        words += ["--amount", one.amount] if one.amount else []
        deciders = {role for kind in one.kinds for role in ladder.may_decide(one, kind)}
        words += ["--decided-by", *deciders] if len(deciders) == 1 else []
        found.append(tuple(words))
    helped = str(rung.data.get("guidance", ""))
    if helped:
        owner = str(rung.data.get("guidance_by", ""))
        beside = ["--owner", owner] if owner else []
        found.append(("git", "case", "add", "action", tail, f"{person}: {helped}", *beside))
    return found
