"""The law a change is judged by: the schemas and policy of one snapshot.

Everything is read when first asked for; nothing is written or remembered between runs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook.calendar import SchoolCalendar
from casebook.catalogue import Catalogue
from casebook.catalogue.shelf import Shelf
from casebook.procedure import Procedure
from casebook.versions import in_force, slug_of, standing, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from casebook.catalogue import Kind
    from casebook.record import Record
    from casebook.snapshot import Snapshot
    from casebook.wording import Words

SCHOOL = "policy/school.md"
PROCEDURES = "policy/procedures/"
WORDING = "schemas/reference/wording.json"
PUBLIC_NUMBERS = "schemas/reference/public-numbers.json"


class Policy:
    """Schemas, school and procedures as they stand in one snapshot."""

    def __init__(self, snapshot: Snapshot, law: Policy | None = None) -> None:
        self.snapshot = snapshot
        self.law = law
        self.shelf: Shelf = law.shelf if law is not None else Shelf()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The kinds, types and reference data; those of ``law`` where the records are others'."""
        return self.law.catalogue if self.law is not None else Catalogue.load(self.snapshot)

    @cached_property
    def school(self) -> Record | None:
        """The school's own page, or None when it is missing or unreadable."""
        return self.read(SCHOOL, self.catalogue.kinds.get("school"))

    @property
    def sector(self) -> str:
        """The kind of school (``vo``): what the school's page says, else the settings."""
        own = self.school.text("sector") if self.school is not None else ""
        return own or str(self.catalogue.settings.get("sector", ""))

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The school's calendar; without a school page, public holidays and week-ends only."""
        data = self.school.data if self.school is not None else {}
        return SchoolCalendar.from_school(data)

    def read(self, path: str, likely: Kind | None = None) -> Record | None:
        """The record at ``path``, or None when it is missing or unreadable.

        Its kind is the ``likely`` one where that claims the path: no other need be asked for it.
        """
        raw = self.snapshot.read(path)
        known = likely if likely is not None and likely.claims(path) else None
        kind = known or self.catalogue.kind_at(path)
        if raw is None or kind is None:
            return None
        return self.shelf.record(kind, path, raw)

    # -- records of every policy kind ------------------------------------------------------

    def records(self, kind: str) -> tuple[Record, ...]:
        """All readable records of a kind, sorted by path; of every version that exists."""
        if kind not in self._records:
            prefix = self.catalogue.kind(kind).prefix
            found = (self._at(entry.path) for entry in self.snapshot.entries(prefix))
            self._records[kind] = tuple(record for record in found if record is not None)
        return self._records[kind]

    def find(self, kind: str, reference: str, day: date | None = None) -> Record | None:
        """The record of ``kind`` a reference means: ``slug@n``, or the version for ``day``.

        Without a version: the one in force on that day (adopted, where None), else the newest
        that is not retired. A kind without versions is found by its slug.
        """
        slug, _at, version = reference.rpartition("/")[2].partition("@")
        known = self.catalogue.kind(kind)
        if version or "@" not in (known.path_of("a@1") or ""):
            path = known.path_of(reference.rpartition("/")[2])
            return self._at(path, known) if path is not None else None
        return standing(self.all_versions(kind, slug), day)

    def all_versions(self, kind: str, slug: str) -> list[Record]:
        """Every readable version of ``slug``, oldest first."""
        likely = self.catalogue.kind(kind)
        found = (self._at(path, likely) for path in self._places(kind).get(slug, ()))
        known = [record for record in found if record is not None]
        return sorted(known, key=lambda record: version_of(record.id))

    def _places(self, kind: str) -> dict[str, list[str]]:
        """The paths of a kind's records by slug; the folder is listed once."""
        if kind not in self._listed:
            known = self.catalogue.kind(kind)
            listed: dict[str, list[str]] = {}
            for entry in self.snapshot.entries(known.prefix):
                identity = known.id_of(entry.path)
                if identity is not None:
                    listed.setdefault(slug_of(identity), []).append(entry.path)
            self._listed[kind] = listed
        return self._listed[kind]

    @cached_property
    def _listed(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def in_force(self, kind: str, day: date) -> list[Record]:
        """The records of a kind that are in force on ``day``, one version of each slug."""
        best: dict[str, Record] = {}
        for record in self.records(kind):
            slug = slug_of(record.id)
            if in_force(record, day) and (
                slug not in best or version_of(record.id) > version_of(best[slug].id)
            ):
                best[slug] = record
        return list(best.values())

    def current(self, kind: str, day: date) -> list[Record]:
        """One version of each slug of a kind: in force on ``day``, else the newest not retired."""
        grouped: dict[str, list[Record]] = {}
        for record in self.records(kind):
            grouped.setdefault(slug_of(record.id), []).append(record)
        found = (standing(versions, day) for versions in grouped.values())
        return [record for record in found if record is not None]

    def ladder_of(self, rule: Record, day: date | None = None) -> Record | None:
        """The ladder of consequences a rule names, as it was on ``day``; None where it has none."""
        named = rule.text("ladder")
        return self.find("ladder", named, day) if named not in ("", "none") else None

    @cached_property
    def _records(self) -> dict[str, tuple[Record, ...]]:
        return {}

    @cached_property
    def _read(self) -> dict[str, Record | None]:
        return {}

    def _at(self, path: str, likely: Kind | None = None) -> Record | None:
        if path not in self._read:
            self._read[path] = self.read(path, likely)
        return self._read[path]

    # -- procedures ------------------------------------------------------------------------

    @cached_property
    def _procedures(self) -> dict[str, Procedure]:
        return {}

    def procedure(self, reference: str, day: date | None = None) -> Procedure | None:
        """The procedure a reference means: that version, or the one in force on ``day``.

        Where none is in force, the newest model draft: a fresh casebook works at once.
        """
        named = (reference, day)
        if named not in self._named:
            found = self.find("procedure", reference, day)
            self._named[named] = self._as_procedure(found) if found is not None else None
        return self._named[named]

    @cached_property
    def _named(self) -> dict[tuple[str, date | None], Procedure | None]:
        return {}

    def procedure_ids(self) -> list[str]:
        """The ids of all procedures that exist, sorted."""
        return [
            entry.path.removeprefix(PROCEDURES).removesuffix(".md")
            for entry in self.snapshot.entries(PROCEDURES)
            if entry.path.endswith(".md")
        ]

    def versions(self, slug: str) -> list[int]:
        """The version numbers of a procedure that exist, ascending."""
        prefix = f"{PROCEDURES}{slug}@"
        numbers = [
            entry.path.removeprefix(prefix).removesuffix(".md")
            for entry in self.snapshot.entries(prefix)
        ]
        return sorted(int(number) for number in numbers if number.isdigit())

    def _as_procedure(self, record: Record) -> Procedure:
        if record.path not in self._procedures:
            self._procedures[record.path] = Procedure.from_record(record)
        return self._procedures[record.path]

    def reference(self, name: str) -> dict[str, Mapping[str, Any]]:
        """The rows of ``schemas/reference/<name>.yaml`` by id; empty when there is no such file."""
        return {str(row.get("id", "")): row for row in self.catalogue.reference(name)}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Every role the school or the shipped list knows."""
        own = self.school.entries("roles") if self.school is not None else []
        named = [str(row.get("role", "")) for row in own]
        return tuple(dict.fromkeys([*named, *self.reference("roles")]))

    @property
    def role_rows(self) -> dict[str, Mapping[str, Any]]:
        """The same with what the shipped list says of each; nothing for a role of the school."""
        rows = self.reference("roles")
        return {role: rows.get(role, {}) for role in self.roles}

    @cached_property
    def known_roles(self) -> frozenset[str]:
        """The same roles, for whoever asks of many whether they are among them."""
        return frozenset(self.roles)

    @cached_property
    def wording(self) -> Words | None:
        """The words that do not belong in messages; None when the list cannot be read."""
        from casebook.wording import read

        raw = self.snapshot.read(WORDING)
        try:
            return read(raw) if raw is not None else None
        except ValueError:
            return None

    @cached_property
    def public_numbers(self) -> frozenset[str]:
        """Telephone numbers that belong to everybody and are no personal data."""
        from casebook.personal import read_public

        raw = self.snapshot.read(PUBLIC_NUMBERS)
        try:
            return read_public(raw) if raw is not None else frozenset()
        except ValueError:
            return frozenset()
