"""What is said of a move of policy records: the commit, the sentences, the data, what comes next.

It makes no move; it is told what was taken along and what came of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import sets
from casebook.actions.outcome import Next, Outcome
from casebook.i18n import _, ngettext
from casebook.versions import FROM, UNTIL
from casebook.world import move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.actions.desk import Desk
    from casebook.actions.gathering import Gathered
    from casebook.actions.outcome import Blocker
    from casebook.actions.together import Done, Subject
    from casebook.record import Record

NAMED = 3  # records that a commit's subject names before it counts
LISTED = 30  # records that an answer names before it counts


def all_named(one: Gathered) -> str:
    """What was named for the move."""
    return ", ".join(root.short for root in one.roots)


def outcome(
    desk: Desk, one: Gathered, done: Done, warnings: Sequence[Blocker], *, dry_run: bool
) -> Outcome:
    """The outcome of the whole set; ``warnings`` are what its guards would rather have seen."""
    root = one.roots[0]
    kind = desk.kind_of(root)
    target = next((each.state for each in done.records if each.path == root.path), root.state)
    others = len(one.going) - 1
    message = _("{record}: from {origin} to {target}.").format(
        record=root.short,
        origin=state_label(kind, root.state),
        target=state_label(kind, target),
    )
    if others:
        message = ngettext(
            "{record} and {number} other record: to {target}.",
            "{record} and {number} other records: to {target}.",
            others,
        ).format(record=root.short, number=others, target=state_label(kind, target))
    warned = [_("Warning: {what}").format(what=each.message) for each in warnings]
    return Outcome(
        id=root.id,
        path=root.path,
        message=message,
        commit=done.commit,
        move=one.move,
        origin=root.state,
        target=target,
        next=_next(desk, one),
        findings=tuple(each for each in done.findings if not each.is_error),
        details=(*_details(one, done.records), *warned),
        dry_run=dry_run,
        data=_data(one, done.records, warnings),
    )


def subject(one: Gathered) -> Subject:
    """Message and trailers of the one commit; program-made words and names of records only."""
    origins = {root.state for root in one.roots}
    targets = {each.move.targets[0] for each in one.going if each.is_root}
    crossed = f" ({origins.pop()} -> {next(iter(targets))})" if len(origins) == 1 else ""
    count = f", {len(one.going)} records" if len(one.going) > 1 else ""
    more = f" and {len(one.roots) - NAMED} more" if len(one.roots) > NAMED else ""
    listed = ", ".join(root.short for root in one.roots[:NAMED])
    trailers = [("Policy", root.short) for root in one.roots]
    trailers.append(("Move", one.move))
    if crossed:
        trailers.append(("From", one.roots[0].state))
    trailers.append(("To", next(iter(targets))))
    return f"policy {listed}{more}: {one.move}{crossed}{count}", trailers


def _details(one: Gathered, records: Sequence[Record]) -> Iterator[str]:
    went = {each.record.path for each in one.going if not each.is_root}
    along = [each.short for each in records if each.path in went]
    if along:
        yield _("Along with it: {records}").format(records=_listed(along))
    if one.staying:
        yield _("Unchanged: {records}").format(
            records=_listed([each.short for each in one.staying])
        )
    root = next((each for each in records if each.path == one.roots[0].path), None)
    if root is not None and root.get(FROM) and not root.get(UNTIL):
        yield _("In force from {day}.").format(day=root.get(FROM))
    moved = {each.record.path for each in one.going}
    for each in records:
        if each.path not in moved:
            yield _("{record} is in force until {day}.").format(
                record=each.short, day=each.get(UNTIL)
            )


def _listed(names: Sequence[str]) -> str:
    """The names; of very many the first ones and how many more there are (``--json`` has all)."""
    if len(names) <= LISTED:
        return ", ".join(names)
    more = len(names) - LISTED
    return _("{records} and {number} more").format(records=", ".join(names[:LISTED]), number=more)


def _data(
    one: Gathered, records: Sequence[Record], warnings: Sequence[Blocker]
) -> dict[str, object]:
    went = {each.record.path: each for each in one.going}
    return {
        "records": [
            {
                "id": each.id,
                "path": each.path,
                "from": went[each.path].record.state,
                "to": each.state,
            }
            for each in records
            if each.path in went
        ],
        "replaced": [
            {"id": each.id, "path": each.path, UNTIL: each.get(UNTIL)}
            for each in records
            if each.path not in went
        ],
        "unchanged": [each.path for each in one.staying],
        "missing": [{"guard": each.guard, "message": each.message} for each in warnings],
    }


def _next(desk: Desk, one: Gathered) -> Next | None:
    """The next move of what was named; after the last one before the end, telling people."""
    root = one.roots[0]
    kind = desk.kind_of(root)
    target = kind.workflow.moves[one.move].targets[0]
    for move in kind.workflow.moves_from(target):
        if not any(kind.workflow.is_end(state) for state in kind.workflow.may_reach(move)):
            return Next(move_label(kind, move.id), ("git", "policy", move.id, root.short))
    if kind.workflow.is_end(target) or not sets.family(desk.policy, root):
        return None
    return Next(_("tell those it is for"), ("git", "policy", "announce", root.short))
