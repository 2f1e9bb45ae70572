"""Which language the program speaks: gettext catalogues and labels from data.

It does not choose the language; the command line does that once, with ``activate``.
"""

from __future__ import annotations

import struct
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"

MAGIC = 0x950412DE  # how a compiled catalogue begins, in the byte order of our tool


class Catalogue:
    """A compiled catalogue, searched where it lies.

    The standard library turns the whole file into a map first, which would cost every command
    (and every hook) several milliseconds for the few texts that it says.
    """

    def __init__(self, raw: bytes = b"") -> None:
        self._raw = raw
        self._count = self._ids = self._texts = 0
        if len(raw) >= 20 and struct.unpack_from("<I", raw)[0] == MAGIC:
            self._count, self._ids, self._texts = struct.unpack_from("<3I", raw, 8)
        self._known: dict[str, str] = {}

    def text(self, message: str) -> str:
        """The text for ``message``; empty where there is none."""
        if message not in self._known:
            self._known[message] = self._find(message.encode()).decode()
        return self._known[message]

    def plural(self, singular: str, plural: str, number: int) -> str:
        """The text for that many; empty where there is none."""
        forms = self.text(f"{singular}\0{plural}").split("\0")
        return forms[min(self._form(number), len(forms) - 1)]

    def _find(self, wanted: bytes) -> bytes:
        low, high = 0, self._count  # the messages are sorted
        while low < high:
            middle = (low + high) // 2
            found = self._piece(self._ids, middle)
            if found == wanted:
                return self._piece(self._texts, middle)
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return b""

    def _piece(self, table: int, number: int) -> bytes:
        size, start = struct.unpack_from("<2I", self._raw, table + 8 * number)
        return self._raw[start : start + size]

    @cached_property
    def _form(self) -> Callable[[int], int]:
        """Which form a number takes, by the rule in the head of the catalogue."""
        from gettext import c2py  # only plurals need the rules of other languages

        rule = self._find(b"").decode().partition("plural=")[2].partition(";")[0]
        form: Callable[[int], int] = c2py(rule or "(n != 1)")
        return form


_language: str = SOURCE
_catalogue = Catalogue()


def activate(language: str) -> None:
    """Speak ``language`` (``nl``, ``en``) from now on; an unknown one falls back to English."""
    global _language, _catalogue  # noqa: PLW0603 - one language per process, set once at the start
    _language = language
    try:
        _catalogue = Catalogue((LOCALE / language / "LC_MESSAGES" / "casebook.mo").read_bytes())
    except OSError:
        _catalogue = Catalogue()


def language() -> str:
    """The language the program speaks now."""
    return _language


def available() -> list[str]:
    """Languages there is a catalogue for, the source language first."""
    found = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
    return [SOURCE, *(name for name in found if name != SOURCE)]


def _(message: str) -> str:
    """``message`` in the user's language; placeholders are filled afterwards with ``format``."""
    return _catalogue.text(message) or message if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """``singular`` or ``plural`` in the user's language, by ``number``."""
    found = _catalogue.plural(singular, plural, number)
    return found or (singular if number == 1 else plural)


def N_(message: str) -> str:  # noqa: N802 - the customary name: marks a text for translation
    """Mark a text for the catalogue that is translated later."""
    return message


def sentence(words: str) -> str:
    """``words`` as the beginning of a sentence: labels in the data start with a small letter."""
    return words[:1].upper() + words[1:]


def label(labels: Mapping[str, str] | None, fallback: str) -> str:
    """A label from data (``{"en": …, "nl": …}``) in the user's language.

    A language that the data do not hold is looked up in the catalogue by the English label, so
    that a new language needs nothing but its catalogue.
    """
    if not labels:
        return fallback
    if _language in labels:
        return labels[_language]
    english = labels.get(SOURCE, fallback)
    return _(english)


def worded(texts: Mapping[str, str], language: str) -> str:
    """The text in a given language, which may be another than the user's; "" when there is none.

    Where the data do not hold the user's own language, the catalogue is asked, as for a label.
    """
    if texts.get(language):
        return texts[language]
    english = texts.get(SOURCE) or next(iter(texts.values()), "")
    return _(english) if language == _language else english
