"""Damage in git's own folder on this computer, in words: nothing else that doctor says counts then.

It only looks; ``examining`` makes a damaged index anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions.symptoms import FIX, Symptom
from casebook.history import damage
from casebook.i18n import _

if TYPE_CHECKING:
    from casebook.history import Repository


def of_git(repository: Repository) -> Symptom | None:
    """What git cannot read in its own folder, or None."""
    found = damage.damage(repository)
    if found is None:
        return None
    again = _(
        "Do: keep this folder, get the casebook again in another one (casebook join), and copy "
        "there what you had not shared."
    )
    what, do = {
        damage.SETTINGS: (
            _("Git cannot read its settings: {said}"),
            _("Do: take that line out in a text editor, or ask who looks after the computers."),
        ),
        damage.FOLDER: (_("Git does not recognise its own folder .git: {said}"), again),
        damage.INDEX: (
            _("Git's list of what is put ready is damaged: {said}"),
            _("Do: {command}").format(command=FIX),
        ),
        damage.OBJECTS: (_("A piece of the history is damaged or gone: {said}"), again),
    }[found.what]
    why = _("The files of the cases are not touched by this; the history cannot be read or shared.")
    repair = "index" if found.what == damage.INDEX else ""
    return Symptom(f"damaged-{found.what}", what.format(said=found.said), why, do, repair=repair)
