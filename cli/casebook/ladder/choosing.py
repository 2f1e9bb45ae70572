"""The rung a situation is on: the first whose conditions all hold, or those it may still be.

What is not known is never guessed: a rung that hangs on it stays possible and says what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.ladder.amounts import read_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.ladder.model import Ladder, Rung

JUDGEMENT: Final = "judgement"


@frozen
class Situation:
    """What is known of one breach by one person; None where nobody knows it.

    ``times`` counts this one too. An empty ``group`` is a person without a group.
    """

    times: int | None = None
    severity: str | None = None
    enforcer: str | None = None
    refused: bool | None = None
    group: str | None = None
    age: int | None = None


@frozen
class Choice:
    """The rung, or where it cannot be said: the ``possible`` ones and what is ``missing``.

    ``possible`` holds the rung alone when it is known; both are empty when none fits.
    """

    rung: Rung | None
    possible: tuple[Rung, ...] = ()
    missing: tuple[str, ...] = ()


def choose(ladder: Ladder, situation: Situation) -> Choice:
    """The first rung whose conditions all hold."""
    possible: list[Rung] = []
    missing: dict[str, None] = {}
    for rung in ladder.rungs:
        holds, unknown = verdict(rung, situation)
        if holds is False:
            continue
        possible.append(rung)
        missing.update(dict.fromkeys(unknown))
        if holds:
            break
    if not possible:
        return Choice(None)
    if len(possible) == 1 and not missing:
        return Choice(possible[0], (possible[0],))
    return Choice(None, tuple(possible), tuple(missing))


def verdict(rung: Rung, situation: Situation) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the conditions of a rung hold (None: it cannot be said), and what is not known.

    A rung of judgement with no other condition hangs on somebody's judgement alone.
    """
    answers = list(_conditions(rung, situation))
    if any(holds is False for _name, holds in answers):
        return False, ()
    unknown = tuple(name for name, holds in answers if holds is None)
    if not answers and rung.judgement:
        unknown = (JUDGEMENT,)
    return (None, unknown) if unknown else (True, ())


def _conditions(rung: Rung, situation: Situation) -> Iterator[tuple[str, bool | None]]:
    """Each condition of the rung by name, and whether it holds."""
    if rung.times:
        yield "times", _number(rung.times, situation.times)
    if rung.severity:
        yield "severity", _one_of(rung.severity, situation.severity)
    if rung.enforcer:
        yield "enforcer", _one_of(rung.enforcer, situation.enforcer)
    if rung.refusal:
        wanted = rung.refusal == "yes"
        yield "refused", None if situation.refused is None else situation.refused is wanted
    if rung.groups:
        yield "group", _one_of(rung.groups, situation.group)
    if rung.age:
        yield "age", _number(rung.age, situation.age)


def _number(wanted: str, known: int | None) -> bool | None:
    found = read_range(wanted)
    return None if found is None or known is None else known in found


def _one_of(wanted: Sequence[str], known: str | None) -> bool | None:
    return None if known is None else known in wanted
