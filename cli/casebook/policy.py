"""The law a change is judged by: the schemas and policy of one snapshot.

Everything is read when first asked for; nothing is written or remembered between runs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook.calendar import SchoolCalendar
from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from casebook.record import Record
    from casebook.snapshot import Snapshot
    from casebook.wording import Words

SCHOOL = "policy/school.md"
PROCEDURES = "policy/procedures/"
WORDING = "schemas/reference/wording.json"
PUBLIC_NUMBERS = "schemas/reference/public-numbers.json"


class Policy:
    """Schemas, school and procedures as they stand in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def catalogue(self) -> Catalogue:
        """The kinds, types and reference data."""
        return Catalogue.load(self.snapshot)

    @cached_property
    def school(self) -> Record | None:
        """The school's own page, or None when it is missing or unreadable."""
        return self.read(SCHOOL)

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The school's calendar; without a school page, public holidays and week-ends only."""
        data = self.school.data if self.school is not None else {}
        return SchoolCalendar.from_school(data)

    def read(self, path: str) -> Record | None:
        """The record at ``path``, or None when it is missing or unreadable."""
        raw = self.snapshot.read(path)
        kind = self.catalogue.kind_at(path)
        if raw is None or kind is None:
            return None
        document, _findings = parse(raw, path)
        return kind.read(document)[0] if document is not None else None

    @cached_property
    def _procedures(self) -> dict[str, Procedure | None]:
        return {}

    def procedure(self, reference: str, day: date | None = None) -> Procedure | None:
        """The procedure a reference means: that version, or the one in force on ``day``.

        Where none is in force, the newest model draft: a fresh casebook works at once.
        """
        slug, _at, version = reference.rpartition("/")[2].partition("@")
        if version:
            return self._version(slug, version)
        best: tuple[int, int, Procedure] | None = None
        for number in self.versions(slug):
            found = self._version(slug, str(number))
            if found is None or found.state == "retired":
                continue
            rank = (int(found.in_force(day)), number, found)
            if best is None or rank[:2] > best[:2]:
                best = rank
        return best[2] if best else None

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

    def _version(self, slug: str, version: str) -> Procedure | None:
        path = f"{PROCEDURES}{slug}@{version}.md"
        if path not in self._procedures:
            record = self.read(path)
            self._procedures[path] = Procedure.from_record(record) if record is not None else None
        return self._procedures[path]

    def reference(self, name: str) -> dict[str, Mapping[str, Any]]:
        """The rows of ``schemas/reference/<name>.yaml`` by id; empty when there is no such file."""
        return {str(row.get("id", "")): row for row in self.catalogue.reference(name)}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Every role the school or the shipped list knows."""
        own = self.school.entries("roles") if self.school is not None else []
        named = [str(row.get("role", "")) for row in own]
        return tuple(dict.fromkeys([*named, *self.reference("roles")]))

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
