"""Signatures are judged in process exactly as ssh-keygen judges them."""

from __future__ import annotations

import base64
import contextlib
import random
import shutil
import string
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.signing import keys, signers, sshsig
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
    """ssh-keygen passes over it; two commits with different ids would be signed by one signature."""
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
