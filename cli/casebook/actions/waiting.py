"""What waits in policy records without a date: drafts, and words that nobody answered yet.

It only looks; many of one kind become one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.actions.due import Due
from casebook.actions.policies import title
from casebook.calendar import day_of
from casebook.i18n import _, label, ngettext
from casebook.versions import in_force, slug_of
from casebook.world import state_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind
    from casebook.record import Record

CARRIED: Final = ("rule", "ladder")  # they go along with their code
FEW: Final = 3
# List, the field that says something, the field that answers it.
ANSWERED: Final = (
    ("feedback", "text", "answer"),
    ("signals", "text", "answer"),
    ("proposals", "text", "answer"),
    ("consulted", "said", "answer"),
    ("council", "asked", "decision"),
)


def drafts(desk: Desk, today: date) -> Iterator[Due]:
    """Records that are not adopted and not retired; a code counts its rules and ladders."""
    kinds = desk.policy.catalogue.kinds
    codes = {slug_of(one.id) for one in _drafts(desk, kinds["code"], today)}
    for name, kind in kinds.items():
        if "adopt" not in kind.workflow.moves:
            continue
        found = _drafts(desk, kind, today)
        if name in CARRIED:
            found = [one for one in found if slug_of(one.text("code")) not in codes]
        if len(found) > FEW:
            yield _many(kind, found)
            continue
        for record in found:
            yield Due.of_record("draft", _said(desk, kind, record, today), record, ("adopt",))


def _drafts(desk: Desk, kind: Kind, today: date) -> list[Record]:
    """The newest draft of each text, also beside a version that is in force."""
    found = {}
    for record in desk.policy.records(kind.name):
        state = kind.workflow.states.get(record.state)
        if state is not None and not state.end and record.state != "adopted":
            found[slug_of(record.id)] = record
    return [one for one in found.values() if not in_force(one, today)]


def _said(desk: Desk, kind: Kind, record: Record, today: date) -> str:
    said = f"{state_label(kind, record.state)}: {title(kind, record)}"
    if kind.name != "code":
        return said
    along = [
        sum(
            slug_of(one.text("code")) == slug_of(record.id)
            for one in _drafts(desk, desk.policy.catalogue.kind(name), today)
        )
        for name in CARRIED
    ]
    return (
        said
        + " "
        + _("({rules} rules, {ladders} ladders)").format(rules=along[0], ladders=along[1])
    )


def _many(kind: Kind, found: list[Record]) -> Due:
    said = ngettext("{number} draft: {what}", "{number} drafts: {what}", len(found)).format(
        number=len(found), what=label(kind.plural, kind.name)
    )
    owners = {one.text("owner") for one in found}
    owner = owners.pop() if len(owners) == 1 else ""
    return Due("draft", said, owner, argv=("git", "policy", "list"))


def answers(desk: Desk, today: date) -> Iterator[Due]:
    """What somebody said or was asked, and nobody answered: feedback, signals, proposals, council.

    Only of the version that counts: what waited under an older one was answered by the next.
    """
    for name, kind in desk.policy.catalogue.kinds.items():
        lists = [one for one in ANSWERED if one[0] in kind.schema["properties"]]
        for record in desk.policy.current(name, today) if lists else ():
            for key, said, answer in lists:
                for entry in record.entries(key):
                    if entry.get(said) and not entry.get(answer):
                        yield _answer(kind, record, key, entry, answer)


def _answer(kind: Kind, record: Record, key: str, entry: Mapping[str, Any], answer: str) -> Due:
    code = str(entry["id"])
    said = str(entry.get("text") or entry.get("said") or "")
    if key == "council":
        said = _("asked on {day}").format(day=day_of(entry.get("asked")) or "?")
    what = _("answer {list}: {said}").format(list=kind.field_label(key), said=said)
    return Due.of_record("answer", what, record, ("set", f"{code}.{answer}"), entry=code)
