"""Laying out text for a terminal: wrapping, tables, dates in words, unsafe characters shown.

Pure: texts in, texts out; the width is an argument.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from casebook.i18n import _, language
from casebook.regex import deferred, regex

with deferred():
    import textwrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding

NARROW = 60  # below this, tables become lines of "label: value"
# Control characters, bidirectional marks and line separators could hide or fake what is shown.
UNSAFE = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


# What is typed or opened as it stands: a command or a full path behind a colon.
_WHOLE = regex(
    r"(?<=: )(?:(?:git|casebook) [^,;\n]*?(?=[,;]|[.?!](?: |$)| and | or | en | of |$)"
    r"|(?:/|[A-Za-z]:\\)[^\n]*?(?=[,;]|\.?$))"
)
_GLUE = "\0"  # cannot stand in a text that ``safe`` went over


def safe(text: str) -> str:
    """``text`` with control and direction characters written out."""
    if text.isprintable():
        return text  # most texts; the pattern need not even be compiled
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """``text`` in lines of at most ``width``; ids, paths and commands stay whole, however long."""
    lines: list[str] = []
    for number, paragraph in enumerate(safe(text).split("\n")):
        lead = first if first is not None and number == 0 else indent
        lines += textwrap.wrap(
            _WHOLE.sub(lambda found: found[0].replace(" ", _GLUE), paragraph)
            if ": " in paragraph
            else paragraph,
            width=max(width, 20),
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead.rstrip()]
    return [line.replace(_GLUE, " ") for line in lines]


def day(when: date | datetime | None) -> str:
    """A day in words with its weekday; the time too where there is one."""
    if when is None:
        return ""
    from casebook import dates

    said = dates.spoken(when.date() if isinstance(when, datetime) else when, language())
    if isinstance(when, datetime) and (when.hour or when.minute):
        return f"{said} {when:%H:%M}"
    return said


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, cut: bool = False
) -> list[str]:
    """A table whose last column takes the rest; on narrow terminals ``head: value`` lines.

    With ``cut`` a row is one line, and the last column ends in an ellipsis where it must.
    """
    shown = [[safe(cell) for cell in row] for row in rows]
    if width < NARROW:
        lines: list[str] = []
        for row in shown:
            for head, cell in zip(heads, row, strict=True):
                if cell:
                    lines += wrap(f"{head}: {cell}", width, "  ", "")
            lines.append("")
        return lines[:-1] if lines else []
    sizes = [
        max([len(head), *(len(row[column]) for row in shown)]) for column, head in enumerate(heads)
    ]
    left = width - sum(sizes[:-1]) - 2 * (len(heads) - 1)
    lines = ["  ".join(head.ljust(size) for head, size in zip(heads, sizes, strict=True)).rstrip()]
    for row in shown:
        front = "  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=False))[
            : sum(sizes[:-1]) + 2 * (len(heads) - 1)
        ]
        if cut:
            lines.append((front + shorten(row[-1], max(left, 20))).rstrip())
            continue
        rest = textwrap.wrap(
            row[-1], width=max(left, 20), break_long_words=False, break_on_hyphens=False
        ) or [""]
        lines.append((front + rest[0]).rstrip())
        lines += [" " * len(front) + one for one in rest[1:]]
    return lines


def shorten(words: str, width: int) -> str:
    """``words`` in at most ``width`` characters, an ellipsis where something is cut off."""
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def place(finding: Finding) -> str:
    """Where a finding is: ``cases/2026/2026-7KQ2X.md:7:8``."""
    parts = [finding.path]
    if finding.line:
        parts.append(str(finding.line))
        if finding.column:
            parts.append(str(finding.column))
    return ":".join(parts)


def imperative(remedy: str) -> str:
    """A remedy as a sentence of its own: one that is only a clause gets its "Do:" in front."""
    return _("Do: {what}").format(what=remedy) if remedy[:1].islower() else remedy


def finding_line(finding: Finding) -> str:
    """A finding on one line: place, what is wrong, what to do."""
    warning = "" if finding.is_error else _("warning: ")
    remedy = f" {imperative(finding.remedy)}" if finding.remedy else ""
    end = "" if finding.message.endswith((".", "?", "!")) else "."
    return safe(f"{place(finding)}: {warning}{finding.message}{end}{remedy}")


def command(argv: Sequence[str]) -> str:
    """A command as it can be typed in any shell."""
    return " ".join(word if re.fullmatch(r"[\w@%+=:,./-]+", word) else f'"{word}"' for word in argv)
