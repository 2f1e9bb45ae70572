"""Which of some choices a typed word means: by id, by a label in any language, by another word.

It knows no schema and no case; whoever calls says what can be chosen and what it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import i18n
from casebook.catalogue.labels import plain
from casebook.errors import UsageError
from casebook.frozen import field, frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CLOSE = 0.6  # how alike two words must be before one is offered for the other
ALIKE = 0.06  # what comes this near to the best is offered beside it
OFFERED = 3
HOLDS = 0.8  # a name that holds what was typed is as good as one that is this much alike
SLIP = 0.85  # a word this much like a name is that name, with a slip of the finger
SHORTEST = 4  # letters of a word inside a name that is looked at by itself


@frozen
class Choices:
    """What can be chosen: ``options`` are values with their labels in the user's language.

    ``labels`` holds those of all languages, ``words`` what people say for a value besides; one word
    may stand for several values, and then chooses none of them.
    """

    options: Sequence[tuple[str, str]]
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def exact(self, typed: str) -> str:
        """The value with that id or label, or for which that word is said; else an empty text."""
        wanted = plain(typed)
        named = next((value for name, value in self._names() if name == wanted), "")
        said = {value for name, value in self._words() if name == wanted}
        return named or (said.pop() if len(said) == 1 else "")

    def find(self, typed: str) -> str:
        """The same, or the one with that beginning, or the only one whose label holds that word.

        In any case, with or without accents.
        """
        found = self.exact(typed)
        wanted = plain(typed)
        if found or not wanted:
            return found
        names = dict(reversed(list(self._names())))  # what is named first has the name
        for some in (
            {value for name, value in names.items() if name.startswith(wanted)},
            {value for name, value in names.items() if wanted in name.rstrip("?").split("-")},
        ):
            if len(some) == 1:
                return some.pop()
        return ""

    def slip(self, typed: str) -> str:
        """The value whose name was typed but for a slip of the finger, or an empty text."""
        wanted = plain(typed)
        scores = [(_ratio(wanted, name), value) for name, value in self._names()]
        score, value = max(scores, default=(0.0, ""))
        return value if score >= SLIP else ""

    def near(self, typed: str) -> list[str]:
        """The values whose names are most like ``typed``, best first; none when nothing is."""
        wanted = plain(typed)
        scores: dict[str, float] = {}
        parts = [part for part in wanted.split("-") if len(part) >= SHORTEST]
        for name, value in (*self._names(), *self._words()):
            alike = HOLDS if name in parts else _likeness(wanted, name)
            scores[value] = max(scores.get(value, 0.0), alike)
        least = max([CLOSE, *(one - ALIKE for one in scores.values())])
        close = [value for value, score in scores.items() if score >= least]
        return sorted(close, key=lambda value: -scores[value])[:OFFERED]

    def named(self, values: Sequence[str]) -> str:
        """Values with their labels, as they are shown: ``light (licht), serious (ernstig)``."""
        known = dict(self.options)
        return ", ".join(
            value if value == known[value] else f"{value} ({known[value]})" for value in values
        )

    def _names(self) -> Iterator[tuple[str, str]]:
        for value, label in self.options:
            for name in (value, label, *self.labels.get(value, {}).values()):
                yield plain(str(name)), value

    def _words(self) -> Iterator[tuple[str, str]]:
        for value, _label in self.options:
            for word in self.words.get(value, ()):
                yield plain(word), value


def choose(
    typed: str,
    options: Sequence[tuple[str, str]],
    labels: Mapping[str, Mapping[str, Any]] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The option that ``typed`` means; raises UsageError naming the nearest and all options."""
    choices = Choices(options, labels or {}, words or {})
    found = choices.find(typed)
    if found:
        return found
    hint = _("Choose one of: {options}").format(
        options=choices.named([value for value, _label in options])
    )
    near = choices.near(typed)
    if near:
        hint = meant(choices.named(near)) + " " + hint
    raise UsageError(_('"{typed}" is not one of the choices.').format(typed=typed), hint)


def role_choices(rows: Mapping[str, Mapping[str, Any]]) -> Choices:
    """The roles in these rows of reference data, by label in any language and kind of school."""
    labels = {
        role: {key: one for key, one in row.items() if key.startswith("label") and one}
        for role, row in rows.items()
    }
    shown = f"label_{i18n.language()}"
    return Choices(
        [(role, str(named.get(shown, role))) for role, named in labels.items()],
        labels,
        {role: row.get("words", ()) for role, row in rows.items()},
    )


def meant(named: str) -> str:
    """The question whether that was meant."""
    return _("Did you mean: {options}?").format(options=named)


def _likeness(wanted: str, name: str) -> float:
    """How alike they are, from 0 to 1; a long name counts by its best word."""
    if len(wanted) >= SHORTEST and wanted in name:
        return HOLDS
    words = [word for word in name.rstrip("?").split("-") if len(word) >= SHORTEST]
    return max(_ratio(wanted, one) for one in (name, *words))


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()
