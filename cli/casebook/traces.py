"""What a text could hold of personal data at all: cheap conditions that every hit must meet.

It finds nothing itself: where it says no, the exact patterns of ``personal`` would find nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from casebook.regex import regex

# Every digit becomes 0: then times are fixed words, and those are found at once.
_SHAPE: Final = bytes(0x30 if code in b"0123456789" else code for code in range(256))
# What may stand between the digits of one number, as bytes; the last three signs are UTF-8.
_BETWEEN: Final = b" .()/-" + "\u00a0\u2013\u2011".encode()
_DIGITS: Final = b"0" * 8  # no pattern of a number is content with fewer
_POSTCODE: Final = regex(rb"0000(?: |\xc2\xa0)?[A-Za-z]{2}(?![A-Za-z0-9_])")
_EMAIL: Final = regex(rb"@[\w-]+\.")
_IBAN: Final = regex(
    rb"00(?<=[A-Za-z]{2}00)(?<![A-Za-z0-9_]....)(?:[ .\xc2\xa0-]{0,2}[A-Za-z0-9]){11}"
)

# Times as this program writes them, in which no number can start and through which none can run.
# The end of a heading's offset is left where it is: a number could start there.
_HEADING: Final = (b"\n### 0000-00-00T00:00+00:", b"\n###:")
_DAY: Final = (b": 0000-00-00\n", b":\n")
_MOMENT: Final = (b": 0000-00-00 00:00\n", b":\n")
_STARTS_WITH_ZERO: Final = regex(rb": 0")  # "06" could be the year of such a time

# One of these is in every text that tells a date of birth; four fixed words are found faster
# than one pattern of all.
_BIRTH: Final = tuple(
    regex(pattern)
    for pattern in (rb"geb(?:oren|oorte|(?![a-z0-9_]))", rb"b(?:irth|orn)", rb"do\.?b", rb"d\.o")
)


class Traces(NamedTuple):
    """Which searches are worth their time."""

    numbers: bool
    emails: bool
    ibans: bool
    births: bool


def traces(raw: bytes) -> Traces:
    """What a text, given in UTF-8, could hold; False only where nothing of that sort is in it."""
    rest = raw.translate(_SHAPE).replace(*_HEADING).replace(*_DAY)
    if not _STARTS_WITH_ZERO.search(raw):
        rest = rest.replace(*_MOMENT)
    low = raw.lower()
    return Traces(
        numbers=_DIGITS in rest.translate(None, _BETWEEN) or _POSTCODE.search(rest) is not None,
        emails=_EMAIL.search(raw) is not None,
        ibans=_IBAN.search(rest) is not None,
        births=any(word.search(low) for word in _BIRTH),
    )
