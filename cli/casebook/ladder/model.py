"""A ladder as frozen data: rungs with their conditions and consequences, limits and duties.

It does not say which rung a case is on; ``choosing`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import frozen
from casebook.pattern import entries, values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.record import Record

    Data = Mapping[str, Any]

CHOOSE: Final = "choose"
NOTHING: Final = "none"
SAME_RULE: Final = "same-rule"
SAME_CODE: Final = "same-code"
ALWAYS: Final = "always"


@frozen
class Consequence:
    """One thing that follows: a measure, or one chosen from ``options`` with a reason.

    ``by`` are the roles that may decide it, empty where the ladder leaves that open; ``data`` is
    the entry as it stands, for whoever words it.
    """

    id: str
    measure: str
    options: tuple[str, ...]
    amount: str
    by: tuple[str, ...]
    data: Data

    @classmethod
    def from_entry(cls, entry: Data) -> Consequence:
        """The consequence in a rung or in an entry of its ``also``."""
        return cls(
            id=str(entry.get("id", "")),
            measure=str(entry.get("measure", NOTHING)),
            options=values(entry.get("from")),
            amount=str(entry.get("amount", "")),
            by=values(entry.get("by")),
            data=entry,
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of measure that fit it."""
        return self.options if self.measure == CHOOSE else (self.measure,)


@frozen
class Rung:
    """One rung: its conditions (empty ones do not limit), what follows, and what follows beside.

    ``judgement`` rungs need somebody who judges whether ``when`` is so.
    """

    id: str
    title: str
    times: str
    severity: tuple[str, ...]
    enforcer: tuple[str, ...]
    refusal: str
    groups: tuple[str, ...]
    age: str
    when: str
    judgement: bool
    main: Consequence
    also: tuple[Consequence, ...]
    approved_by: str

    @classmethod
    def from_entry(cls, entry: Data) -> Rung:
        """The rung in one entry of ``rungs``."""
        return cls(
            id=str(entry.get("id", "")),
            title=str(entry.get("title", "")),
            times=str(entry.get("times", "")),
            severity=values(entry.get("severity")),
            enforcer=values(entry.get("enforcer")),
            refusal=str(entry.get("refusal", "")),
            groups=values(entry.get("groups")),
            age=str(entry.get("age", "")),
            when=str(entry.get("when", "")),
            judgement=entry.get("judgement") == "yes",
            main=Consequence.from_entry(entry),
            also=tuple(Consequence.from_entry(one) for one in entries(entry, "also")),
            approved_by=str(entry.get("approved_by", "")),
        )

    @property
    def data(self) -> Data:
        """The entry as it stands."""
        return self.main.data

    @property
    def consequences(self) -> tuple[Consequence, ...]:
        """What follows first, then what follows beside it."""
        return (self.main, *self.also)

    def fitting(self, kind: str) -> Consequence | None:
        """The consequence that a measure of ``kind`` carries out; None when it is none of them."""
        return next((one for one in self.consequences if kind in one.kinds), None)


@frozen
class Limit:
    """Who may decide a kind of measure at all, and up to which amount ("" for no maximum)."""

    measure: str
    by: tuple[str, ...]
    max: str
    norm: str
    note: str


@frozen
class Ladder:
    """A ladder; ``count`` and ``window`` say what counts as again."""

    id: str
    state: str
    audience: tuple[str, ...]
    count: str
    window: str
    discretion: str
    weighs: tuple[str, ...]
    objection: str
    rungs: tuple[Rung, ...]
    limits: tuple[Limit, ...]
    duties: tuple[Data, ...]

    @classmethod
    def from_record(cls, record: Record) -> Ladder:
        """The ladder in a record of that kind."""
        return cls(
            id=record.id,
            state=record.state,
            audience=values(record.get("audience")),
            count=record.text("count") or SAME_RULE,
            window=record.text("window") or ALWAYS,
            discretion=record.text("discretion"),
            weighs=values(record.get("weighs")),
            objection=record.text("objection"),
            rungs=tuple(Rung.from_entry(one) for one in record.entries("rungs")),
            limits=tuple(_limit(one) for one in record.entries("limits")),
            duties=tuple(record.entries("duties")),
        )

    def rung(self, identity: str) -> Rung | None:
        """The rung with this id."""
        return next((one for one in self.rungs if one.id == identity), None)

    def limits_of(self, kind: str) -> tuple[Limit, ...]:
        """The limits of a kind of measure."""
        return tuple(one for one in self.limits if one.measure == kind)

    def may_decide(self, consequence: Consequence, kind: str) -> tuple[str, ...]:
        """The roles that may decide ``kind`` here; empty where nothing limits it.

        Both the rung and the limits must allow a role; where they leave nobody, the limits hold.
        """
        limited = tuple(dict.fromkeys(role for one in self.limits_of(kind) for role in one.by))
        both = tuple(role for role in consequence.by if role in limited)
        if consequence.by and limited:
            return both or limited
        return consequence.by or limited


def _limit(entry: Data) -> Limit:
    return Limit(
        str(entry.get("measure", "")),
        values(entry.get("by")),
        str(entry.get("max", "")),
        str(entry.get("norm", "")),
        str(entry.get("note", "")),
    )
