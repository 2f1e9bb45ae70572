"""Whether git can read its own folder here: settings, the folder itself, the index, the objects.

It only looks, in the order in which one damage hides the next, and tells the first; the index can
be made anew, as it holds nothing but what was put ready.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen

if TYPE_CHECKING:
    from casebook.history.repository import Repository

SETTINGS: Final = "settings"
FOLDER: Final = "folder"
INDEX: Final = "index"
OBJECTS: Final = "objects"
# In which words git fails when its own folder is the reason, and not the place it should reach.
_WORDS: Final = re.compile(
    r"bad config|index file|bad index|bad object|corrupt|loose object|unable to read|"
    r"not a git repository \(or any|missing (?:blob|tree|commit)|Could not read [0-9a-f]"
)


@frozen
class Damage:
    """What is damaged, and the words in which git says it."""

    what: str
    said: str


def tells_damage(said: str) -> bool:
    """Whether git's words are about its own folder on this computer."""
    return _WORDS.search(said) is not None


def damage(repository: Repository) -> Damage | None:
    """The first thing git cannot read here, or None; reads every name in the history once."""
    for what, words in (
        (SETTINGS, ("config", "--list")),
        (FOLDER, ("rev-parse", "--git-dir")),
        (INDEX, ("ls-files", "--cached", "-z")),
        (OBJECTS, ("fsck", "--connectivity-only", "--no-dangling", "--no-progress")),
    ):
        answer = repository.git.ask(*words)
        said = answer.text()
        if answer.code != 0 and (what != INDEX or tells_damage(said)):
            return Damage(what, (said.splitlines() or [what])[0])
    return None


def make_index_anew(repository: Repository) -> None:
    """An index that holds what the history holds, in the place of a damaged one, which is kept."""
    with repository.lock():
        index = repository.git_dir / "index"
        index.replace(repository.git_dir / "index.damaged")
        repository.git.run("reset", "--quiet")
