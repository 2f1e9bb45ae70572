"""Whether a commit was signed by somebody who might, by the list of the commits before it.

The arithmetic is done in ``signing``; git's own verification, whose settings whoever sits at the
computer controls, is never asked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casebook.audit.model import found
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.signing import signers, sshsig, succession
from casebook.signing.signers import Signer, Signers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.audit.seen import Seen
    from casebook.finding import Finding
    from casebook.signing.keys import PublicKey


@frozen
class Standing:
    """What holds after a commit: the lawful list of signers, and the latest moment so far."""

    signers: Signers = Signers()
    latest: int = 0
    first: Signer | None = None


def joined(parents: Sequence[Standing]) -> Standing:
    """What holds before a commit: in a merge only the keys that count on every side."""
    if not parents:
        return Standing()
    if len(parents) == 1:
        return parents[0]
    first, *others = parents
    kept = tuple(
        one for one in first.signers.signers if all(one in two.signers.signers for two in others)
    )
    begun = next((one.first for one in parents if one.first is not None), None)
    latest = max(one.latest for one in parents)
    if len(kept) == len(first.signers.signers):
        return Standing(first.signers, latest, begun)
    return Standing(Signers(kept), latest, begun)


class Signing:
    """The judgement of one commit's signature; ``by`` is who signed it, where that is right."""

    def __init__(self, commit: Seen, before: Standing, after: Signers) -> None:
        self.commit = commit
        self.before = before
        self.after = after
        self.by: Signer | None = None
        self.key: PublicKey | None = None
        # A key counts at the latest moment there was: who turns the clock back gains nothing.
        self.seconds = max(commit.committer.seconds, before.latest)

    @property
    def moment(self) -> datetime:
        """The same as a moment."""
        return datetime.fromtimestamp(self.seconds, UTC)

    def check(self) -> Iterator[Finding]:
        """What is wrong with the signature; where nobody could sign yet, none is asked for."""
        beginning = self.before.first is None and bool(self.after)
        if self.before.first is None and not beginning:
            return
        if self.commit.signatures > 1:
            yield found("signature-twice", _("it carries more than one signature"))
            return
        if not self.commit.signatures:
            yield found("unsigned", _("it is not signed"))
            return
        self.key = self.commit.signed_by
        if self.key is None:
            why = _(sshsig.REASONS[self.commit.reason])
            yield found("signature-wrong", _("its signature {why}").format(why=why))
            return
        signer = (self.after if beginning else self.before.signers).of_key(self.key)
        yield from self._may(signer, self.key)

    def _may(self, signer: Signer | None, key: PublicKey) -> Iterator[Finding]:
        if signer is None:
            added = self.after.of_key(key) is not None
            yield found(
                "unknown-key",
                _("it is signed by a key that it adds to the list itself: {key}").format(
                    key=key.fingerprint
                )
                if added
                else _("it is signed by a key that nobody here has: {key}").format(
                    key=key.fingerprint
                ),
                path=signers.PATH if added else "",
                line=self.after.line_of(key),
            )
            return
        wrong = list(self._who(signer))
        yield from wrong
        if not wrong:
            self.by = signer

    def _who(self, signer: Signer) -> Iterator[Finding]:
        if not signer.holds_at(self.moment):
            yield found(
                "key-ended",
                _("the key of {person} did not count on {day}").format(
                    person=signer.person, day=self.moment.date().isoformat()
                ),
            )
        committer, author = self.commit.committer, self.commit.author
        if not signer.is_named(committer.email):
            yield found(
                "other-person",
                _("it names {named}, but {person} signed it").format(
                    named=committer.email, person=signer.person
                ),
            )
        elif author.email != committer.email and not signer.is_named(author.email):
            yield found(
                "author-differs",
                _("it is in the name of {named}, but {person} saved it").format(
                    named=author.email, person=signer.person
                ),
            )

    def list_changed(self) -> Iterator[Finding]:
        """What is wrong with who changed the list of signers; its lines are judged as any file."""
        for fault in succession.faults(self.before.signers, self.after, self.by, self.moment):
            yield found(
                "signers-alone",
                _(succession.REASONS[fault.reason]).format(person=fault.person),
                path=signers.PATH,
                line=self.after.line_of(fault.key),
            )
