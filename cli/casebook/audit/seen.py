"""What one commit shows by itself: who made it, what is wrong in it, the arithmetic of its key.

And its way through a pipe. Whether the key might sign is for the walk to say.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, TypeAlias

from casebook.finding import Finding
from casebook.frozen import fields_of, frozen
from casebook.history.rawcommit import Person
from casebook.signing import sshsig
from casebook.signing.keys import read_key
from casebook.signing.wire import BadSignatureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.history.rawcommit import RawCommit
    from casebook.signing.keys import PublicKey

# Only texts, numbers, lists and maps: a commit that another core looked at comes back like this.
Row = list[Any]
# Number of signatures, key and reason as ``Seen`` has them.
Signed: TypeAlias = "tuple[int, bytes, str]"


@frozen
class Seen:
    """One commit. ``cut`` is one whose parents a shallow copy does not hold: nothing is judged.

    ``signatures`` counts them; of the only one ``key`` is the binary form where the arithmetic is
    right, ``reason`` a word of ``sshsig.REASONS`` where it is not. ``listed`` says that the list
    of signers may be another after it, and ``signers`` what it holds then. ``form`` are findings on
    the commit itself, ``content`` those on what it changed.
    """

    id: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    cut: bool = False
    signatures: int = 0
    key: bytes = b""
    reason: str = ""
    listed: bool = False
    signers: bytes | None = None
    form: tuple[Finding, ...] = ()
    content: tuple[Finding, ...] = ()

    @property
    def signed_by(self) -> PublicKey | None:
        """The key of its only signature, where the arithmetic is right."""
        return _key(self.key) if self.key else None


@lru_cache(maxsize=64)
def _key(blob: bytes) -> PublicKey:
    return read_key(blob)


def signature(commit: RawCommit) -> Signed:
    """How many signatures a commit has, and whether the only one is of exactly this commit."""
    number, key, reason = len(commit.signatures), b"", ""
    if number == 1:
        try:
            found = sshsig.read(commit.signatures[0])
            sshsig.check(found, commit.payload)
            key = found.key.blob
        except BadSignatureError as error:
            reason = str(error)
    return number, key, reason


def look_at(  # noqa: PLR0917 - in the order of the fields
    commit: RawCommit,
    parents: tuple[str, ...],
    signed: Signed,
    form: tuple[Finding, ...] = (),
    content: tuple[Finding, ...] = (),
    listed: bool = False,
    names: bytes | None = None,
) -> Seen:
    """A commit with its signature and what was found.

    ``listed`` and ``names`` are those of the list of signers after it.
    """
    number, key, reason = signed
    return Seen(
        # What is the same in many commits is one object: they all wait in memory.
        intern(commit.id),
        tuple([intern(one) for one in parents]),
        commit.author,
        commit.committer,
        *(False, number, _shared(key), reason, listed, names, form, content),
    )


def packed(seen: Seen) -> Row:
    """A commit as it goes through a pipe."""
    author = _person(seen.author)
    committer = author if seen.committer == seen.author else _person(seen.committer)
    return [
        *(seen.id, seen.parents, author, committer, seen.cut, seen.signatures, seen.key),
        *(seen.reason, seen.listed, seen.signers),
        tuple([_row(one) for one in seen.form]),
        tuple([_row(one) for one in seen.content]),
    ]


def _row(finding: Finding) -> tuple[Any, ...]:
    return tuple(fields_of(finding).values())


def _person(one: Person) -> tuple[str, str, int, int]:
    return one.name, one.email, one.seconds, one.offset


@lru_cache(maxsize=64)
def _shared(key: bytes) -> bytes:
    return key


def unpacked(row: Sequence[Any]) -> Seen:
    """The same commit again."""
    *told, form, content = row
    identity, parents, author, committer, *more = told
    wrote = Person(*author)
    made = wrote if committer == author else Person(*committer)
    found = (_findings(form), _findings(content))
    return Seen(identity, parents, wrote, made, *(*more, *found))


def _findings(rows: Sequence[Any]) -> tuple[Finding, ...]:
    return tuple([Finding(*one) for one in rows]) if rows else ()
