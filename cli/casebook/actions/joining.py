"""Sharing begins: a copy of a shared casebook on this computer, a shared one on a server.

What is shared afterwards, and how, stands in ``syncing``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from casebook import history, kit
from casebook.actions.readying import make_ready
from casebook.actions.starting import Started
from casebook.casebook import find_root
from casebook.errors import CasebookError, EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def join(url: str, folder: Path, answers: Mapping[str, str]) -> Started:
    """A copy of the shared casebook at ``url`` in ``folder``, ready to work in.

    Raises EnvironmentProblem when it cannot be had or is no casebook; then nothing is left.
    """
    fresh = not folder.exists()
    repository = history.clone(url, folder)
    repository.close()
    try:
        if find_root(repository.root) is None:
            raise EnvironmentProblem(
                _("{place} is not a casebook.").format(place=url),
                _("Ask for the address of the casebook, or make a new one: casebook init"),
            )
        done = make_ready(repository.root, answers)
    except CasebookError:
        _take_away(repository.root, itself=fresh)
        raise
    return Started(done.root, False, "", done.changed)


def serve(folder: Path, *, unsigned: bool) -> bool:
    """Make or mend a shared casebook for a server; True when it is new.

    Raises EnvironmentProblem for a place that cannot be one, such as inside a casebook.
    """
    from casebook.history import serving

    inside = find_root(folder)
    if inside is not None:
        raise EnvironmentProblem(
            _("{folder} lies in the casebook {casebook}; nothing was made.").format(
                folder=folder, casebook=inside
            ),
            _("Do: name a new folder outside it"),
        )
    hook = kit.folder() / "hooks" / "server" / serving.HOOK
    more = {serving.UNSIGNED: "true"} if unsigned else {}
    return serving.make(folder, hook, sys.executable, more)


def _take_away(folder: Path, *, itself: bool) -> None:
    """Remove the copy that was just made, and nothing that was there before."""
    import shutil

    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
    if itself:
        folder.rmdir()
