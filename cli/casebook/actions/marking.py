"""Marking work done or skipped, with day and reason: steps of a procedure, entries of a list.

What says so in an entry stands in the schema (``x-done``); steps are those of a case's procedure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions import entries, filling, results, writing
from casebook.choosing import Choices, meant
from casebook.document.edit import AddEntry
from casebook.errors import UsageError
from casebook.i18n import _
from casebook.record import CASE
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import Kind
    from casebook.document.edit import Edit
    from casebook.record import Record

    Values = Mapping[str, "str | list[str]"]

STEPS = "steps"  # of a case: what was done of its procedure


def lists(kind: Kind) -> dict[str, Mapping[str, Any]]:
    """The lists whose entries can be marked, each with how (``x-done``)."""
    properties = kind.schema.get("properties", {})
    return {name: node["x-done"] for name, node in properties.items() if "x-done" in node}


def markable(desk: Desk, record: Record) -> dict[str, tuple[str, str]]:
    """Everything that can be marked: the list it stands in, and what it is called."""
    found = {}
    if record.kind == CASE:
        found = {
            status.step.id: (STEPS, status.step.title_now())
            for status in desk.world.steps(record.data)
        }
    kind = desk.kind_of(record)
    for name in lists(kind):
        for entry in record.entries(name):
            found[str(entry.get("id"))] = (name, results.describe(kind, name, entry))
    return found


def unmarked(desk: Desk, record: Record) -> list[tuple[str, str]]:
    """What of it is still open in a case, each with what it is called; nothing once it ended."""
    if not desk.world.is_open(record):
        return []
    marks = lists(desk.kind_of(record))
    waiting = {one.step.id for one in desk.world.steps(record.data) if one.is_open}
    for name, how in marks.items():
        day = str(how.get("day", ""))
        for entry in record.entries(name):
            if day and entry.get(day, "no") in ("", "no") and not entry.get("because"):
                waiting.add(str(entry.get("id")))
    known = markable(desk, record)
    return [(one, title) for one, (_list, title) in known.items() if one in waiting]


def place(desk: Desk, record: Record, typed: str) -> tuple[str, str]:
    """The list and id of what was meant, by id or title; raises UsageError with the nearest."""
    known = markable(desk, record)
    choices = Choices([(one, title) for one, (_list, title) in known.items()])
    found = choices.exact(typed)  # what is marked stays marked: no guess is good enough
    if found:
        return known[found][0], found
    if record.kind != CASE:
        raise UsageError(
            _('"{typed}" is nothing in {record} that can be marked as done.').format(
                typed=typed, record=record.short
            ),
            _("Choose one of: {options}").format(options=", ".join(known))
            if known
            else _("Look with: {command}").format(command=f"git policy show {record.short}"),
        )
    near = choices.near(typed)
    raise UsageError(
        _('"{typed}" is not a step, action or message of {case}.').format(
            typed=typed, case=record.id
        ),
        meant(choices.named(near))
        if near
        else _("Look with: git case todo {case}").format(case=record.id.rpartition("-")[2]),
    )


def done(
    desk: Desk, record: Record, item: str, values: Values, *, dry_run: bool = False
) -> Outcome:
    """Mark an item done on ``values["on"]`` (today)."""
    name, identity = place(desk, record, item)
    day = str(values.get("on") or "")
    fields: dict[str, str | list[str]] = dict(values)
    fields.pop("on", None)
    how = lists(desk.kind_of(record)).get(name)
    if how is None:
        fields["done"] = day or desk.now.strftime("%Y-%m-%d %H:%M")
        fields.setdefault("by", desk.role)
    else:
        fields |= how.get("sets", {})
        if "day" in how:
            fields[how["day"]] = (day or desk.now.date().isoformat())[:10]
    return _mark(desk, record, name, identity, fields, verb="done", dry_run=dry_run)


def skip(
    desk: Desk, record: Record, item: str, values: Values, *, dry_run: bool = False
) -> Outcome:
    """Mark an item as not to be done, because; raises UsageError for a reason that says nothing."""
    name, identity = place(desk, record, item)
    reason = str(values.get("because", ""))
    if filler(reason):
        raise UsageError(
            _('"{reason}" is not a reason.').format(reason=reason),
            _("Say in a few words why it is not needed here."),
        )
    fields: dict[str, str | list[str]] = {"because": reason}
    how = lists(desk.kind_of(record)).get(name)
    if how is None:
        fields["skipped"] = str(values.get("on") or desk.now.strftime("%Y-%m-%d %H:%M"))
        fields["by"] = str(values.get("by") or desk.role)
    elif "skips" in how:
        fields |= how["skips"]
    else:
        raise UsageError(
            _("{item} comes back; it is taken out, not skipped.").format(item=identity),
            _("Do: {command}").format(command=f"{record.program} drop {record.short} {identity}"),
        )
    return _mark(desk, record, name, identity, fields, verb="skip", dry_run=dry_run)


def _mark(
    desk: Desk,
    record: Record,
    name: str,
    identity: str,
    fields: Mapping[str, str | list[str]],
    *,
    verb: str,
    dry_run: bool,
) -> Outcome:
    kind = desk.kind_of(record)
    schema = filling.entry_schema(kind, name)
    entries.require_fields(kind, name, fields)
    ordered = {key: fields[key] for key in schema["properties"] if fields.get(key)}

    def edits(current: Record) -> Sequence[Edit]:
        known = any(entry.get("id") == identity for entry in current.entries(name))
        if not known:
            entry = {"id": identity, **ordered}
            return [AddEntry(name, entry, entries.predecessors(kind.schema, name))]
        return [
            entries.set_field(schema, (name, identity, key), value)
            for key, value in ordered.items()
        ]

    written = writing.change(
        desk, record.path, edits, results.saying(lambda: f"{verb} {identity}"), dry_run=dry_run
    )
    said = _("{item} is done.") if verb == "done" else _("{item} is skipped, with the reason.")
    title = identity
    if name == STEPS and record.kind == CASE:
        titles = {one.step.id: one.step.title_now() for one in desk.world.steps(record.data)}
        title = f"{identity} ({titles.get(identity, identity)})"
    return results.outcome(
        desk,
        record,
        written,
        said.format(item=title),
        entry=identity if title == identity else "",
        dry_run=dry_run,
    )
