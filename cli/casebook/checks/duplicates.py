"""Two open cases that may be one: same type, same place, reported within days of each other.

A hint for ``casebook check`` only; whether they are one is for people to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from casebook.calendar import day_of
from casebook.finding import WARNING, Finding
from casebook.i18n import N_, _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
_FENCE = b"\n---"


class _Case(NamedTuple):
    """What counts first, in the order of time: for the few that may be one, more is read."""

    reported: date
    id: str
    path: str
    open: bool


class _Content(NamedTuple):
    """What two cases are compared by."""

    raw: bytes
    places: set[str]


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """A warning on the later of two such cases, where at least one is still open."""
    kind = judgement.world.kind
    open_states = {state.encode() for state in kind.workflow.open_states()}
    by_type: dict[bytes, list[_Case]] = {}
    for entry in judgement.after.entries(kind.prefix):
        identity = kind.id_of(entry.path)
        raw = judgement.after.read(entry.path) if identity is not None else None
        told = dict(_FIELD.findall(_front(raw or b"")))
        day = day_of(told.get(b"reported", b"").decode("utf-8", "replace"))
        if identity is not None and day is not None:
            is_open = told.get(b"state") in open_states
            case = _Case(day, identity, entry.path, is_open)
            by_type.setdefault(told.get(b"type", b""), []).append(case)
    for cases in by_type.values():
        yield from _pairs(sorted(cases), judgement)


def _pairs(cases: list[_Case], judgement: Judgement) -> Iterator[Finding]:
    looked: dict[str, _Content] = {}

    def look(case: _Case) -> _Content:
        if case.path not in looked:
            raw = judgement.after.read(case.path) or b""
            looked[case.path] = _Content(raw, _places(raw))
        return looked[case.path]

    for number, later in enumerate(cases):
        for place in range(number - 1, -1, -1):
            earlier = cases[place]
            if (later.reported - earlier.reported).days > DAYS:
                break
            if (later.open or earlier.open) and _alike(later, earlier, look):
                yield _hint(later, earlier, look(later).raw)
                break  # one hint is enough to make somebody look


def _hint(later: _Case, earlier: _Case, raw: bytes) -> Finding:
    named = [match for match in _FIELD.finditer(_front(raw)) if match[1] == b"reported"][-1]
    return Finding(
        later.path,
        raw.count(b"\n", 0, named.end()) + 1,
        1,
        "duplicate-case",
        _("{other} is of the same type, place and days").format(other=earlier.id),
        _("Do: git case merge {case}, or git case add link {case}").format(
            case=later.id.rpartition("-")[2]
        ),
        WARNING,
    )


def _alike(one: _Case, other: _Case, look: Callable[[_Case], _Content]) -> bool:
    """Whether two cases share an app or place and neither names the other."""
    if not look(one).places & look(other).places:
        return False
    return one.id.encode() not in look(other).raw and other.id.encode() not in look(one).raw


def _front(raw: bytes) -> bytes:
    """The fields of a case, without the text below them, which is much longer."""
    end = raw.find(_FENCE, len(_FENCE))
    return raw[:end] if end > 0 else raw


def _places(raw: bytes) -> set[str]:
    found = [match[1].decode("utf-8", "replace").strip("[] \t") for match in _PLACE.finditer(raw)]
    return {one.strip().casefold() for listed in found for one in listed.split(",")} - {""}
