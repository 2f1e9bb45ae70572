"""What a school should have, by line, as text or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.needs import DRAFT, NO, YES
from casebook.i18n import _, ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.readiness import Line, Readiness

SHOWN = 3  # names of records or fields before the rest is counted


def page(found: Readiness, width: int) -> list[str]:
    """Missing lines with their commands first, then drafts, then what is there; then the count."""
    missing = found.of(NO)
    lines: list[str] = []
    for title, rows in (
        (_("Missing"), [one for one in missing if one.gap and not one.school]),
        (_("Missing, and only your school can fill it in"), [
            one for one in missing if one.gap and one.school
        ]),
        (_("Advised"), [one for one in missing if not one.gap]),
        (_("Only a draft or model text yet"), found.of(DRAFT)),
        (_("In place"), found.of(YES)),
    ):  # fmt: skip
        if rows:
            lines += [*text.wrap(title, width), *_lines(rows, width), ""]
    return [*lines, *_counted(found, width)]


def _lines(rows: Sequence[Line], width: int) -> list[str]:
    lines: list[str] = []
    for one in rows:
        said = one.text + (f" ({_some(one.records)})" if one.records else "")
        lines += text.wrap(said, width, "    ", "- ")
        if one.state != NO:
            continue
        if one.lacking:
            where = _("missing in {record}: {what}") if one.nearest else _("missing: {what}")
            said = where.format(record=one.nearest, what=_some(one.lacking))
            lines += text.wrap(said, width, "      ", "    ")
        lines.append(f"    {text.command(one.argv)}")
    return lines


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    left = len(names) - SHOWN
    return shown if left <= 0 else _("{names} and {number} more").format(names=shown, number=left)


def _counted(found: Readiness, width: int) -> list[str]:
    drafts, there = len(found.of(DRAFT)), len(found.of(YES))
    said = _("{there} of {all} in place, {drafts} only as a draft or model text.").format(
        there=there, all=len(found.lines), drafts=drafts
    )
    if not found.gaps:
        return text.wrap(f"{said} " + _("No gaps."), width)
    gaps = ngettext("{number} gap.", "{number} gaps.", found.gaps).format(number=found.gaps)
    first = next(one for one in found.lines if one.gap)
    return [
        *text.wrap(f"{said} {gaps}", width),
        _("Next: {what}{when}").format(what=text.command(first.argv), when=""),
    ]


def data(found: Readiness) -> dict[str, Any]:
    """The same as data."""
    return {
        "rows": [
            {
                "id": one.id,
                "part": one.part,
                "text": one.text,
                "asks": list(one.asks),
                "law": one.law or None,
                "state": one.state,
                "gap": one.gap,
                "advised": one.advised,
                "only_the_school": one.school,
                "records": list(one.records),
                "nearest": one.nearest or None,
                "lacking": list(one.lacking),
                "argv": list(one.argv),
            }
            for one in found.lines
        ],
        "gaps": found.gaps,
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }
