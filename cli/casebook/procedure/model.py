"""A procedure as frozen data: steps with owner, term, need, norm, condition and fulfilment.

It does not say what is done in a case; ``status`` does.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casebook import i18n, pattern
from casebook.calendar import Period, day_of
from casebook.frozen import field, frozen
from casebook.i18n import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.record import Record

REQUIRED: Final = "required"
ADVISED: Final = "advised"
OPTIONAL: Final = "optional"
SCHOOL_NORM: Final = "school"
DECISIONS: Final = "decisions"
UNKNOWN: Final = "unknown"
ALWAYS: Final = Period(date.min, date.max)
PUBLIC: Final = {"nl": "Voor leerlingen", "en": "For pupils"}


def section(body: str, heading: str) -> str:
    """The text under ``## heading`` up to the next heading of that level; "" when absent."""
    lines: list[str] = []
    inside = False
    for line in body.splitlines():
        if line.startswith("## "):
            inside = line[3:].strip() == heading
        elif inside:
            lines.append(line)
    return "\n".join(lines).strip()


@frozen
class Step:
    """One step. ``before`` is a move or "", ``within`` a term or "", ``when`` a field path or "".

    ``fulfilled_by`` are alternatives: patterns over the case, one of which is enough.
    """

    id: str
    titles: Mapping[str, str]
    owner: str
    need: str
    norm: str
    hints: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    within: str = ""
    start: str = "reported"
    when: str = ""
    wanted: tuple[str, ...] = ()
    fulfilled_by: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Step:
        """The step in one entry of ``steps``."""
        return cls(
            id=entry.get("id", ""),
            titles=_texts(entry, "title"),
            owner=entry.get("owner", ""),
            need=entry.get("need", ADVISED),
            norm=entry.get("norm", SCHOOL_NORM),
            hints=_texts(entry, "hint"),
            before=entry.get("before", ""),
            within=entry.get("within", ""),
            start=entry.get("from", "reported"),
            when=entry.get("when", ""),
            wanted=pattern.values(entry.get("is")),
            fulfilled_by=tuple(pattern.entries(entry, "fulfilled_by")),
        )

    def title(self, language: str) -> str:
        """The title in ``language``."""
        return worded(self.titles, language)

    def hint(self, language: str) -> str:
        """How to do it, in ``language``; "" when there is none."""
        return worded(self.hints, language)

    def title_now(self) -> str:
        """The title in the user's language."""
        return self.title(i18n.language())

    def hint_now(self) -> str:
        """How to do it, in the user's language."""
        return self.hint(i18n.language())

    @property
    def is_legal(self) -> bool:
        """Whether the norm is a duty from the law, not the school's own."""
        return self.norm != SCHOOL_NORM

    def condition(self) -> dict[str, Any]:
        """The pattern behind ``when`` and ``is``; {} for a step that always applies.

        ``decisions.police`` / ``[yes]`` looks at the answer to that question; every other path is
        a field or ``list.field``. Waiting for ``unknown`` covers what nobody filled in: a legal
        step must not vanish because a question was left open.
        """
        if not self.when:
            return {}
        head, _, question = self.when.partition(".")
        if head == DECISIONS:
            return {"in": DECISIONS, "id": [question], "answer": list(self.wanted)}
        empty = [""] if UNKNOWN in self.wanted else []
        return pattern.from_path(self.when, [*self.wanted, *empty])


@frozen
class Procedure:
    """A procedure; ``public`` is the part pupils may read, by language.

    ``model`` says that the text is the shipped one, not yet the school's own.
    """

    id: str
    titles: Mapping[str, str]
    types: tuple[str, ...]
    aftercare: bool
    steps: tuple[Step, ...]
    public: Mapping[str, str]
    state: str = "draft"
    model: bool = False
    valid: Period = ALWAYS

    @classmethod
    def from_record(cls, record: Record) -> Procedure:
        """The procedure in a record of kind ``procedure``."""
        public = {name: section(record.document.body, text) for name, text in PUBLIC.items()}
        return cls(
            id=record.id,
            titles=_texts(record.data, "title"),
            types=pattern.values(record.get("types")),
            aftercare=record.get("aftercare") == "yes",
            steps=tuple(Step.from_entry(entry) for entry in record.entries("steps")),
            public={name: text for name, text in public.items() if text},
            state=record.state,
            model=record.get("model") == "yes",
            valid=Period(
                day_of(record.get("in_force_from")) or ALWAYS.first,
                day_of(record.get("in_force_until")) or ALWAYS.last,
            ),
        )

    def in_force(self, day: date | None = None) -> bool:
        """Whether it is adopted and, with ``day``, applies on that day."""
        return self.state == "adopted" and (day is None or day in self.valid)

    def title(self, language: str) -> str:
        """The title in ``language``."""
        return worded(self.titles, language)

    def step(self, identity: str) -> Step | None:
        """The step with this id."""
        return next((step for step in self.steps if step.id == identity), None)


def _texts(entry: Mapping[str, Any], key: str) -> dict[str, str]:
    found = {"nl": entry.get(key, ""), "en": entry.get(f"{key}_en", "")}
    return {language: text for language, text in found.items() if text}
