"""From bytes to text: encoding, sizes, line ends, characters that may not stand in a record.

It knows nothing of fields; nothing is repaired here, only named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casebook.document.reporting import named, report
from casebook.regex import regex

if TYPE_CHECKING:
    from casebook.finding import Finding

MOST_BYTES: Final = 256 * 1024
MOST_IN_LINE: Final = 64 * 1024
BOM: Final = b"\xef\xbb\xbf"

_FENCE: Final = b"---\n"  # how nearly all files start: no BOM, no picture, not empty
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_PICTURES: Final = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
)
_MARKER: Final = regex(rb"^(<{7}|>{7})(?=[ \t\r\n]|\Z)", re.MULTILINE)
# Bytes that may announce a character we refuse; a text without them needs no closer look.
# C2 leads U+0080-U+00BF, E2 leads the line separators and direction marks, EF leads U+FFFE.
_SUSPECT: Final = bytes(
    [*range(0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), 0x7F, 0xC2, 0xE2, 0xEF]
)
_DIRECTION: Final = "\u202a-\u202e\u2066-\u2069"
_REFUSED: Final = (
    f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{_DIRECTION}\ud800-\udfff\ufffe\uffff"
)
FORBIDDEN: Final = regex(f"[{_REFUSED}]")
IN_VALUE: Final = regex(f"[{_REFUSED}\r]")  # a line end of a value is LF
BIDI: Final = regex(f"[{_DIRECTION}]")


def decode(raw: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """The text without a leading BOM and the warnings, or None and what is wrong."""
    usual = _is_usual(raw)
    if not usual and (broken := _unresolved(raw, path) or _unreadable(raw, path)):
        return None, broken
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return None, [_not_utf8(raw, path, error.start)]
    return (text, []) if usual else _looked_at(raw, text.removeprefix("\ufeff"), path)


def _looked_at(raw: bytes, text: str, path: str) -> tuple[str | None, list[Finding]]:
    """The text where no line end and no sign of it is refused, and what is named."""
    found: list[Finding] = []
    if raw.startswith(BOM):
        found.append(report(path, 1, 1, "byte-order-mark"))
    if not text or text.isspace():
        return None, [report(path, 1, 1, "empty-file")]
    if "\r" in text:
        found += _line_ends(text, path)
    if len(raw.translate(None, _SUSPECT)) != len(raw):
        found += _characters(text, path)
    if any(finding.is_error for finding in found):
        return None, found
    return text, found


def _is_usual(raw: bytes) -> bool:
    """Whether nothing that is looked for below can be found, once it is UTF-8; almost always so."""
    return (
        raw.startswith(_FENCE)
        and len(raw) <= MOST_IN_LINE
        and b"\r" not in raw
        and b"<" not in raw
        and b">" not in raw
        and len(raw.translate(None, _SUSPECT)) == len(raw)
    )


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def refused_character(path: str, place: tuple[int, int], character: str) -> Finding:
    """The finding for a character that ``FORBIDDEN`` or ``IN_VALUE`` matches."""
    check = "bidi-character" if BIDI.match(character) else "control-character"
    if character == "\0":
        check = "nul-character"
    return report(path, *place, check, character=named(character))


def _unresolved(raw: bytes, path: str) -> list[Finding]:
    """One finding for every place where two versions still stand."""
    # One sign is found at once; seven of them in a text without any take their time.
    if not ((b"<" in raw and b"<<<<<<<" in raw) or (b">" in raw and b">>>>>>>" in raw)):
        return []
    found = []
    first = index = 0
    line = 1
    for marker in _MARKER.finditer(raw):
        line += raw.count(b"\n", index, marker.start())
        index = marker.start()
        first = first or line
        if marker[1].startswith(b">"):
            found.append(report(path, first, 1, "unresolved-merge", first=first, last=line))
            first = 0
    if first:
        last = raw.count(b"\n") + (not raw.endswith(b"\n"))
        found.append(report(path, first, 1, "unresolved-merge", first=first, last=last))
    return found


def _unreadable(raw: bytes, path: str) -> list[Finding]:
    """What makes it useless to look further: not text, or far too much of it."""
    if raw.startswith(_PICTURES):
        return [report(path, 1, 1, "binary-file")]
    if len(raw) > MOST_BYTES:
        size = -(-len(raw) // 1024)
        return [report(path, 0, 0, "file-too-large", size=size, most=MOST_BYTES // 1024)]
    if len(raw) > MOST_IN_LINE:
        for number, line in enumerate(raw.split(b"\n"), 1):
            if len(line) > MOST_IN_LINE:
                size = -(-len(line) // 1024)
                most = MOST_IN_LINE // 1024
                return [report(path, number, 1, "line-too-long", size=size, most=most)]
    return []


def _not_utf8(raw: bytes, path: str, index: int) -> Finding:
    """Where the first byte stands that is not UTF-8; a file full of them is no text at all."""
    if b"\0" in raw and not raw.startswith(_UTF16):
        return report(path, 1, 1, "binary-file")
    before = raw[:index].removeprefix(BOM).decode("utf-8")
    line, column = place_of(before, len(before))
    return report(path, line, column, "not-utf-8", byte=f"0x{raw[index]:02X}")


def _line_ends(text: str, path: str) -> list[Finding]:
    """Lone CRs are refused, a mixture of CRLF and LF is named."""
    lone = re.search(r"\r(?!\n)", text)
    if lone:
        return [report(path, *place_of(text, lone.start()), "line-ends-old-mac")]
    both = text.count("\r\n")
    if both == text.count("\n"):
        return []
    kinds = [line.endswith("\r") for line in text.split("\n")[:-1]]
    return [report(path, kinds.index(not kinds[0]) + 1, 1, "line-ends-mixed")]


def _characters(text: str, path: str) -> list[Finding]:
    """The first forbidden character of every line; none of them can be printed."""
    return [
        refused_character(path, (number, match.start() + 1), match[0])
        for number, line in enumerate(text.split("\n"), 1)
        if not line.isprintable() and (match := FORBIDDEN.search(line))
    ]
