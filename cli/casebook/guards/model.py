"""What a guard is asked and what it answers: questions, the world around, what is unmet.

The shapes only; the guards stand beside, by what they look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from casebook.frozen import frozen
from casebook.workflow import REQUIRE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    def wholes(self, data: Data) -> Mapping[str, Sequence[Record]]:
        """What this record is part of: the reference as written, and every version there is."""
        ...

    def duty(self, identity: str) -> Mapping[str, Any]:
        """A duty of the law where it applies to this kind of school; empty where it does not."""
        ...


@frozen
class Question:
    """What a guard is asked: the front matter, the state before, and the world around."""

    data: Data
    origin: str
    world: World


def blocking(found: Sequence[Unmet]) -> list[Unmet]:
    """Those that stop a move."""
    return [one for one in found if one.level == REQUIRE]


def argv(
    repair: Repair, name: str, commands: Mapping[str, str], group: str = "case"
) -> tuple[str, ...]:
    """The command that clears an unmet guard, ready to be typed; it asks for every text itself.

    ``name`` is the case's id or how a policy record is called; ``commands`` maps list fields to
    the word behind ``add``; ``group`` is ``case`` or ``policy``.
    """
    known = _short(name, group)
    program = ("git", group)
    if repair.verb == "add":
        options = [part for key, value in repair.preset for part in (f"--{key}", value)]
        return (*program, "add", commands.get(repair.list, repair.list), known, *options)
    if repair.verb == "move":
        return (*program, repair.fields[0], _short(repair.entry, group) or known)
    if repair.verb == "set":
        fields = [f"{repair.entry}.{one}" if repair.entry else one for one in repair.fields]
        return (*program, "set", known, *fields)
    return (*program, repair.verb, known, repair.entry)


def _short(name: str, group: str) -> str:
    """The end of a case's id is enough; a policy record is called by its whole name."""
    return name.rpartition("-")[2] if group == "case" else name
