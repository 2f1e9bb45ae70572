"""A casebook that is there already, made ready on this computer: identity, settings, hooks.

One whose history is not here gets its first change, as it stands. A second run changes nothing.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook import history, kit
from casebook.actions.starting import ATTRIBUTES, IGNORED, Started, know
from casebook.errors import RefusedError
from casebook.i18n import _
from casebook.marker import read_settings
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNERS: Final = "policy/signers"


def make_ready(root: Path, answers: Mapping[str, str]) -> Started:
    """The local half only: identity, role, settings and hooks for a casebook that is there.

    One without a history gets its first commit, as it stands. Raises EnvironmentProblem for one
    that this program cannot read: its hooks would stop everybody.
    """
    read_settings(root)
    repository = history.find_repository(root)
    if repository is None:
        repository = history.init_repository(root)
    with repository:
        changed = [*know(repository, answers.get("me", ""), answers.get("role", ""))]
        sources = kit.folder() / "hooks"
        if list(history.missing_hooks(repository, sources)) or not _configured(repository):
            history.install_hooks(repository, sources, sys.executable)
            changed.append(_("the checks before saving"))
        commit = ""
        if repository.head() is None:
            commit = _begin_anew(repository, root)
            changed.append(_("the first change of a new history, with all that is here"))
    return Started(root, False, commit, tuple(changed))


def _begin_anew(repository: history.Repository, root: Path) -> str:
    """Commit a casebook whose history is not here, as it stands; the hook judges it."""
    if (root / SIGNERS).exists():
        raise RefusedError(
            _(
                "The history of this casebook is not here, but its list of signers is: {path}"
            ).format(path=SIGNERS),
            _(
                "Get the whole casebook from a colleague: casebook join. To begin a new history, "
                "see in the manual, at casebook identity: when keys are lost."
            ),
        )
    files = {".gitattributes": ATTRIBUTES.encode(), ".gitignore": IGNORED.encode()}
    tree = WorkTree(root)
    for one in tree.entries():
        name = one.path.rpartition("/")[2]
        content = tree.read(one.path)
        if content is not None and not any(fnmatch(name, bad) for bad in IGNORED.split()):
            files[one.path] = content
    with repository.lock():
        commit = repository.commit(files, "casebook: start", [])
    history.write_commit_graph(repository)
    return commit


def _configured(repository: history.Repository) -> bool:
    known = not repository.prefix or repository.casebook in history.casebook_folders(
        repository.root
    )
    python = Path(sys.executable).as_posix()
    wanted = {"casebook.python": python, history.DRIVER: history.driver(python)}
    return known and all(repository.config(name) == value for name, value in wanted.items())
