"""Front matter merged by key and by the id of entries: the edits that bring my changes to theirs.

Lists of plain values are united where both only added; anything else that both changed clashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document.wanted import AddEntry, RemoveEntry, RemoveKey, SetValue
from casebook.merging.model import (
    BOTH,
    CHANGED,
    MINE,
    NUMBERED,
    REMOVED,
    SAME_ID,
    THEIRS,
    Clash,
    Decide,
    undecided,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.document import Pointer, Value
    from casebook.document.wanted import FieldEdit

    Fields = Mapping[str, Value]


class FieldMerge:
    """Collects edits on theirs, and clashes, for all fields of a record."""

    def __init__(
        self, base: Fields, theirs: Fields, mine: Fields, decide: Decide = undecided
    ) -> None:
        self.edits: list[FieldEdit] = []
        self.clashes: list[Clash] = []
        self._decide = decide
        for key in dict.fromkeys([*base, *mine]):
            was, new, now = base.get(key), mine.get(key), theirs.get(key)
            if new in (was, now):
                continue
            before = _before(mine, key)
            if all(_is_entries(one) for one in (was, new, now) if one is not None):
                self._entries(key, _entries(was), _entries(now), _entries(new), before)
                if new is None and now == was:
                    self.edits.append(RemoveKey((key,)))
            else:
                self._value((key,), (was, now, new), before)

    def _value(
        self,
        place: Pointer,
        values: tuple[Value | None, Value | None, Value | None],
        before: tuple[str, ...],
    ) -> None:
        """One field: ``values`` are what it was, what they have, what I have."""
        was, now, new = values
        if now == was and new is None:
            self.edits.append(RemoveKey(place))
        elif now == was and _is_plain(new):
            self.edits.append(SetValue(place, new, before))  # type: ignore[arg-type]
        elif (both := _united(was, now, new)) is not None:
            self.edits.append(SetValue(place, both, before))
        else:
            removed = new is None or (now is None and was is not None)
            clash = Clash(REMOVED if removed else CHANGED, place, was, now, new)
            if self._chosen(clash) == MINE:
                plain = _is_plain(new)
                self.edits.append(
                    SetValue(place, new, before) if plain else RemoveKey(place)  # type: ignore[arg-type]
                )

    def _entries(
        self,
        key: str,
        was: Mapping[str, Fields],
        now: Mapping[str, Fields],
        new: Mapping[str, Fields],
        before: tuple[str, ...],
    ) -> None:
        for identity, entry in new.items():
            place = (key, identity)
            old, their = was.get(identity), now.get(identity)
            if entry in (old, their):
                continue
            if old is None and their is None:
                self._add(key, entry, before)
            elif old is None and their is not None:
                self._twice(key, their, entry, [*now, *new])
            elif their is None:
                if self._chosen(Clash(REMOVED, place, _value(old), None, _value(entry))) == MINE:
                    self._add(key, entry, before)
            else:
                old = old or {}
                for name in dict.fromkeys([*old, *entry]):
                    values = (old.get(name), their.get(name), entry.get(name))
                    if values[2] not in values[:2]:
                        self._value((*place, name), values, _before(entry, name))
        for identity, entry in was.items():
            if identity in new or identity not in now:
                continue
            clash = Clash(REMOVED, (key, identity), _value(entry), _value(now[identity]))
            if now[identity] == entry or self._chosen(clash) == MINE:
                self.edits.append(RemoveEntry(key, identity))

    def _twice(self, key: str, their: Fields, entry: Fields, ids: Sequence[str]) -> None:
        """Both added an entry under one id: a number has a next one, a word has only fields."""
        identity = str(entry["id"])
        clash = Clash(SAME_ID, (key, identity), None, _value(their), _value(entry))
        chosen = self._chosen(clash)
        if chosen == BOTH:
            self._add(key, {**entry, "id": _next(identity, ids)}, ())
        elif chosen == MINE:
            for name, value in entry.items():
                if their.get(name) != value and _is_plain(value):
                    self.edits.append(SetValue((key, identity, name), value))  # type: ignore[arg-type]

    def _chosen(self, clash: Clash) -> str:
        """What was decided for a clash; one that nobody decided is kept as one."""
        chosen = self._decide(clash)
        if chosen is None:
            self.clashes.append(clash)
        return chosen or THEIRS

    def _add(self, key: str, entry: Fields, before: tuple[str, ...]) -> None:
        if all(_is_plain(value) for value in entry.values()):
            self.edits.append(AddEntry(key, entry, before))  # type: ignore[arg-type]
        else:
            self.clashes.append(Clash(CHANGED, (key, str(entry["id"])), mine=_value(entry)))


def _next(identity: str, ids: Sequence[str]) -> str:
    """The id behind the highest of its letter: ``P4``."""
    letter = NUMBERED.sub(r"\1", identity)
    numbers = [
        int(found[2]) for one in ids if (found := NUMBERED.fullmatch(one)) and found[1] == letter
    ]
    return f"{letter}{max(numbers, default=0) + 1}"


def _before(fields: Fields, key: str) -> tuple[str, ...]:
    """The keys that stand above ``key`` where I wrote it: so it gets the same place in theirs."""
    names = list(fields)
    return tuple(names[: names.index(key)]) if key in names else ()


def _is_entries(value: Value | None) -> bool:
    """Whether a value is a list of maps that each have an id of their own."""
    if not isinstance(value, list) or not value:
        return value == []
    ids = [str(one["id"]) for one in value if isinstance(one, dict) and "id" in one]
    return len(ids) == len(value) == len(set(ids))


def _entries(value: Value | None) -> dict[str, Fields]:
    listed: Sequence[Value] = value if isinstance(value, list) else ()
    return {str(one["id"]): one for one in listed if isinstance(one, dict)}


def _value(entry: Fields | None) -> Value | None:
    return dict(entry) if entry is not None else None


def _is_plain(value: Value | None) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def _united(was: Value | None, now: Value | None, new: Value | None) -> list[str] | None:
    """Both lists as one where both only added values to what was there, else None."""
    old = [] if was is None else was
    if not (isinstance(old, list) and isinstance(now, list) and isinstance(new, list)):
        return None
    if not all(_is_plain(one) for one in (old, now, new)):
        return None
    if any(one not in now or one not in new for one in old):
        return None
    return [str(one) for one in dict.fromkeys([*map(str, now), *map(str, new)])]
