"""A record: the frozen, typed content of one file, of whatever kind.

It knows neither disk nor git nor the rules; it only answers what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document import Document


CASE: Final = "case"


def group_of(kind: str) -> str:
    """The program a kind belongs to: ``case`` (``git case``), or ``policy`` for all others."""
    return "case" if kind == CASE else "policy"


def short_name(kind: str, identity: str) -> str:
    """What is typed for a record: ``7KQ2X``, ``rule/forwarding@3``; ``school``, the only one."""
    if kind == CASE:
        return identity.rpartition("-")[2]
    return identity if identity == kind else f"{kind}/{identity}"


def full_name(kind: str, identity: str) -> str:
    """What a commit says: ``case 2026-7KQ2X``, ``policy rule/forwarding@3``."""
    return f"case {identity}" if kind == CASE else f"policy {short_name(kind, identity)}"


def trailer(kind: str, identity: str) -> tuple[str, str]:
    """The line in a commit that names the record: ``Case: 2026-7KQ2X``, ``Policy: school``."""
    if kind == CASE:
        return ("Case", identity)
    return ("Policy", short_name(kind, identity))


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
        value = self.data.get("state", "")
        return value if isinstance(value, str) else str(value)

    @property
    def program(self) -> str:
        """The program that works on it: ``git case`` or ``git policy``."""
        return f"git {group_of(self.kind)}"

    @property
    def short(self) -> str:
        """What is typed for it: ``7KQ2X``, ``rule/forwarding@3``."""
        return short_name(self.kind, self.id)

    @property
    def full(self) -> str:
        """What a commit calls it: ``case 2026-7KQ2X``, ``policy rule/forwarding@3``."""
        return full_name(self.kind, self.id)

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

    def lists(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Every sub-record with the name of the list it stands in, in file order."""
        return [
            (key, entry)
            for key, value in self.data.items()
            if type(value) is list
            for entry in value
            if type(entry) is dict
        ]

    def find(self, identity: str) -> tuple[str, Mapping[str, Any]] | None:
        """The list name and sub-record with this id (``P1``), or None."""
        for key, entry in self.lists():
            if entry.get("id") == identity:
                return key, entry
        return None
