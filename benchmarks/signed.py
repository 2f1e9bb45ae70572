"""A generated history signed commit by commit, as its people would have signed it.

It signs in one program (git would start ssh-keygen for each); what it makes is git's own form.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import subprocess
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from tools import git

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LIST = "policy/signers"


class Key:
    """A key in a file, as ``ssh-keygen`` makes it, and the line of the list it stands on."""

    def __init__(self, place: Path) -> None:
        from cryptography.hazmat.primitives.serialization import load_ssh_private_key

        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(place)]
        subprocess.run(words, check=True)
        loaded = load_ssh_private_key(place.read_bytes(), None)
        self._secret: Ed25519PrivateKey = loaded  # type: ignore[assignment]
        self.place = place
        self.public = place.with_suffix(".pub").read_text(encoding="ascii").strip()
        self._blob = base64.b64decode(self.public.split()[1])

    def line(self, address: str) -> bytes:
        """The line of ``policy/signers``."""
        return f'{address} namespaces="git" {self.public}\n'.encode()

    def sign(self, payload: bytes) -> bytes:
        """The header of a commit with the signature of ``payload``."""
        method = b"sha512"
        told = (b"git", b"", method, hashlib.sha512(payload).digest())
        raw = self._secret.sign(b"SSHSIG" + b"".join(map(_string, told)))
        signature = _string(b"ssh-ed25519") + _string(raw)
        parts = (self._blob, b"git", b"", method, signature)
        whole = b"SSHSIG" + struct.pack(">I", 1) + b"".join(map(_string, parts))
        text = base64.b64encode(whole)
        lines = [text[at : at + 70] for at in range(0, len(text), 70)]
        armor = [b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----"]
        return b"gpgsig " + b"\n ".join(armor) + b"\n"


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def sign_all(root: Path, key: Key) -> int:
    """Make every commit of ``main`` again with a signature; answers how many there are."""
    ids = git(root, "rev-list", "--reverse", "--topo-order", "main").split()
    batch = ["git", "-C", str(root), "cat-file", "--batch"]
    asked = "".join(f"{one}\n" for one in ids).encode()
    said = subprocess.run(batch, input=asked, capture_output=True, check=True).stdout
    new: dict[bytes, bytes] = {}
    objects: list[bytes] = []
    at = 0
    for identity in ids:
        end = said.index(b"\n", at)
        size = int(said[at:end].split()[2])
        raw, at = said[end + 1 : end + 1 + size], end + size + 2
        head, _gap, message = raw.partition(b"\n\n")
        lines = [_moved(line, new) for line in head.split(b"\n")]
        body = b"\n".join(lines) + b"\n\n" + message
        made = b"\n".join(lines) + b"\n" + key.sign(body) + b"\n" + message
        named = hashlib.sha1(b"commit %d\0" % len(made) + made).hexdigest().encode()
        new[identity.encode()] = named
        objects.append(_packed(made))
    pack = b"PACK" + struct.pack(">II", 2, len(objects)) + b"".join(objects)
    pack += hashlib.sha1(pack).digest()
    index = ["git", "-C", str(root), "index-pack", "--stdin"]
    subprocess.run(index, input=pack, capture_output=True, check=True)
    git(root, "reset", "-q", "--hard", new[ids[-1].encode()].decode())
    git(root, "commit-graph", "write", "--reachable", "--changed-paths")
    return len(ids)


def _moved(line: bytes, new: dict[bytes, bytes]) -> bytes:
    word, _space, value = line.partition(b" ")
    return b"parent " + new[value] if word == b"parent" else line


def _packed(raw: bytes) -> bytes:
    """A commit as it stands in a pack: its kind and size, and the deflated text."""
    size = len(raw)
    first, size = 0x10 | size & 15, size >> 4
    head = bytearray()
    while size:
        head.append(first | 0x80)
        first, size = size & 127, size >> 7
    head.append(first)
    return bytes(head) + zlib.compress(raw)
