"""Any bytes in the place of a signature, a list of signers or two versions of a record: no crash.

Only the named refusals come out; what merges well loses nothing of either side.
"""

from __future__ import annotations

import base64
import re
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.document import Document, parse
from casebook.history import rawcommit
from casebook.merging import choices, merge
from casebook.signing import enrolment, signers, sshsig
from casebook.signing.signers import Signer
from casebook.signing.wire import BadSignatureError

EXAMPLES = 150
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKLKGXpk5hYOtbxAfiFVRLLk3uSyiJtXb6T8B6oTDw"
LINE = f'ada@example.org namespaces="git",valid-after="20261118100000Z" {KEY} mentor'
COMMIT = """tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904
author Ada <ada@example.org> 1795000000 +0100
committer Ada <ada@example.org> 1795000000 +0100
gpgsig -----BEGIN SSH SIGNATURE-----
 U1NIU0lHAAAAAQ==
 -----END SSH SIGNATURE-----

case: note
"""
RECORD = """---
id: 2026-7KQ2X
# ours, do not touch
state: reported
owner: mentor
where: [online]
persons:
  - id: P1
    kind: pupil
    roles: [victim]
actions:
  - id: A1
    text: Call home
    owner: mentor
---
What we know.

## Logboek

### 2026-11-18T11:05+01:00 note by:mentor id:J1
One.
"""


@st.composite
def spoiled(draw: Any, text: str) -> str:
    """A text with pieces cut out, doubled, moved or replaced."""
    for _number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        odd = st.sampled_from(["", "\0", "\n", " ", ",", '"', "\\", "é", "\u202e", "-", "A" * 300])
        piece = draw(odd | st.text(max_size=8) | st.just(text[start:end] * 2))
        text = text[:start] + piece + text[end:]
    return text


def signed() -> bytes:
    """The binary form of a signature, with a key that is one and a signature that is none."""

    def string(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    raw = string(b"ssh-ed25519") + string(b"\1" * 64)
    parts = (base64.b64decode(KEY.split()[1]), b"git", b"", b"sha512", raw)
    return b"SSHSIG" + (1).to_bytes(4, "big") + b"".join(map(string, parts))


def armored(data: bytes) -> str:
    return f"{sshsig.HEAD}\n{base64.b64encode(data).decode()}\n{sshsig.FOOT}\n"


def read_and_check(armor: str) -> None:
    try:
        sshsig.check(sshsig.read(armor), b"anything")
    except BadSignatureError as error:
        assert str(error) in sshsig.REASONS
    else:
        raise AssertionError("a signature of something else was taken")


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_signature_or_a_named_refusal(data: bytes) -> None:
    read_and_check(armored(data))
    read_and_check(armored(b"SSHSIG\0\0\0\1" + data))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, len(signed()) - 1), st.integers(0, 255), st.integers(0, 40))
def test_a_signature_with_other_bytes_is_refused_by_name(at: int, byte: int, cut: int) -> None:
    data = bytearray(signed())
    data[at] = byte
    read_and_check(armored(bytes(data)))
    read_and_check(armored(bytes(data[: len(data) - cut])))


@settings(max_examples=EXAMPLES, deadline=None)
@given(spoiled(armored(signed())))
def test_a_spoiled_armour_is_refused_by_name(armor: str) -> None:
    read_and_check(armor)


@settings(max_examples=EXAMPLES, deadline=None)
@given(spoiled(f"{signers.HEADING}{LINE}\n# asked by ada@example.org: {LINE}\n") | st.text())
def test_any_list_of_signers_is_read_or_its_lines_named(text: str) -> None:
    found = signers.read(text.encode("utf-8", "surrogatepass"))
    assert all(reason in signers.REASONS for _line, reason in found.problems)
    for one in found.signers:  # what is read is written and read again as the same
        assert signers.read_signer(one.text) == one


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_of_signers_or_named(raw: bytes) -> None:
    assert isinstance(signers.read(raw), signers.Signers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(spoiled(LINE) | st.text())
def test_any_code_of_a_newcomer_is_read_or_refused(text: str) -> None:
    for code in (text, enrolment.code(signers.read_signer(LINE)) + text):
        with suppress(BadSignatureError):
            assert isinstance(enrolment.read(code), Signer)


@settings(max_examples=EXAMPLES, deadline=None)
@given(spoiled(COMMIT).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary())
def test_any_bytes_are_read_as_a_commit(data: bytes) -> None:
    found = rawcommit.read("0" * 40, data)
    with mock.patch.object(rawcommit, "_USUAL", re.compile(rb"(?!)")):
        assert rawcommit.read("0" * 40, data) == found  # as when it is read line by line
    assert found.committer.moment.year <= 9999
    if len(found.signatures) != 1 or b"gpgsig" not in data:
        assert found.payload is not None


# -- merging -----------------------------------------------------------------------------------

EDITS = [
    lambda text, n: text.replace("state: reported", f"state: s{n}"),
    lambda text, n: text.replace("owner: mentor\nwhere", f"owner: o{n}\nwhere"),
    lambda text, n: text.replace("where: [online]", f"where: [online, w{n}]"),
    lambda text, n: text.replace("text: Call home", f"text: Call t{n}"),
    lambda text, n: text.replace("roles: [victim]", f"roles: [victim, r{n}]"),
    lambda text, n: text.replace("---\nWhat", f"x_own{n}: v{n}\n---\nWhat"),
    lambda text, n: text.replace("What we know.", f"What we know.\n\nLine l{n}."),
    lambda text, n: text.replace("---\nWhat", f"  - id: A{n + 2}\n    text: a{n}\n---\nWhat"),
    lambda text, n: f"{text}\n### 2026-11-18T12:{n:02}+01:00 note by:mentor id:J2\nTold j{n}.\n",
    lambda text, n: text.replace("# ours", f"# c{n}, ours"),
    lambda text, n: text.replace("online", "school"),
    lambda text, n: text.replace("owner: mentor\nwhere", "where"),
]
ADDED = re.compile(r"\b[sowtrvlajc]\d+\b")


@st.composite
def edited(draw: Any, first: int) -> str:
    """The record after up to four edits, each with a sign that no other edit has."""
    text = RECORD
    for edit in draw(st.lists(st.sampled_from(range(len(EDITS))), max_size=4, unique=True)):
        text = EDITS[edit](text, first + edit)
    return text


def git_merge(folder: Path) -> Any:
    """The line-by-line merge that sync uses."""

    def merged(base: str, theirs: str, mine: str) -> str | None:
        for name, text in (("theirs", theirs), ("base", base), ("mine", mine)):
            (folder / name).write_text(text, "utf-8")
        words = ["git", "merge-file", "-p", "-q", "theirs", "base", "mine"]
        done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
        return done.stdout.decode() if done.returncode == 0 else None

    return merged


def document(text: str) -> Document | None:
    return parse(text.encode("utf-8", "surrogatepass"), "cases/2026/2026-7KQ2X.md")[0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(edited(10), edited(30))
def test_two_edited_versions_keep_everything_or_clash(
    tmp_path_factory: Any, theirs: str, mine: str
) -> None:
    base, there, here = document(RECORD), document(theirs), document(mine)
    if base is None or there is None or here is None:
        return  # two edits that cannot stand together
    done = merge(base, there, here, git_merge(tmp_path_factory.getbasetemp()))
    if done.document is None:
        assert done.clashes
        return
    again = document(done.document.text)
    assert again is not None, "what was merged can be read"
    wanted = set(ADDED.findall(theirs)) | set(ADDED.findall(mine))
    assert wanted <= set(ADDED.findall(done.document.text)), "nothing of either is lost"
    entries = re.findall(r"\bid:(J\d+)", done.document.text)
    assert len(entries) == len(set(entries))


@settings(max_examples=EXAMPLES, deadline=None)
@given(spoiled(RECORD), spoiled(RECORD), st.sampled_from(["theirs", "mine", "both"]))
def test_any_two_readable_versions_merge_or_clash(theirs: str, mine: str, choice: str) -> None:
    there, here = document(theirs), document(mine)
    if there is None or here is None:
        return

    def decide(clash: Any) -> str | None:
        return choice if choice in choices(clash) else None

    for base in (document(RECORD), None):
        done = merge(base, there, here, lambda *_texts: None, decide=decide)
        assert done.clashes or (done.document and document(done.document.text))
