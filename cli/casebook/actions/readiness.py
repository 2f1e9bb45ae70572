"""What every school should have, line by line: there, only as a draft or model text, or missing.

The lines are data (``schemas/reference/readiness.yaml``); each that is missing has a command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.actions import competences, coverage, planning
from casebook.actions.casefiles import case_files
from casebook.actions.needs import DRAFT, NO, ORDER, YES, Met, Shelf, judge
from casebook.actions.unread import unreadable
from casebook.frozen import frozen
from casebook.i18n import language
from casebook.pattern import values
from casebook.record import Record
from casebook.recurrence import school_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.finding import Finding

    Row = Mapping[str, Any]

REFERENCE: Final = "readiness"
PARTS: Final = ("prevention", "reaction", "law")
WARN: Final = "warn"


@frozen
class Line:
    """One line: ``state`` is yes, draft (only a draft or model text) or no.

    ``asks`` are the wishes it belongs to (docs/asks.md), ``law`` a duty; ``advised`` lines are no
    gap; ``school`` says that only the school can fill it in. ``records`` satisfy it; ``lacking``
    is what is missing in ``nearest``; ``argv`` is the command that would help.
    """

    id: str
    part: str
    text: str
    asks: tuple[str, ...]
    law: str
    advised: bool
    school: bool
    state: str
    records: tuple[str, ...]
    nearest: str
    lacking: tuple[str, ...]
    argv: tuple[str, ...]

    @property
    def gap(self) -> bool:
        """Whether something that every school should have is missing."""
        return self.state == NO and not self.advised


@frozen
class Readiness:
    """All lines in the order of the data; ``unreadable`` are files nobody could look into."""

    lines: tuple[Line, ...]
    unreadable: tuple[Finding, ...]

    @property
    def gaps(self) -> int:
        """How many lines are missing."""
        return sum(one.gap for one in self.lines)

    def of(self, state: str) -> list[Line]:
        """The lines in that state."""
        return [one for one in self.lines if one.state == state]


def readiness(desk: Desk) -> Readiness:
    """Every line of the data, judged by the records as they are today."""
    broken: list[Finding] = []

    def cases() -> Iterable[Record]:
        found = case_files(desk, lambda _record: True)
        broken.extend(found.unreadable)
        return found.records

    shelf = Shelf(desk.policy, desk.now.date(), cases)
    tables = _Tables(desk)
    rows = desk.policy.reference(REFERENCE).values()
    lines = tuple(_line(row, shelf, tables) for row in rows)
    read = [name for name in desk.policy.catalogue.kinds if name != "case"]
    return Readiness(lines, (*unreadable(desk, read), *broken))


def _line(row: Row, shelf: Shelf, tables: _Tables) -> Line:
    needs: Sequence[Row] = row.get("needs", ())
    found = [
        (need, tables.judge(need) if "table" in need else judge(need, shelf)) for need in needs
    ]
    need, worst = max(found, key=lambda one: ORDER.index(one[1].state))
    records = dict.fromkeys(one.id for _need, met in found for one in met.records)
    missing = worst.state == NO
    return Line(
        str(row["id"]),
        str(row.get("part", "")),
        str(row.get(f"text_{language()}") or row.get("text_en", "")),
        values(row.get("asks")),
        str(row.get("law", "")),
        row.get("level") == WARN,
        row.get("school") == "yes",
        worst.state,
        () if missing else tuple(records),
        worst.nearest.id if missing and worst.nearest is not None else "",
        worst.lacking if missing else (),
        _argv(row, need, worst) if missing else (),
    )


def _argv(row: Row, need: Row, met: Met) -> tuple[str, ...]:
    """The command that would help, ready to be typed; it asks for every text itself."""
    words = str(row.get("do", ""))
    if need.get("kind") == "case":
        tail = met.nearest.id.rpartition("-")[2] if met.nearest is not None else ""
        return ("git", "case", "show", tail) if tail else ("git", "case", "list", "--all")
    if words and "{record}" not in words:
        return ("git", "policy", *words.split())
    if met.nearest is None:
        return ("git", "policy", "new", str(need["kind"]))
    return ("git", "policy", *(words or "edit {record}").format(record=met.nearest.id).split())


class _Tables:
    """The other tables as needs: no gaps is met, gaps are not."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.day = desk.now.date()
        self._covered: coverage.Coverage | None = None

    def judge(self, need: Row) -> Met:
        """How far the table a need names is without gaps."""
        if need["table"] == "coverage":
            return self._coverage(values(need.get("audience")))
        if need["table"] == "competences":
            found = competences.matrix(self.desk)
            lacking = tuple(dict.fromkeys(one.competence for one in found.gaps))
            named = {name for one in found.cells for name in one.activities}
            return self._met(lacking, named)
        plan = planning.planning(self.desk, school_year(self.day))
        lacking = tuple(f"{one.record.id} {field}" for one, field in plan.incomplete)
        names = {one.record.id for one in plan.rows if one.record.kind == "activity"}
        return self._met(lacking, names)

    def _coverage(self, audiences: Sequence[str]) -> Met:
        if self._covered is None:
            self._covered = coverage.coverage(self.desk, self.day)
        rows = [one for one in self._covered.rows if one.audience in audiences]
        lacking = tuple(dict.fromkeys(one.text for one in rows if one.gap))
        if lacking or not rows:
            return Met(NO, lacking=lacking)
        return Met(DRAFT if self._covered.drafts else YES)

    def _met(self, lacking: tuple[str, ...], activities: set[str]) -> Met:
        records = [one for one in self.desk.policy.records("activity") if one.id in activities]
        if lacking or not records:
            return Met(NO, lacking=lacking)
        model = any(one.text("model") == "yes" for one in records)
        return Met(DRAFT if model else YES, tuple(records))
