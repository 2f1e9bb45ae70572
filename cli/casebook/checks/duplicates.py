"""Two open cases that may be one: same type, same place, reported within days of each other.

A hint for ``casebook check`` only; whether they are one is for people to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.calendar import day_of
from casebook.finding import WARNING, Finding
from casebook.frozen import frozen
from casebook.i18n import N_, _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from casebook.checks.base import Judgement

FINDINGS = {
    "duplicate-case": N_(
        "Two cases of one type were reported within three days, about the same app or place. They "
        "may be one; a link between them says that somebody looked."
    ),
}
DAYS = 3
# Cases are looked at as lines: to parse all of them again would double the time of a check
# (and a pattern that starts with the line end itself is 15 times faster than one with ``^``).
_FIELD = regex(rb"\n(type|state|reported): *([^\s#]+)")
_PLACE = regex(rb"\n(?:  +(?:platform|location)|locations): *(\S[^\r\n#]*)")


@frozen
class _Case:
    path: str
    id: str
    raw: bytes
    type: str
    reported: date
    line: int
    open: bool


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """A warning on the later of two such cases, where at least one is still open."""
    kind = judgement.world.kind
    open_states = kind.workflow.open_states()
    by_type: dict[str, list[_Case]] = {}
    for entry in judgement.after.entries(kind.prefix):
        identity = kind.id_of(entry.path)
        raw = judgement.after.read(entry.path) if identity is not None else None
        case = _case(entry.path, identity or "", raw or b"", open_states)
        if case is not None:
            by_type.setdefault(case.type, []).append(case)
    for cases in by_type.values():
        yield from _pairs(sorted(cases, key=lambda case: (case.reported, case.id)))


def _case(path: str, identity: str, raw: bytes, open_states: Collection[str]) -> _Case | None:
    """The few fields that count here; None for a file that is no case or has no day."""
    fields = {match[1]: match for match in _FIELD.finditer(raw)}
    told = {name: match[2].decode("utf-8", "replace") for name, match in fields.items()}
    day = day_of(told.get(b"reported"))
    if not identity or day is None:
        return None
    line = raw.count(b"\n", 0, fields[b"reported"].end()) + 1
    is_open = told.get(b"state") in open_states
    return _Case(path, identity, raw, told.get(b"type", ""), day, line, is_open)


def _pairs(cases: list[_Case]) -> Iterator[Finding]:
    for number, later in enumerate(cases):
        for place in range(number - 1, -1, -1):
            earlier = cases[place]
            if (later.reported - earlier.reported).days > DAYS:
                break
            if (later.open or earlier.open) and _alike(later, earlier):
                yield Finding(
                    later.path,
                    later.line,
                    1,
                    "duplicate-case",
                    _("{other} is of the same type, place and days").format(other=earlier.id),
                    _("Do: git case merge {case}, or git case add link {case}").format(
                        case=later.id.rpartition("-")[2]
                    ),
                    WARNING,
                )
                break  # one hint is enough to make somebody look


def _alike(one: _Case, other: _Case) -> bool:
    """Whether two cases share an app or place and neither names the other."""
    if one.id.encode() in other.raw or other.id.encode() in one.raw:
        return False
    return bool(_places(one.raw) & _places(other.raw))


def _places(raw: bytes) -> set[str]:
    found = [match[1].decode("utf-8", "replace").strip("[] \t") for match in _PLACE.finditer(raw)]
    return {one.strip().casefold() for listed in found for one in listed.split(",")} - {""}
