"""What a text could hold of personal data at all: cheap conditions that every hit must meet.

It finds nothing itself: where it says no, the exact patterns of ``personal`` would find nothing.
"""

from __future__ import annotations

from typing import Final

from casebook.frozen import frozen
from casebook.regex import regex

# Every digit becomes 0 and every letter small: then times are fixed words, found at once.
_SHAPE: Final = bytes(0x30 if code in b"0123456789" else code for code in bytes(range(256)).lower())
_FENCE: Final = b"\n---"  # above it fields, below it text: nothing but a birth runs through it
# What may stand between the digits of one number, as bytes; the last three signs are UTF-8.
_BETWEEN: Final = b" .()/-" + "\u00a0\u2013\u2011".encode()
_DIGITS: Final = b"0" * 8  # no pattern of a number is content with fewer
_POSTCODE: Final = regex(rb"0000(?: |\xc2\xa0)?[a-z]{2}(?![a-z0-9_])")
_EMAIL: Final = regex(rb"@[\w-]+\.")
_IBAN: Final = regex(rb"00(?<=[a-z]{2}00)(?<![a-z0-9_]....)(?:[ .\xc2\xa0-]{0,2}[a-z0-9]){11}")

# Times as this program writes them, in which no number can start and through which none can run:
# days and moments of fields, headings of entries. Only behind the end of a heading could one go on
# ("00 123 4567"), so there a digit is looked for.
_DAY: Final = (b": 0000-00-00\n", b":\n")
_MOMENT: Final = (b": 0000-00-00 00:00\n", b":\n")
_STARTS_WITH_ZERO: Final = regex(rb": 0")  # "06" could be the year of such a time
_HEADING: Final = (b"\n### 0000-00-00t00:00+00:00 ", b"\n###: ")
_GOES_ON: Final = b"\n###: 0"

# Of a text only its digits, colons and line ends: some hundred bytes tell what is worth a search.
_WORDS: Final = bytes(code for code in range(256) if code not in b"0:\n")
_PAIR: Final = b"00"  # in every date and every IBAN
_FOUR: Final = b"0000"  # in every number and postcode, when what stands between is left out
_BEHIND: Final = b"\n:0"  # a digit behind the end of a heading
_DATE: Final = regex(rb"00(?<=[-/. ,'0]00)")  # in every date of a birth

# In every text that tells a date of birth there is a b with one of these around it. Two more ways
# to write "dob" have it as their last sign; from one sign on a pattern looks fast.
_BIRTH: Final = regex(
    rb"b(?:(?<=geb)(?:oren|oorte|(?![a-z0-9_]))|irth|orn|(?<=dob)|(?<=d\.ob)|(?<=do\.b)|(?<=d\.o\.b))"
)


@frozen
class Traces:
    """Which searches are worth their time."""

    numbers: bool
    emails: bool
    ibans: bool
    births: bool


# Of most texts, in which there is no word of a birth either: of each of their lines by itself, so
# also of any text that is made of such lines.
NOTHING: Final = Traces(numbers=False, emails=False, ibans=False, births=False)


def traces(raw: bytes) -> Traces:
    """What a text, given in UTF-8, could hold; False only where nothing of that sort is in it."""
    shape = raw.translate(_SHAPE)
    end = shape.find(_FENCE, len(_FENCE) - 1)  # behind the fence that opens the fields
    end = end + 1 if end > 0 else len(shape)
    front, text = shape[:end], shape[end:].replace(*_HEADING)
    fields = front.replace(*_DAY)
    if not _STARTS_WITH_ZERO.search(raw, 0, end):
        fields = fields.replace(*_MOMENT)
    digits = text.translate(None, _WORDS)
    pair = _PAIR in digits
    dated = pair and _DATE.search(text) is not None
    numbers = (
        (_FOUR in digits and _counts(text))
        or (_BEHIND in digits and _GOES_ON in text)
        or _counts(fields)
    )
    emails = (b"@" in text and bool(_EMAIL.search(text))) or bool(_EMAIL.search(front))
    ibans = (pair and bool(_IBAN.search(text))) or bool(_IBAN.search(fields))
    # Whoever's date stands in the text may be named above it; where the date is a field, the word
    # is one too.
    word = _BIRTH.search(shape)
    if numbers or emails or ibans or word is not None:
        births = word is not None and (dated or word.start() < end)
        return Traces(numbers, emails, ibans, births)
    return NOTHING


def _counts(rest: bytes) -> bool:
    """Whether so many digits, or a postcode, are in it that a number may be."""
    bare = rest.translate(None, _BETWEEN)
    return _DIGITS in bare or (b"0000" in bare and bool(_POSTCODE.search(rest)))
