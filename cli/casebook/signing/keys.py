"""Public keys as SSH writes them, and whether a signature was made with one.

Ed25519, ECDSA on the NIST curves, RSA with SHA-2, and the first two in a security key (a token
that is touched to sign); it holds and reads no secret keys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.signing.wire import BadSignatureError, Wire, string

if TYPE_CHECKING:
    from collections.abc import Callable

ED25519: Final = "ssh-ed25519"
RSA: Final = "ssh-rsa"
CURVES: Final = {"ecdsa-sha2-nistp256": 256, "ecdsa-sha2-nistp384": 384, "ecdsa-sha2-nistp521": 521}
# In a security key. What is signed there is told in OpenSSH's PROTOCOL.u2f.
SK_ED25519: Final = "sk-ssh-ed25519@openssh.com"
SK_ECDSA: Final = "sk-ecdsa-sha2-nistp256@openssh.com"
SECURITY: Final = {SK_ED25519: ED25519, SK_ECDSA: "ecdsa-sha2-nistp256"}
PURPOSE: Final = b"ssh:"  # how the application of every key for SSH begins
TOUCHED: Final = 0x01  # the flag that says that somebody was there
TYPES: Final = (ED25519, RSA, *CURVES, *SECURITY)
RSA_HASHES: Final = {"rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512"}
RSA_BITS: Final = range(2048, 16385)  # fewer can be broken, more takes a minute to judge


@frozen
class PublicKey:
    """One public key: its type in SSH's words, and its binary form."""

    type: str
    blob: bytes

    @property
    def text(self) -> str:
        """Type and key as a line of SSH holds them."""
        return f"{self.type} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def fingerprint(self) -> str:
        """The fingerprint as ``ssh-keygen -l`` prints it."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def read_key(blob: bytes) -> PublicKey:
    """The key in its binary form; raises BadSignatureError for any other bytes."""
    kind = Wire(blob).string().decode("ascii", "replace")
    if kind not in TYPES:
        raise BadSignatureError("unknown-key-type")
    key = PublicKey(kind, blob)
    _loaded(key)
    return key


def read_line(line: str) -> PublicKey:
    """The key in ``type base64 [comment]``; raises BadSignatureError."""
    words = line.split()
    if len(words) < 2:
        raise BadSignatureError("damaged")
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError("damaged") from error
    key = read_key(blob)
    if key.type != words[0]:
        raise BadSignatureError("damaged")
    return key


def verify(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Raise BadSignatureError unless ``signature`` (in SSH's form) of ``data`` is by ``key``."""
    wire = Wire(signature)
    method, raw = wire.string().decode("ascii", "replace"), wire.string()
    if key.type in SECURITY:
        data = _told_by_token(key, wire, data)
    wire.end()
    if not _checker(key, method)(raw, data):
        raise BadSignatureError("other-text")


@lru_cache(maxsize=64)
def _checker(key: PublicKey, method: str) -> Callable[[bytes, bytes], bool]:
    """What tells whether a raw signature of some bytes is right; made once for a key."""
    from cryptography.exceptions import InvalidSignature

    check = _check(key, method)

    def right(raw: bytes, data: bytes) -> bool:
        try:
            check(raw, data)
        except InvalidSignature:
            return False
        return True

    return right


def _told_by_token(key: PublicKey, wire: Wire, data: bytes) -> bytes:
    """What a security key signed in the place of ``data``; raises unless it was touched.

    Its counter is not compared: what was signed is public, and nothing tells the last one.
    """
    flags, counter = wire.take(1), wire.take(4)
    if not flags[0] & TOUCHED:
        raise BadSignatureError("not-touched")
    about = hashlib.sha256(_application(key)).digest()
    return about + flags + counter + hashlib.sha256(data).digest()


def _application(key: PublicKey) -> bytes:
    """What a key in a token is for; it stands last."""
    wire = Wire(key.blob)
    return [wire.string() for _number in range(3 if key.type == SK_ED25519 else 4)][-1]


def _check(key: PublicKey, method: str) -> Callable[[bytes, bytes], None]:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    loaded = _loaded(key)
    if isinstance(loaded, ed25519.Ed25519PublicKey) and method == key.type:
        return loaded.verify
    if isinstance(loaded, rsa.RSAPublicKey) and method in RSA_HASHES:
        sha = hashes.SHA256() if RSA_HASHES[method] == "sha256" else hashes.SHA512()
        size = (loaded.key_size + 7) // 8

        def by_rsa(raw: bytes, data: bytes) -> None:
            if len(raw) > size:
                raise BadSignatureError("damaged")
            loaded.verify(raw.rjust(size, b"\0"), data, PKCS1v15(), sha)

        return by_rsa
    if isinstance(loaded, ec.EllipticCurvePublicKey) and method == key.type:
        sizes = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}
        digest = ec.ECDSA(sizes[CURVES[SECURITY.get(key.type, key.type)]])

        def by_curve(raw: bytes, data: bytes) -> None:
            wire = Wire(raw)
            r, s = wire.whole(), wire.whole()
            wire.end()
            loaded.verify(encode_dss_signature(r, s), data, digest)

        return by_curve
    raise BadSignatureError("other-method")


@lru_cache(maxsize=64)
def _loaded(key: PublicKey) -> object:
    wire = Wire(key.blob)
    wire.string()
    inner = SECURITY.get(key.type, key.type)
    try:
        parts = [wire.string() for _number in range(1 if inner == ED25519 else 2)]
        if key.type in SECURITY and not wire.string().startswith(PURPOSE):
            raise BadSignatureError("damaged")
        wire.end()
        if inner == ED25519:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

            return Ed25519PublicKey.from_public_bytes(parts[0])
        return _rsa(*parts) if inner == RSA else _point(inner, *parts)
    except BadSignatureError:
        raise
    except Exception as error:  # whatever the library says of numbers that are no key
        raise BadSignatureError("damaged") from error


def _rsa(*parts: bytes) -> object:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    exponent, modulus = (Wire(string(one)).whole() for one in parts)
    if modulus.bit_length() not in RSA_BITS:
        raise BadSignatureError("weak-key")
    if exponent.bit_length() > 64:
        raise BadSignatureError("damaged")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _point(kind: str, curve: bytes, raw: bytes) -> object:
    from cryptography.hazmat.primitives.asymmetric import ec

    if curve.decode("ascii", "replace") != kind.removeprefix("ecdsa-sha2-"):
        raise BadSignatureError("damaged")
    curves = {256: ec.SECP256R1(), 384: ec.SECP384R1(), 521: ec.SECP521R1()}
    return ec.EllipticCurvePublicKey.from_encoded_point(curves[CURVES[kind]], raw)
