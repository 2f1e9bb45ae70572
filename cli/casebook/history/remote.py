"""The shared casebook: where it is, getting its newest commit, sending ours.

It merges nothing and moves no branch of this computer; ``replay`` and ``advance`` do.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem, RefusedError
from casebook.frozen import frozen
from casebook.history.damage import tells_damage
from casebook.history.faults import fault
from casebook.i18n import _

if TYPE_CHECKING:
    from casebook.history.repository import Repository

ORIGIN: Final = "origin"


@frozen
class Shared:
    """A shared casebook: git's name and address for it, and the branch that everybody shares."""

    name: str
    url: str
    branch: str

    @property
    def ref(self) -> str:
        """Where git remembers what was last seen there."""
        return f"refs/remotes/{self.name}/{self.branch}"


def shared(repository: Repository) -> Shared | None:
    """The shared casebook of the present branch, or None. Raises EnvironmentProblem when detached.

    That is the branch's own remote, else ``origin``, else the only one there is.
    """
    branch = repository.branch()
    if branch is None:
        raise EnvironmentProblem(
            _("This folder shows an older moment of the history."),
            _("Go back to the present with: git switch main"),
        )
    names = os.fsdecode(repository.git.run("remote")).split()
    named = repository.config(f"branch.{branch}.remote")
    name = named if named in names else ORIGIN if ORIGIN in names else None
    if name is None and len(names) == 1:
        name = names[0]
    if name is None:
        return None
    url = os.fsdecode(repository.git.run("remote", "get-url", name)).strip()
    merged = (repository.config(f"branch.{branch}.merge") or "").removeprefix("refs/heads/")
    return Shared(name, url, merged or branch)


def address(url: str) -> str:
    """An address without a password in it, to compare and to show."""
    return re.sub(r"(?<=://)[^/@]*@", "", url).rstrip("/")


def seen(repository: Repository, place: Shared) -> str | None:
    """The newest commit of the shared casebook that was seen here; no network."""
    return repository.resolve(place.ref)


def fetch(repository: Repository, place: Shared) -> str | None:
    """Get what is new; answers the newest commit there, None where nothing was shared yet.

    Raises EnvironmentProblem when it cannot be reached.
    """
    wanted = f"+refs/heads/{place.branch}:{place.ref}"
    answer = repository.git.ask("fetch", "--quiet", "--no-tags", place.name, wanted)
    if answer.code == 0:
        fault("fetched")
        return seen(repository, place)
    said = answer.text()
    if "find remote ref" in said:
        return None
    _require_undamaged(said)
    raise EnvironmentProblem(
        _("The shared casebook cannot be reached: {place}").format(place=address(place.url)),
        _("Check the network and whether you may read it. Git said: {said}").format(
            said=reason(said)
        ),
    )


def send(repository: Repository, place: Shared, commit: str) -> bool:
    """Send ``commit`` as the newest; False when somebody else was first.

    Raises RefusedError with the server's words when it says no, EnvironmentProblem when it
    cannot be reached.
    """
    wanted = f"{commit}:refs/heads/{place.branch}"
    answer = repository.git.ask("push", "--quiet", "--porcelain", place.name, wanted, commit=True)
    if answer.code == 0:
        fault("sent")
        repository.git.ask("update-ref", place.ref, commit)
        return True
    said = answer.out.decode("utf-8", "replace") + answer.err.decode("utf-8", "replace")
    if re.search(r"\((fetch first|non-fast-forward|stale info)\)|cannot lock ref", said):
        return False
    if "[remote rejected]" in said or "[rejected]" in said or "pre-push" in said:
        raise RefusedError(
            _("The shared casebook did not accept this; nothing was sent."), _server_words(said)
        )
    _require_undamaged(said)
    raise EnvironmentProblem(
        _("Sending failed: {place}").format(place=address(place.url)),
        _("What you saved is safe here. Try again later. Git said: {said}").format(
            said=reason(said)
        ),
    )


def _server_words(said: str) -> str:
    """What a server's hook told, without git's own frame around it."""
    lines = [line.removeprefix("remote:").strip() for line in said.splitlines()]
    told = [
        line
        for raw, line in zip(said.splitlines(), lines, strict=True)
        if line and (raw.startswith("remote:") or not re.match(r"!|To |error:|Done|fatal:", raw))
    ]
    return "\n".join(told) or reason(said)


def _require_undamaged(said: str) -> None:
    """Raise EnvironmentProblem when git failed on its own folder here, not on the way."""
    if tells_damage(said) and "remote:" not in said:
        raise EnvironmentProblem(
            _("The history on this computer is damaged: {said}").format(said=reason(said)),
            _("Look: {command}").format(command="casebook doctor"),
        )


# What git and ssh say around the reason, and what ssh tells of a host it has just learned.
_FRAME: Final = (
    *(
        "Cloning into",
        "Warning: Permanently added",
        "Please make sure",
        "and the repository exists",
    ),
    *("fatal: Could not read from remote repository", "hint:", "To "),
)


def reason(said: str) -> str:
    """The line in which git or ssh tells why a place cannot be reached."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(_FRAME)]
    return next(iter(told or lines), _("no explanation"))


def fork(repository: Repository, one: str, other: str) -> str | None:
    """The newest commit that two have in common, or None for histories of two casebooks."""
    answer = repository.git.ask("merge-base", one, other)
    return answer.out.decode("ascii").strip() or None


def count(repository: Repository, old: str, new: str) -> int:
    """How many commits ``new`` has that ``old`` has not."""
    return int(repository.git.run("rev-list", "--count", f"{old}..{new}"))


def unshared(repository: Repository) -> tuple[int, int] | None:
    """How many commits wait to be sent and how many were seen there but are not here; no network.

    None for a casebook that was never shared.
    """
    if not (repository.common_dir / "refs" / "remotes").is_dir():
        return None
    branch = repository.branch()
    there = f"refs/remotes/{ORIGIN}/{branch}"
    answer = repository.git.ask("rev-list", "--left-right", "--count", f"HEAD...{there}", "--")
    words = answer.out.split()
    return (int(words[0]), int(words[1])) if answer.code == 0 and len(words) == 2 else None
