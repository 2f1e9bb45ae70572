"""Judging what git brought in, made anew or is about to send, without a command of ours.

It changes nothing: what came in is named, what may not go out is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.actions import checking
from casebook.actions.syncing import require_allowed
from casebook.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebook.actions.desk import Desk
    from casebook.finding import Finding


def came_in(desk: Desk) -> list[Finding]:
    """The wrong things in what the last merge or pull brought, commit by commit."""
    repository = desk.repository
    old, new = repository.resolve("ORIG_HEAD"), repository.head()
    return _between(desk, old, new) if old and new else []


def made_anew(desk: Desk, lines: Iterable[str]) -> list[Finding]:
    """The wrong things in commits that a rebase or an amendment wrote again.

    ``lines`` are git's: the old and the new id of each.
    """
    found: list[Finding] = []
    for line in lines:
        words = line.split()
        if len(words) >= 2:
            found += _between(desk, f"{words[1]}^", words[1])
    return found


def switched(desk: Desk, old: str, new: str) -> list[Finding]:
    """The wrong things in the commits that another head (``new``) has and the last had not.

    A rebase goes through other heads on its way: what it makes is judged at its end.
    """
    repository = desk.repository
    if repository.state() == "rebase" or not (repository.resolve(old) and repository.resolve(new)):
        return []
    base = repository.git.ask("merge-base", old, new).out.decode("ascii").strip()
    return _between(desk, base, new) if base and base != new else []


def going_out(desk: Desk, url: str, lines: Iterable[str]) -> list[Finding]:
    """The wrong things in what is about to be sent to ``url``.

    ``lines`` are git's: own ref and id, their ref and id. Raises RefusedError for a place that
    the school does not share with.
    """
    require_allowed(desk, url)
    repository = desk.repository
    found: list[Finding] = []
    for line in lines:
        words: Sequence[str] = line.split()
        if len(words) < 4 or not words[1].strip("0"):
            continue
        there = words[3] if words[3].strip("0") else None
        if there is not None and repository.resolve(there) is not None:
            found += _between(desk, there, words[1])
        elif there is None:
            # Nothing of this branch is there yet: what other branches there hold was judged.
            known = repository.git.ask("merge-base", words[1], "refs/remotes/origin/HEAD")
            base = known.out.decode("ascii").strip() or None
            found += _between(desk, base, words[1]) if base else []
    return found


def _between(desk: Desk, old: str | None, new: str) -> list[Finding]:
    try:
        found, _number = checking.check_range(desk, f"{old or ''}..{new}")
    except UsageError:  # a first commit has none before it
        return []
    return [one for one in found if one.is_error]
