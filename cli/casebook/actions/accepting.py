"""``casebook identity accept`` and ``retire``: keys of colleagues come and go, by two people.

The first signer accepts the second alone, and anybody ends their own key; everything else is
proposed by one and confirmed by another. What the list then says is written by ``identifying``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casebook.actions.identifying import SOON, listed, named, own_line, save, told, words_of
from casebook.errors import RefusedError, UsageError
from casebook.frozen import frozen, replace
from casebook.i18n import _
from casebook.signing import enrolment, signers, succession
from casebook.signing.wire import BadSignatureError

if TYPE_CHECKING:
    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.signing.signers import Signer, Signers

ENOUGH = 3  # people: with two, one lost key means that nobody can be added any more


@frozen
class Asked:
    """A signer to be accepted, with the words to compare aloud before it is done."""

    signer: Signer
    words: tuple[str, ...]


def wanted(desk: Desk, typed: str) -> Asked:
    """Who asks to be accepted: a code, or the name of somebody who is proposed already.

    Raises UsageError for a code that was not copied whole, and for a name that nobody proposed.
    """
    if typed.startswith(enrolment.MARK):
        try:
            signer = enrolment.read(typed)
        except BadSignatureError as error:
            raise UsageError(
                _("This code is not whole."),
                _("Do: copy the whole line that casebook identity printed for your colleague"),
            ) from error
        return Asked(signer, words_of(signer.key))
    known = listed(desk)
    waiting = [
        one.signer
        for one in known.asked
        if one.signer.before is None and succession.stands(known, one, desk.now)
    ]
    found = [one for one in waiting if one.is_called(typed)]
    if len(found) != 1:
        options = ", ".join(one.person for one in waiting)
        raise UsageError(
            _('"{typed}" is no code, and nobody proposed somebody of that name.').format(
                typed=typed
            ),
            _("Choose one of: {options}").format(options=options)
            if options
            else _("Do: copy the whole line that casebook identity printed for your colleague"),
        )
    return Asked(found[0], words_of(found[0].key))


def accept(desk: Desk, signer: Signer) -> Outcome:
    """Accept a colleague: the second signer at once, everybody later with a second signer."""
    known = listed(desk)
    me = own_line(desk, known)
    if known.of_key(signer.key) is not None:
        raise RefusedError(_("{person} is accepted already.").format(person=signer.person))
    start = desk.now.astimezone(UTC).replace(second=0, microsecond=0)
    asked = next((one for one in known.asked if one.signer.key == signer.key), None)
    if asked is not None and not succession.stands(known, asked, desk.now):
        asked = None  # whoever proposed it signs no more: it is proposed again
    if asked is not None and _same_wish(asked.signer, signer):
        return _confirm(desk, known, me, asked, "accept")
    fresh = replace(signer, after=start)
    if succession.may_accept_alone(known, fresh):
        commit = save(desk, known.with_line(fresh), "accept")
        message = _("{person} is accepted and signs from now on.").format(person=fresh.person)
        return told(message, fresh, (few(2),), commit=commit)
    return _propose(desk, known, me, fresh)


def _same_wish(one: Signer, two: Signer) -> bool:
    return replace(one, after=None) == replace(two, after=None)


def few(number: int) -> str:
    """What so few signers mean."""
    if not number:
        return _("Nobody can sign here any more.")
    if number < ENOUGH - 1:
        return _(
            "Only one person signs here: when that key is lost, nobody can sign or be added any "
            "more. Accept a second and a third person soon."
        )
    return _(
        "Only two people sign here: when one key is lost, nobody can be added any more. Accept a "
        "third person soon; a spare key in the safe of the board will do too."
    )


# -- keys that end -----------------------------------------------------------------------------


def ending(desk: Desk, person: str = "", day: datetime | None = None) -> str:
    """What ending this key means, in words to agree with before it is done."""
    known = listed(desk)
    me = own_line(desk, known)
    old = named(known, person) if person else me
    asked = _proposal(desk, known, old)
    end = _end(desk, day)
    if asked is not None and not me.is_named(asked.by) and not old.same_person(me):
        return _("{by} proposed that the key of {person} ends on {day}.").format(
            by=asked.by, person=old.person, day=_moment(desk, asked.signer.before or end)
        )
    said = _("The key of {person} ends on {day}; this cannot be taken back.").format(
        person=old.person, day=_moment(desk, end)
    )
    left = known.people(end, without=old)
    if left < ENOUGH - 1:
        said += " " + _("After that: {what}").format(what=few(left))
    return said


def retire(desk: Desk, person: str = "", day: datetime | None = None) -> Outcome:
    """End a key: one's own at once, somebody else's with a second signer."""
    known = listed(desk)
    me = own_line(desk, known)
    old = named(known, person) if person else me
    end = _end(desk, day)
    if old.same_person(me):
        if end < desk.now.astimezone(UTC):
            raise RefusedError(
                _("You cannot end your own key in the past."),
                _("Two colleagues can: casebook identity retire {person}").format(person=me.person),
            )
        commit = save(desk, known.with_line(replace(old, before=end)), "retire")
        message = _("Your key ends on {day}.").format(day=_moment(desk, end))
        return told(message, old, (), commit=commit)
    asked = _proposal(desk, known, old)
    if asked is None:
        return _propose(desk, known, me, replace(old, before=end))
    if day is not None and asked.signer.before != end and not me.is_named(asked.by):
        raise RefusedError(
            _("{by} proposed another day: {day}.").format(
                by=asked.by, day=_moment(desk, asked.signer.before or end)
            ),
            _("Agree on a day; to confirm that one, type the line without --on"),
        )
    return _confirm(desk, known, me, asked, "retire")


def _end(desk: Desk, day: datetime | None) -> datetime:
    return (day or desk.now + SOON).astimezone(UTC)


def _moment(desk: Desk, moment: datetime) -> str:
    return f"{moment.astimezone(desk.now.tzinfo):%Y-%m-%d %H:%M}"


def _proposal(desk: Desk, known: Signers, old: Signer) -> signers.Asked | None:
    """The proposal to end this key, by somebody who may still sign."""
    ending = (
        one for one in known.asked if one.signer.key == old.key and one.signer.before is not None
    )
    return next((one for one in ending if succession.stands(known, one, desk.now)), None)


# -- two people --------------------------------------------------------------------------------


def _confirm(desk: Desk, known: Signers, me: Signer, asked: signers.Asked, move: str) -> Outcome:
    if me.is_named(asked.by):
        raise RefusedError(
            _("You proposed this yourself; somebody else must confirm it."),
            _("It waits on the page of another signer: casebook. Share it first: casebook sync"),
        )
    commit = save(desk, known.with_line(asked.signer), move)
    message = (
        _("{person} is accepted and signs from now on.")
        if asked.signer.before is None
        else _("The key of {person} ends.")
    )
    return told(message.format(person=asked.signer.person), asked.signer, (), commit=commit)


def _propose(desk: Desk, known: Signers, me: Signer, signer: Signer) -> Outcome:
    """Put a line forward; it counts when a second signer confirms it."""
    others = [one for one in known.signers if not one.same_person(me)]
    if not any(one.holds_at(desk.now) for one in others):
        raise RefusedError(
            _("It takes two signers to do this, and you are the only one left."),
            _("See in the manual, at casebook identity: when keys are lost."),
        )
    commit = save(desk, known.with_asked(me.person, signer), "propose")
    message = _("{person} is proposed; a second signer has to confirm it.")
    waits = _("After casebook sync it waits on the page of the other signers: casebook")
    return told(message.format(person=signer.person), signer, (waits,), commit=commit)
