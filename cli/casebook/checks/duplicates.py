"""Two open cases that may be one: same type, same place, reported within days of each other.

A hint for ``casebook check`` only; whether they are one is for people to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from casebook.calendar import day_of
from casebook.finding import WARNING, Finding
from casebook.i18n import N_, _
from casebook.record import CASE
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebook.checks.base import Judgement, Subject

FINDINGS = {
    "duplicate-case": N_(
        "Two cases of one type were reported within three days, about the same app or place. They "
        "may be one; a link between them says that somebody looked."
    ),
}
DAYS = 3
# The few that may be one are looked at once more, as lines. A pattern that starts with the line
# end itself is 15 times faster than one with ``^``.
_REPORTED = regex(rb"\nreported:")
_PLACE = regex(rb"\n(?:  +(?:platform|location)|locations): *(\S[^\r\n#]*)")
_FENCE = b"\n---"


class _Case(NamedTuple):
    """What counts first, in the order of time (``day`` is its number)."""

    day: int
    id: str
    path: str
    open: bool


class _Content(NamedTuple):
    """What two cases are compared by."""

    raw: bytes
    places: set[str]


def note(subject: Subject, judgement: Judgement) -> tuple[str, int, str, str, bool] | None:
    """Type, day, id, path and whether it is open, of a case that bears its right name."""
    case = subject.after
    if subject.kind.name != CASE or not subject.path.endswith(f"/{case.id}.md"):
        return None
    reported = day_of(case.text("reported")[:10])
    if reported is None:
        return None
    is_open = judgement.world.is_open(case)
    return case.text("type"), reported.toordinal(), case.id, subject.path, is_open


def check_notes(
    notes: Iterable[tuple[str, int, str, str, bool]], judgement: Judgement
) -> Iterator[Finding]:
    """A warning on the later of two such cases, where at least one is still open."""
    by_type: dict[str, list[_Case]] = {}
    for case_type, day, identity, path, is_open in notes:
        by_type.setdefault(case_type, []).append(_Case(day, identity, path, is_open))
    for cases in by_type.values():
        # Nearly all cases have ended long before or after any that is open.
        near = {case.day + days for case in cases if case.open for days in range(-DAYS, DAYS + 1)}
        yield from _pairs(sorted(case for case in cases if case.day in near), judgement)


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
            if later.day - earlier.day > DAYS:
                break
            if (later.open or earlier.open) and _alike(later, earlier, look):
                yield _hint(later, earlier, look(later).raw)
                break  # one hint is enough to make somebody look


def _hint(later: _Case, earlier: _Case, raw: bytes) -> Finding:
    named = _REPORTED.search(_front(raw))
    return Finding(
        later.path,
        raw.count(b"\n", 0, named.end()) + 1 if named else 1,
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
