"""The plan of a school year, as tables or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions import work
from casebook.i18n import _
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.planning import Planning
    from casebook.actions.work import Work
    from casebook.catalogue import Kind

ALL = "all"


def page(found: Planning, kind: Kind, width: int) -> list[str]:
    """Who does what and when; then hours, training, equipment, partners and what is not said.

    ``kind`` is the kind ``activity``: it has the labels.
    """
    title = _("Planning of all school years")
    if found.year != ALL:
        title = _("Planning {year}").format(year=found.year)
    lines = [title, ""]
    heads = (_("When"), _("Who"), _("Hours"), _("What"))
    rows = [
        (_when(one, found), kind.role_label(one.owner), _hours(one), _what(one, kind))
        for one in found.rows
    ]
    lines += text.table(heads, rows, width) if rows else [_("Nothing is planned.")]
    for part in (_sums, _training, _needs, _partners, _incomplete):
        lines += part(found, kind, width)
    if found.hidden:
        said = _("{number} of other school years not shown: --school-year all")
        lines += ["", said.format(number=found.hidden)]
    return lines


def _when(one: Work, found: Planning) -> str:
    if one.due is None:
        return ""
    said = one.due.isoformat()
    return _("late {day}").format(day=said) if one.late(found.today) else said


def _hours(one: Work) -> str:
    if one.spent is not None:
        return _("{spent} of {hours}").format(
            spent=one.spent, hours="?" if one.hours is None else one.hours
        )
    return "" if one.hours is None else str(one.hours)


def kind_label(one: Work, kind: Kind) -> str:
    """What a piece of work is: the kind of activity, else task, step, training …"""
    words = {
        work.TASK: _("task"),
        work.STEP: _("step"),
        work.INTRODUCTION: _("introduction"),
        work.TRAINING: _("training"),
        work.ANNOUNCEMENT: _("announcement"),
    }
    if one.kind == work.ACTIVITY:
        return kind.value_label(one.what, "kind")
    return words[one.kind]


def _what(one: Work, kind: Kind) -> str:
    """The title, and behind it what it is, how far, with whom, and where it stands."""
    parts = [kind_label(one, kind)]
    if one.state != work.OPEN:
        parts.append(kind.value_label(one.state, "training", "state"))
    if one.every and one.every != "once":
        parts.append(kind.value_label(one.every, "repeats"))
    if one.due is not None and not one.sure:
        parts.append(_("date not sure"))
    helpers = [kind.role_label(each) for each in one.helpers]
    if helpers:
        parts.append(_("with {who}").format(who=", ".join(helpers)))
    if one.partners:
        parts.append(_("partner {who}").format(who=", ".join(one.partners)))
    place = f"{one.record.id} {one.entry}".strip()
    return f"{one.title} ({'; '.join(parts)}) {place}"


def _sums(found: Planning, kind: Kind, width: int) -> list[str]:
    heads = (_("Planned"), _("Spent"), _("Open"), _("Late"), _("Who"))
    rows = [
        (str(one.hours), str(one.spent), str(one.open), str(one.late), kind.role_label(one.owner))
        for one in found.sums
    ]
    total = [str(sum(getattr(one, name) for one in found.sums)) for name in _COUNTED]
    if len(rows) > 1:
        rows.append((total[0], total[1], total[2], total[3], _("together")))
    return _part(_("Hours and work, by owner"), heads, rows, width)


_COUNTED = ("hours", "spent", "open", "late")


def _training(found: Planning, kind: Kind, width: int) -> list[str]:
    heads = (_("By"), _("Who"), _("Number"), _("Hours each"), _("State"), _("What"))
    rows = [
        (
            _when(one, found),
            kind.role_label(one.owner),
            str(entry.get("count", "")),
            str(entry.get("hours", "")),
            kind.value_label(one.state, "training", "state"),
            one.title + (f" ({entry['course']})" if entry.get("course") else ""),
        )
        for one, entry in found.training
    ]
    return _part(_("Training"), heads, rows, width)


def _needs(found: Planning, kind: Kind, width: int) -> list[str]:
    heads = (_("Number"), _("Cost"), _("State"), _("What"))
    rows = [
        (
            str(one.number or ""),
            "" if one.cost is None else str(one.cost),
            kind.value_label(one.state, "needs", "state"),
            f"{one.what} ({kind.value_label(one.kind, 'needs', 'kind')}; {one.activity})",
        )
        for one in found.needs
    ]
    to_get = sum(one.cost or 0 for one in found.needs if one.state in ("wanted", "ordered"))
    if to_get:
        rows.append(("", str(to_get), "", _("still to get, together")))
    return _part(_("Equipment and software (cost in euros)"), heads, rows, width)


def _partners(found: Planning, kind: Kind, width: int) -> list[str]:
    heads = (_("Partner"), _("Cost"), _("Takes part in"))
    rows = [
        (one.title, "" if one.cost is None else str(one.cost), ", ".join(one.activities))
        for one in found.partners
    ]
    return _part(_("Partners"), heads, rows, width)


def _incomplete(found: Planning, kind: Kind, width: int) -> list[str]:
    heads = (_("Missing"), _("What"))
    rows = [(kind.field_label(field), _what(one, kind)) for one, field in found.incomplete]
    return _part(_("Not said yet"), heads, rows, width)


def _part(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    return ["", *text.wrap(title, width), *text.table(heads, rows, width)] if rows else []


def data(found: Planning) -> dict[str, Any]:
    """The same as data."""
    return {
        "school_year": found.year,
        "rows": [_row(one, found) for one in found.rows],
        "owners": [as_json.value(one) for one in found.sums],
        "training": [{**_row(one, found), **dict(entry)} for one, entry in found.training],
        "needs": [as_json.value(one) for one in found.needs],
        "partners": [as_json.value(one) for one in found.partners],
        "incomplete": [
            {"record": one.record.id, "entry": one.entry or None, "missing": field}
            for one, field in found.incomplete
        ],
        "hidden": found.hidden,
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }


def _row(one: Work, found: Planning) -> dict[str, Any]:
    return {
        "record": one.record.id,
        "entry": one.entry or None,
        "kind": one.what or one.kind,
        "title": one.title,
        "owner": one.owner or None,
        "due": one.due,
        "date_sure": one.sure,
        "late": one.late(found.today),
        "state": one.state,
        "repeats": one.every or None,
        "hours_planned": one.hours,
        "hours_spent": one.spent,
        "helpers": list(one.helpers),
        "partners": list(one.partners),
        "school_year": one.year or None,
    }
