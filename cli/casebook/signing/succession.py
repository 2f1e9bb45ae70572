"""Which list of signers may follow which: nobody adds or ends a key alone, but for two cases.

The first signer accepts the second alone, once; and anybody ends their own key. Everything else
is proposed by one signer and confirmed by another, in two commits. A proposal counts for as long as
its maker may sign: what a stolen key proposed is worth nothing once that key has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen, replace
from casebook.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casebook.signing.keys import PublicKey
    from casebook.signing.signers import Asked, Signer, Signers

# What is wrong with a change of the list; {person} is the signer it is about.
REASONS: Final = {
    "first-not-alone": N_("a list begins with one signer, the one who makes it: {person}"),
    "removed": N_("{person} was taken off the list; a key that ends is kept, with its last day"),
    "alone": N_("{person} was added by one signer alone; a second must confirm it"),
    "changed-alone": N_("the line of {person} was changed by one signer alone"),
    "rewritten": N_("the line of {person} was changed in another way than by ending it earlier"),
    "asked-by-other": N_("{person} was proposed in the name of somebody else"),
}


@frozen
class Fault:
    """One change of the list that may not be made so: a word of REASONS, and whose line."""

    reason: str
    person: str
    key: PublicKey


def faults(
    old: Signers, new: Signers, by: Signer | None, moment: datetime | None = None
) -> Iterator[Fault]:
    """What is wrong with the step from ``old`` to ``new`` in a change signed by ``by``.

    Without the ``moment`` of the change every proposal counts, whatever became of its maker.
    """
    if not old:
        yield from _beginning(new, by)
        return
    for signer in old.signers:
        if new.of_key(signer.key) is None:
            yield Fault("removed", signer.person, signer.key)
    for signer in new.signers:
        before = old.of_key(signer.key)
        if before != signer:
            confirmed = _confirmed(old, signer, by, moment)
            if before is None:
                alone = by is not None and len(new.signers) == 2 and may_accept_alone(old, signer)
                reason = "" if alone or confirmed else "alone"
            else:
                reason = _ended(before, signer, by, confirmed=confirmed)
            if reason:
                yield Fault(reason, signer.person, signer.key)
    for asked in new.asked:
        if asked not in old.asked and (by is None or not by.is_named(asked.by)):
            yield Fault("asked-by-other", asked.signer.person, asked.signer.key)


def _beginning(new: Signers, by: Signer | None) -> Iterator[Fault]:
    for number, signer in enumerate(new.signers):
        if number or by is None or by.key != signer.key:
            yield Fault("first-not-alone", signer.person, signer.key)
    for asked in new.asked:
        yield Fault("first-not-alone", asked.signer.person, asked.signer.key)


def _ended(before: Signer, after: Signer, by: Signer | None, *, confirmed: bool) -> str:
    sooner = after.before is not None and (before.before is None or after.before < before.before)
    if not sooner or replace(after, before=before.before) != before:
        return "rewritten"
    if confirmed or (by is not None and by.same_person(before)):
        return ""
    return "changed-alone"


def _confirmed(old: Signers, signer: Signer, by: Signer | None, moment: datetime | None) -> bool:
    """Whether somebody else than ``by``, who may still sign, proposed exactly this line."""
    return by is not None and any(
        one.signer == signer and not by.is_named(one.by) and stands(old, one, moment)
        for one in old.asked
    )


def stands(known: Signers, asked: Asked, moment: datetime | None) -> bool:
    """Whether who made a proposal may still sign at that moment."""
    return moment is None or any(
        one.is_named(asked.by) and one.holds_at(moment) for one in known.signers
    )


def may_accept_alone(old: Signers, signer: Signer) -> bool:
    """Whether this would be the second person of a list that never held another than the first."""
    return len(old.signers) == 1 and not old.signers[0].same_person(signer)
