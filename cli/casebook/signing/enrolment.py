"""The code with which a newcomer asks a colleague to be accepted: who, in which role, which key.

It is no secret and proves nothing by itself: the six words of the key are compared aloud.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

from casebook.signing.signers import Signer, read_signer
from casebook.signing.wire import BadSignatureError

MARK: Final = "cb1."
_SUM: Final = 4  # bytes that find a code that was copied badly


def code(signer: Signer) -> str:
    """The code of a signer."""
    raw = signer.text.encode()
    both = raw + hashlib.sha256(raw).digest()[:_SUM]
    return MARK + base64.urlsafe_b64encode(both).decode("ascii").rstrip("=")


def read(typed: str) -> Signer:
    """The signer in a code, also when it was broken over lines; raises BadSignatureError."""
    text = "".join(typed.split())
    if not text.startswith(MARK) or len(text) > 4000:
        raise BadSignatureError("damaged")
    body = text.removeprefix(MARK)
    try:
        both = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        raw, total = both[:-_SUM], both[-_SUM:]
        if hashlib.sha256(raw).digest()[:_SUM] != total:
            raise BadSignatureError("damaged")
        signer = read_signer(raw.decode("utf-8"))
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError("damaged") from error
    if len(signer.principals) != 1 or not signer.text.isprintable():
        raise BadSignatureError("damaged")
    return signer
