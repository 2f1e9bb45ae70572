"""SSH signatures in the form ``ssh-keygen -Y sign`` makes and git stores (PROTOCOL.sshsig).

It judges the arithmetic only; whether the key may sign is another question.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

from casebook.frozen import frozen
from casebook.i18n import N_
from casebook.signing.keys import PublicKey, read_key, verify
from casebook.signing.wire import BadSignatureError, Wire, string

MAGIC: Final = b"SSHSIG"
NAMESPACE: Final = b"git"
HEAD: Final = "-----BEGIN SSH SIGNATURE-----"
FOOT: Final = "-----END SSH SIGNATURE-----"
HASHES: Final = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
LONGEST: Final = 20_000  # characters; a signature by the longest key has some 7 000

# Why a signature is no good, in words that follow "the signature ".
REASONS: Final = {
    "damaged": N_("cannot be read"),
    "other-text": N_("belongs to another text: something was changed after signing"),
    "unknown-key-type": N_("is by a kind of key that is not accepted"),
    "weak-key": N_("is by a key that is too short to be safe"),
    "other-method": N_("is of a kind that is not accepted for this key"),
    "not-touched": N_("was made by a security key that nobody touched"),
    "other-purpose": N_("was made for another purpose than a change in git"),
    "not-ssh": N_("is not an SSH signature"),
}


@frozen
class Signature:
    """A readable signature: the key that claims to have made it, and what it says."""

    key: PublicKey
    hash: bytes
    raw: bytes


def read(armor: str) -> Signature:
    """The signature in its armoured text; raises BadSignatureError with a word of REASONS."""
    if len(armor) > LONGEST:
        raise BadSignatureError("damaged")
    lines = armor.strip("\n").split("\n")
    if lines[0] != HEAD:
        raise BadSignatureError("not-ssh")
    if len(lines) < 3 or lines[-1] != FOOT:
        raise BadSignatureError("damaged")
    body = "".join(lines[1:-1])
    try:
        data = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError("damaged") from error
    # Base64 has bits that nobody reads: with one of them flipped there would be a second commit,
    # with another id, that is signed as well.
    if base64.b64encode(data).decode("ascii") != body:
        raise BadSignatureError("damaged")
    return _read(Wire(data))


def _read(wire: Wire) -> Signature:
    if wire.take(len(MAGIC)) != MAGIC or wire.number() != 1:
        raise BadSignatureError("damaged")
    key, namespace, reserved, method = (wire.string() for _number in range(4))
    raw = wire.string()
    wire.end()
    if namespace != NAMESPACE:
        raise BadSignatureError("other-purpose")
    if reserved or method not in HASHES:
        raise BadSignatureError("damaged")
    return Signature(read_key(key), method, raw)


def check(signature: Signature, payload: bytes) -> None:
    """Raise BadSignatureError unless it is a signature of exactly ``payload``."""
    digest = HASHES[signature.hash](payload).digest()
    parts = (NAMESPACE, b"", signature.hash, digest)
    verify(signature.key, signature.raw, MAGIC + b"".join(string(part) for part in parts))
