"""Front matter merged by key and by the id of entries: the edits that bring my changes to theirs.

Lists of plain values are united where both only added; anything else that both changed clashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.document.wanted import AddEntry, RemoveEntry, RemoveKey, SetValue
from casebook.merging.model import CHANGED, REMOVED, SAME_ID, Clash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.document import Pointer, Value
    from casebook.document.wanted import FieldEdit

    Fields = Mapping[str, Value]


class FieldMerge:
    """Collects edits on theirs, and clashes, for all fields of a record."""

    def __init__(self, base: Fields, theirs: Fields, mine: Fields) -> None:
        self.edits: list[FieldEdit] = []
        self.clashes: list[Clash] = []
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
            self.clashes.append(Clash(REMOVED if removed else CHANGED, place, was, now, new))

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
            elif old is None or their is None:
                why = SAME_ID if old is None else REMOVED
                self.clashes.append(Clash(why, place, _value(old), _value(their), _value(entry)))
            else:
                for name in dict.fromkeys([*old, *entry]):
                    values = (old.get(name), their.get(name), entry.get(name))
                    if values[2] not in values[:2]:
                        self._value((*place, name), values, _before(entry, name))
        for identity, entry in was.items():
            if identity in new or identity not in now:
                continue
            if now[identity] == entry:
                self.edits.append(RemoveEntry(key, identity))
            else:
                place = (key, identity)
                self.clashes.append(Clash(REMOVED, place, _value(entry), _value(now[identity])))

    def _add(self, key: str, entry: Fields, before: tuple[str, ...]) -> None:
        if all(_is_plain(value) for value in entry.values()):
            self.edits.append(AddEntry(key, entry, before))  # type: ignore[arg-type]
        else:
            self.clashes.append(Clash(CHANGED, (key, str(entry["id"])), mine=_value(entry)))


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
