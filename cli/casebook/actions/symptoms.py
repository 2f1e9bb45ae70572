"""What can be wrong with git and the repository of a casebook, one function a place to look.

It only looks; ``examining`` repairs what is safe to repair, and what people keep in it is looked at
in ``holdings``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook import history, kit
from casebook.errors import CasebookError
from casebook.finding import ERROR, WARNING
from casebook.frozen import frozen, replace
from casebook.history.setup import DRIVER, SETTINGS, driver, foreign_hooks_path
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebook.history import Repository

FIX: Final = "casebook doctor --fix"


@frozen
class Symptom:
    """One thing that is not right: what, why it matters, and the command or act that helps.

    ``repair`` names what ``--fix`` does about it (hooks, settings, leftovers, files), or is empty.
    """

    name: str
    what: str
    why: str
    do: str
    severity: str = ERROR
    repair: str = ""
    fixed: bool = False

    def mended(self) -> Symptom:
        """The same, repaired."""
        return replace(self, fixed=True)


def of_repository(repository: Repository) -> Iterator[Symptom]:
    """Who acts, hooks, settings, leftovers and what git is in the middle of."""
    yield from looked(repository, _identity, _hooks, _settings, _standing, _leftovers)


def looked(
    repository: Repository, *looks: Callable[[Repository], Iterator[Symptom]]
) -> Iterator[Symptom]:
    """What each look finds; one that cannot look says so and hides no other."""
    for look in looks:
        try:
            yield from look(repository)
        except CasebookError as error:
            yield Symptom("cannot-look", error.message, "", error.hint)


def _identity(repository: Repository) -> Iterator[Symptom]:
    if repository.identity() is None:
        yield Symptom(
            "no-identity",
            _("It is not known who you are."),
            _("Every change is recorded with who made it."),
            _("Do: {command}").format(command="casebook init ."),
        )
    if not repository.config("casebook.role"):
        yield Symptom(
            "no-role",
            _("It is not known what your role is."),
            _("The history then does not show in which role somebody acted."),
            _("Do, with your own role: {command}").format(command="casebook init . --role mentor"),
            WARNING,
        )


def _hooks(repository: Repository) -> Iterator[Symptom]:
    why = _("What is saved from an editor or another program is then not checked.")
    elsewhere = foreign_hooks_path(repository)
    if elsewhere:
        yield Symptom(
            "hooks-elsewhere",
            _("Git takes its hooks from {folder} here.").format(folder=elsewhere),
            why if Path(elsewhere).is_absolute() else _danger(),
            _("Do: {command}").format(command="git config --unset core.hooksPath"),
        )
    said = {
        "absent": _("The hook {name} is missing."),
        "old": _("The hook {name} is from another version of the program."),
        "foreign": _("The hook {name} is not ours."),
        "off": _("The hook {name} may not be executed, so git passes it by."),
    }
    for name, state in history.missing_hooks(repository, kit.folder() / "hooks"):
        foreign = state == "foreign"
        yield Symptom(
            f"hook-{state}",
            said[state].format(name=name),
            why,
            _("Move it away, or call it from a hook of your own; then: {command}").format(
                command=FIX
            )
            if foreign
            else _("Do: {command}").format(command=FIX),
            repair="" if foreign or elsewhere else "hooks",
        )
    python = repository.config("casebook.python")
    if not python or not Path(python).is_file() or not os.access(python, os.X_OK):
        yield Symptom(
            "no-interpreter",
            _("The hooks do not know the program: {place}.").format(place=python or _("not set")),
            _("Git then refuses every change that is saved outside the program."),
            _("Do: {command}").format(command=FIX),
            repair="settings",
        )


def _danger() -> str:
    return _("A program that somebody else put in the casebook would run on this computer.")


def _settings(repository: Repository) -> Iterator[Symptom]:
    why = {
        "core.fsync": _("After a power cut the last changes could be lost."),
        "user.useConfigOnly": _("Git could make up who you are."),
    }
    for name, value in SETTINGS.items():
        if repository.config(name) != value:
            yield Symptom(
                "setting",
                _("The setting {name} of git is not {value}.").format(name=name, value=value),
                why.get(name, _("The history of one case is slower to read.")),
                _("Do: {command}").format(command=FIX),
                WARNING,
                "settings",
            )
    python = repository.config("casebook.python") or ""
    if Path(python).is_file() and repository.config(DRIVER) != driver(python):
        yield Symptom(
            "merge-driver",
            _("Git does not know how to merge records field by field."),
            _("Two colleagues who change one case get in each other's way."),
            _("Do: {command}").format(command=FIX),
            WARNING,
            "settings",
        )
    encoding = repository.config("i18n.commitEncoding") or "utf-8"
    if encoding.lower().replace("-", "") != "utf8":
        yield Symptom(
            "commit-encoding",
            _("Git writes its messages in {name} here, not in UTF-8.").format(name=encoding),
            _("Names with accents in the history would be damaged."),
            _("Do: {command}").format(command="git config --unset i18n.commitEncoding"),
            WARNING,
        )


def _standing(repository: Repository) -> Iterator[Symptom]:
    try:
        repository.require_quiet()
    except CasebookError as error:
        yield Symptom(
            "in-the-middle",
            error.message,
            _("No command can save anything until that is finished."),
            error.hint,
        )
    if repository.branch() is None and repository.state() == "clean":
        yield Symptom(
            "no-branch",
            _("An older version of the casebook is shown: no branch is checked out."),
            _("What is saved now can be lost from sight later."),
            _("Do: {command}").format(command="git switch -"),
        )
    if repository.is_shallow():
        yield Symptom(
            "shallow",
            _("Only the newest part of the history is on this computer."),
            _("The history of a case cannot be shown or checked completely."),
            _("Do: {command}").format(command="git fetch --unshallow"),
            WARNING,
        )


def _leftovers(repository: Repository) -> Iterator[Symptom]:
    if repository.state() != "clean":
        return  # what a merge has staged is no leftover
    for one in history.leftovers(repository):
        yield Symptom(
            one.kind,
            f"{one.path}: {one.message}",
            _("A command was broken off; mending it loses no text."),
            _("Do: {command}").format(command=FIX),
            repair="leftovers",
        )
