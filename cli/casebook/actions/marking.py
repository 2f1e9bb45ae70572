"""Marking work: steps, actions and messages done or skipped, with day and reason."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.actions import entries, results
from casebook.document.edit import AddEntry
from casebook.errors import UsageError
from casebook.i18n import _
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.document.edit import Edit
    from casebook.record import Record

    Values = Mapping[str, "str | list[str]"]

# Which field says that an entry of this list is done.
DONE_FIELDS = {"actions": "done", "messages": "sent"}


def markable(desk: Desk, record: Record) -> list[str]:
    """Everything that can be marked: steps of the procedure, actions, messages."""
    steps = [status.step.id for status in desk.world.steps(record.data)]
    listed = [str(entry.get("id")) for name in DONE_FIELDS for entry in record.entries(name)]
    return [*steps, *listed]


def place(desk: Desk, record: Record, typed: str) -> tuple[str, str]:
    """The list and id of what was meant; raises UsageError with the nearest match."""
    known = markable(desk, record)
    for wanted in (typed, typed.upper(), typed.lower()):
        if wanted not in known:
            continue
        found = record.find(wanted)
        in_list = found[0] if found is not None and found[0] in DONE_FIELDS else "steps"
        return in_list, wanted
    near = get_close_matches(typed, known, n=1)
    raise UsageError(
        _('"{typed}" is not a step, action or message of {case}.').format(
            typed=typed, case=record.id
        ),
        _('Did you mean "{near}"?').format(near=near[0])
        if near
        else _("Look with: git case todo {case}").format(case=record.id.rpartition("-")[2]),
    )


def done(desk: Desk, typed: str, item: str, values: Values, *, dry_run: bool = False) -> Outcome:
    """Mark an item done on ``values["on"]`` (today)."""
    record = desk.case(typed)
    name, identity = place(desk, record, item)
    day = str(values.get("on") or "")
    moment = day or desk.now.strftime("%Y-%m-%d %H:%M" if name == "steps" else "%Y-%m-%d")
    fields: dict[str, str | list[str]] = dict(values)
    fields.pop("on", None)
    if name == "steps":
        fields["done"] = moment
        fields.setdefault("by", desk.role)
    else:
        fields[DONE_FIELDS[name]] = moment[:10]
    return _mark(desk, record, name, identity, fields, verb="done", dry_run=dry_run)


def skip(desk: Desk, typed: str, item: str, values: Values, *, dry_run: bool = False) -> Outcome:
    """Mark an item as not to be done, because; raises UsageError for a reason that says nothing."""
    record = desk.case(typed)
    name, identity = place(desk, record, item)
    reason = str(values.get("because", ""))
    if filler(reason):
        raise UsageError(
            _('"{reason}" is not a reason.').format(reason=reason),
            _("Say in a few words why it is not needed here."),
        )
    fields: dict[str, str | list[str]] = {"because": reason}
    if name == "steps":
        fields["skipped"] = str(values.get("on") or desk.now.strftime("%Y-%m-%d %H:%M"))
        fields["by"] = str(values.get("by") or desk.role)
    else:
        fields[DONE_FIELDS[name]] = "no"
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
    kind = desk.cases
    schema = entries.entry_schema(kind, name)
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

    written = desk.change(
        record.path, edits, results.saying("case", lambda: f"{verb} {identity}"), dry_run=dry_run
    )
    said = _("{item} is done.") if verb == "done" else _("{item} is skipped, with the reason.")
    title = identity
    if name == "steps":
        titles = {one.step.id: one.step.title_now() for one in desk.world.steps(record.data)}
        title = f"{identity} ({titles.get(identity, identity)})"
    return results.outcome(
        desk,
        record,
        written,
        said.format(item=title),
        entry=identity if name != "steps" else "",
        dry_run=dry_run,
    )
