"""All of git: where the repository is, its snapshots and history, and making one commit.

Nothing above this room knows git; nothing in it judges or prints a record.
"""

from __future__ import annotations

from casebook.history.commit import HookRefused
from casebook.history.log import CommitChanges, CommitInfo, LogEntry
from casebook.history.objects import CommitSnapshot, IndexSnapshot, object_id
from casebook.history.repository import Repository, find_repository
from casebook.history.run import MINIMUM, GitFailed, started

__all__ = [
    "MINIMUM",
    "CommitChanges",
    "CommitInfo",
    "CommitSnapshot",
    "GitFailed",
    "HookRefused",
    "IndexSnapshot",
    "LogEntry",
    "Repository",
    "find_repository",
    "object_id",
    "started",
]
