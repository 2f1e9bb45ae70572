"""``casebook verify``: is the history untouched? One walk, and what this computer remembers.

It changes nothing but that memory, in git's own folder.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from casebook.actions import noted
from casebook.audit.model import Charge, found
from casebook.audit.walk import Walk, charge
from casebook.errors import EnvironmentProblem
from casebook.finding import WARNING
from casebook.frozen import frozen
from casebook.history import disguises as disguising
from casebook.history import plain, remembered
from casebook.history import walk as walking
from casebook.history.plain import DamagedError
from casebook.i18n import _
from casebook.signing import checkwords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.actions.desk import Desk
    from casebook.history.plain import Source
    from casebook.signing.signers import Signer, Signers

FOUND: Final = {
    disguising.REPLACED: "history-replaced",
    disguising.GRAFTED: "history-grafted",
    disguising.SHALLOW: "history-shallow",
    disguising.NOTES: "history-notes",
    disguising.DAMAGED: "object-damaged",
}

UNREAD: Final = ("object-damaged", "history-unreadable")


@frozen
class Audit:
    """The answer: what is wrong, and what the minutes of a meeting can hold.

    ``words`` are the six check words of the head; ``since`` is the head that the walk began at,
    empty for the whole history; ``same`` says that the words that were given are the head's own.
    """

    head: str
    at: datetime | None
    words: tuple[str, ...]
    number: int
    unsigned: int
    signed: int
    signers: tuple[Signer, ...]
    first: Signer | None
    first_words: tuple[str, ...]
    charges: tuple[Charge, ...]
    since: str = ""
    same: bool = False

    @property
    def exit_code(self) -> int:
        """1 when anything is wrong; warnings alone are fine."""
        return 1 if any(one.is_error for one in self.charges) else 0


def verify(desk: Desk, *, since: str = "", first: str = "") -> Audit:
    """Judge all of history, or what came after ``since`` (a commit, or the six words of one).

    ``first`` are the words of the first key as they were noted outside the casebook. Raises
    EnvironmentProblem where there is no history, UsageError for words that are no check words.
    """
    if first:
        noted.require_words(first)
    repository = desk.repository
    head = repository.head()
    known = remembered.recall(repository.common_dir)
    source = plain.source(repository)
    try:
        if head is None:
            return _nothing(known)
        return _verify(desk, source, head, known, since, first)
    finally:
        source.close()


def _nothing(known: remembered.Remembered) -> Audit:
    if not known.head:
        raise EnvironmentProblem(_("This casebook has no history yet."), _("Do: casebook init ."))
    return Audit("", None, (), 0, 0, 0, (), None, (), (noted.rewritten(known.head, known.at),))


def _verify(  # noqa: PLR0917 - what was typed and what is known, once
    desk: Desk, source: Source, head: str, known: remembered.Remembered, since: str, first: str
) -> Audit:
    now = datetime.now(UTC) if desk.now.tzinfo is None else desk.now
    old, lost = noted.since(source, head, since)
    walk = Walk(desk.casebook, source, now)
    walk.foresee(old, head)  # what follows is done while git lists the commits
    words = checkwords.words(checkwords.HEAD, head.encode())
    charges = [*_looks(source), *lost]
    walked = list(_walked(walk, old, head))
    # Where nothing could be read there is nothing to compare: that is said already.
    readable = not any(one.finding.check in UNREAD for one in walked)
    if readable and known.head and not walking.holds(source, head, known.head):
        charges.append(noted.rewritten(known.head, known.at))
    charges += walked
    listed, beginner = _signers(walk, head)
    charges += walk.signatures.after_end(listed)
    first_words = checkwords.words(checkwords.KEY, beginner.key.blob) if beginner else ()
    if readable or beginner is not None:
        charges += _first(known, beginner, first_words, first)
    audit = Audit(
        head,
        _moment(source, head),
        words,
        walk.number,
        walk.unsigned,
        walk.signatures.number,
        listed.signers,
        beginner,
        first_words,
        tuple(charges),
        old or "",
        old == head,
    )
    if audit.exit_code == 0:
        key = beginner.key.fingerprint if beginner else known.first_key
        stamp = now.isoformat(timespec="minutes")
        remembered.remember(source.common_dir, remembered.Remembered(head, stamp, key))
    return audit


def _looks(source: Source) -> Iterator[Charge]:
    said = {
        disguising.REPLACED: _("git shows something else in the place of {name}"),
        disguising.GRAFTED: _("git is told of other parents in its file {name}"),
        disguising.SHALLOW: _("only the newest part of the history is on this computer ({name})"),
        disguising.NOTES: _("notes hang on commits: {name}"),
        disguising.DAMAGED: _("a stored piece of the history is damaged or was changed: {name}"),
    }
    helps = {
        disguising.REPLACED: _("Do: git replace -d, with that id"),
        disguising.GRAFTED: _("Do: remove that file from the folder .git"),
        disguising.SHALLOW: _("Do: git fetch --unshallow"),
        disguising.DAMAGED: _("Do: get the casebook again from another copy"),
    }
    for kind, name in (*disguising.disguises(source), *disguising.damaged(source)):
        severity = WARNING if kind == disguising.NOTES else "error"
        message = said[kind].format(name=name)
        yield Charge(found(FOUND[kind], message, helps.get(kind, ""), severity=severity))


def _walked(walk: Walk, old: str | None, head: str) -> Iterator[Charge]:
    try:
        yield from walk.steps(old, head)
    except DamagedError as error:
        message = _("a stored piece of the history is damaged or was changed: {name}").format(
            name=error.id
        )
        one = found("object-damaged", message, _("Do: get the casebook again from another copy"))
        yield charge(walk.last, one) if walk.last is not None else Charge(one)
    except EnvironmentProblem as error:
        yield Charge(found("history-unreadable", error.message, _("Look: casebook doctor")))


def _signers(walk: Walk, head: str) -> tuple[Signers, Signer | None]:
    from casebook.signing.signers import Signers

    try:
        standing = walk.standing(head)
    except (EnvironmentProblem, ValueError):
        return Signers(), None
    return standing.signers, standing.first


def _moment(source: Source, head: str) -> datetime | None:
    try:
        return walking.commit(source, head).committer.moment
    except EnvironmentProblem:
        return None


def _first(
    known: remembered.Remembered, beginner: Signer | None, words: tuple[str, ...], typed: str
) -> Iterator[Charge]:
    """The first key beside the words that were noted, or what this computer remembers."""
    remedy = _("Do: ask whoever made the casebook; do not go on before you know")
    if typed and checkwords.normal(typed) != words:
        message = _("the words of the first key here are: {words}").format(
            words=" ".join(words) or _("none")
        )
        yield Charge(found("first-key-differs", message, remedy))
    fingerprint = beginner.key.fingerprint if beginner is not None else ""
    if known.first_key and known.first_key != fingerprint:
        message = _("the first key is another than the one this computer remembers")
        yield Charge(found("first-key-differs", message, remedy))
