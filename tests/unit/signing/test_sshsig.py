"""Signatures are judged in process exactly as ssh-keygen judges them."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import random
import shutil
import string
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.frozen import replace
from casebook.signing import keys, signers, sshsig, wire
from casebook.signing.wire import BadSignatureError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
KINDS = [("ed25519", ""), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048")]
VERSION = range(6, 10)  # ssh-keygen accepts any number that is not higher than its own
PAYLOAD = b"tree 1\nauthor Ada <ada@example.org> 1 +0000\n\ncase: note\n"


class Key:
    """A real key made by ssh-keygen, and what ssh-keygen says of its signatures."""

    def __init__(self, folder: Path, kind: str, bits: str) -> None:
        self.file = folder / f"{kind}{bits}"
        size = ["-b", bits] if bits else []
        words = ["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", "", "-f", str(self.file)]
        subprocess.run(words, check=True)
        self.public = keys.read_line(self.file.with_suffix(".pub").read_text())
        self.allowed = folder / f"{kind}{bits}.allowed"
        line = f'ada@example.org namespaces="git" {self.public.text}\n'
        self.allowed.write_text(line)
        self.folder = folder

    def sign(self, data: bytes, namespace: str = "git") -> str:
        words = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(self.file)]
        return subprocess.run(words, input=data, capture_output=True, check=True).stdout.decode()

    def theirs(self, armor: str, data: bytes) -> bool:
        place = self.folder / "signature"
        place.write_text(armor)
        words = ["ssh-keygen", "-q", "-Y", "verify", "-n", "git", "-I", "ada@example.org"]
        words += ["-f", str(self.allowed), "-s", str(place)]
        return subprocess.run(words, input=data, capture_output=True, check=False).returncode == 0

    def ours(self, armor: str, data: bytes) -> bool:
        try:
            signature = sshsig.read(armor)
            sshsig.check(signature, data)
        except BadSignatureError:
            return False
        return signature.key == self.public


@pytest.fixture(scope="module", params=KINDS, ids=["".join(kind) for kind in KINDS])
def key(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Key:
    return Key(tmp_path_factory.mktemp("keys"), *request.param)


def test_a_good_signature_is_good_and_one_of_another_text_is_not(key: Key) -> None:
    armor = key.sign(PAYLOAD)
    assert key.ours(armor, PAYLOAD)
    assert key.theirs(armor, PAYLOAD)
    assert not key.ours(armor, PAYLOAD + b" ")
    assert not key.theirs(armor, PAYLOAD + b" ")


def test_a_signature_for_another_purpose_is_refused(key: Key) -> None:
    armor = key.sign(PAYLOAD, "file")
    assert not key.theirs(armor, PAYLOAD)
    with pytest.raises(BadSignatureError, match="other-purpose"):
        sshsig.read(armor)


def test_whatever_byte_of_a_signature_is_flipped_both_refuse_it(key: Key) -> None:
    armor = key.sign(PAYLOAD)
    body = base64.b64decode("".join(armor.splitlines()[1:-1]))
    chance = random.Random(7)
    for place in chance.sample(range(len(body)), 30):
        flipped = bytearray(body)
        flipped[place] ^= 1 << chance.randrange(8)
        text = base64.b64encode(bytes(flipped)).decode()
        lines = [text[at : at + 70] for at in range(0, len(text), 70)]
        bent = "\n".join([sshsig.HEAD, *lines, sshsig.FOOT, ""])
        assert not key.ours(bent, PAYLOAD), place
        assert place in VERSION or not key.theirs(bent, PAYLOAD), place


def test_a_bit_that_base64_does_not_read_makes_no_second_signature(key: Key) -> None:
    """ssh-keygen passes over it; one signature would then sign two commits with other ids."""
    armor = key.sign(PAYLOAD)
    body = "".join(armor.splitlines()[1:-1])
    if not body.endswith("="):
        pytest.skip("a signature of this length has no such bit")
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    last = len(body.rstrip("=")) - 1
    other = letters[letters.index(body[last]) ^ 1]
    bent = body[:last] + other + body[last + 1 :]
    assert base64.b64decode(bent) == base64.b64decode(body)
    assert not key.ours("\n".join([sshsig.HEAD, bent, sshsig.FOOT, ""]), PAYLOAD)
    assert key.ours("\n".join([sshsig.HEAD, body, sshsig.FOOT, ""]), PAYLOAD)


def test_the_fingerprint_is_the_one_ssh_keygen_shows(key: Key) -> None:
    words = ["ssh-keygen", "-l", "-f", str(key.file) + ".pub"]
    shown = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    assert key.public.fingerprint in shown


def test_a_short_rsa_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "short"
    words = ["ssh-keygen", "-q", "-t", "rsa", "-b", "1024", "-N", "", "-f", str(file)]
    subprocess.run(words, check=True)
    with pytest.raises(BadSignatureError, match="weak-key"):
        keys.read_line(file.with_suffix(".pub").read_text())


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_bring_the_reader_of_signatures_down(data: bytes) -> None:
    with contextlib.suppress(BadSignatureError):
        sshsig.read(f"{sshsig.HEAD}\n{base64.b64encode(data).decode()}\n{sshsig.FOOT}\n")
    with contextlib.suppress(BadSignatureError):
        keys.read_key(data)
    with contextlib.suppress(BadSignatureError):
        sshsig.read(data.decode("latin-1"))
    signers.read(data)


@given(st.sampled_from(keys.TYPES), st.lists(st.binary(max_size=80), max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_parts_bring_the_reader_of_keys_down(kind: str, parts: list[bytes]) -> None:
    blob = b"".join(len(one).to_bytes(4, "big") + one for one in (kind.encode(), *parts))
    with contextlib.suppress(BadSignatureError):
        keys.read_key(blob)


# -- security keys -------------------------------------------------------------------------------


class Token:
    """A security key made of software: it signs what a real one would, as PROTOCOL.u2f tells."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        self.folder = folder
        if kind == keys.SK_ED25519:
            self.secret: Any = ed25519.Ed25519PrivateKey.generate()
            point = self.secret.public_key().public_bytes_raw()
            self.middle = wire.string(point)
        else:
            self.secret = ec.generate_private_key(ec.SECP256R1())
            form = (Encoding.X962, PublicFormat.UncompressedPoint)
            point = self.secret.public_key().public_bytes(*form)
            self.middle = wire.string(b"nistp256") + wire.string(point)

    def blob(self, application: bytes = b"ssh:") -> bytes:
        return wire.string(self.kind.encode()) + self.middle + wire.string(application)

    def sign(self, data: bytes, *, flags: int = 1, application: bytes = b"ssh:") -> str:
        parts = (b"git", b"", b"sha512", hashlib.sha512(data).digest())
        message = b"SSHSIG" + b"".join(map(wire.string, parts))
        more = bytes([flags]) + (7).to_bytes(4, "big")
        told = hashlib.sha256(application).digest() + more + hashlib.sha256(message).digest()
        if self.kind == keys.SK_ED25519:
            raw = self.secret.sign(told)
        else:
            r, s = decode_dss_signature(self.secret.sign(told, ec.ECDSA(hashes.SHA256())))
            sizes = ((n.bit_length() // 8 + 1, n) for n in (r, s))
            raw = b"".join(wire.string(n.to_bytes(size, "big")) for size, n in sizes)
        signature = wire.string(self.kind.encode()) + wire.string(raw) + more
        parts = (self.blob(application), b"git", b"", b"sha512", signature)
        body = b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(wire.string, parts))
        return f"{sshsig.HEAD}\n{base64.b64encode(body).decode()}\n{sshsig.FOOT}\n"

    def theirs(self, armor: str, data: bytes) -> bool:
        key = Key.__new__(Key)
        key.folder, key.allowed = self.folder, self.folder / "allowed"
        line = f"{self.kind} {base64.b64encode(self.blob()).decode()}"
        key.allowed.write_text(f'ada@example.org namespaces="git" {line}\n')
        return key.theirs(armor, data)


@pytest.fixture(params=list(keys.SECURITY))
def token(request: pytest.FixtureRequest, tmp_path: Path) -> Token:
    return Token(tmp_path, request.param)


def test_what_a_touched_security_key_signed_is_good_for_both(token: Token) -> None:
    armor = token.sign(PAYLOAD)
    signature = sshsig.read(armor)
    sshsig.check(signature, PAYLOAD)
    assert signature.key == keys.read_key(token.blob())
    assert token.theirs(armor, PAYLOAD)
    with pytest.raises(BadSignatureError, match="other-text"):
        sshsig.check(signature, PAYLOAD + b" ")


def test_a_security_key_that_nobody_touched_signs_nothing(token: Token) -> None:
    signature = sshsig.read(token.sign(PAYLOAD, flags=0))
    with pytest.raises(BadSignatureError, match="not-touched"):
        sshsig.check(signature, PAYLOAD)
    raw = bytearray(signature.raw)
    raw[-5] |= 1  # says afterwards that it was
    with pytest.raises(BadSignatureError, match="other-text"):
        sshsig.check(replace(signature, raw=bytes(raw)), PAYLOAD)


def test_a_security_key_for_a_website_is_no_key_here(token: Token) -> None:
    with pytest.raises(BadSignatureError, match="damaged"):
        sshsig.read(token.sign(PAYLOAD, application=b"school.example"))


def test_whatever_bit_behind_a_tokens_signature_is_flipped_it_is_refused(token: Token) -> None:
    signature = sshsig.read(token.sign(PAYLOAD))
    for place in range(len(signature.raw)):
        raw = bytearray(signature.raw)
        raw[place] ^= 2
        with pytest.raises(BadSignatureError):
            sshsig.check(replace(signature, raw=bytes(raw)), PAYLOAD)
    with pytest.raises(BadSignatureError, match="damaged"):
        sshsig.check(replace(signature, raw=signature.raw + b"\0"), PAYLOAD)
    with pytest.raises(BadSignatureError, match="damaged"):
        sshsig.check(replace(signature, raw=signature.raw[:-4]), PAYLOAD)
