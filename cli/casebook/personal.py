"""Finds patterns of personal data in text: numbers, addresses and dates that point at one person.

It does not know names, and it never holds, returns or prints the value that it found.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from casebook.frozen import frozen
from casebook.i18n import _
from casebook.regex import regex
from casebook.traces import NOTHING, Traces, traces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BSN: Final = "bsn"
PUPIL_NUMBER: Final = "onderwijsnummer"
PHONE: Final = "phone"
EMAIL: Final = "email"
IBAN: Final = "iban"
POSTCODE: Final = "postcode"
BIRTH_DATE: Final = "birth-date"
KINDS: Final = (BSN, PUPIL_NUMBER, PHONE, EMAIL, IBAN, POSTCODE, BIRTH_DATE)


@frozen
class Hit:
    """A place that looks like personal data: line and column from 1, length in characters."""

    kind: str
    line: int
    column: int
    length: int


_S = r"[ \u00a0.()/–\u2011-]"  # what people put between the digits of a telephone number
_NUMBER = regex(
    rf"""[0-9+](?<!\w[0-9+])(?<![0-9][-/.][0-9])(?:
    (?P<date>(?<=[0-9])(?:
        [0-9]{{3}}-[01][0-9]-[0-3][0-9](?![0-9])
        | [0-9]?(?P<d1>[-/.])[01]?[0-9](?P=d1)(?:19|20)[0-9]{{2}}(?![0-9])
        | [0-9]?(?P<d2>[-/.])[01]?[0-9](?P=d2)[0-9]{{2}}
            (?![-/.]?[0-9]|[ ][0-9]{{2}}[ ][0-9]{{2}}) ))
    | (?P<mobile>(?<=0)6{_S}{{0,3}}[0-9](?:{_S}?[0-9]){{7}}(?!\w))
    | (?P<land>(?<=0)(?:
        (?:[1-57][0-9]|8[4578]|91)[0-9]{{7}}
        | (?:[1-57][0-9]|8[4578]|91){_S}{{1,3}}[0-9](?:[ .-]?[0-9]){{6}}
        | [1-57][0-9]{{2}}{_S}{{1,3}}[0-9](?:[ .-]?[0-9]){{5}} )(?!\w))
    | (?P<abroad>(?:(?<=\+)[ ]?|(?<=0)0)[1-9](?:{_S}{{0,3}}[0-9]){{8,14}}(?!\w))
    | (?P<bare>(?<=3)16[1-9][0-9]{{7}}(?!\w))
    | (?P<nine>(?<=[0-9])(?:
        [0-9]{{7,8}}
        | [0-9]{{2}}(?P<n1>[ .-])[0-9]{{3}}(?P=n1)[0-9]{{3}}
        | [0-9]{{3}}(?P<n2>[ .-])[0-9]{{2}}(?P=n2)[0-9]{{3}}
        | [0-9](?P<n3>[ .-])[0-9]{{3}}(?P=n3)[0-9]{{4}} )(?!\w|[.,-][0-9]))
    | (?P<postcode>(?<=[1-9])[0-9]{{3}}(?P<gap>[ \u00a0]?)(?P<letters>[A-Za-z]{{2}})(?!\w))
    )""",
    re.VERBOSE,
)
_EMAIL = regex(r"@(?<=[\w%+-]@)(?P<domain>(?:[\w-]+\.)+[A-Za-z]{2,24})(?![\w@])", re.ASCII)
_LOCAL = regex(r"[\w.%+'-]+\Z")


@cache
def _iban() -> re.Pattern[str]:
    return re.compile(
        r"[A-Z]{2}(?<!\w..)[0-9]{2}(?:[ \u00a0.-]?[A-Z0-9]){11,30}", re.IGNORECASE | re.ASCII
    )


@cache
def _bsn_word() -> re.Pattern[str]:
    return re.compile(
        r"bsn|burger\s?-?service|sofi|persoons(?:gebonden )?\s?-?nummer|\bpgn\b"
        r"|onderwijs\s?-?nummer|leerling\s?-?nummer|student\s?-?nummer|identiteits?\s?-?nummer|\bid-?nummer"
        r"|citizen service|social security|pupil number|student number|education number",
        re.IGNORECASE,
    )


# Words that say that a number is a reference, not a person's number or a telephone.
@cache
def _reference_word() -> re.Pattern[str]:
    return re.compile(
        r"(?:\bref(?:erentie)?|kenmerk|zaak\s?-?nummer|zaaknr|aangifte\s?-?(?:nummer|nr)|dossier"
        r"|factuur|order|ticket|registratie|volg\s?-?nummer|\bkvk|reference|invoice|artikel|bestel"
        r"|melding(?:s)?\s?-?(?:nummer|nr)|serie\s?-?nummer|serial|isbn|bericht-?id|post-?id)"
        r"[\w-]*[\s:#.=]*(?:nr\.?|nummer|number|no\.?|is|van \w+)?[\s:#.=\"'(]*\Z",
        re.IGNORECASE,
    )


_VALUE_ALONE = regex(r"[ \t>*-]*(?:[\w-]+:[ \t]*)?[\"']?\Z")

# Two capitals behind four digits that are words or units, and pairs that the post never uses.
_NOT_LETTERS = regex(
    r"S[ADS]|[PVS]O|MR|OR|NL|EU|IB|BV|EN|OF|IN|OP|IS|DE|TE|JA|UR|AM|PM|[KMGT]B|[KCM]M|KG|ML|EC|SE",
    re.IGNORECASE,
)


@cache
def _house_after() -> re.Pattern[str]:
    return re.compile(
        r"[\s,;:/-]{0,3}(?:(?:huis)?(?:nummer|nr\.?)[\s:]*|no\.?\s*|house number\s*|#)?"
        r"[1-9][0-9]{0,4}(?![0-9]|[-:.,/][0-9]|\s*(?:uur|leerling|keer|euro|%|jaar|min|klas))",
        re.IGNORECASE,
    )


_HOUSE_BEFORE = regex(r"(?<![\w.:/-])[1-9][0-9]{0,4}(?:[ -]?[A-Za-z]{1,3})?[ ]?[\s,;]{1,12}\Z")

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|mrt|mar(?:ch)?|apr(?:il)?|mei|may|juni|june?"
    r"|juli|july?|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"\.?"
)
_DATE = (
    r"(?:[0-9]{4}[-/.][01]?[0-9][-/.][0-3]?[0-9]|[0-3]?[0-9][-/. ]{1,2}[01]?[0-9][-/. ]{1,2}"
    r"'?(?:[0-9]{2}){1,2}"
    rf"|[0-3]?[0-9](?:e|ste|de|st|nd|rd|th)?[ -](?:of )?{_MONTH}[ ,-]{{1,2}}'?(?:[0-9]{{2}}){{1,2}}"
    rf"|{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?,? [0-9]{{4}}"
    r"|(?:19[4-9][0-9]|20[0-2][0-9])[01][0-9][0-3][0-9])(?![0-9])"
)


@cache
def _birth() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:geboren|geboorte-?(?:datum|dag)|geb(?:\.[ ]?dat(?:um)?)?|birth-?\s?(?:date|day)"
        r"|date of birth|born|d\.?o\.?b)(?!\w)[\s.,:;(=\"'*|-]{0,6}"
        rf"(?:(?:op|is|was|te|in|on|of|at|van|P[0-9]+|(?!{_MONTH})(?-i:[A-Z])[\w-]+)[\s,:=]+){{0,5}}[\"']?"
        rf"(?P<after>{_DATE})"
        rf"|(?<![\w.-])(?P<before>{_DATE})\)?,?[ ](?:is |was )?(?:geboren|born|\(?geboortedatum)\b",
        re.IGNORECASE,
    )


_CLOSE = 60  # characters: how far a word may stand from a number and still be about it


def read_public(raw: bytes) -> frozenset[str]:
    """The numbers and addresses that ``schemas/reference/public-numbers.json`` lists.

    Telephone numbers come back as national digits ("0202615275"), e-mail in lower case; a wrong
    file raises ValueError.
    """
    data = json.loads(raw)
    try:
        values = [str(entry["value"]) for entry in data["public"]]
    except (KeyError, TypeError) as error:
        raise ValueError("public-numbers.json: not a list of entries with a value") from error
    return frozenset(v.lower() if "@" in v else _national(v) for v in values)


def is_clear(raw: bytes) -> bool:
    """Whether ``scan`` finds nothing in a text in UTF-8, as is plain from each line by itself."""
    return traces(raw) is NOTHING


def scan_bytes(raw: bytes, public: Collection[str] = frozenset()) -> list[Hit]:
    """As ``scan``, for a text in UTF-8; most hold nothing, and are not even decoded."""
    worth = traces(raw)
    return _scan(raw.decode("utf-8-sig"), public, worth) if worth is not NOTHING else []


def scan(text: str, public: Collection[str] = frozenset()) -> list[Hit]:
    """Every place in ``text`` that looks like personal data, in the order of the text.

    ``public`` holds numbers and addresses that belong to nobody in particular (``read_public``).
    Short and service numbers (112, 113, 0800, 0900) are never a person's. Never raises.
    """
    return _scan(text, public, traces(text.encode("utf-8", "replace")))


def _scan(text: str, public: Collection[str], worth: Traces) -> list[Hit]:
    spans: list[tuple[int, int, str]] = []
    if worth.births:
        spans += _birth_dates(text)
    if worth.ibans:
        spans += _ibans(text)
    if worth.numbers:
        spans += _numbers(text, public)
    if worth.emails:
        spans += _emails(text, public)
    hits: list[Hit] = []
    end = 0
    for start, stop, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end:  # inside a longer one: one place, one hit
            continue
        end = stop
        line = text.count("\n", 0, start) + 1
        hits.append(Hit(kind, line, start - text.rfind("\n", 0, start), stop - start))
    return hits


def message(hit: Hit) -> tuple[str, str]:
    """What is wrong at ``hit`` and what to write instead, in the user's language; no value."""
    texts = {
        BSN: _("Line {line} looks like a citizen service number (BSN)."),
        PUPIL_NUMBER: _("Line {line} looks like a pupil's education number."),
        PHONE: _("Line {line} looks like a phone number."),
        EMAIL: _("Line {line} looks like an e-mail address."),
        IBAN: _("Line {line} looks like a bank account number."),
        POSTCODE: _("Line {line} looks like a home address (postcode and number)."),
        BIRTH_DATE: _("Line {line} looks like a date of birth."),
    }
    remedies = {
        BSN: _("leave the number out and write the code (P1); the school's own list tells who"),
        BIRTH_DATE: _('leave the date out; write "minor: yes" at the person, or the age'),
        POSTCODE: _('leave the address out; write "the home of P1"'),
        IBAN: _("leave the number out; write what was paid, by whom (P1) and when"),
    }
    remedies[PUPIL_NUMBER] = remedies[BSN]
    remedy = remedies.get(hit.kind) or _('write "the mother of P1"')
    return texts[hit.kind].format(line=hit.line) + " " + _("Cases hold codes (P1)."), remedy


def _numbers(text: str, public: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for match in _NUMBER.finditer(text):
        group = match.lastgroup
        start, end = match.span()
        if group == "date" or _inside_url(text, start):
            continue
        if group == "nine":
            kind = _person_number(text, start, end)
        elif group == "postcode":
            kind = POSTCODE if _is_address(text, match) else ""
        else:
            kind = PHONE if _is_phone(text, match, public) else ""
        if kind:
            yield start, end, kind


def _is_phone(text: str, match: re.Match[str], public: Collection[str]) -> bool:
    digits = _national(match[0])
    if digits in public or re.match(r"0[89]0[0-9]", digits):
        return False
    solid = match[0].isdigit() and not match["mobile"]
    return not (solid and _reference_word().search(_before(text, match.start())))


def _person_number(text: str, start: int, end: int) -> str:
    """``bsn``, ``onderwijsnummer`` or nothing: 9 % of all nine digits pass, so words decide."""
    before = _before(text, start)
    after = text[end : end + 25].partition("\n")[0]
    if _reference_word().search(before):
        return ""
    alone = _VALUE_ALONE.match(before) and not after.strip(" \t\r\"'")
    if not (alone or _bsn_word().search(before) or _bsn_word().search(after)):
        return ""
    from stdnum.nl import bsn, onderwijsnummer

    number = re.sub(r"\D", "", text[start:end]).zfill(9)
    if bsn.is_valid(number):
        return BSN
    return PUPIL_NUMBER if onderwijsnummer.is_valid(number) else ""


def _is_address(text: str, match: re.Match[str]) -> bool:
    letters = match["letters"]
    if _NOT_LETTERS.fullmatch(letters) or not (letters.isupper() or not match["gap"]):
        return False
    if _house_after().match(text, match.end()):
        return True
    return bool(_HOUSE_BEFORE.search(text[max(0, match.start() - 24) : match.start()]))


def _emails(text: str, public: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for match in _EMAIL.finditer(text):
        name = "".join(_LOCAL.findall(text[max(0, match.start() - 64) : match.start()]))
        start = match.start() - len(name.lstrip(".'"))
        before = text[start - 1 : start]
        if before == "@" or (_inside_url(text, start) and before != "="):
            continue
        if re.fullmatch(r"[0-9]+\.md", match["domain"]):  # a version: rules/phones-in-lesson@2.md
            continue
        if text[start : match.start()] == "git" and text[match.end() : match.end() + 1] == ":":
            continue  # where a repository lives: git@host:school/casebook.git
        if text[start : match.end()].lower() not in public:
            yield start, match.end(), EMAIL


def _ibans(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _iban().finditer(text):
        found = match[0]
        from stdnum import iban

        # The pattern runs on into the next words: try every place where it may have ended.
        for end in range(len(found), 14, -1):
            whole = end == len(found) or not found[end].isalnum()
            if (
                whole
                and found[end - 1].isalnum()
                and iban.is_valid(found[:end], check_country=False)
            ):
                yield match.start(), match.start() + end, IBAN
                break


def _birth_dates(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _birth().finditer(text):
        yield *match.span("after" if match["after"] else "before"), BIRTH_DATE


def _before(text: str, start: int) -> str:
    return text[max(text.rfind("\n", 0, start) + 1, start - _CLOSE) : start]


def _inside_url(text: str, start: int) -> bool:
    begin = start
    while begin > 0 and not text[begin - 1].isspace() and start - begin < 2000:
        begin -= 1
    word = text[begin:start].lower()
    return ("://" in word or "www." in word) and "wa.me/" not in word and "phone=" not in word


def _national(number: str) -> str:
    """Digits only, Dutch numbers from abroad in their national form (0...)."""
    digits = re.sub(r"[^0-9+]", "", number.replace("(0)", ""))
    for prefix in ("+31", "0031"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits
