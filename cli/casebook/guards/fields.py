"""Guards on fields and lists: filled in, a real text, at least one, each with what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import pattern
from casebook.guards.model import Repair, Unmet
from casebook.i18n import _, label
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.guards.model import Question
    from casebook.workflow import Guard

    Data = Mapping[str, Any]


def field(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A field is filled in."""
    name = guard.params["field"]
    if not pattern.values(question.data.get(name)):
        yield _missing_field(question, guard, name)


def text(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A field holds a real text: not empty, not a filler such as "nvt" or "x"."""
    name = guard.params["field"]
    if filler(str(question.data.get(name, ""))):
        yield _missing_field(question, guard, name)


def _missing_field(question: Question, guard: Guard, name: str) -> Unmet:
    return Unmet(
        key=f"{guard.name}:{name}",
        level=guard.level,
        message=_("{field} is missing").format(field=question.world.label(name)),
        repair=Repair("set", fields=(name,)),
    )


def list_not_empty(question: Question, guard: Guard) -> Iterator[Unmet]:
    """A list has at least one entry.

    ``where`` says of which kind it is.
    """
    name = guard.params["list"]
    where = guard.params.get("where", {})
    listed = pattern.entries(question.data, name)
    if not any(pattern.match_entry(question.data, entry, where) for entry in listed):
        what = label(guard.params.get("label"), question.world.label(name))
        preset = tuple(
            (key, value) for key, value in where.items() if isinstance(value, str) and value != "*"
        )
        yield Unmet(
            key=f"{guard.name}:{name}",
            level=guard.level,
            message=_("there is not yet {what}").format(what=what),
            repair=Repair("add", list=name, preset=preset),
        )


def each_entry(question: Question, guard: Guard) -> Iterator[Unmet]:
    """Every entry of a list that this is about has the fields it needs.

    ``where`` says which entries these are, ``one_of`` limits a field to some values, ``or`` names a
    field that may stand in for a missing one, ``never`` says that no such entry may be left at all.
    """
    name = guard.params["list"]
    found = pattern.find(question.data, {"in": name, **guard.params.get("where", {})})
    for entry in found:
        identity = str(entry.get("id", ""))
        if guard.params.get("never"):
            yield _still_open(question, guard, name, identity)
            continue
        instead = guard.params.get("or", "")
        lacking = tuple(
            one
            for one in guard.params["needs"]
            if _lacks(entry, one) and (not instead or _lacks(entry, instead))
        )
        if lacking:
            labels = ", ".join(question.world.label(name, one) for one in lacking)
            yield Unmet(
                key=f"{guard.name}:{identity}:{','.join(lacking)}",
                level=guard.level,
                message=_("{entry} lacks: {fields}").format(entry=identity, fields=labels),
                repair=Repair("set", list=name, entry=identity, fields=lacking),
            )
        for one, allowed in guard.params.get("one_of", {}).items():
            value = str(entry.get(one, ""))
            if value and value not in allowed:
                options = [question.world.value_label(choice, name, one) for choice in allowed]
                yield Unmet(
                    key=f"{guard.name}:{identity}:{one}",
                    level=guard.level,
                    message=_("{entry}: {field} must be {allowed}, not {value}").format(
                        entry=identity,
                        field=question.world.label(name, one),
                        allowed=_(" or ").join(options),
                        value=question.world.value_label(value, name, one),
                    ),
                    repair=Repair("set", list=name, entry=identity, fields=(one,)),
                )


def _lacks(entry: Data, name: str) -> bool:
    value = pattern.values(entry.get(name))
    if not value or value == ("no",):
        return True
    return name.startswith("because") and filler(value[0])


def _still_open(question: Question, guard: Guard, name: str, identity: str) -> Unmet:
    if name == "actions":
        repair = Repair("done", list=name, entry=identity)
    else:
        first = next(iter(guard.params.get("where", {})))
        repair = Repair("set", list=name, entry=identity, fields=(first,))
    return Unmet(
        key=f"{guard.name}:{identity}",
        level=guard.level,
        message=_("{entry} ({list}) is still open").format(
            entry=identity, list=question.world.label(name)
        ),
        repair=repair,
    )
