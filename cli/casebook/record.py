"""A record: the frozen, typed content of one file, of whatever kind.

It knows neither disk nor git nor the rules; it only answers what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.document import Document


@frozen
class Record:
    """One readable record: ``data`` is the front matter typed by the schema of its kind."""

    kind: str
    id: str
    path: str
    data: Mapping[str, Any]
    document: Document

    @property
    def state(self) -> str:
        """The state it is in, or an empty text where its kind has no states."""
        return self.text("state")

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a top-level field."""
        return self.data.get(key, default)

    def text(self, key: str) -> str:
        """The value of a top-level field as text; empty when absent."""
        value = self.data.get(key, "")
        return value if isinstance(value, str) else str(value)

    def entries(self, key: str) -> list[Mapping[str, Any]]:
        """The sub-records of the list ``key``; empty when absent."""
        value = self.data.get(key, [])
        return [entry for entry in value if isinstance(entry, dict)] if value else []

    def lists(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every sub-record with the name of the list it stands in, in file order."""
        for key, value in self.data.items():
            if isinstance(value, list):
                for entry in value:
                    if isinstance(entry, dict):
                        yield key, entry

    def find(self, identity: str) -> tuple[str, Mapping[str, Any]] | None:
        """The list name and sub-record with this id (``P1``), or None."""
        for key, entry in self.lists():
            if entry.get("id") == identity:
                return key, entry
        return None
