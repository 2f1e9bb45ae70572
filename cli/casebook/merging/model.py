"""What merging answers: the merged document, or the places where two people meant different things.

It holds no rules of merging.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from casebook.frozen import field, frozen
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document import Document, Pointer, Value

# Base, theirs and mine to one text, or None where the same lines were changed in two ways.
TextMerge: TypeAlias = Callable[[str, str, str], "str | None"]

NUMBERED: Final = regex(r"([A-Z]+)([1-9][0-9]*)")

CHANGED: Final = "changed"  # both gave the field another value
REMOVED: Final = "removed"  # one took away what the other changed
SAME_ID: Final = "same-id"  # both added an entry under one id, and they are not the same
TEXT: Final = "text"  # both changed the same lines of the free text
JOURNAL: Final = "journal"  # an entry of the journal was changed or taken away
COMMENT: Final = "comment"  # comments or lay-out of the front matter would be lost
FILE: Final = "file"  # both made the same new file, differently

THEIRS: Final = "theirs"
MINE: Final = "mine"
BOTH: Final = "both"


@frozen
class Clash:
    """One place where both changed something: what was there, what they wrote, what I wrote.

    ``place`` is empty for the body as a whole; a value is None where there is none.
    """

    why: str
    place: Pointer
    base: Value | None = None
    theirs: Value | None = None
    mine: Value | None = None


# Who merges may answer a clash with one of its ``choices``; None leaves it a clash.
Decide: TypeAlias = "Callable[[Clash], str | None]"


def undecided(_clash: Clash) -> str | None:
    """The answer of nobody: every clash stays one."""
    return None


def choices(clash: Clash) -> tuple[str, ...]:
    """What can be chosen for a clash; what happened already (a journal) is never overwritten."""
    return {
        SAME_ID: (THEIRS, BOTH) if _numbered(clash) else (THEIRS, MINE),
        TEXT: (THEIRS, MINE, BOTH),
        JOURNAL: (THEIRS,),
        COMMENT: (THEIRS,),
    }.get(clash.why, (THEIRS, MINE))


def _numbered(clash: Clash) -> bool:
    """Whether the id is a letter and a number, so that there is a next one."""
    return bool(clash.place and NUMBERED.fullmatch(str(clash.place[-1])))


@frozen
class Merged:
    """``document`` is theirs with my changes, None when there are clashes.

    ``renamed`` gives the new id of each journal entry of mine whose number they had used.
    """

    document: Document | None
    clashes: tuple[Clash, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
