"""A commit as git stores it: who, when, its signature, and the bytes that were signed.

It reads one object and believes nothing: whatever git would pass over is kept as odd.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from sys import intern
from typing import Final

from casebook.frozen import frozen

SIGNATURES: Final = ("gpgsig", "gpgsig-sha256")
KNOWN: Final = ("tree", "parent", "author", "committer", "encoding", *SIGNATURES)
LATEST: Final = 253402214400  # seconds: the last day but one of the year 9999
# How git itself writes a commit; nearly all are written so.
_USUAL: Final = re.compile(
    rb"tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)author ([^\n]*)\ncommitter ([^\n]*)"
    rb"(?:\ngpgsig ([^\n]*(?:\n [^\n]*)*))?"
)
_PERSON: Final = re.compile(r"([^<>\n]*?) ?<([^<>\n]*)> (\d{1,12}) ([+-])(\d\d)(\d\d)")


@frozen
class Person:
    """Author or committer: name, address, and the moment in seconds since 1970 and its zone."""

    name: str
    email: str
    seconds: int
    offset: int  # minutes

    @property
    def moment(self) -> datetime:
        """The moment, in the zone it was made in."""
        return datetime.fromtimestamp(self.seconds, _zone(self.offset))


@frozen
class RawCommit:
    """One commit; ``odd`` names what does not belong in one (``damaged``, a header's name)."""

    id: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    signatures: tuple[str, ...]
    payload: bytes
    message: str
    odd: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.lstrip("\n").partition("\n")[0]


NOBODY: Final = Person("", "", 0, 0)


@lru_cache(maxsize=64)
def _zone(offset: int) -> timezone:
    """The zone of so many minutes: a school has two, for summer and winter."""
    return timezone(timedelta(minutes=offset))


def read(identity: str, data: bytes) -> RawCommit:
    """The commit in these bytes; never raises."""
    head, blank, message = data.partition(b"\n\n")
    usual = _USUAL.fullmatch(head)
    if usual is not None and blank and b"\0" not in data:
        return _usual(identity, usual, blank + message)
    headers, kept = _headers(head)
    values: dict[str, list[str]] = {}
    for name, value in headers:
        values.setdefault(name, []).append(value)
    people = [_person(values.get(name, [""])[0]) for name in ("author", "committer")]
    return RawCommit(
        identity,
        tuple(values.get("parent", ())),
        people[0] or NOBODY,
        people[1] or NOBODY,
        tuple(one for name in SIGNATURES for one in values.get(name, ())),
        b"\n".join(kept) + blank + message,
        _text(message),
        tuple(_odd(values, None in people or b"\0" in data or not blank)),
    )


def _usual(identity: str, head: re.Match[bytes], rest: bytes) -> RawCommit:
    """The same for a commit in which nothing is odd but, maybe, who made it."""
    parents, wrote, made, signature = head.groups()
    author = _person(_text(wrote))
    committer = author if made == wrote else _person(_text(made))
    return RawCommit(
        identity,
        tuple(_text(parents).split()[1::2]),
        author or NOBODY,
        committer or NOBODY,
        () if signature is None else (_text(signature.replace(b"\n ", b"\n")),),
        head[0][: head.end(3)] + rest,
        _text(rest[2:]),
        ("damaged",) if author is None or committer is None else (),
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _headers(head: bytes) -> tuple[list[tuple[str, str]], list[bytes]]:
    """Name and value of each header, and the lines without signatures: what was signed."""
    found: list[tuple[str, str]] = []
    kept: list[bytes] = []
    signature = False
    for line in head.split(b"\n"):
        text = _text(line)
        if line.startswith(b" ") and found:
            name, value = found[-1]
            found[-1] = (name, f"{value}\n{text[1:]}")
        else:
            name, _space, value = text.partition(" ")
            signature = name in SIGNATURES
            found.append((name, value))
        if not signature:
            kept.append(line)
    return found, kept


def _odd(values: dict[str, list[str]], damaged: bool) -> list[str]:
    unknown = [name for name in values if name not in KNOWN]
    twice = [name for name in ("gpgsig", "encoding") if len(values.get(name, ())) > 1]
    lacking = any(len(values.get(name, ())) != 1 for name in ("tree", "author", "committer"))
    foreign = values.get("encoding", ["utf-8"])[0].casefold() not in ("utf-8", "utf8")
    odd = [*unknown, *twice, *(["encoding"] if foreign else [])]
    return list(dict.fromkeys(["damaged", *odd] if damaged or lacking else odd))


def _person(text: str) -> Person | None:
    found = _PERSON.fullmatch(text)
    if found is None or int(found[3]) > LATEST or int(found[6]) > 59 or int(found[5]) > 14:
        return None
    offset = int(found[5]) * 60 + int(found[6])
    # Few people make many commits, all of which may wait in memory.
    name, email = intern(found[1]), intern(found[2])
    return Person(name, email, int(found[3]), -offset if found[4] == "-" else offset)
