"""Competences by group and school year, as tables or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.competences import title
from casebook.i18n import _, language, ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.actions.competences import Cell, Matrix

ROOM = 24  # columns that the name of a competence needs to be readable
UNSURE = ("uncertain", "recall", "secondary")


def page(found: Matrix, reached_label: Callable[[str], str], width: int) -> list[str]:
    """A table a school year, then what is missing, what is not built in, what was mastered."""
    lines = text.wrap(f"{title(found.set)} ({found.set.get('id', '')})", width)
    lines += text.wrap(title(found.set, "framing"), width)
    if found.set.get("certainty") in UNSURE:
        said = _("How sure we are: {note}").format(note=title(found.set, "note"))
        lines += text.wrap(said, width)
    if found.mapped:
        said = _(
            "Activities that name another set are counted through our own mapping; no maker "
            "published it and it is uncertain."
        )
        lines += text.wrap(said, width)
    for year in found.years:
        lines += ["", year, *_table(found, year, width), *_lacking(found, year, width)]
    lines += _mastered(found, reached_label, width)
    if not found.gaps:
        return [*lines, "", _("No gaps.")]
    counted = ngettext("{number} gap.", "{number} gaps.", len(found.gaps))
    return [*lines, "", counted.format(number=len(found.gaps))]


def _table(found: Matrix, year: str, width: int) -> list[str]:
    heads = (_("No."), *(group or _("all") for group in found.groups), _("Competence"))
    cells = {(one.competence, one.group): one for one in found.cells if one.year == year}
    rows = []
    for row in found.rows:
        here = [cells[str(row["id"]), group] for group in found.groups]
        rows.append((str(row["id"]), *(_count(one) for one in here), _name(row, found)))
    taken = sum(max(len(head), 6) + 2 for head in heads[:-1])
    # Many groups do not fit side by side: then they stand below each other.
    return text.table(heads, rows, width if taken + ROOM <= width else min(width, text.NARROW - 1))


def _count(one: Cell) -> str:
    if one.gap:
        return _("none")
    said = str(len(one.activities))
    return _("{number} once").format(number=said) if one.only_once else said


def _name(row: Any, found: Matrix) -> str:
    """The competence with its part of the set, and that somebody should check it when unsure."""
    part = str(row.get("group", ""))
    parts = found.set.get("groups") or ()
    if part in parts:
        labels = found.set.get(f"group_labels_{language()}") or parts
        part = str(labels[list(parts).index(part)])
    said = title(row, "label") + (f" ({part})" if part else "")
    return said + (_(", to be checked") if row.get("certainty") in ("uncertain", "recall") else "")


def _lacking(found: Matrix, year: str, width: int) -> list[str]:
    lines: list[str] = []
    for group in found.groups:
        here = [one for one in found.cells if (one.year, one.group) == (year, group)]
        lines += _listed(_("Nobody works on"), group, [one for one in here if one.gap], width)
        once = [one for one in here if one.only_once]
        lines += _listed(_("Only once, not built in"), group, once, width)
    return ["", *lines] if lines else []


def _listed(said: str, group: str, cells: list[Cell], width: int) -> list[str]:
    if not cells:
        return []
    named = f"{said} ({group})" if group else said
    return text.wrap(f"{named}: {', '.join(one.competence for one in cells)}", width, "  ", "")


def _mastered(found: Matrix, reached_label: Callable[[str], str], width: int) -> list[str]:
    """Per group how many of the set it masters, and what was found of the others."""
    lines: list[str] = []
    for group in found.groups:
        known = {
            one.competence: one.mastery
            for one in found.cells
            if one.group == group and one.mastery is not None
        }
        if not known:
            continue
        masters = sum(one.reached == "yes" for one in known.values())
        said = _("{group}: masters {number} of {total}").format(
            group=group or _("all"), number=masters, total=len(found.rows)
        )
        parts = [f"{name} {reached_label(one.reached)} ({one.on})" for name, one in known.items()]
        lines += text.wrap(f"{said}: {', '.join(parts)}", width, "  ", "")
    return ["", _("Mastered, as groups"), *lines] if lines else []


def data(found: Matrix) -> dict[str, Any]:
    """The same as data."""
    rows = {str(row["id"]): row for row in found.rows}
    return {
        "set": found.set.get("id"),
        "certainty": found.set.get("certainty"),
        "mapped": found.mapped,
        "rows": [
            {
                "competence": one.competence,
                "label": title(rows[one.competence], "label"),
                "part": rows[one.competence].get("group"),
                "certainty": rows[one.competence].get("certainty"),
                "school_year": one.year,
                "group": one.group or None,
                "activities": list(one.activities),
                "once": list(one.once),
                "gap": one.gap,
                "mapped": one.mapped,
                "mastery": as_json.value(one.mastery) if one.mastery is not None else None,
            }
            for one in found.cells
        ],
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }
