"""Findings for terminals, programs and code hosts; a format is a function here.

Pure: findings in, lines out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.i18n import ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.finding import Finding


def as_text(found: Sequence[Finding], number: int) -> list[str]:
    """One line a finding, then the counts."""
    errors = sum(one.is_error for one in found)
    warnings = len(found) - errors
    counts = [
        ngettext("{number} file looked at", "{number} files looked at", number).format(
            number=number
        ),
        ngettext("{number} wrong", "{number} wrong", errors).format(number=errors),
        ngettext("{number} warning", "{number} warnings", warnings).format(number=warnings),
    ]
    return [*(text.finding_line(one) for one in found), ", ".join(counts) + "."]


def json(found: Sequence[Finding], number: int) -> list[str]:
    """One JSON object."""
    answer = as_json.findings(found)
    answer["summary"]["files"] = number
    return [as_json.dump(answer)]


def github(found: Sequence[Finding], number: int) -> list[str]:
    """Workflow commands that show findings beside the lines of a change request."""
    lines = []
    for one in found:
        word = "error" if one.is_error else "warning"
        place = f"file={_property(one.path)}"
        if one.line:
            place += f",line={one.line},col={one.column}"
        message = _property(f"{one.message}. {one.remedy}", colons=True)
        lines.append(f"::{word} {place},title={one.check}::{message}")
    return lines or [as_text((), number)[-1]]


def _property(value: str, *, colons: bool = False) -> str:
    escaped = text.safe(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped if colons else escaped.replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Finding], int], list[str]]] = {
    "text": as_text,
    "json": json,
    "github": github,
}
