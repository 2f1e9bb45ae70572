"""Which key signed what and when, so that a key that ended later is looked back upon.

It keeps numbers and ids only, whatever the length of the history.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casebook.audit.model import Charge, found
from casebook.finding import WARNING
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.signing.keys import PublicKey
    from casebook.signing.signers import Signers


class Signatures:
    """The signatures that were right, by the binary form of their key."""

    def __init__(self) -> None:
        self._by_key: dict[bytes, list[tuple[int, str]]] = {}
        self.number = 0

    def note(self, key: PublicKey, seconds: int, commit: str) -> None:
        """Keep one signature, made at a moment in seconds since 1970."""
        self.number += 1
        self._by_key.setdefault(key.blob, []).append((seconds, commit))

    def after_end(self, listed: Signers) -> Iterator[Charge]:
        """Commits signed from the day on from which a key, as was said later, did not count."""
        for signer in listed.signers:
            if signer.before is None:
                continue
            for seconds, commit in self._by_key.get(signer.key.blob, ()):
                moment = datetime.fromtimestamp(seconds, UTC)
                if moment >= signer.before:
                    message = _("the key of {person} ended on {day}, as was said later").format(
                        person=signer.person, day=signer.before.date().isoformat()
                    )
                    remedy = _("Do: ask {person} whether this is theirs").format(
                        person=signer.person
                    )
                    one = found("signed-after-end", message, remedy, severity=WARNING)
                    yield Charge(one, commit, signer.person, moment)
