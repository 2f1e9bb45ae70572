"""Strict front matter: bytes become a document or findings, and edits touch only their lines.

It does not know what fields mean; schemas and checks do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.regex import deferred

with deferred():
    import yaml as _yaml  # noqa: F401 - read here first, and in full

from casebook.document.events import Value
from casebook.document.model import Document, Pointer, parse

if TYPE_CHECKING:
    from casebook.document.words import FINDINGS

__all__ = ["FINDINGS", "Document", "Pointer", "Value", "parse"]


def __getattr__(name: str) -> Any:
    if name != "FINDINGS":
        raise AttributeError(name)
    from casebook.document import words  # only who explains findings asks for their texts

    return words.FINDINGS
