"""The list of who may sign, ``policy/signers``, in git's own format of allowed signers.

It reads and writes the list, and says which lines another list may follow; it judges no commit.

A line: ``ada@school.example namespaces="git",valid-after="20261118100000Z" ssh-ed25519 KEY role``.
A line that one person proposed and a second has yet to confirm stands behind ``# asked by``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen, replace
from casebook.i18n import N_
from casebook.signing.keys import PublicKey, read_line
from casebook.signing.wire import BadSignatureError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH: Final = "policy/signers"
MOST: Final = 1 << 18  # bytes of the whole list
ASKED: Final = "# asked by "
HEADING: Final = (
    "# Who may sign changes in this casebook. Made by: casebook identity\n"
    "# A line that ends is kept and gets a valid-before; no line is ever taken away.\n"
)

# What is wrong with a line, in words that follow "line: ".
REASONS: Final = {
    "too-large": N_("the list is too long to be read"),
    "no-text": N_("it is not plain text"),
    "no-signer": N_("it is no line of the list of signers"),
    "wildcard": N_("it must name one person; a pattern would let others sign as well"),
    "option": N_("it holds an option that this list may not have"),
    "not-git": N_('it lacks namespaces="git"'),
    "date": N_("a date must be written as 20261118100000Z"),
    "key": N_("its key cannot be read or is of a kind that is not accepted"),
    "twice": N_("the same key stands on an earlier line"),
    "person-twice": N_("the same name stands twice on this line"),
}
_PRINCIPAL: Final = re.compile(r"[^\s,\"'*?!#\\\x00-\x1f\x7f]{1,200}")
_OPTION: Final = re.compile(r'([A-Za-z-]+)(?:="([^"]*)")?(?:,|\Z)')
_DAY: Final = re.compile(r"\d{8}(?:\d{4}(?:\d{2})?)?Z")
_ROLE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}|")


@frozen
class Signer:
    """One person's key: who (addresses), the role, and from when until when it counts."""

    principals: tuple[str, ...]
    key: PublicKey
    role: str = ""
    after: datetime | None = None
    before: datetime | None = None

    @property
    def person(self) -> str:
        """The first address."""
        return self.principals[0]

    def same_person(self, other: Signer) -> bool:
        """Whether two keys are of one person."""
        return any(_folded(one) in map(_folded, other.principals) for one in self.principals)

    def is_named(self, address: str) -> bool:
        """Whether this key may sign for ``address``."""
        same = address in self.principals  # as nearly all are written
        return same or _folded(address) in map(_folded, self.principals)

    def is_called(self, typed: str) -> bool:
        """Whether somebody who types this means this person: an address, or what is before @."""
        wanted = _folded(typed)
        return any(
            wanted in (_folded(one), _folded(one).partition("@")[0]) for one in self.principals
        )

    def holds_at(self, moment: datetime) -> bool:
        """Whether the key counts at that moment."""
        return (self.after is None or moment >= self.after) and (
            self.before is None or moment < self.before
        )

    @property
    def text(self) -> str:
        """The line of the list."""
        options = ['namespaces="git"']
        if self.after is not None:
            options.append(f'valid-after="{_written(self.after)}"')
        if self.before is not None:
            options.append(f'valid-before="{_written(self.before)}"')
        line = f"{','.join(self.principals)} {','.join(options)} {self.key.text}"
        return f"{line} {self.role}" if self.role else line


@frozen
class Asked:
    """A new or ended line that ``by`` (an address) proposed and a second person must confirm."""

    by: str
    signer: Signer

    @property
    def text(self) -> str:
        """The line of the list."""
        return f"{ASKED}{self.by}: {self.signer.text}"


@frozen
class Signers:
    """A list of signers; ``problems`` are pairs of a line and a word of REASONS."""

    signers: tuple[Signer, ...] = ()
    asked: tuple[Asked, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signers)

    def of_key(self, key: PublicKey) -> Signer | None:
        """The line of a key."""
        return next((one for one in self.signers if one.key == key), None)

    def people(self, moment: datetime, without: Signer | None = None) -> int:
        """How many persons may sign at that moment, not counting the one of a line."""
        found: list[Signer] = []
        for one in self.signers:
            counted = [*found, *([without] if without is not None else [])]
            if one.holds_at(moment) and not any(one.same_person(other) for other in counted):
                found.append(one)
        return len(found)

    def line_of(self, key: PublicKey) -> int:
        """The line a key first stands on, 0 when it does not."""
        return dict(reversed(self.lines)).get(key.text, 0)

    @property
    def text(self) -> str:
        """The whole list as it is written."""
        lines = [one.text for one in self.signers] + [one.text for one in self.asked]
        return HEADING + "".join(f"{line}\n" for line in lines)

    def with_line(self, signer: Signer) -> Signers:
        """The list with this line in place of the one with its key, or at the end."""
        kept = tuple(signer if one.key == signer.key else one for one in self.signers)
        if signer not in kept:
            kept = (*kept, signer)
        left = tuple(one for one in self.asked if one.signer.key != signer.key)
        return replace(self, signers=kept, asked=left)

    def with_asked(self, by: str, signer: Signer) -> Signers:
        """The list with a proposal; an earlier one for the same key is replaced."""
        left = tuple(one for one in self.asked if one.signer.key != signer.key)
        return replace(self, asked=(*left, Asked(by, signer)))


def rewritten(raw: bytes | None, wanted: Signers) -> bytes:
    """The file with the lines that ``wanted`` changes, and every other line as it was."""
    wishes = dict.fromkeys(
        [*(one.text for one in wanted.signers), *(one.text for one in wanted.asked)]
    )
    lines: list[str] = []
    for line in (raw.decode("utf-8") if raw is not None else HEADING).splitlines():
        found = next(_line(line), None)
        if isinstance(found, Signer):
            stands = wanted.of_key(found.key)
            if stands is not None:
                wishes.pop(stands.text, None)
                lines.append(line if stands.text == found.text else stands.text)
        elif found is None or found.text in wishes:
            lines.append(line)
            wishes.pop(found.text if found is not None else "", None)
    return "".join(f"{line}\n" for line in [*lines, *wishes]).encode()


def read(raw: bytes | None) -> Signers:
    """The list in these bytes; no file is an empty list. Never raises."""
    if raw is None:
        return Signers()
    if len(raw) > MOST:
        return Signers(problems=((1, "too-large"),))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Signers(problems=((1, "no-text"),))
    signers: list[Signer] = []
    asked: list[Asked] = []
    problems: list[tuple[int, str]] = []
    places: list[tuple[str, int]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        try:
            for one in _line(line):
                if isinstance(one, Asked):
                    asked.append(one)
                    places.append((one.signer.key.text, number))
                elif any(one.key == other.key for other in signers):
                    raise BadSignatureError("twice")
                else:
                    signers.append(one)
                    places.append((one.key.text, number))
        except BadSignatureError as error:
            problems.append((number, str(error)))
    return Signers(tuple(signers), tuple(asked), tuple(problems), tuple(places))


def _line(line: str) -> Iterator[Signer | Asked]:
    if any(c != "\t" and not c.isprintable() for c in line):
        raise BadSignatureError("no-text")
    if line.startswith(ASKED):
        by, colon, rest = line.removeprefix(ASKED).partition(": ")
        if not colon or not _PRINCIPAL.fullmatch(by):
            raise BadSignatureError("no-signer")
        yield Asked(by, read_signer(rest))
    elif line.strip() and not line.lstrip().startswith("#"):
        yield read_signer(line)


def read_signer(line: str) -> Signer:
    """One line of the list; raises BadSignatureError with a word of REASONS."""
    who, _space, rest = line.strip().partition(" ")
    principals = tuple(who.split(","))
    if any("*" in one or "?" in one or "!" in one for one in principals):
        raise BadSignatureError("wildcard")
    if not all(_PRINCIPAL.fullmatch(one) for one in principals):
        raise BadSignatureError("no-signer")
    if len({_folded(one) for one in principals}) != len(principals):
        raise BadSignatureError("person-twice")
    options, key_text, role = _parts(rest)
    found = _options(options)
    if found.pop("namespaces", None) != "git":
        raise BadSignatureError("not-git")
    after, before = found.pop("valid-after", None), found.pop("valid-before", None)
    if found:
        raise BadSignatureError("option")
    try:
        key = read_line(key_text)
    except BadSignatureError as error:
        raise BadSignatureError("key") from error
    if not _ROLE.fullmatch(role):
        raise BadSignatureError("no-signer")
    return Signer(principals, key, role, _moment(after), _moment(before))


def _parts(rest: str) -> tuple[str, str, str]:
    """Options, key and role of a line; only single spaces stand between them."""
    words = rest.split(" ")
    if len(words) not in (3, 4) or not all(words):
        raise BadSignatureError("not-git" if len(words) == 2 else "no-signer")
    return words[0], " ".join(words[1:3]), words[3] if len(words) == 4 else ""


def _options(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if match is None or match[2] is None or match[1].lower() in found:
            raise BadSignatureError("option")
        found[match[1].lower()] = match[2]
        at = match.end()
    return found


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    if not _DAY.fullmatch(text):
        raise BadSignatureError("date")
    digits = text[:-1].ljust(14, "0")
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadSignatureError("date") from error


def _written(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{there.year:04}{there:%m%d%H%M%S}Z"  # %Y alone writes no noughts before a year


def _folded(address: str) -> str:
    return address.casefold()
