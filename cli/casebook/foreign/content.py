"""Judges the bytes of a file: pictures, archives and documents under any name, or inside text.

It decodes nothing that it finds and keeps no copy; names and places are judged by ``names``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casebook.foreign.names import is_outside
from casebook.foreign.problem import RECORDS, Problem, archive, media, office
from casebook.i18n import _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEDIA: Final = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*"),
    *(
        b"8BPS\x00",
        b"\x00\x00\x01\x00",
        b"\xff\x0a",
        b"\x00\x00\x00\x0cJXL ",
        b"\x00\x00\x00\x0cjP ",
    ),
    *(b"\x1aE\xdf\xa3", b"OggS\x00", b"fLaC\x00", b"ID3\x02\x00", b"ID3\x03\x00", b"ID3\x04\x00"),
    *(b"FLV\x01", b"0&\xb2u\x8ef\xcf\x11", b"#!AMR\n", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),
)
# Signatures of two or three bytes: text could start so, hence a NUL byte must follow somewhere.
_MEDIA_WEAK: Final = (b"BM", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
_RIFF: Final = (b"WEBP", b"AVI ", b"WAVE")
_ARCHIVES: Final = (
    *(
        b"\x1f\x8b\x08",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
    ),
    *(b"BZh91AY&SY", b"\x04\x22\x4d\x18", b"MSCF\x00", b"# v2 git bundle\n", b"# v3 git bundle\n"),
)
_FIELDS: Final = b"---\n"  # how a record starts, and nothing else that is known here
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE: Final = (b"%PDF-", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_ZIPPED_OFFICE = regex(rb"\[Content_Types\]\.xml|word/|xl/|ppt/|application/vnd\.|epub")
# Behind other bytes these two are looked for as well: a picture appended to a text.
_ANYWHERE: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"\xff\xd8\xff\xe1",
    b"\xff\xd8\xff\xdb",
)
_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURE_ONLY = 16  # bytes: no picture fits in; test records of a signature alone

_DATA_URI = regex(
    rb"data:[a-z]+/[a-z0-9.+-]+(?:;[a-z0-9=._-]+)*,\s*(?:[a-z0-9+/=_-]{16}|(?:%3c|<)[a-z])",
    re.IGNORECASE,
)
_DATA = regex(rb"data:")  # a pattern finds a fixed word faster than ``in`` does
_SLASH = b"/"  # in every data address, and in few texts
# Every sign of base64 becomes an a: then a long run of them is one fixed word, found at once.
_SIGNS = bytes(0x61 if chr(code).isalnum() or code in b"+/_-" else 0x20 for code in range(128))
_SIGNS += b" " * 128
_RUN = b"a" * 60
_BLOB = regex(
    rb"[A-Za-z0-9+/_-]{200,}"
    rb"|(?:(?<=\n)|\A)(?:[ \t>|\"'-]*[A-Za-z0-9+/_-]{60,}={0,2}[\"',]?\r?\n){3,}"
)
_BLOB_LETTERS = 25  # different characters: base64 has far more, "hahaha" far less
_HEX_LENGTH = 400
_TEXTS = (*RECORDS, "schemas/")  # where nothing but text belongs
_TEXT_BYTES = bytes({7, 8, 9, 10, 12, 13, 27, *range(0x20, 0x7F), *range(0x80, 0x100)})


def is_clear(raw: bytes) -> bool:
    """Whether ``judge_content`` finds nothing in fields and text, as each line shows by itself."""
    return (
        raw.startswith(_FIELDS)
        and b"\x00" not in raw
        and b"\x89" not in raw
        and b"\xff" not in raw
        and not _DATA.search(raw.lower())
        and _RUN not in raw.translate(_SIGNS)
    )


def judge_content(path: str, raw: bytes, outside: Sequence[str] = ()) -> Problem | None:
    """The first thing wrong with a file by its bytes.

    In folders of ``outside`` text is free (test records hold data addresses on purpose) and so is
    a signature without a picture behind it; real media, archives and office files never are.
    """
    free = is_outside(path, outside)
    if not (free and len(raw) <= _SIGNATURE_ONLY):
        problem = _judge_signature(path, raw)
        if problem is not None:
            return problem
    if free:
        return None
    if path.startswith(_TEXTS) and _is_binary(raw):
        return Problem(
            "binary-content",
            _("{name} is not text.").format(name=_("this file")),
            _("move it out of the casebook; if it shows a person, do not copy, mail or show it"),
        )
    return _judge_text(path, raw)


def _judge_signature(path: str, raw: bytes) -> Problem | None:
    if not raw.startswith(_FIELDS):
        problem = _judge_start(path, raw)
        if problem is not None:
            return problem
    # One byte is found at once, and most texts hold neither of these two.
    if (b"\x89" in raw or b"\xff" in raw) and any(sign in raw for sign in _ANYWHERE):
        return media(path)
    return None


def _judge_start(path: str, raw: bytes) -> Problem | None:
    start = raw[3:] if raw.startswith(b"\xef\xbb\xbf") else raw
    nul = b"\x00" in raw[:1024]
    if start.startswith(_MEDIA) or (nul and start.startswith(_MEDIA_WEAK) and not _is_utf16(raw)):
        return media(path)
    if start[4:8] == b"ftyp" and nul:  # MP4, MOV, HEIC, AVIF
        return media(path)
    if start.startswith(b"RIFF") and start[8:12] in _RIFF:
        return media(path)
    if start.startswith(_ZIP):
        return office(path) if _ZIPPED_OFFICE.search(start[:4096]) else archive(path)
    if start.startswith(_ARCHIVES) or start[257:262] == b"ustar":
        return archive(path)
    if start.lstrip()[:8].startswith(_OFFICE):
        return office(path)
    return None


def _judge_text(path: str, raw: bytes) -> Problem | None:
    found = _DATA_URI.search(raw) if _SLASH in raw and _DATA.search(raw.lower()) else None
    if found is not None:
        return Problem(
            "data-uri",
            _("{name} holds a file hidden in the text (a data address).").format(
                name=_("this file")
            ),
            _hidden_remedy(),
            line=raw.count(b"\n", 0, found.start()) + 1,
            column=1,
        )
    if _RUN not in raw.translate(_SIGNS):
        return None
    for found in _BLOB.finditer(raw):
        if _is_encoded(raw, found):
            return Problem(
                "encoded-blob",
                _("{name} holds a file hidden in the text (a block of letters and digits).").format(
                    name=_("this file")
                ),
                _hidden_remedy(),
                line=raw.count(b"\n", 0, found.start()) + 1,
                column=1,
            )
    return None


def _is_encoded(raw: bytes, found: re.Match[bytes]) -> bool:
    word_start = max(raw.rfind(sign, 0, found.start()) for sign in (b" ", b"\n", b"(", b"<"))
    if b"://" in raw[word_start + 1 : found.start()]:  # a long address of a page
        return False
    signs = found[0].translate(None, b" \t\r\n>|\"',=")
    if len(set(signs)) >= _BLOB_LETTERS:
        return any(c in b"0123456789" for c in signs)
    return (
        len(signs) >= _HEX_LENGTH
        and re.fullmatch(rb"[0-9A-Fa-f]+", signs) is not None
        and (len(set(signs)) >= 12)
    )


def _hidden_remedy() -> str:
    return _(
        "take it out; do not copy, mail or show it. If it shows a person, call the police contact "
        "first; describe it in words with: git case add content"
    )


def _is_binary(raw: bytes) -> bool:
    head = raw[:8192]
    if b"\x00" not in head or _is_utf16(raw):
        return False  # a lone wrong byte or another encoding is named by the reader of documents
    return len(head.translate(None, _TEXT_BYTES)) * 10 > len(head)


def _is_utf16(raw: bytes) -> bool:
    return raw.startswith(_BOMS)
