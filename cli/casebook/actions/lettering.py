"""A letter of the school filled in for a message or measure: everything but names.

Names stay places to fill in by hand (``[naam van P2]``); nothing is sent or stored in the casebook.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook import wording
from casebook.actions.fills import Facts, fill, hide_codes, known
from casebook.checks.messages import KINDS, WIDE
from casebook.errors import NoSuchRecordError, RefusedError, UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.ladder.counting import event_day
from casebook.pattern import values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebook.actions.desk import Desk
    from casebook.record import Record
    from casebook.wording import WordHit

    Data = Mapping[str, Any]

PLACE: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")
REMARK: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)
USES: Final = {"messages": ("message",), "measures": ("decision", "agreement")}


@frozen
class Letter:
    """The letter: its text, the places filled and those left open, and words to look at again."""

    case: Record
    entry: str
    letter: Record
    text: str
    filled: tuple[str, ...]
    open: tuple[str, ...]
    hits: tuple[WordHit, ...]


def compose(desk: Desk, typed: str, item: str, reference: str = "") -> Letter:
    """Fill a letter in; raises NoSuchRecordError, and UsageError with the letters that fit."""
    case = desk.case(typed)
    name, entry = _entry(case, item)
    letter = _letter(desk, case, name, entry, reference)
    facts = Facts(desk, case, name, entry, letter)
    filled: list[str] = []
    left: list[str] = []

    def put(match: re.Match[str]) -> str:
        value = known(facts, match[1])
        (filled if value else left).append(match[1])
        return hide_codes(value, entry) if value else fill(facts, match[1])

    text = PLACE.sub(put, REMARK.sub("", letter.document.body)).strip() + "\n"
    words = desk.policy.wording
    wide = name == "messages" and entry.get("to") in WIDE
    kinds = tuple(KINDS) if wide else (wording.GUILT, wording.HEALTH)
    return Letter(
        case=case,
        entry=str(entry["id"]),
        letter=letter,
        text=text,
        filled=tuple(dict.fromkeys(filled)),
        open=tuple(dict.fromkeys(left)),
        hits=tuple(wording.hits(text, words, kinds)) if words is not None else (),
    )


def _entry(case: Record, item: str) -> tuple[str, Data]:
    code = item.strip().upper()
    for name in USES:
        for entry in case.entries(name):
            if entry.get("id") == code:
                return name, entry
    codes = [str(one.get("id")) for name in USES for one in case.entries(name)]
    raise NoSuchRecordError(
        _('There is no message or measure "{item}" in this case.').format(item=item),
        _("Choose one of: {options}").format(options=", ".join(codes))
        if codes
        else _("Add one: git case add message, or git case add measure"),
    )


def _letter(desk: Desk, case: Record, name: str, entry: Data, reference: str) -> Record:
    day = event_day(case.data)
    text = str(entry.get("text", "")).strip()
    named = reference or (text if text and " " not in text else "")
    found = desk.policy.find("letter", named, day) if named else None
    if found is not None:
        return found
    offered = fitting(desk, case, name, entry)
    ids = [one.id for one in offered]
    if reference:
        raise NoSuchRecordError(
            _('There is no letter "{name}".').format(name=reference),
            _("Letters that fit: {options}").format(options=", ".join(ids))
            if ids
            else _("Look with: git policy list"),
        )
    if len(offered) == 1:
        return offered[0]
    if not offered:
        raise UsageError(
            _("No letter of the school fits {item}.").format(item=entry["id"]),
            _("Choose one yourself: --letter NAME. Look with: git policy list"),
        )
    raise UsageError(
        _("Which letter? More than one fits {item}.").format(item=entry["id"]),
        _("Add: --letter NAME. Letters that fit: {options}").format(options=", ".join(ids)),
    )


def fitting(desk: Desk, case: Record, name: str, entry: Data) -> list[Record]:
    """The letters for a message or measure: by use, audience, kind of case or measure, sector."""
    day = event_day(case.data) or desk.now.date()
    types = {case.text("type"), *values(case.get("also"))}
    found = []
    for one in desk.policy.current("letter", day):
        limited = set(values(one.get("types")))
        if one.text("use") not in USES[name] or (limited and not limited & types):
            continue
        sectors = values(one.get("sectors"))
        if sectors and desk.policy.sector not in sectors:
            continue
        wanted = "audience" if name == "messages" else "measures"
        if str(entry.get("to" if name == "messages" else "kind")) in values(one.get(wanted)):
            found.append(one)
    return sorted(found, key=lambda one: one.id)


def write(desk: Desk, text: str, path: Path) -> None:
    """Write a letter to a new file outside the casebook; RefusedError where that cannot be."""
    target = path.absolute()
    if target.resolve().is_relative_to(desk.casebook.root.resolve()):
        raise RefusedError(
            _("A letter is printed with names, so it stays outside the casebook."),
            _("Do: choose a file in another folder, or leave --out away to read it here"),
        )
    if not target.parent.is_dir():
        raise NoSuchRecordError(_("There is no folder {path}.").format(path=target.parent))
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise RefusedError(
            _("{path} exists already.").format(path=target), _("Do: choose another name")
        ) from error
