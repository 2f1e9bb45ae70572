"""Adding what was learnt or decided: sub-records and answered questions.

What an entry needs stands in the schema; typed answers arrive here already read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import i18n, pattern
from casebook.actions import results, writing
from casebook.actions.filling import entry_schema, filled
from casebook.actions.forms import Field, field, fields
from casebook.checks.reused import taken_out
from casebook.document.edit import AddEntry, SetValue
from casebook.errors import RefusedError, UsageError
from casebook.i18n import _
from casebook.record import CASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import Kind
    from casebook.document.edit import Edit
    from casebook.record import Record

    Values = Mapping[str, "str | list[str]"]

# In these states the text of a policy record is the one that was adopted.
TEXT_FIXED = ("adopted", "retired")


def list_of(kind: Kind, command: str) -> str:
    """The list field that ``add <command>`` adds to; empty when there is none."""
    return next((name for name, word in kind.add_commands.items() if word == command), "")


def prefix(kind: Kind, name: str) -> str:
    """The letter that ids in list ``name`` begin with."""
    schema = kind.schema["properties"][name]
    return str(schema.get("x-add", {}).get("prefix") or schema.get("x-prefix", ""))


def add_form(kind: Kind, name: str) -> list[Field]:
    """The questions for a new entry of list ``name``: the command's own arguments are required."""
    arguments = kind.schema["properties"][name].get("x-add", {}).get("arguments", [])
    return fields(entry_schema(kind, name), arguments)


def require_fields(kind: Kind, name: str, given: Iterable[str]) -> None:
    """Raise UsageError for a field that was typed but has no place in an entry of this list."""
    known = entry_schema(kind, name)["properties"]
    for one in given:
        if one not in known:
            raise UsageError(
                _("{list} has no field {field}.").format(list=kind.field_label(name), field=one)
            )


def require_open(kind: Kind, record: Record, name: str) -> None:
    """Raise RefusedError where ``name`` is part of a text that was adopted."""
    if record.state in TEXT_FIXED and name in kind.text_fields:
        raise RefusedError(
            _("{field} is part of the text that was adopted; a new text is a new version.").format(
                field=kind.field_label(name)
            ),
            _("Do: {command}").format(command=f"git policy revise {record.short}"),
        )


def leading(kind: Kind, name: str) -> list[str]:
    """The fields of a list that a led conversation asks, in its order; empty for all of them."""
    found: list[str] = kind.schema["properties"][name].get("x-add", {}).get("lead", [])
    return found


def next_id(record: Record, name: str, letter: str) -> str:
    """The next free id in a list: one above the highest it holds or ever dropped.

    The journal or the record says what was dropped; such an id, of which something may still
    speak, is never given out again. A code that a text only speaks of beforehand is free.
    """
    import re

    fits = re.compile(rf"{letter}([1-9][0-9]{{0,3}})")
    listed = [str(entry.get("id", "")) for entry in record.entries(name)]
    codes = (*listed, *taken_out(record))
    used = [int(found[1]) for code in codes if (found := fits.fullmatch(code))]
    return f"{letter}{max(used, default=0) + 1}"


def predecessors(schema: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The fields that stand before ``name`` in the schema's order, where a new key goes behind."""
    listed = list(schema["properties"])
    return tuple(listed[: listed.index(name)]) if name in listed else ()


def set_field(
    schema: Mapping[str, Any], pointer: tuple[str, ...], value: str | list[str]
) -> SetValue:
    """The edit that gives a field its value, at its place in the schema's order."""
    return SetValue(pointer, value, predecessors(schema, pointer[-1]))


def add_entry(
    desk: Desk, record: Record, name: str, values: Values, *, dry_run: bool = False
) -> Outcome:
    """Add one entry to list ``name`` of a record; answers its id and what it fulfils."""
    kind = desk.kind_of(record)
    require_open(kind, record, name)
    schema = entry_schema(kind, name)
    given: list[str] = []

    def edits(current: Record) -> Sequence[Edit]:
        identity = next_id(current, name, prefix(kind, name))
        given.append(identity)
        entry = {"id": identity, **filled(desk, schema, values)}
        return [AddEntry(name, entry, predecessors(kind.schema, name))]

    word = kind.add_commands[name]
    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"add {word} {given[-1]}"), dry_run=dry_run
    )
    said = _("{entry} is in the case.") if record.kind == CASE else _("{entry} is in {record}.")
    return results.outcome(
        desk,
        record,
        written,
        said.format(entry=given[-1], record=record.short),
        entry=given[-1],
        details=_reminder(kind, name),
        dry_run=dry_run,
    )


def _reminder(kind: Kind, name: str) -> tuple[str, ...]:
    """What the schema wants people to be reminded of when they add to a list."""
    words = kind.schema["properties"][name]["x-add"].get("remind")
    return (i18n.label(words, ""),) if words else ()


def question_form(kind: Kind, *, required: Sequence[str] = ("answer",)) -> list[Field]:
    """The questions that go with an answer: because, by, on and so on."""
    schema = kind.schema["$defs"]["decision"]["properties"]
    return [
        field(name, inner, required=name in required)
        for name, inner in schema.items()
        if name != "id"
    ]


def decide(
    desk: Desk,
    typed: str,
    answers: Mapping[str, str],
    values: Values,
    *,
    dry_run: bool = False,
) -> Outcome:
    """Answer one or several questions of a case in one commit; an earlier answer is replaced."""
    kind = desk.cases
    schema = kind.schema["$defs"]["decision"]

    def edits(record: Record) -> Sequence[Edit]:
        found: list[Edit] = []
        for question, answer in answers.items():
            entry = {"id": question, **filled(desk, schema, {**values, "answer": answer})}
            known = pattern.find(record.data, {"in": "decisions", "id": question})
            if not known:
                found.append(AddEntry("decisions", entry, predecessors(kind.schema, "decisions")))
                continue
            for name, value in entry.items():
                if name != "id" and known[-1].get(name) != value:
                    found.append(set_field(schema, ("decisions", question, name), value))
        return found

    before = desk.case(typed)
    listed = ", ".join(answers)
    written = writing.change(
        desk, before.path, edits, results.saying(lambda: f"decide {listed}"), dry_run=dry_run
    )
    said = ", ".join(
        f"{desk.world.question(question)} {desk.world.value_label(answer, 'decisions', 'answer')}"
        for question, answer in answers.items()
    )
    return results.outcome(desk, before, written, said, dry_run=dry_run)
