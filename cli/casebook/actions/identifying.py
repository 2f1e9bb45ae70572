"""``casebook identity``: a key of one's own, who one is, and the list of signers.

Every change of the list is one commit, signed by git itself; colleagues are accepted, and keys
ended, in ``accepting``.
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
from casebook.frozen import replace
from casebook.history import remembered, sshkey
from casebook.i18n import _
from casebook.signing import checkwords, enrolment, signers
from casebook.signing.signers import PATH, Signer, Signers
from casebook.signing.wire import BadSignatureError
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk
    from casebook.signing.keys import PublicKey

# The moment of a run is a whole minute and the commit comes after it: a key ends after both.
SOON: Final = timedelta(minutes=2)


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
    chosen = desk.reader().role(role) if role else desk.role
    signer = _newcomer(who[1], public, chosen, desk.now)
    sshkey.tell_git(repository, place, repository.casebook / PATH)
    if own is not None:
        message = _("You are known here as {person}; every change you save is signed.")
        return told(message.format(person=own.person), own, ())
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
    commit = save(desk, Signers((signer,)), "begin")
    common = desk.repository.common_dir
    known = remembered.recall(common)
    remembered.remember(common, replace(known, first_key=signer.key.fingerprint))
    details = (
        _("Write the six words down outside this casebook: they show anybody which key was first."),
        _("Accept a second person soon: from then on it takes two to add or end a key."),
    )
    message = _("You are the first signer; from now on every change you save is signed.")
    return told(message, signer, details, commit=commit)


def _code(signer: Signer) -> Outcome:
    code = enrolment.code(signer)
    following = Next(
        _("send this line to a colleague who signs here already, and compare the words aloud"),
        ("casebook", "identity", "accept", code),
    )
    message = _("Your key is ready; a colleague has yet to accept it.")
    return told(message, signer, (), code=code, following=following)


def told(
    message: str,
    signer: Signer,
    details: Sequence[str],
    *,
    commit: str = "",
    code: str = "",
    following: Next | None = None,
) -> Outcome:
    """What was done about a signer, with the six words of the key."""
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


def named(known: Signers, typed: str) -> Signer:
    """The standing key of the person that was meant, by address or the unique part before @."""
    standing = [one for one in known.signers if one.before is None]
    found = [one for one in standing if one.is_called(typed)]
    if len(found) == 1:
        return found[0]
    options = ", ".join(one.person for one in standing)
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
        own = named(known, typed)
    else:
        place = sshkey.configured(desk.repository)
        found = known.of_key(sshkey.public_key(place)) if place is not None else None
        own = found or own_line(desk, known)
    role = f" ({desk.cases.role_label(own.role)})" if own.role else ""
    return told(f"{own.person}{role}: {own.key.fingerprint}", own, ())


def save(desk: Desk, wanted: Signers, move: str) -> str:
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
