"""Changing what stands in a case: fields of the case or of one entry, and dropping an entry."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.actions import entries, results
from casebook.actions.forms import Field, field
from casebook.document import journal
from casebook.document.edit import RemoveEntry, SetValue
from casebook.errors import NoSuchRecordError, RefusedError, UsageError
from casebook.i18n import _
from casebook.pattern import values as texts
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.document.edit import Edit
    from casebook.record import Record

    Place = tuple[str, ...]

# Kept for ever once a move wrote them.
FIXED_LISTS = ("closures", "turns", "waits")


def find_place(desk: Desk, record: Record, typed: str) -> tuple[Place, Field]:
    """Where ``owner`` or ``P2.roles`` stands, and the question it answers.

    Raises UsageError with the nearest field, NoSuchRecordError for an unknown entry, RefusedError
    for the state (which only moves change).
    """
    kind = desk.cases
    code, dot, name = typed.partition(".")
    if not dot:
        return _top(desk, record, typed)
    found = record.find(code) or record.find(code.upper()) or record.find(code.lower())
    if found is None:
        raise NoSuchRecordError(
            _("There is no {entry} in {case}.").format(entry=code, case=record.id),
            _("Look with: git case show {case}").format(case=record.id.rpartition("-")[2]),
        )
    list_name, entry = found
    properties = entries.entry_schema(kind, list_name)["properties"]
    name = _field_name(name, properties, desk, list_name)
    if list_name in FIXED_LISTS or name == "id":
        raise RefusedError(_("{place} is not changed afterwards.").format(place=typed))
    return (list_name, str(entry["id"]), name), field(name, properties[name], required=True)


def _top(desk: Desk, record: Record, typed: str) -> tuple[Place, Field]:
    kind = desk.cases
    schema = kind.schema_for(record.text("type"))
    properties = schema["properties"]
    name = _field_name(typed, properties, desk)
    tail = record.id.rpartition("-")[2]
    if name == "state":
        raise RefusedError(
            _("The state changes by a move, not by set."),
            _("Do: git case next {case}").format(case=tail),
        )
    if name in ("id", "merged_into", "merged_from"):
        raise RefusedError(_("{place} is not changed by hand.").format(place=name))
    if name == "procedure":
        raise RefusedError(
            _("The procedure of a case changes with its own command."),
            _("Do: git case adopt-procedure {case}").format(case=tail),
        )
    if "$ref" in properties[name].get("items", {}):
        word = kind.add_commands.get(name)
        raise UsageError(
            _("{field} is a list of its own.").format(field=kind.field_label(name)),
            f"git case add {word} {tail}" if word else f"git case decide {tail}",
        )
    return (name,), field(name, properties[name], required=True)


def _field_name(
    typed: str, properties: Mapping[str, object], desk: Desk, list_name: str = ""
) -> str:
    from casebook.catalogue.labels import plain

    wanted = plain(typed)
    names = {plain(name): name for name in properties}
    for name in properties:
        place = (list_name, name) if list_name else (name,)
        names.setdefault(plain(desk.cases.field_label(*place)), name)
    if wanted in names:
        return names[wanted]
    if not list_name and typed.startswith("x_"):
        raise UsageError(_("Fields of your own are changed in an editor."), "git case edit")
    near = get_close_matches(wanted, names, n=1)
    raise UsageError(
        _('There is no field "{field}".').format(field=typed),
        _('Did you mean "{near}"?').format(near=names[near[0]]) if near else "",
    )


def set_fields(
    desk: Desk, typed: str, wanted: Mapping[Place, str | list[str]], *, dry_run: bool = False
) -> Outcome:
    """Give fields of a case new values in one commit; the same value changes nothing."""
    kind = desk.cases
    record = desk.case(typed)

    def edits(current: Record) -> Sequence[Edit]:
        found: list[Edit] = []
        for place, value in wanted.items():
            if _value_at(current, place) == (value if isinstance(value, str) else list(value)):
                continue
            schema = (
                kind.schema_for(current.text("type"))
                if len(place) == 1
                else entries.entry_schema(kind, place[0])
            )
            found.append(entries.set_field(schema, place, value))
            found += _beside(desk, schema, place, wanted)
        return found

    named = ", ".join(".".join(place[-2:]) for place in wanted)
    written = desk.change(
        record.path, edits, results.saying("case", lambda: f"set {named}"), dry_run=dry_run
    )
    said = "; ".join(_from_to(desk, record, place, value) for place, value in wanted.items())
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


def _from_to(desk: Desk, record: Record, place: Place, value: str | list[str]) -> str:
    labels = (place[0],) if len(place) == 1 else (place[0], place[2])
    old = _said(desk, _value_at(record, place), labels)
    new = _said(desk, value, labels)
    where = desk.cases.field_label(*labels)
    prefix = f"{place[1]} " if len(place) > 1 else ""
    if not old:
        return _("{field}: {new}").format(field=f"{prefix}{where}", new=new)
    return _("{field}: from {old} to {new}").format(field=f"{prefix}{where}", old=old, new=new)


def _said(desk: Desk, value: str | list[str], labels: Place) -> str:
    return ", ".join(desk.cases.value_label(one, *labels) for one in texts(value))


def drop(desk: Desk, typed: str, item: str, because: str, *, dry_run: bool = False) -> Outcome:
    """Take an entry out of a case; the reason goes into the journal, the entry stays in history."""
    record = desk.case(typed)
    found = record.find(item) or record.find(item.upper())
    if found is None:
        raise NoSuchRecordError(
            _("There is no {entry} in {case}.").format(entry=item, case=record.id),
            _("Look with: git case show {case}").format(case=record.id.rpartition("-")[2]),
        )
    name, entry = found
    code = str(entry["id"])
    if name in FIXED_LISTS:
        raise RefusedError(_("{place} is not removed afterwards.").format(place=code))
    if filler(because):
        raise UsageError(
            _('"{reason}" is not a reason.').format(reason=because),
            _("Say in a few words why it goes."),
        )

    def edits(current: Record) -> Sequence[Edit]:
        written = journal_entry(desk, current, entries.DROPPED, f"{code}: {because}")
        return [RemoveEntry(name, code), written]

    result = desk.change(
        record.path, edits, results.saying("case", lambda: f"drop {code}"), dry_run=dry_run
    )
    return results.outcome(
        desk, record, result, _("{entry} is taken out.").format(entry=code), dry_run=dry_run
    )


def journal_entry(
    desk: Desk,
    record: Record,
    kind: str,
    text: str,
    *,
    people: Sequence[str] = (),
    corrects: str = "",
    on: str = "",
) -> Edit:
    """The edit that appends a journal entry by the one who acts, at ``on`` or now."""
    from casebook.i18n import label

    entry = journal.Entry(
        id=journal.next_id(journal.read(record.document)[0]),
        at=journal_moment(desk, on),
        kind=kind,
        by=desk.role,
        people=tuple(people),
        corrects=corrects,
        text=text,
    )
    heading = label(desk.cases.schema["x-kind"].get("journal"), "Journal")
    return journal.append(record.document, entry, f"## {heading}")


def journal_moment(desk: Desk, on: str) -> str:
    """The time in an entry's heading: now, or the day (and time) that ``on`` names."""
    now = desk.now
    if on:
        day, _space, clock = on.partition(" ")
        hours, minutes = (clock or f"{now:%H:%M}").split(":")
        year, month, date_of = day.split("-")
        now = now.replace(
            year=int(year), month=int(month), day=int(date_of), hour=int(hours), minute=int(minutes)
        )
    return now.isoformat(timespec="minutes")
