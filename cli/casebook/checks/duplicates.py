"""Two open cases that may be one: same type, same place, reported within days of each other.

A hint for ``casebook check`` only; whether they are one is for people to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.calendar import day_of
from casebook.finding import WARNING, Finding
from casebook.i18n import N_, _

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
# Cases are looked at as lines: to parse all of them again would double the time of a check.
_FIELD = re.compile(rb"^(type|state|reported): *([^\s#]+)", re.MULTILINE)
_PLACE = re.compile(rb"^(?:  +(?:platform|location)|locations): *(\S[^\r\n#]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Case:
    path: str
    id: str
    raw: bytes
    reported: date
    line: int
    places: frozenset[str]
    open: bool


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """A warning on the later of two such cases, where at least one is still open."""
    kind = judgement.world.kind
    open_states = kind.workflow.open_states()
    by_type: dict[str, list[_Case]] = {}
    for entry in judgement.after.entries(kind.prefix):
        identity = kind.id_of(entry.path)
        raw = judgement.after.read(entry.path) if identity is not None else None
        if identity is None or raw is None:
            continue
        fields = {match[1]: match for match in _FIELD.finditer(raw)}
        case = _case(entry.path, identity, raw, fields, open_states)
        if case is not None:
            name = fields[b"type"][2].decode("utf-8", "replace") if b"type" in fields else ""
            by_type.setdefault(name, []).append(case)
    for cases in by_type.values():
        yield from _pairs(sorted(cases, key=lambda case: (case.reported, case.id)))


def _case(
    path: str,
    identity: str,
    raw: bytes,
    fields: dict[bytes, re.Match[bytes]],
    open_states: Collection[str],
) -> _Case | None:
    reported = fields.get(b"reported")
    day = day_of(reported[2].decode("utf-8", "replace")) if reported else None
    places = {
        one.strip().casefold()
        for match in _PLACE.finditer(raw)
        for one in match[1].decode("utf-8", "replace").strip().strip("[]").split(",")
    } - {""}
    if reported is None or day is None or not places:
        return None
    state = fields[b"state"][2].decode("utf-8", "replace") if b"state" in fields else ""
    line = raw.count(b"\n", 0, reported.start()) + 1
    return _Case(path, identity, raw, day, line, frozenset(places), state in open_states)


def _pairs(cases: list[_Case]) -> Iterator[Finding]:
    for number, later in enumerate(cases):
        for earlier in reversed(cases[:number]):
            if (later.reported - earlier.reported).days > DAYS:
                break
            known = later.id.encode() in earlier.raw or earlier.id.encode() in later.raw
            if known or not later.places & earlier.places or not (later.open or earlier.open):
                continue
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
