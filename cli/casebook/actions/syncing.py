"""Sharing: get what others saved, put own changes behind it, judge both, and send.

Clashes are decided by who asks; nothing is sent that the checks refuse, and nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.actions import checking
from casebook.actions.replaying import Replay, Replayed, nobody
from casebook.errors import EnvironmentProblem, FoundError, RefusedError
from casebook.frozen import frozen
from casebook.history import advance, remote
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.actions.desk import Desk
    from casebook.actions.replaying import Standoff
    from casebook.finding import Finding
    from casebook.history import CommitInfo
    from casebook.history.remote import Shared

TRIES: Final = 8  # others may send while we get ready; then it begins again


@frozen
class Received:
    """A change of somebody else that came in: which records, by whom, when, and git's subject."""

    paths: tuple[str, ...]
    author: str
    on: str
    subject: str


@frozen
class Synced:
    """What was sent and what came in; ``kept`` names changes of mine that were left out."""

    place: str
    sent: int
    received: tuple[Received, ...]
    renamed: tuple[tuple[str, str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()  # subject, name under which git keeps it
    findings: tuple[Finding, ...] = ()


def sync(
    desk: Desk,
    answer: Callable[[Standoff], str | None] = nobody,
    *,
    dry_run: bool = False,
) -> Synced:
    """Share: fetch, replay own commits, judge, send. Raises ClashError, FoundError and others.

    Whatever is raised, the own commits and files are as they were, and nothing was sent.
    """
    repository = desk.repository
    repository.require_quiet()
    with repository.lock():
        advance.finish(repository)
        place = _place(desk)
        first = repository.head()
        told = Replayed(first or "")
        for _attempt in range(TRIES):
            head = repository.head()
            theirs = remote.fetch(repository, place)
            if head is None:
                raise EnvironmentProblem(_("Nothing was saved here yet."), _("Do: casebook init ."))
            base = remote.fork(repository, head, theirs) if theirs else None
            if theirs and base is None:
                raise RefusedError(
                    _("{place} holds another casebook; nothing was sent.").format(
                        place=remote.address(place.url)
                    ),
                    _("To work in that one: casebook join, with its address"),
                )
            done = _together(desk, head, theirs, base, answer)
            told = Replayed(done.commit, told.renamed + done.renamed, told.dropped + done.dropped)
            sent = remote.count(repository, theirs, done.commit) if theirs else _all(desk, head)
            if not dry_run:
                for own in done.dropped:
                    advance.keep(repository, own.id)
                advance.advance(repository, head, done.commit)
                if sent and not remote.send(repository, place, done.commit):
                    continue
            return _told(desk, place, (first, theirs), told, sent)
    raise EnvironmentProblem(
        _("Others keep sending at the same moment."), _("Do again: casebook sync")
    )


def _place(desk: Desk) -> Shared:
    found = remote.shared(desk.repository)
    if found is None:
        raise EnvironmentProblem(
            _("This casebook is on this computer only."),
            _("Ask who looks after the computers for a shared place, then: git remote add origin"),
        )
    require_allowed(desk, found.url)
    return found


def require_allowed(desk: Desk, url: str) -> None:
    """Raise RefusedError for a place that policy/school.md does not name, where it names any."""
    school = desk.policy.school
    allowed = school.get("remotes") if school is not None else None
    known = [remote.address(str(one)) for one in allowed or ()]
    if known and remote.address(url) not in known:
        raise RefusedError(
            _("{place} is not a place this school shares its casebook with.").format(
                place=remote.address(url)
            ),
            _("The allowed places are in policy/school.md, under remotes."),
        )


def _together(
    desk: Desk,
    head: str,
    theirs: str | None,
    base: str | None,
    answer: Callable[[Standoff], str | None],
) -> Replayed:
    """What the history becomes: theirs, mine, or mine behind theirs; judged."""
    if theirs is None or base == theirs:
        if theirs != head:
            _require_sound(desk, theirs, head)
        return Replayed(head)
    if base == head:
        return Replayed(theirs)
    return Replay(desk, str(base), theirs, answer).run(head)


def _require_sound(desk: Desk, old: str | None, new: str) -> None:
    """Raise FoundError when own commits break a rule: a hook can be stepped over, this cannot."""
    if old is None:
        return
    findings, _number = checking.check_range(desk, f"{old}..{new}")
    errors = [one for one in findings if one.is_error]
    if errors:
        raise FoundError(
            _("Nothing was sent: what was saved here breaks a rule of the casebook."),
            errors,
            _("Do: casebook undo, or correct it and save again"),
        )


def _all(desk: Desk, head: str) -> int:
    return int(desk.repository.git.run("rev-list", "--count", head))


def _told(
    desk: Desk,
    place: Shared,
    ends: tuple[str | None, str | None],
    done: Replayed,
    sent: int,
) -> Synced:
    """The result; what came in is judged again, commit by commit."""
    first, theirs = ends
    received: tuple[Received, ...] = ()
    findings: tuple[Finding, ...] = ()
    if theirs and first and (start := remote.fork(desk.repository, first, theirs)) != theirs:
        commits = desk.repository.between(start, theirs)
        received = tuple(_received(one.commit, [c.path for c in one.changes]) for one in commits)
        found, _number = checking.check_range(desk, f"{start}..{theirs}")
        findings = tuple(one for one in found if one.is_error)
    kept = tuple((own.subject, f"{advance.KEPT}/{own.id[:12]}") for own in done.dropped)
    return Synced(remote.address(place.url), sent, received, done.renamed, kept, findings)


def _received(commit: CommitInfo, paths: list[str]) -> Received:
    return Received(tuple(paths), commit.author, commit.at[:10], commit.subject)
