"""The list of signers as a table or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from casebook.signing.signers import Signer, Signers


def table(known: Signers, width: int, role_label: Callable[[str], str]) -> list[str]:
    """Who may sign, in which role, from when and until when; then who is proposed."""
    if not known:
        return text.wrap(_("Nobody signs here yet. To begin: casebook identity"), width)
    heads = (_("who"), _("role"), _("from"), _("until"))
    rows = [
        (one.person, role_label(one.role) if one.role else "", _day(one.after), _day(one.before))
        for one in known.signers
    ]
    lines = text.table(heads, rows, width)
    for asked in known.asked:
        said = (
            _("Proposed by {by}: {person} may sign.")
            if asked.signer.before is None
            else _("Proposed by {by}: the key of {person} ends.")
        )
        lines += text.wrap(said.format(by=asked.by, person=asked.signer.person), width)
    return lines


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment is not None else ""


def data(known: Signers) -> dict[str, Any]:
    """The same as data."""
    return {
        "rows": [_row(one) for one in known.signers],
        "proposed": [{"by": one.by, **_row(one.signer)} for one in known.asked],
    }


def _row(one: Signer) -> dict[str, Any]:
    return {
        "person": one.person,
        "principals": list(one.principals),
        "role": one.role,
        "fingerprint": one.key.fingerprint,
        "from": one.after.isoformat() if one.after is not None else None,
        "until": one.before.isoformat() if one.before is not None else None,
    }
