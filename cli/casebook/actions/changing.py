"""Changing what stands in a record: its fields, those of one entry, and dropping an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions import entries, filling, results, writing
from casebook.actions.forms import OWN, Field, field
from casebook.actions.journaling import journal_entry
from casebook.checks.reused import DROPPED, GONE
from casebook.document.edit import AddEntry, RemoveEntry, SetValue
from casebook.errors import NoSuchRecordError, RefusedError, UsageError
from casebook.i18n import _
from casebook.pattern import values as texts
from casebook.record import CASE
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import Kind
    from casebook.document.edit import Edit
    from casebook.record import Record

    Place = tuple[str, ...]

# Kept for ever once a move wrote them.
FIXED_LISTS = ("closures", "turns", "waits", GONE)


def find_place(desk: Desk, record: Record, typed: str) -> tuple[Place, Field]:
    """Where ``owner`` or ``P2.roles`` stands, and the question it answers.

    Raises UsageError with the nearest field, NoSuchRecordError for an unknown entry, RefusedError
    for the state (which only moves change) and for the text of an adopted record.
    """
    kind = desk.kind_of(record)
    code, dot, name = typed.partition(".")
    if not dot:
        return _top(desk, record, typed)
    list_name, entry = find_entry(record, code)
    properties = filling.entry_schema(kind, list_name)["properties"]
    name = _field_name(name, properties, kind, record, list_name)
    entries.require_open(kind, record, list_name)
    if list_name in FIXED_LISTS or name == "id":
        raise RefusedError(_("{place} is not changed afterwards.").format(place=typed))
    return (list_name, str(entry["id"]), name), field(name, properties[name], required=True)


def find_entry(record: Record, typed: str) -> tuple[str, Mapping[str, object]]:
    """The list and the entry that a code means, in any case; raises NoSuchRecordError."""
    wanted = (typed, typed.upper(), typed.lower())
    found = next(
        (
            (name, entry)
            for code in wanted
            for name, entry in record.lists()
            if entry.get("id") == code and name != GONE
        ),
        None,
    )
    if found is None:
        raise NoSuchRecordError(
            _("There is no {entry} in {case}.").format(entry=typed, case=record.id),
            _("Look with: {command}").format(command=f"{record.program} show {record.short}"),
        )
    return found


def _top(desk: Desk, record: Record, typed: str) -> tuple[Place, Field]:
    kind = desk.kind_of(record)
    schema = kind.schema_for(record.text("type"))
    properties = schema["properties"]
    name = _field_name(typed, properties, kind, record)
    tail = record.short
    if name == "state":
        raise RefusedError(
            _("The state changes by a move, not by set."),
            _("Do: {command}").format(command=_by_move(kind, record)),
        )
    if name in OWN:
        raise RefusedError(_("{place} is not changed by hand.").format(place=name))
    entries.require_open(kind, record, name)
    if name == "procedure" and record.kind == CASE:
        raise RefusedError(
            _("The procedure of a case changes with its own command."),
            _("Do: git case adopt-procedure {case}").format(case=tail),
        )
    if "$ref" in properties[name].get("items", {}):
        word = kind.add_commands.get(name)
        how = f"add {word} {tail}" if word else f"edit {tail} {name}"
        if record.kind == CASE and not word:
            how = f"decide {tail}"
        raise UsageError(
            _("{field} is a list of its own.").format(field=kind.field_label(name)),
            f"{record.program} {how}",
        )
    return (name,), field(name, properties[name], required=True)


def _by_move(kind: Kind, record: Record) -> str:
    """The command of the move that is possible from here, or that shows what is."""
    if record.kind == CASE:
        return f"git case next {record.short}"
    moves = kind.workflow.moves_from(record.state)
    return f"{record.program} {moves[-1].id if moves else 'show'} {record.short}"


def _field_name(
    typed: str,
    properties: Mapping[str, object],
    kind: Kind,
    record: Record,
    list_name: str = "",
) -> str:
    from casebook.catalogue.labels import plain

    wanted = plain(typed)
    names = {plain(name): name for name in properties}
    for name in properties:
        place = (list_name, name) if list_name else (name,)
        names.setdefault(plain(kind.field_label(*place)), name)
    if wanted in names:
        return names[wanted]
    if not list_name and typed.startswith("x_"):
        raise UsageError(
            _("Fields of your own are changed in an editor."),
            f"{record.program} edit {record.short}",
        )
    from difflib import get_close_matches

    near = get_close_matches(wanted, names, n=1)
    raise UsageError(
        _('There is no field "{field}".').format(field=typed),
        _('Did you mean "{near}"?').format(near=names[near[0]]) if near else "",
    )


def set_fields(
    desk: Desk, record: Record, wanted: Mapping[Place, str | list[str]], *, dry_run: bool = False
) -> Outcome:
    """Give fields of a record new values in one commit; the same value changes nothing."""
    kind = desk.kind_of(record)

    def edits(current: Record) -> Sequence[Edit]:
        found: list[Edit] = []
        for place, value in wanted.items():
            if _value_at(current, place) == (value if isinstance(value, str) else list(value)):
                continue
            schema = (
                kind.schema_for(current.text("type"))
                if len(place) == 1
                else filling.entry_schema(kind, place[0])
            )
            found.append(entries.set_field(schema, place, value))
            found += _beside(desk, schema, place, wanted)
        return found

    named = ", ".join(".".join(place[-2:]) for place in wanted)
    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"set {named}"), dry_run=dry_run
    )
    said = "; ".join(_from_to(kind, record, place, value) for place, value in wanted.items())
    return results.outcome(desk, record, written, said, dry_run=dry_run)


def _beside(
    desk: Desk, schema: Mapping[str, object], place: Place, wanted: Collection[Place]
) -> list[SetValue]:
    """What fills itself in beside a field that changes now (``decided_on`` beside ``decision``).

    A later answer is dated anew, or it would pass for the first one.
    """
    properties = schema["properties"]
    assert isinstance(properties, dict)  # noqa: S101 - a JSON schema
    today = desk.now.date().isoformat()
    return [
        entries.set_field(schema, (*place[:-1], name), today)
        for name, inner in properties.items()
        if inner.get("x-fill") == f"today-with:{place[-1]}" and (*place[:-1], name) not in wanted
    ]


def _value_at(record: Record, place: Place) -> str | list[str]:
    if len(place) == 1:
        value = record.get(place[0], "")
    else:
        found = record.find(place[1])
        value = found[1].get(place[2], "") if found is not None else ""
    return list(value) if isinstance(value, list) else str(value)


def _from_to(kind: Kind, record: Record, place: Place, value: str | list[str]) -> str:
    labels = (place[0],) if len(place) == 1 else (place[0], place[2])
    old = _said(kind, _value_at(record, place), labels)
    new = _said(kind, value, labels)
    where = kind.field_label(*labels)
    prefix = f"{place[1]} " if len(place) > 1 else ""
    if not old:
        return _("{field}: {new}").format(field=f"{prefix}{where}", new=new)
    return _("{field}: from {old} to {new}").format(field=f"{prefix}{where}", old=old, new=new)


def _said(kind: Kind, value: str | list[str], labels: Place) -> str:
    return ", ".join(kind.value_label(one, *labels) for one in texts(value))


def drop(desk: Desk, record: Record, item: str, because: str, *, dry_run: bool = False) -> Outcome:
    """Take an entry out of a record; it stays in history, and the reason goes into the journal.

    A kind without a journal has a list of what was dropped for it.
    """
    name, entry = find_entry(record, item)
    kind = desk.kind_of(record)
    entries.require_open(kind, record, name)
    if not kind.journal and GONE not in kind.schema["properties"]:
        raise UsageError(
            _("Entries of {field} are taken out in an editor.").format(
                field=kind.field_label(name)
            ),
            _("Do: {command}").format(command=f"{record.program} edit {record.short} {item}"),
        )
    code = str(entry["id"])
    if name in FIXED_LISTS:
        raise RefusedError(_("{place} is not removed afterwards.").format(place=code))
    if filler(because):
        raise UsageError(
            _('"{reason}" is not a reason.').format(reason=because),
            _("Say in a few words why it goes."),
        )

    def edits(current: Record) -> Sequence[Edit]:
        return [RemoveEntry(name, code), _why(desk, current, code, because)]

    result = writing.change(
        desk, record.path, edits, results.saying(lambda: f"drop {code}"), dry_run=dry_run
    )
    return results.outcome(
        desk, record, result, _("{entry} is taken out.").format(entry=code), dry_run=dry_run
    )


def _why(desk: Desk, record: Record, code: str, because: str) -> Edit:
    """The edit that keeps the reason why an entry went."""
    kind = desk.kind_of(record)
    if kind.journal:
        return journal_entry(desk, record, DROPPED, f"{code}: {because}")
    schema = filling.entry_schema(kind, GONE)
    entry = {"id": code, **filling.filled(desk, schema, {"because": because})}
    return AddEntry(GONE, entry, entries.predecessors(kind.schema, GONE))
