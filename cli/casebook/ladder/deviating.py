"""Where a measure differs from the rung it names: kind, amount, who decided, the maximum.

Differing is allowed with a reason; whether the reason is a good one it cannot know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import frozen
from casebook.ladder.amounts import compare, days_of, read_amount
from casebook.ladder.duties import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.ladder.model import Ladder, Rung

    Data = Mapping[str, Any]

# The second track of a ladder: help and repair are never less or more than a rung prescribes.
BESIDE: Final = ("guidance", "repair", "safety")
DECIDED: Final = ("announced", "decided", "running", "ended")


@frozen
class Deviation:
    """One difference: ``what`` is kind, amount, decided-by, maximum or approved-by; ``field`` of
    the measure, what it says (``own``) and what the ladder allows (``wanted``).
    """

    what: str
    field: str
    own: str
    wanted: tuple[str, ...]


def deviations(measure: Data, measures: Sequence[Data], ladder: Ladder) -> Iterator[Deviation]:
    """Where a measure differs from the rung it names and from the ladder's limits.

    ``measures`` are all of the case: terms that extend each other add up.
    """
    if measure.get("status", "decided") not in DECIDED:
        return
    kind = str(measure.get("kind", ""))
    rung = ladder.rung(str(measure.get("rung", "")))
    if rung is not None and measure.get("track") not in BESIDE:
        yield from _from_rung(measure, kind, rung)
    yield from _from_limits(measure, measures, kind, ladder)


def _from_rung(measure: Data, kind: str, rung: Rung) -> Iterator[Deviation]:
    consequence = rung.fitting(kind)
    if consequence is None:
        wanted = tuple(one for each in rung.consequences for one in each.kinds)
        yield Deviation("kind", "kind", kind, wanted)
        return
    own, wanted_amount = read_amount(str(measure.get("amount", ""))), consequence.amount
    prescribed = read_amount(wanted_amount)
    if own is not None and prescribed is not None and compare(own, prescribed) not in (0, None):
        yield Deviation("amount", "amount", str(measure["amount"]), (wanted_amount,))
    decider = str(measure.get("decided_by", ""))
    if decider and consequence.by and decider not in consequence.by:
        yield Deviation("decided-by", "decided_by", decider, consequence.by)
    if rung.approved_by and consequence is rung.main and not measure.get("approved_by"):
        yield Deviation("approved-by", "approved_by", "", (rung.approved_by,))


def _from_limits(
    measure: Data, measures: Sequence[Data], kind: str, ladder: Ladder
) -> Iterator[Deviation]:
    decider = str(measure.get("decided_by", ""))
    limits = ladder.limits_of(kind)
    allowed = tuple(dict.fromkeys(role for one in limits for role in one.by))
    if decider and allowed and decider not in allowed:
        yield Deviation("decided-by", "decided_by", decider, allowed)
        return
    own = [one for one in limits if not decider or decider in one.by]
    if own and all(one.max and _above(measure, measures, one.max) for one in own):
        said = str(measure.get("amount") or measure.get("until") or "")
        yield Deviation(
            "maximum", "amount" if measure.get("amount") else "until", said, (own[-1].max,)
        )


def _above(measure: Data, measures: Sequence[Data], most: str) -> bool:
    """Whether a measure surely lasts longer than ``most``."""
    limit = read_amount(most)
    own = read_amount(str(measure.get("amount", "")))
    if limit is not None and own is not None and compare(own, limit) == 1:
        return True
    days = span(measure, measures)
    in_days = days_of(limit)
    return in_days is not None and days > in_days
