"""``casebook identity``: a key of one's own, the list of signers, and accepting colleagues.

Every change of the list is one commit, signed by git itself; nobody but the first two signers is
added by one person alone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from casebook.actions.outcome import Next, Outcome
from casebook.errors import (
    EnvironmentProblem,
    FoundError,
    NoSuchRecordError,
    RefusedError,
    UsageError,
)
from casebook.frozen import frozen, replace
from casebook.history import remembered, sshkey
from casebook.i18n import _
from casebook.signing import checkwords, enrolment, signers, succession
from casebook.signing.signers import PATH, Signer, Signers
from casebook.signing.wire import BadSignatureError
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.signing.keys import PublicKey

# The moment of a run is a whole minute and the commit comes after it: a key ends after both.
SOON: Final = timedelta(minutes=2)


@frozen
class Asked:
    """A signer to be accepted, with the words to compare aloud before it is done."""

    signer: Signer
    words: tuple[str, ...]


def words_of(key: PublicKey) -> tuple[str, ...]:
    """The six check words of a key."""
    return checkwords.words(checkwords.KEY, key.blob)


def listed(desk: Desk) -> Signers:
    """The list of signers as it was last saved; raises RefusedError for unsaved hand edits."""
    saved = desk.saved(PATH)
    found = signers.read(saved)
    now = desk.tree.read(PATH)
    if (now or b"").replace(b"\r\n", b"\n") != (saved or b"").replace(b"\r\n", b"\n"):
        raise RefusedError(
            _("{path} has changes that are not saved yet.").format(path=PATH),
            _("Do: put it back: {command}").format(command=f"git checkout -- {PATH}"),
        )
    if found.problems:
        raise RefusedError(
            _("The list of signers cannot be read; nothing was changed."),
            _("Look: casebook check {path}").format(path=PATH),
        )
    return found


def begin(desk: Desk, *, key: str = "", role: str = "") -> Outcome:
    """Have a key, let git sign with it, and be the first signer or get a code for a colleague."""
    repository = desk.repository
    who = repository.identity()
    if who is None:
        raise EnvironmentProblem(
            _("It is not known who you are."), _("Do: {command}").format(command="casebook init .")
        )
    known = listed(desk)
    place = sshkey.choose(repository, key)
    public = sshkey.public_key(place)
    sshkey.try_out(place)
    own = known.of_key(public)
    if own is not None and not own.is_named(who[1]):
        raise RefusedError(
            _("This key belongs to {person}, and you are {who} here.").format(
                person=own.person, who=who[1]
            ),
            _("Do: use a key of your own: casebook identity --key, with its file"),
        )
    chosen = role or desk.role
    signer = _newcomer(who[1], public, chosen, desk.now)
    sshkey.tell_git(repository, place, repository.casebook / PATH)
    if own is not None:
        message = _("You are known here as {person}; every change you save is signed.")
        return _told(message.format(person=own.person), own, ())
    if known:
        return _code(signer)
    return _first(desk, signer)


def _newcomer(address: str, key: PublicKey, role: str, now: datetime) -> Signer:
    try:
        start = now.astimezone(UTC).replace(second=0, microsecond=0)
        return signers.read_signer(Signer((address,), key, role, start).text)
    except BadSignatureError as error:
        raise UsageError(
            _('"{who}" cannot stand in the list of signers.').format(who=f"{address} {role}"),
            _("It needs an address, and a role in small letters such as safety-coordinator."),
        ) from error


def _first(desk: Desk, signer: Signer) -> Outcome:
    commit = _save(desk, Signers((signer,)), "begin")
    common = desk.repository.common_dir
    known = remembered.recall(common)
    remembered.remember(common, replace(known, first_key=signer.key.fingerprint))
    details = (
        _("Write the six words down outside this casebook: they show anybody which key was first."),
        _("Accept a second person soon: from then on it takes two to add or end a key."),
    )
    message = _("You are the first signer; from now on every change you save is signed.")
    return _told(message, signer, details, commit=commit)


def _code(signer: Signer) -> Outcome:
    details = (
        _("Send this line to a colleague who signs here already, and compare the words aloud:"),
        f"casebook identity accept {enrolment.code(signer)}",
    )
    message = _("Your key is ready; a colleague has yet to accept it.")
    return _told(message, signer, details, code=enrolment.code(signer))


def _told(
    message: str,
    signer: Signer,
    details: Sequence[str],
    *,
    commit: str = "",
    code: str = "",
    following: Next | None = None,
) -> Outcome:
    words = words_of(signer.key)
    data = {
        "person": signer.person,
        "role": signer.role,
        "fingerprint": signer.key.fingerprint,
        "words": list(words),
        "code": code or None,
    }
    said = (_("The words of the key: {words}").format(words=" ".join(words)), *details)
    return Outcome(signer.person, "", message, commit, details=said, data=data, next=following)


# -- colleagues --------------------------------------------------------------------------------


def read_code(typed: str) -> Asked:
    """Who asks to be accepted; raises UsageError for a code that was not copied whole."""
    try:
        signer = enrolment.read(typed)
    except BadSignatureError as error:
        raise UsageError(
            _("This code is not whole."),
            _("Do: copy the whole line that casebook identity printed for your colleague"),
        ) from error
    return Asked(signer, words_of(signer.key))


def accept(desk: Desk, wanted: Signer) -> Outcome:
    """Accept a colleague: the second signer at once, everybody later with a second signer."""
    known = listed(desk)
    me = own_line(desk, known)
    if known.of_key(wanted.key) is not None:
        raise RefusedError(_("{person} is accepted already.").format(person=wanted.person))
    start = desk.now.astimezone(UTC).replace(second=0, microsecond=0)
    asked = next((one for one in known.asked if one.signer.key == wanted.key), None)
    if asked is not None and _same_wish(asked.signer, wanted):
        return _confirm(desk, known, me, asked, "accept")
    fresh = replace(wanted, after=start)
    if succession.may_accept_alone(known, fresh):
        commit = _save(desk, known.with_line(fresh), "accept")
        message = _("{person} is accepted and signs from now on.").format(person=fresh.person)
        return _told(message, fresh, (), commit=commit)
    return _propose(desk, known, me, fresh, "propose")


def _same_wish(one: Signer, two: Signer) -> bool:
    return replace(one, after=None) == replace(two, after=None)


def retire(desk: Desk, person: str = "", day: datetime | None = None) -> Outcome:
    """End a key: one's own at once, somebody else's with a second signer."""
    known = listed(desk)
    me = own_line(desk, known)
    old = _named(known, person) if person else me
    end = (day or desk.now + SOON).astimezone(UTC)
    if old.same_person(me):
        if end < desk.now.astimezone(UTC):
            raise RefusedError(
                _("You cannot end your own key in the past."),
                _("Two colleagues can: casebook identity retire {person}").format(person=me.person),
            )
        commit = _save(desk, known.with_line(replace(old, before=end)), "retire")
        message = _("Your key ends on {day}.").format(day=end.date().isoformat())
        return _told(message, old, (), commit=commit)
    asked = next((one for one in known.asked if one.signer.key == old.key), None)
    if asked is not None and asked.signer.before is not None:
        return _confirm(desk, known, me, asked, "retire")
    return _propose(desk, known, me, replace(old, before=end), "propose")


def _confirm(desk: Desk, known: Signers, me: Signer, asked: signers.Asked, move: str) -> Outcome:
    if me.is_named(asked.by):
        raise RefusedError(
            _("You proposed this yourself; somebody else must confirm it."),
            _("Ask another signer to type the same line."),
        )
    commit = _save(desk, known.with_line(asked.signer), move)
    message = (
        _("{person} is accepted and signs from now on.")
        if asked.signer.before is None
        else _("The key of {person} ends.")
    )
    return _told(message.format(person=asked.signer.person), asked.signer, (), commit=commit)


def _propose(desk: Desk, known: Signers, me: Signer, wanted: Signer, move: str) -> Outcome:
    """Put a line forward; it counts when a second signer confirms it."""
    others = [one for one in known.signers if not one.same_person(me)]
    if not any(one.holds_at(desk.now) for one in others):
        raise RefusedError(
            _("It takes two signers to do this, and you are the only one left."),
            _("See in the manual, at casebook identity: when keys are lost."),
        )
    commit = _save(desk, known.with_asked(me.person, wanted), move)
    message = _("{person} is proposed; a second signer has to type the same line.")
    return _told(message.format(person=wanted.person), wanted, (), commit=commit)


def _named(known: Signers, typed: str) -> Signer:
    """The standing key of the person that was meant, by address or the unique part before @."""
    wanted = typed.casefold()
    found = [
        one
        for one in known.signers
        if one.before is None
        and any(
            wanted in (name.casefold(), name.casefold().partition("@")[0])
            for name in one.principals
        )
    ]
    if len(found) == 1:
        return found[0]
    options = ", ".join(one.person for one in known.signers if one.before is None)
    raise NoSuchRecordError(
        _('There is no signer "{typed}" here.').format(typed=typed),
        _("Choose one of: {options}").format(options=options),
    )


def own_line(desk: Desk, known: Signers) -> Signer:
    """The line of whoever sits at this computer; raises RefusedError for who is no signer."""
    place = sshkey.configured(desk.repository)
    own = known.of_key(sshkey.public_key(place)) if place is not None else None
    if own is None or not own.holds_at(desk.now + SOON):
        raise RefusedError(
            _("You are no signer of this casebook, so you cannot do this."),
            _("Do first: casebook identity"),
        )
    return own


def person(desk: Desk, typed: str = "") -> Outcome:
    """Who somebody is in the list, with the words of the key; without a name oneself."""
    known = listed(desk)
    if typed:
        own = _named(known, typed)
    else:
        place = sshkey.configured(desk.repository)
        found = known.of_key(sshkey.public_key(place)) if place is not None else None
        own = found or own_line(desk, known)
    role = f" ({desk.cases.role_label(own.role)})" if own.role else ""
    return _told(f"{own.person}{role}: {own.key.fingerprint}", own, ())


def _save(desk: Desk, wanted: Signers, move: str) -> str:
    """Commit the list by itself, signed by git; answers the commit."""
    before = desk.tree.read(PATH)
    after = signers.rewritten(before, wanted)
    with desk.locked():
        findings = [one for one in desk.judge([Change(PATH, before, after)]) if one.is_error]
        if findings:
            raise FoundError(
                _("Not saved: {message}").format(message=findings[0].message), findings
            )
        trailers = [("Move", move), *([("By", desk.role)] if desk.role else [])]
        subject = f"signers: {move}"
        return desk.repository.commit({PATH: after}, subject, trailers, expect={PATH: before})
