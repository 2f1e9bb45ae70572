"""What a school publishes on a day: the policy in force then, and a year before.

It reads policy and schemas only, from a snapshot in which no case exists; it words nothing and
writes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from casebook.actions.standing import READS, wrong
from casebook.calendar import day_of
from casebook.errors import FoundError, UsageError
from casebook.i18n import _
from casebook.pattern import values
from casebook.policy import Policy
from casebook.snapshot import Limited
from casebook.versions import in_force, slug_of, standing, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.casebook import Casebook
    from casebook.record import Record
    from casebook.snapshot import Snapshot

WORDINGS: Final = {  # as typed, and the field of a rule
    "formal": "formal",
    "positive": "positive",
    "easy": "easy",
    "english": "english",
    "i-form": "i_form",
}
# Whose rules each audience reads: parents sign for those of pupils, staff acts on all of them.
AUDIENCES: Final = {
    "pupils": frozenset({"pupil"}),
    "parents": frozenset({"pupil", "parent"}),
    "staff": frozenset({"pupil", "parent", "staff"}),
}
# A decision of the school puts these in force; the other kinds are simply there.
ADOPTED: Final[tuple[str, ...]] = ("code", "rule", "ladder", "plan", "procedure")
KINDS: Final[tuple[str, ...]] = (*ADOPTED, "letter", "contact", "activity")
DROPPED: Final = "dropped"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{3,300}")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the day, and of wording, audience and address "" where none was given.

    ``language`` is that of the pages, ``source`` that of the casebook's own texts.
    """

    day: date
    language: str = "nl"
    source: str = "nl"
    wording: str = ""
    audience: str = ""
    drafts: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text that came, went or has another version than a year before."""

    kind: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The policy of one day: ``now`` and ``before`` (a year earlier) hold records by kind."""

    request: Request
    policy: Policy
    now: Mapping[str, Sequence[Record]]
    before: Mapping[str, Sequence[Record]]

    def of(self, kind: str) -> Sequence[Record]:
        """The records of a kind that are published, in the order of their files."""
        return self.now.get(kind, ())

    def find(self, kind: str, reference: str) -> Record | None:
        """The published record that a reference means, whatever version it names."""
        slug = slug_of(reference)
        return next((one for one in self.of(kind) if slug_of(one.id) == slug), None)

    def is_draft(self, record: Record) -> bool:
        """Whether a record does not apply yet, or still is the shipped model."""
        if record.state and "@" in record.id:
            return not in_force(record, self.request.day)
        return record.text("model") == "yes"

    @property
    def year_before(self) -> date:
        """The same day a year earlier."""
        return a_year_before(self.request.day)

    def changed(self) -> Iterator[Changed]:
        """The adopted texts that differ from those of a year before, by kind and title."""
        for kind in ADOPTED:
            new = {slug_of(one.id): one for one in self.of(kind)}
            old = {slug_of(one.id): one for one in self.before.get(kind, ())}
            for slug in sorted(new.keys() | old.keys()):
                before, after = old.get(slug), new.get(slug)
                if before is None or after is None or before.id != after.id:
                    yield Changed(kind, before, after)


def edition(casebook: Casebook, snapshot: Snapshot, request: Request) -> Edition:
    """The edition of a day from the policy in ``snapshot``.

    Raises FoundError when a record is wrong as it stands, or when nothing is in force and no
    drafts were asked for: half of the rules, or rules nobody adopted, would be worse than none.
    """
    policy = Policy(Limited(snapshot, READS))
    known = [kind for kind in KINDS if kind in policy.catalogue.kinds]
    found = wrong(casebook, snapshot, known)
    if found:
        raise FoundError(
            _("Not published: some policy records are not right."),
            found,
            _("Repair these files, then try again; nothing was written."),
        )
    now = {kind: _chosen(policy, kind, request.day, request) for kind in known}
    before = {
        kind: _chosen(policy, kind, a_year_before(request.day), _only_in_force(request))
        for kind in known
        if kind in ADOPTED
    }
    if not request.drafts and not any(now.get(kind) for kind in ADOPTED):
        raise FoundError(
            _("Nothing is in force on {day}, so there is nothing to publish.").format(
                day=request.day.isoformat()
            ),
            (),
            _("Adopt the school's texts first: git policy adopt. To see them: --drafts"),
        )
    return Edition(request, policy, now, before)


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def request(
    policy: Policy,
    day: date,
    source: str,
    *,
    wording: str = "",
    audience: str = "",
    drafts: bool = False,
    address: str = "",
) -> Request:
    """What was typed, as a request; the address is that of the school's page where none was.

    English wording makes English pages; all others are in the casebook's language. Raises
    UsageError for an address that is none.
    """
    school = policy.school
    place = address or (school.text("site") if school is not None else "")
    if place and not _ADDRESS.fullmatch(place):
        raise UsageError(
            _("{text} is not the address of a site.").format(text=place),
            _("Write it as https://www.example.org/rules"),
        )
    language = "en" if wording == "english" else source
    return Request(day, language, source, WORDINGS.get(wording, ""), audience, drafts, place)


def _only_in_force(request: Request) -> Request:
    return Request(request.day, audience=request.audience)


def _chosen(policy: Policy, kind: str, day: date, request: Request) -> tuple[Record, ...]:
    """The records of a kind that apply on ``day``, for the audience asked for."""
    found = policy.records(kind)
    if "@" in (policy.catalogue.kind(kind).path_of("a@1") or ""):
        found = tuple(_versions(found, day, drafts=request.drafts))
    else:
        found = tuple(one for one in found if _there(one, day, drafts=request.drafts))
    wanted = AUDIENCES.get(request.audience)
    if wanted is None or kind in ("letter", "contact"):
        return found
    return tuple(one for one in found if _is_for(one, wanted))


def _versions(found: Iterable[Record], day: date, *, drafts: bool) -> Iterator[Record]:
    """One version of each text: the newest in force, else with ``drafts`` the newest draft."""
    slugs: dict[str, list[Record]] = {}
    for record in found:
        slugs.setdefault(slug_of(record.id), []).append(record)
    for versions in slugs.values():
        applying = [one for one in versions if in_force(one, day)]
        if applying:
            yield max(applying, key=lambda one: version_of(one.id))
        elif drafts and (draft := standing(versions, day)) is not None:
            yield draft


def _there(record: Record, day: date, *, drafts: bool) -> bool:
    """Whether a record without versions is the school's own and within its dates."""
    first = day_of(record.get("from")) or date.min
    last = day_of(record.get("until")) or date.max
    own = drafts or record.get("model") != "yes"
    return own and first <= day <= last and record.state != DROPPED


def _is_for(record: Record, wanted: frozenset[str]) -> bool:
    """Whether a record is for one of these; one that names nobody is for everybody."""
    named = values(record.get("audience"))
    return not named or bool(wanted & set(named))
