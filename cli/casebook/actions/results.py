"""The outcome of a written change: what it fulfilled, what it warns of, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.outcome import Outcome
from casebook.i18n import _
from casebook.record import CASE, trailer

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Written
    from casebook.catalogue import Kind
    from casebook.record import Record

Trailers = list[tuple[str, str]]


def saying(what: Callable[[], str]) -> Callable[[Record, Record], tuple[str, Trailers]]:
    """The commit message of a change that is no move: program-made words and ids only."""

    def subject(_before: Record, after: Record) -> tuple[str, Trailers]:
        return f"{after.full}: {what()}", [trailer(after.kind, after.id)]

    return subject


def outcome(
    desk: Desk,
    before: Record | None,
    written: Written,
    message: str,
    *,
    entry: str = "",
    dry_run: bool = False,
    **more: Any,
) -> Outcome:
    """The outcome of a change of a record: its step, fulfilments, warnings and the next thing."""
    after, coming = written.record, written.coming
    changed = bool(written.commit) or dry_run
    if not changed:
        message = _("Nothing changed.")
    if coming is None:
        from casebook.actions.outlook import outlook

        coming = outlook(desk, after)
    listed = after.find(entry) if entry else None
    return Outcome(
        id=after.id,
        path=after.path,
        message=message,
        commit=written.commit,
        entry=entry,
        entry_label=describe(desk.kind_of(after), *listed) if listed else "",
        fulfils=tuple(fulfilled(desk, before, after)) if changed else (),
        next=coming.next,
        findings=tuple(one for one in written.findings if not one.is_error),
        dry_run=dry_run,
        **more,
    )


def fulfilled(desk: Desk, before: Record | None, after: Record) -> list[str]:
    """Titles of the procedure's steps that a change of a case completed."""
    if after.kind != CASE:
        return []
    old = {
        status.step.id
        for status in (desk.world.steps(before.data) if before is not None else ())
        if status.state == "done"
    }
    return [
        status.step.title_now()
        for status in desk.world.steps(after.data)
        if status.state == "done" and status.step.id not in old
    ]


def describe(kind: Kind, name: str, entry: Any) -> str:
    """A few words that tell which entry a code means: ``P2 (forwarder)``."""
    from casebook.pattern import values

    for field in ("roles", "kind", "to", "with", "text", "status", "title", "what", "who", "group"):
        found = values(entry.get(field))
        if found:
            said = ", ".join(kind.value_label(one, name, field) for one in found)
            said = " ".join(said.split())  # a text of several lines too
            return said if len(said) <= 40 else said[:39].rstrip() + "…"
    return kind.field_label(name)
