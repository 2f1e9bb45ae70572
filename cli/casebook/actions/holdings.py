"""What can be wrong with what people keep in a casebook: who may sign, and the files themselves.

It only looks; ``examining`` puts back what is gone. Whether a record is right the checks say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from casebook.actions.accepting import ENOUGH, few
from casebook.actions.symptoms import FIX, Symptom, looked
from casebook.finding import WARNING
from casebook.history import sshkey
from casebook.history.disagreeing import MISSING, THREE_TEXTS, disagreeing
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history import Repository

KEPT: Final = ("cases/", "policy/", "schemas/")


def of_casebook(repository: Repository) -> Iterator[Symptom]:
    """Too few signers, a signer who does not sign, and files that differ from the history."""
    yield from looked(repository, _keys, _files)


def _keys(repository: Repository) -> Iterator[Symptom]:
    """Where people sign: whether this computer does, and whether enough people can."""
    from casebook.signing import signers

    place = repository.casebook / signers.PATH
    known = signers.read(place.read_bytes() if place.is_file() else None)
    if not known:
        return
    do = _("Do: {command}").format(command="casebook identity")
    why = _("Here people sign: a shared casebook refuses it, and casebook verify names it.")
    key = sshkey.configured(repository)
    if repository.config("commit.gpgsign") != "true" or key is None:
        yield Symptom("not-signing", _("What you save on this computer is not signed."), why, do)
    else:
        own = known.of_key(sshkey.public_key(key))
        if own is None or not own.holds_at(datetime.now(UTC)):
            what = _("The key you sign with was not accepted here, or has ended.")
            yield Symptom("key-not-accepted", what, why, do)
    number = known.people(datetime.now(UTC))
    if number < ENOUGH:
        yield Symptom(
            "few-signers",
            few(number),
            "",
            _("Do: {command}").format(command="casebook identity list"),
            WARNING,
        )


def _files(repository: Repository) -> Iterator[Symptom]:
    """Where the folder says another thing than the history."""
    if repository.state() != "clean" or repository.head() is None or repository.is_half_moved():
        return
    save = _("Do: {command}").format(command="casebook save")
    for one in disagreeing(repository):
        if not one.path.startswith(KEPT):
            continue
        if one.kind == MISSING:
            yield Symptom(
                "file-missing",
                _("{path} is saved, and its file is gone.").format(path=one.path),
                _("Nothing is lost: the history has it. A case is closed, never deleted."),
                _("Do: {command}").format(command=FIX),
                repair="files",
            )
        elif one.kind == THREE_TEXTS:
            yield Symptom(
                "three-texts",
                _(
                    "There are three texts of {path}: saved, put ready in git, and in the file."
                ).format(path=one.path),
                _(
                    "Saving takes the one in the file. To see the one that was put ready: {command}"
                ).format(command=f"git show :{one.path}"),
                save,
                WARNING,
            )
        else:
            yield Symptom(
                "not-saved",
                _("{path} was changed and is not saved yet.").format(path=one.path),
                _("Nobody else can see it, and no command changes that file until it is saved."),
                save,
                WARNING,
            )
