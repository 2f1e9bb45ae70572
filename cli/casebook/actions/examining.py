"""Whether this computer is right for the casebook on it, and repairing what is safe to repair.

Nothing in a record is changed; a text that was not saved yet stays or is saved, and a file that was
saved and is gone is put back.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from casebook import history, kit
from casebook.actions import damages, holdings, surroundings, symptoms
from casebook.actions.symptoms import Symptom
from casebook.errors import CasebookError
from casebook.history import damage, disagreeing
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from casebook.history import Repository


def examine(root: Path, now: datetime, *, fix: bool = False) -> list[Symptom]:
    """Everything that is not right, repaired where ``fix`` is asked and it is safe."""
    found = list(surroundings.of_computer(root, now))
    try:
        repository = history.find_repository(root)
    except CasebookError as error:
        return [*found, Symptom("no-history", error.message, "", error.hint)]
    if repository is None:
        nothing = Symptom(
            "no-history",
            _("This casebook has no history yet."),
            _("Nothing can be saved, and nobody can see who did what."),
            _("Do: {command}").format(command="casebook init ."),
        )
        return [*found, nothing]
    with repository:
        try:
            repository.require_git()
        except CasebookError as error:
            why = _("The history is kept by git.")
            return [*found, Symptom("git", error.message, why, error.hint)]
        broken = damages.of_git(repository)
        if broken is not None:  # whatever else git would say now is not to be believed
            found.append(broken)
        else:
            found += symptoms.of_repository(repository)
            found += holdings.of_casebook(repository)
        return list(_repaired(repository, found)) if fix else found


def _repaired(repository: Repository, found: list[Symptom]) -> Iterator[Symptom]:
    """The symptoms, those marked that could be repaired."""
    wanted = {one.repair for one in found}
    done: set[str] = set()
    refused: dict[str, CasebookError] = {}
    for name, repair in _REPAIRS.items():
        if name in wanted:
            try:
                repair(repository)
                done.add(name)
            except CasebookError as error:
                refused[name] = error
    for one in found:
        if one.repair in done:
            yield one.mended()
        elif one.repair in refused:
            why = refused[one.repair]
            yield Symptom(one.name, one.what, why.message, why.hint or one.do, one.severity)
        else:
            yield one


def _hooks(repository: Repository) -> None:
    history.install_hooks(repository, kit.folder() / "hooks", sys.executable)


def _settings(repository: Repository) -> None:
    history.configure(repository, sys.executable)


def _leftovers(repository: Repository) -> None:
    history.mend(repository)


def _files(repository: Repository) -> None:
    disagreeing.put_back(repository, holdings.KEPT)


def _index(repository: Repository) -> None:
    damage.make_index_anew(repository)


# Hooks first: finishing a broken-off commit runs them; then files, which that may have put back.
_REPAIRS = {
    "index": _index,
    "settings": _settings,
    "hooks": _hooks,
    "leftovers": _leftovers,
    "files": _files,
}
