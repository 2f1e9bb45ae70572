"""What guards may ask: labels, procedure steps and other cases, from one policy and snapshot.

It answers questions and keeps nothing but what it has just read.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from casebook import i18n, sets
from casebook.i18n import N_, _
from casebook.pattern import values
from casebook.policy import Policy
from casebook.procedure import has_required_aftercare, status
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from casebook.catalogue import Kind
    from casebook.ladder import Gap
    from casebook.procedure import Procedure, StepStatus
    from casebook.record import Record
    from casebook.snapshot import Snapshot

    Data = Mapping[str, Any]

_STEPPED: Final = 256  # cases whose steps are remembered: more than are judged together
_LATEST: Final = 4  # of those, how many are compared with a case that was read once more
# Kinds of journal entries that the program writes or proposes; others are words of the user.
ENTRIES = (N_("note"), N_("call"), N_("talk"), N_("mail"), N_("drop"))


class CaseWorld:
    """The world around cases at one moment; implements ``guards.World``."""

    def __init__(
        self, policy: Policy, snapshot: Snapshot, now: datetime, speaks_of: Kind | None = None
    ) -> None:
        self.policy = policy
        self.snapshot = snapshot
        self.now = now
        self.kind: Kind = policy.catalogue.kind("case")
        self._stepped: dict[int, tuple[Data, Sequence[StepStatus]]] = {}
        self._ids: dict[str, list[str]] = {}
        self._holding: dict[str, list[Record]] = {}
        self.speaks_of: Kind = speaks_of or self.kind

    @cached_property
    def records(self) -> Policy:
        """The records as they are after the change, read by the law from before it."""
        same = self.snapshot is self.policy.snapshot
        return self.policy if same else Policy(self.snapshot, self.policy)

    def about(self, kind: Kind) -> CaseWorld:
        """The same world for a record of another kind: its labels are those of that kind."""
        if kind is self.speaks_of:
            return self
        same = object.__new__(CaseWorld)
        same.__dict__ |= {**self.__dict__, "speaks_of": kind}
        return same

    def label(self, *place: str) -> str:
        """The label of a field."""
        return self.speaks_of.field_label(*place)

    def value_label(self, value: str, *place: str) -> str:
        """The label of a value of a field."""
        return self.speaks_of.value_label(value, *place)

    def question(self, question: str) -> str:
        """The text of a question that ``decide`` answers."""
        return self.kind.value_label(question, "decisions", "id")

    def procedure(self, data: Data) -> Procedure | None:
        """The procedure the case runs under; by its type where it names none."""
        reference = str(data.get("procedure", ""))
        if not reference:
            case_type = self.kind.types.get(str(data.get("type", "")))
            reference = case_type.procedure if case_type is not None else ""
        return self.policy.procedure(reference, self.now.date()) if reference else None

    def steps(self, data: Data) -> Sequence[StepStatus]:
        """How far the steps of the case's procedure are; the last answers are remembered."""
        known = self._stepped.get(id(data))
        if known is not None:
            return known[1]
        latest = islice(reversed(self._stepped.values()), _LATEST)
        found = next((steps for other, steps in latest if other == data), None)
        if len(self._stepped) >= _STEPPED:
            self._stepped.clear()
        # The data are kept as well, so that no others can take their place in memory.
        self._stepped[id(data)] = (data, found if found is not None else self._steps(data))
        return self._stepped[id(data)][1]

    def _steps(self, data: Data) -> Sequence[StepStatus]:
        procedure = self.procedure(data)
        if procedure is None:
            return []
        return status(procedure, data, self.policy.calendar, self.now)

    def requires_aftercare(self, data: Data) -> bool:
        """Whether the case's procedure has a required step of aftercare."""
        procedure = self.procedure(data)
        return procedure is not None and has_required_aftercare(procedure, self.steps(data))

    def may_be_light(self, data: Data) -> bool:
        """Whether the type may be settled as light; an unknown type may not."""
        case_type = self.kind.types.get(str(data.get("type", "")))
        return case_type is not None and case_type.light

    def case(self, identity: str) -> Record | None:
        """The case with this id, or None."""
        path = self.kind.path_of(identity)
        return self._read(path) if path else None

    def holding(self, text: str) -> Sequence[Record]:
        """The readable cases whose file holds ``text``, looked up once."""
        if text not in self._holding:
            paths = self.snapshot.search(text.encode(), self.kind.prefix)
            read = (self._read(path) for path in paths)
            self._holding[text] = [record for record in read if record is not None]
        return self._holding[text]

    def gaps(self, data: Data) -> Sequence[Gap]:
        """What the law of this kind of school asks of the case's measures, and is not on record."""
        if not data.get("measures"):
            return []
        from casebook import ladder  # few cases hold a measure

        return list(ladder.gaps(data, self.policy.reference("duties"), self.policy.sector))

    def ids(self, kind: Kind) -> list[str]:
        """The ids of all records of a kind, listed once: many records name the same ones."""
        if kind.name not in self._ids:
            paths = (entry.path for entry in self.snapshot.entries(kind.prefix))
            found = (kind.id_of(path) for path in paths)
            self._ids[kind.name] = [one for one in found if one is not None]
        return self._ids[kind.name]

    def is_open(self, record: Record) -> bool:
        """Whether a case has not ended."""
        return not self.kind.workflow.is_end(record.state)

    def wholes(self, data: Data) -> Mapping[str, Sequence[Record]]:
        """What this record is part of: the reference as written, and every version there is."""
        return {
            reference: [
                one for kind in kinds for one in self.records.all_versions(kind, slug_of(reference))
            ]
            for name, kinds in sets.ties(self.speaks_of, sets.WHOLE).items()
            for reference in values(data.get(name))
        }

    def duty(self, identity: str) -> Mapping[str, Any]:
        """A duty of the law where it applies to this kind of school; empty where it does not."""
        row = self.policy.reference("duties").get(identity, {})
        return row if self.policy.sector in values(row.get("applies_to")) else {}

    def _read(self, path: str) -> Record | None:
        raw = self.snapshot.read(path)
        return self.policy.shelf.record(self.kind, path, raw) if raw is not None else None


def state_label(kind: Kind, state: str) -> str:
    """The label of a state in the user's language."""
    known = kind.workflow.states.get(state)
    return i18n.label(known.label, state) if known is not None else state


def move_label(kind: Kind, move: str) -> str:
    """The label of a move in the user's language."""
    known = kind.workflow.moves.get(move)
    return i18n.label(known.label, move) if known is not None else move


def entry_label(kind: str) -> str:
    """What a kind of journal entry is called; a word of the user's own stays as it is."""
    return _(kind) if kind in ENTRIES else kind
