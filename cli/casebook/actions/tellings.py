"""Who must know which rules and consequences, and what each announcement told of them.

It reads policy records; whether everybody was told is put together in ``coverage``.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from casebook.calendar import day_of
from casebook.frozen import frozen
from casebook.pattern import values
from casebook.recurrence import told_again
from casebook.versions import in_force, slug_of, standing, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.policy import Policy
    from casebook.record import Record

    # (kind, slug) -> the version that must be known, or was told
    Versions = Mapping[tuple[str, str], int]

PUPIL, NEWCOMERS, STAFF, PARENT = "pupil", "newcomers", "staff", "parent"
AUDIENCES: Final = (PUPIL, NEWCOMERS, STAFF, PARENT)
TOLD: Final = ("code", "rule", "ladder")
OFFENCES: Final = "offences"  # what is punishable: told beside the rules, and has no version
EVERYBODY: Final = ("",)  # the one group where nobody named any
NONE: Final = "none"


@frozen
class Text:
    """Something an audience must know: a code with its rules, a ladder, or what is punishable.

    ``name`` is the record (``phone@1``), ``needs`` the versions that make it up.
    """

    kind: str
    name: str
    needs: Versions


@frozen
class Telling:
    """One announcement: ``given`` is None while it is only planned; ``told`` what it tells.

    ``until`` is the first day on which it counts no more, None when it does so for ever.
    """

    record: Record
    audiences: tuple[str, ...]
    groups: tuple[str, ...]
    given: date | None
    planned: date | None
    told: Versions
    until: date | None

    def reaches(self, audience: str, group: str) -> bool:
        """Whether it is meant for that group of that audience."""
        return audience in self.audiences and (not self.groups or group in ("", *self.groups))

    def holds_on(self, day: date) -> bool:
        """Whether it was given by ``day`` and need not be told again yet."""
        return self.given is not None and (self.until is None or day < self.until)


class Texts:
    """The texts that apply on ``day``; where nothing is in force yet, the newest drafts."""

    def __init__(self, policy: Policy, day: date) -> None:
        self.policy = policy
        self.day = day

    @cached_property
    def _found(self) -> dict[str, dict[str, Record]]:
        every = {kind: self.policy.current(kind, self.day) for kind in TOLD}
        if self.in_force:
            every = {
                kind: [one for one in listed if in_force(one, self.day)]
                for kind, listed in every.items()
            }
        return {kind: {slug_of(one.id): one for one in listed} for kind, listed in every.items()}

    @cached_property
    def in_force(self) -> bool:
        """Whether any text is in force: then drafts are nobody's business yet."""
        return any(self.policy.in_force(kind, self.day) for kind in TOLD)

    def of(self, audience: str) -> list[Text]:
        """What that audience must know, codes first."""
        wanted = PUPIL if audience == NEWCOMERS else audience
        rules = [
            one for one in self._found["rule"].values() if wanted in values(one.get("audience"))
        ]
        codes: dict[str, dict[tuple[str, str], int]] = {}
        for rule in rules:
            needs = codes.setdefault(slug_of(rule.text("code")), {})
            needs["rule", slug_of(rule.id)] = version_of(rule.id)
        found = [
            Text("code", self._name("code", slug), needs) for slug, needs in sorted(codes.items())
        ]
        found += self._ladders({slug_of(rule.text("ladder")) for rule in rules}, wanted)
        if wanted == PUPIL and any(values(rule.get("offences")) for rule in rules):
            found.append(Text(OFFENCES, OFFENCES, {(OFFENCES, OFFENCES): 1}))
        return found

    def _ladders(self, slugs: set[str], wanted: str) -> Iterator[Text]:
        """The consequences of the rules; a ladder that does not apply yet was told to nobody."""
        for slug in sorted(slugs - {"", NONE}):
            ladder = self._found["ladder"].get(slug)
            if ladder is None:
                yield Text("ladder", slug, {("ladder", slug): 0})
            elif wanted in values(ladder.get("audience")):
                yield Text("ladder", ladder.id, {("ladder", slug): version_of(ladder.id)})

    def _name(self, kind: str, slug: str) -> str:
        known = self._found[kind].get(slug)
        return known.id if known is not None else slug


class Announcements:
    """All announcements of a casebook, each with the versions it tells."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._codes: dict[tuple[str, date | None], dict[tuple[str, str], int]] = {}

    @cached_property
    def all(self) -> list[Telling]:
        """Every announcement, the given ones by day, then the planned ones."""
        found = [self._telling(one) for one in self.policy.records("announcement")]
        return sorted(found, key=lambda one: (one.given or date.max, one.planned or date.max))

    @cached_property
    def _rules(self) -> dict[str, dict[str, list[Record]]]:
        """Code -> rule -> its versions."""
        found: dict[str, dict[str, list[Record]]] = {}
        for rule in self.policy.records("rule"):
            of_code = found.setdefault(slug_of(rule.text("code")), {})
            of_code.setdefault(slug_of(rule.id), []).append(rule)
        return found

    def _telling(self, record: Record) -> Telling:
        given = day_of(record.get("given"))
        told: dict[tuple[str, str], int] = {}
        starts = [given] if given is not None else []
        for reference in values(record.get("of")):
            for kind in TOLD:
                named = self.policy.find(kind, reference)
                if named is None:
                    continue
                start = day_of(named.get("in_force_from"))
                starts += [start] if start is not None else []
                told[kind, slug_of(named.id)] = version_of(named.id)
                if kind == "code":
                    told |= self._rules_of(named, given)
        if record.text("offences_told") == "yes":
            told[OFFENCES, OFFENCES] = 1
        audience, again = record.text("audience"), record.text("again")
        also = (NEWCOMERS,) if again == NEWCOMERS and audience == PUPIL else ()
        counted = max(starts) if given is not None else None
        return Telling(
            record,
            (audience, *also),
            values(record.get("groups")),
            given,
            day_of(record.get("planned")),
            told,
            told_again(counted, again, self.policy.calendar) if counted is not None else None,
        )

    def _rules_of(self, code: Record, given: date | None) -> dict[tuple[str, str], int]:
        """The versions of a code's rules that were told with it.

        Those of the day it was given, or of the day the code began when it was told before.
        """
        start = day_of(code.get("in_force_from"))
        day = max((one for one in (given, start) if one is not None), default=None)
        key = (code.id, day)
        if key not in self._codes:
            stood = {
                slug: standing(versions, day)
                for slug, versions in self._rules.get(slug_of(code.id), {}).items()
            }
            self._codes[key] = {
                ("rule", slug): version_of(rule.id) for slug, rule in stood.items() if rule
            }
        return self._codes[key]

    def groups(self, audience: str) -> tuple[str, ...]:
        """The groups of an audience: those of the school's page, else those anybody named."""
        named = [one.groups for one in self.all if audience in one.audiences]
        if audience == STAFF:
            return tuple(sorted({group for groups in named for group in groups})) or EVERYBODY
        return school_groups(self.policy) or EVERYBODY


def school_groups(policy: Policy) -> tuple[str, ...]:
    """The school's groups as its page lists them, else those plans and announcements name."""
    own = values(policy.school.get("groups")) if policy.school is not None else ()
    if own:
        return own
    named = {
        group
        for kind in ("plan", "announcement", "activity")
        for record in policy.records(kind)
        for group in values(record.get("groups"))
    }
    return tuple(sorted(named))
