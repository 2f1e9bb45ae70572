"""An hour of odd bytes for what reads files and signatures of others; needs atheris.

Every target holds what must be true of any bytes: a value or a named refusal, within seconds, and
what is read in two ways is read the same. The tests do the same with fewer and better chosen bytes
(``tests/properties/``). It is no test: it ends by the clock.

    python benchmarks/fuzz.py                          every reader, an hour together
    python benchmarks/fuzz.py loader --minutes 10 --kept DIR

What it found worth keeping stands in ``--kept DIR/NAME`` and is begun with the next time; what went
wrong, in ``DIR/wrong-NAME-*``: give it to ``--again FILE``.
"""

from __future__ import annotations

import argparse
import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import atheris

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "cli"))
with atheris.instrument_imports(include=["casebook"]):
    from casebook.document import Document, parse
    from casebook.document.events import Loader
    from casebook.document.fences import split
    from casebook.document.ordinary import ordinary
    from casebook.finding import ERROR, Finding
    from casebook.history import rawcommit
    from casebook.signing import enrolment, keys, signers, sshsig
    from casebook.signing.wire import BadSignatureError

LONGEST: Final = 4096  # bytes of one try
PATIENCE: Final = 10  # seconds for one try: more is a hang
PATH: Final = "cases/2026/2026-7KQ2X.md"
DONE: Final = re.compile(r"Done (\d+) runs in (\d+) second")
COVERED: Final = re.compile(r"cov: (\d+)")
KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKLKGXpk5hYOtbxAfiFVRLLk3uSyiJtXb6T8B6oTDw"
LINE: Final = f'ada@example.org namespaces="git",valid-after="20261118100000Z" {KEY} mentor'
POINT: Final = bytes.fromhex(  # of the curve: its generator
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
COMMIT: Final = """tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904
author Ada <ada@example.org> 1795000000 +0100
committer Ada <ada@example.org> 1795000000 +0100
gpgsig -----BEGIN SSH SIGNATURE-----
 U1NIU0lHAAAAAQ==
 -----END SSH SIGNATURE-----

case: note
"""


def loader(data: bytes) -> None:
    """A record: findings with a line, or a document; the quick reading says what the strict one."""
    document, found = parse(data, PATH)
    errors = [one for one in found if one.severity == ERROR]
    assert (document is None) == bool(errors)
    assert all(one.line > 0 and one.message for one in found)
    if isinstance(document, Document):
        assert document.raw == data
        document.layout()
        block = split(document.text, PATH)
        assert not isinstance(block, Finding)
        front = document.text[: block.end]
        quick = ordinary(front)
        strict = Loader(front, PATH)
        assert quick is None or (quick == strict.load() and not strict.findings)


def signature(data: bytes) -> None:
    """A signature: never taken for one of another text, refused with a known word."""
    odd = data[1:].decode("utf-8", "surrogateescape")
    wrapped = f"{sshsig.HEAD}\n{base64.b64encode(data[1:]).decode()}\n{sshsig.FOOT}\n"
    try:
        sshsig.check(sshsig.read(wrapped if data[:1] < b"\x80" else odd), b"anything")
    except BadSignatureError as error:
        assert str(error) in sshsig.REASONS
    else:
        raise AssertionError("a signature of something else was taken")


def listed(data: bytes) -> None:
    """A list of signers: its lines are read or named; what is read is written and read the same."""
    found = signers.read(data)
    assert all(reason in signers.REASONS for _line, reason in found.problems)
    for one in found.signers:
        assert signers.read_signer(one.text) == one
    if not found.problems:
        again = signers.read(signers.rewritten(data, found))
        assert (again.signers, again.problems) == (found.signers, ())
        assert set(again.asked) == set(found.asked)


def code(data: bytes) -> None:
    """A newcomer's code: a signer whose code it is, or a refusal."""
    text = data.decode("utf-8", "surrogateescape")
    for typed in (text, enrolment.MARK + base64.urlsafe_b64encode(data).decode("ascii")):
        with suppress(BadSignatureError):
            signer = enrolment.read(typed)
            assert enrolment.read(enrolment.code(signer)) == signer


def commit(data: bytes) -> None:
    """A commit: read or called damaged, and nothing of it is lost between signature and rest."""
    found = rawcommit.read("0" * 40, data)
    assert found.committer.moment.year <= 9999
    assert found.author.moment.year <= 9999
    head, _blank, message = data.partition(b"\n\n")
    assert found.payload.endswith(message)
    if b"gpgsig" not in head:
        assert found.payload == data


def _ours(folder: str) -> Iterator[bytes]:
    """The example records, good and bad, that are not too long."""
    for path in sorted((ROOT / "tests" / "records" / folder).rglob("*")):
        if path.is_file() and path.stat().st_size <= LONGEST:
            yield path.read_bytes()


def _signatures() -> Iterator[bytes]:
    for method in (b"ssh-ed25519", b"rsa-sha2-512", b"ecdsa-sha2-nistp256"):
        parts = (base64.b64decode(KEY.split()[1]), b"git", b"", b"sha512")
        raw = _string(_string(method) + _string(b"\1" * 64))
        yield b"\0SSHSIG\0\0\0\1" + b"".join(map(_string, parts)) + raw
    for kind in keys.SECURITY:
        middle = _string(b"nistp256") + _string(POINT) if "ecdsa" in kind else _string(b"\1" * 32)
        key = _string(kind.encode()) + middle + _string(keys.PURPOSE)
        raw = _string(_string(kind.encode()) + _string(b"\1" * 64) + b"\1\0\0\0\7")
        yield b"\0SSHSIG\0\0\0\1" + b"".join(map(_string, (key, b"git", b"", b"sha512"))) + raw
    yield b"\x80" + f"{sshsig.HEAD}\nU1NIU0lHAAAAAQ==\n{sshsig.FOOT}\n".encode()


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _begin(name: str) -> list[bytes]:
    match name:
        case "loader":
            return [*_ours("good"), *_ours("bad")]
        case "signature":
            return list(_signatures())
        case "signers":
            return [f"{signers.HEADING}{LINE}\n# asked by ada@example.org: {LINE}\n".encode()]
        case "code":
            return [enrolment.code(signers.read_signer(LINE)).encode(), LINE.encode()]
    return [COMMIT.encode(), COMMIT.replace("gpgsig", "encoding", 1).encode()]


# Each with its share of the time: the loader reads what everybody writes.
TARGETS: Final[dict[str, tuple[Callable[[bytes], None], float]]] = {
    "loader": (loader, 0.4),
    "signature": (signature, 0.2),
    "signers": (listed, 0.2),
    "code": (code, 0.08),
    "commit": (commit, 0.12),
}
# What the instrumented readers import only when they are used is imported before the first try.
assert keys.read_line(KEY).type == keys.ED25519


def fuzz(name: str, kept: Path, seconds: int) -> str:
    """One reader for so long, in a process of its own; its line of the table."""
    corpus = kept / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(_begin(name)):
        (corpus / f"begin-{number}").write_bytes(data)
    # libFuzzer's own words: it ends at the first thing that goes wrong and keeps the bytes.
    limits = (f"-max_total_time={seconds}", f"-timeout={PATIENCE}", f"-max_len={LONGEST}")
    words = [sys.executable, __file__, name, "--alone", str(corpus), *limits]
    words += [f"-artifact_prefix={kept}/wrong-{name}-", "-rss_limit_mb=2048"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, errors="replace")
    ran, covered = DONE.search(done.stderr), COVERED.findall(done.stderr)
    if done.returncode or ran is None:
        print(done.stderr[done.stderr.find(" === ") :][:4000], file=sys.stderr)
        return f"| {name} | WRONG after {covered[-1:]} |"
    return f"| {name} | {int(ran[1]):,} | {ran[2]} | {covered[-1]} | 0 | 0 |"


def main() -> int:
    if "--alone" in sys.argv:
        atheris.Setup([sys.argv[0], *sys.argv[3:]], TARGETS[sys.argv[1]][0])
        atheris.Fuzz()
    page = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    page.add_argument("names", nargs="*", choices=[[], *TARGETS], metavar="NAME")
    page.add_argument("--minutes", type=float, default=60)
    page.add_argument("--kept", type=Path)
    page.add_argument("--again", type=Path)
    typed = page.parse_args()
    names = typed.names or list(TARGETS)
    if typed.again is not None:
        TARGETS[names[0]][0](typed.again.read_bytes())
        return 0
    whole = sum(TARGETS[name][1] for name in names)
    with tempfile.TemporaryDirectory() as folder:
        print("| reader | tries | seconds | places in code | uncaught | hangs |", flush=True)
        print("|---|---:|---:|---:|---:|---:|", flush=True)
        for name in names:
            seconds = int(typed.minutes * 60 * TARGETS[name][1] / whole)
            print(fuzz(name, (typed.kept or Path(folder)).resolve(), seconds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
