"""Which language the program speaks: gettext catalogues and labels from data.

It does not choose the language; the command line does that once, with ``activate``.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"

_language: str = SOURCE
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def activate(language: str) -> None:
    """Speak ``language`` (``nl``, ``en``) from now on; an unknown one falls back to English."""
    global _language, _catalogue  # noqa: PLW0603 - one language per process, set once at the start
    _language = language
    _catalogue = _gettext.translation(
        "casebook", localedir=str(LOCALE), languages=[language], fallback=True
    )


def language() -> str:
    """The language the program speaks now."""
    return _language


def available() -> list[str]:
    """Languages there is a catalogue for, the source language first."""
    found = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
    return [SOURCE, *(name for name in found if name != SOURCE)]


def _(message: str) -> str:
    """``message`` in the user's language; placeholders are filled afterwards with ``format``."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """``singular`` or ``plural`` in the user's language, by ``number``."""
    return _catalogue.ngettext(singular, plural, number)


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
