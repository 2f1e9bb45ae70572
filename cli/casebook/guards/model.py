"""What a guard is asked and what it answers: questions, the world around, what is unmet.

The shapes only; the guards stand beside, by what they look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.frozen import frozen
from casebook.record import CASE
from casebook.workflow import REQUIRE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from casebook.ladder import Gap
    from casebook.procedure import StepStatus
    from casebook.record import Record

    Data = Mapping[str, Any]


@frozen
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


@frozen
class Unmet:
    """One thing that is missing: ``key`` names it for ever (``answered:offence``)."""

    key: str
    level: str
    message: str
    repair: Repair


if TYPE_CHECKING:  # a protocol is a shape, and making the class costs at every start

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

        def holding(self, text: str) -> Sequence[Record]:
            """The readable cases whose file holds ``text``."""
            ...

        def gaps(self, data: Data) -> Sequence[Gap]:
            """What the law here asks of the case's measures, and is not on record."""
            ...

        def is_open(self, record: Record) -> bool:
            """Whether a case has not ended."""
            ...

        def wholes(self, data: Data) -> Mapping[str, Sequence[Record]]:
            """What this record is part of: the reference as written, and every version there is."""
            ...

        def duty(self, identity: str) -> Mapping[str, Any]:
            """A duty of the law where it applies to this school; empty where not."""
            ...


@frozen
class Question:
    """What a guard is asked: the front matter, the state before, and the world around.

    ``before`` is the front matter before the move; empty for a new record.
    """

    data: Data
    origin: str
    world: World
    before: Data


def blocking(found: Sequence[Unmet]) -> list[Unmet]:
    """Those that stop a move."""
    return [one for one in found if one.level == REQUIRE]


def argv(repair: Repair, record: Record, commands: Mapping[str, str]) -> tuple[str, ...]:
    """The command that clears an unmet guard, ready to be typed; it asks for every text itself.

    ``commands`` maps list fields to the word behind ``add``; a list without one is written in an
    editor.
    """
    tail = record.short
    program = tuple(record.program.split())
    if repair.verb == "add" and repair.list not in commands:
        return (*program, "edit", tail, repair.list)
    if repair.verb == "add":
        options = [part for name, value in repair.preset for part in (f"--{name}", value)]
        return (*program, "add", commands.get(repair.list, repair.list), tail, *options)
    if repair.verb == "move":
        other = repair.entry.rpartition("-")[2] if record.kind == CASE else repair.entry
        return (*program, repair.fields[0], other or tail)
    if repair.verb == "set":
        named = [f"{repair.entry}.{name}" if repair.entry else name for name in repair.fields]
        return (*program, "set", tail, *named)
    return (*program, repair.verb, tail, repair.entry)
