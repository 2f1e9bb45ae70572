"""The cases whose id ends in some five characters, looked up by name in the folder of each year.

However many cases there are, only names that could be meant are looked at; none is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.catalogue import Kind
    from casebook.worktree import WorkTree


def ending_in(tree: WorkTree, kind: Kind, tail: str) -> list[str]:
    """The ids of the case files with this whole tail, sorted; several where years share it."""
    known = (f"{year}-{tail}" for year in sorted(tree.folders(kind.prefix)))
    places = ((identity, kind.path_of(identity)) for identity in known)
    return [identity for identity, path in places if path is not None and tree.holds(path)]
