"""All of git: where the repository is, its snapshots and history, and making one commit.

Nothing above this room knows git; nothing in it judges or prints a record.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from casebook.history.aftermath import Leftover, leftovers, mend
    from casebook.history.commit import HookRefusedError
    from casebook.history.log import CommitChanges, CommitInfo, LogEntry
    from casebook.history.objects import object_id
    from casebook.history.repository import Repository, find_repository
    from casebook.history.run import MINIMUM, GitFailed, started
    from casebook.history.setup import (
        DRIVEN,
        DRIVER,
        casebook_folders,
        clone,
        configure,
        driver,
        gitpython,
        init_repository,
        install_hooks,
        missing_hooks,
        remotes,
        write_commit_graph,
    )
    from casebook.history.snapshots import CommitSnapshot, IndexSnapshot

# Loaded when they are first asked for: finding a repository must not cost what a commit costs.
_PLACES: Final = {
    "commit": ("HookRefusedError",),
    "aftermath": ("Leftover", "leftovers", "mend"),
    "log": ("CommitChanges", "CommitInfo", "LogEntry"),
    "objects": ("object_id",),
    "snapshots": ("CommitSnapshot", "IndexSnapshot"),
    "repository": ("Repository", "find_repository"),
    "run": ("MINIMUM", "GitFailed", "started"),
    "setup": (
        *("DRIVEN", "DRIVER", "clone", "driver"),
        *("casebook_folders", "configure", "gitpython", "init_repository", "install_hooks"),
        *("missing_hooks", "remotes", "write_commit_graph"),
    ),
}

__all__ = [
    "DRIVEN",
    "DRIVER",
    "MINIMUM",
    "CommitChanges",
    "CommitInfo",
    "CommitSnapshot",
    "GitFailed",
    "HookRefusedError",
    "IndexSnapshot",
    "Leftover",
    "LogEntry",
    "Repository",
    "casebook_folders",
    "clone",
    "configure",
    "driver",
    "find_repository",
    "gitpython",
    "init_repository",
    "install_hooks",
    "leftovers",
    "mend",
    "missing_hooks",
    "object_id",
    "remotes",
    "started",
    "write_commit_graph",
]


def __getattr__(name: str) -> Any:
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
