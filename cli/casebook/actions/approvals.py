"""What was proposed for the list of signers, and what that asks of whoever looks at the page.

It only reads; accepting and ending keys is in ``accepting``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.actions.desk import Desk

PATH: Final = "policy/signers"
ASKED: Final = b"# asked by "
FOR_YOU, BY_YOU, OF_OTHERS = "confirm", "proposed-by-you", "for-others"


@frozen
class Approval:
    """A proposal: by whom, about whom, whether it ends a key, and what it asks of you.

    ``argv`` is the command with which you confirm it; empty where that is for others.
    """

    by: str
    person: str
    ends: bool
    asks: str
    argv: tuple[str, ...] = ()


def waiting(desk: Desk) -> tuple[Approval, ...]:
    """The proposals in the list as it is on disk; nothing is read twice where there are none."""
    raw = desk.tree.read(PATH)
    if raw is None or ASKED not in raw:
        return ()
    return tuple(_waiting(desk, raw))


def _waiting(desk: Desk, raw: bytes) -> Iterator[Approval]:
    from casebook.signing import signers, succession

    known = signers.read(raw)
    who = desk.repository.identity()
    address = who[1] if who is not None else ""
    mine = any(one.is_named(address) and one.holds_at(desk.now) for one in known.signers)
    for one in known.asked:
        if not succession.stands(known, one, desk.now):
            continue  # whoever proposed it signs no more
        ends = one.signer.before is not None
        asks = OF_OTHERS
        if address.casefold() == one.by.casefold():
            asks = BY_YOU
        elif mine:
            asks = FOR_YOU
        argv = ("casebook", "identity", "retire" if ends else "accept", one.signer.person)
        yield Approval(one.by, one.signer.person, ends, asks, argv if asks == FOR_YOU else ())
