"""A flipped bit in what is offered: the shared casebook refuses it, and the audit names it.

Two attackers. One damages the bytes on their way and mends the sum over them; the other changes an
object and gives it, and everything that names it, its right new id. Keys they have none.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storm import git, stand_in

from casebook.actions.receiving import receive
from casebook.signing import checkwords

if TYPE_CHECKING:
    from staff import Staff

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
FLIPS = 200
PUSHED = 12  # of these, so many are also pushed as a person would
BRANCH = "refs/heads/main"


@pytest.fixture
def offered(staff: Staff, tmp_path: Path) -> tuple[Path, str, str]:
    """A server, its head, and the head that would follow: a note, a new case, a second signer."""
    bare = tmp_path / "shared.git"
    school = staff.school
    assert school.run("serve-init", str(bare), program="casebook").code == 0
    git(bare, "config", "casebook.python", str(stand_in(tmp_path)))
    git(bare, "config", "core.fsync", "none")
    staff.later(minutes=10)
    case = school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    school.git("push", "--quiet", "--no-verify", str(bare), f"HEAD:{BRANCH}")
    old = school.head()
    staff.later(minutes=10)
    school.do("note", case, "The mentor spoke to both")
    school.new("account-misuse", "Somebody else's account", "--reported-by", "mentor")
    staff.colleague("ben")
    return bare, old, school.head()


def flipped(data: bytes, chance: random.Random, skip: int = 0) -> bytes:
    """The bytes with one bit turned round, somewhere behind the first ``skip``."""
    bent = bytearray(data)
    bent[chance.randrange(skip, len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


# -- bytes damaged on their way ------------------------------------------------------------------


def line(text: str) -> bytes:
    """One line as git's programs send it to each other."""
    return f"{len(text) + 4:04x}{text}".encode()


def sent(bare: Path, old: str, new: str, pack: bytes) -> None:
    """Offer a pack to git's own receiving program, as any git would over ssh."""
    words = ["git", "receive-pack", str(bare)]
    command = line(f"{old} {new} {BRANCH}\0 report-status side-band-64k") + b"0000"
    subprocess.run(words, input=command + pack, capture_output=True, check=False)


def test_a_bit_flipped_in_what_is_sent_is_refused(
    staff: Staff, offered: tuple[Path, str, str]
) -> None:
    bare, old, new = offered
    done = subprocess.run(
        ["git", "-C", str(staff.school.root), "pack-objects", "--stdout", "--revs", "-q"],
        input=f"{new}\n^{old}\n".encode(),
        capture_output=True,
        check=True,
    )
    body = done.stdout[:-20]  # behind it stands the sum
    before = shutil.copytree(bare, bare.with_suffix(".before"))
    chance = random.Random(5)
    unread = 0
    for _number in range(FLIPS):
        bent = flipped(body, chance)
        sent(bare, old, new, bent + hashlib.sha1(bent).digest())
        if git(bare, "rev-parse", BRANCH).strip() != old:
            # A bit that fills up a byte and that nobody reads: nothing came in but what was meant.
            assert git(bare, "rev-parse", BRANCH).strip() == new
            git(bare, "fsck", "--full", "--strict")
            unread += 1
            shutil.rmtree(bare)
            shutil.copytree(before, bare)
    print(f"{FLIPS} flips sent, {FLIPS - unread} refused, {unread} in bits that nobody reads")
    assert unread < FLIPS / 20
    sent(bare, old, new, done.stdout)
    assert git(bare, "rev-parse", BRANCH).strip() == new, "what was not bent is taken"


# -- objects changed, with the right new ids -----------------------------------------------------


def stored(root: Path, span: str) -> dict[str, tuple[str, bytes]]:
    """Type and content of every object that is new in a range of commits."""
    found = {}
    for name in git(root, "rev-list", "--objects", span).splitlines():
        identity = name.split()[0]
        kind = git(root, "cat-file", "-t", identity).strip()
        words = ["git", "-C", str(root), "cat-file", kind, identity]
        found[identity] = (kind, subprocess.run(words, capture_output=True, check=True).stdout)
    return found


def made_anew(
    there: dict[str, tuple[str, bytes]], victim: str, bent: bytes, places: list[Path]
) -> dict[str, str]:
    """Store the changed object, and all that name it under their new ids; answers old -> new."""
    now = {identity: content for identity, (_kind, content) in there.items()} | {victim: bent}
    names = {identity: identity for identity in there}
    while True:
        ids = {
            identity: hashlib.sha1(b"%s %d\0" % (there[identity][0].encode(), len(data)) + data)
            for identity, data in now.items()
        }
        fresh = {identity: one.hexdigest() for identity, one in ids.items()}
        moved = {was: is_ for was, is_ in fresh.items() if names[was] != is_}
        if not moved:
            break
        for was, after in moved.items():
            before = names[was]
            for identity, data in now.items():
                if there[identity][0] == "tree":
                    now[identity] = data.replace(bytes.fromhex(before), bytes.fromhex(after))
                else:
                    now[identity] = data.replace(before.encode(), after.encode())
        names |= moved
    for identity, name in names.items():
        if name != identity:
            kind, data = there[identity][0], now[identity]
            for place in places:
                file = place / "objects" / name[:2] / name[2:]
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(zlib.compress(b"%s %d\0" % (kind.encode(), len(data)) + data))
    return names


def test_a_bit_flipped_in_an_object_is_refused_and_named(
    staff: Staff, offered: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(checkwords.COST, "n", 2)  # the words are not what is tried here
    bare, old, new = offered
    school = staff.school
    there = stored(school.root, f"{old}..{new}")
    places = [bare, school.root / ".git"]
    chance = random.Random(7)
    kinds = dict.fromkeys(("commit", "tree", "blob"), 0)
    now = school.clock.now
    for number in range(FLIPS):
        victim = chance.choice(sorted(there))
        kind, content = there[victim]
        bent = flipped(content, chance)
        names = made_anew(there, victim, bent, places)
        head = names[new]
        at = f"{kind} {victim[:10]}"
        assert any(one.is_error for one in receive(bare, [f"{old} {head} {BRANCH}"], now)), at
        (places[1] / BRANCH).write_text(f"{head}\n")  # git itself would not take all of them
        assert staff.verify()["summary"]["errors"] > 0, at
        if number < PUSHED:
            words = ("push", "--no-verify", str(bare), f"{head}:{BRANCH}")
            assert school.git(*words, fine=False).returncode != 0, at
            assert git(bare, "rev-parse", BRANCH).strip() == old
        kinds[kind] += 1
    print(kinds)
    assert min(kinds.values()) > FLIPS / 10
