"""Who has been told what, as a table or as data. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.coverage import AGAIN, CHANGED, PARTLY, UNTOLD
from casebook.actions.tellings import OFFENCES
from casebook.i18n import _, ngettext, sentence
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.actions.coverage import Cover, Coverage


def page(found: Coverage, audience_label: Callable[[str], str], width: int) -> list[str]:
    """The table, what it shows, and how many gaps there are; the last line is the next command."""
    lines = text.wrap(_("What is known on {day}").format(day=text.day(found.day)), width)
    if found.drafts:
        said = _("Nothing is in force yet: these are the drafts, as they would have to be told.")
        lines += text.wrap(said, width)
    for audience in dict.fromkeys(one.audience for one in found.rows):
        rows = [one for one in found.rows if one.audience == audience]
        lines += ["", *_audience(rows, audience_label(audience), found, width)]
    if not found.rows:
        lines.append(_("There is nothing to tell."))
    if not found.gaps:
        return [*lines, "", _("No gaps.")]
    counted = ngettext("{number} gap.", "{number} gaps.", found.gaps).format(number=found.gaps)
    return [*lines, "", counted, _("Next: {what}{when}").format(what="git policy todo", when="")]


def _audience(rows: Sequence[Cover], label: str, found: Coverage, width: int) -> list[str]:
    """The table of one audience; a row names its groups only where others know something else."""
    groups = list(dict.fromkeys(group for one in rows for group in one.groups))
    said = sentence(label) + (f" ({', '.join(groups)})" if groups else "")
    shown = []
    for one in rows:
        told = _told(one, found)
        some = len(one.groups) < len(groups)
        shown.append((_what(one), f"{', '.join(one.groups)}: {told}" if some else told))
    heads = (_("What"), _("Told"))
    return [*text.wrap(said, width), *text.table(heads, shown, width)]


def _what(one: Cover) -> str:
    if one.kind == OFFENCES:
        return _("what is punishable")
    if one.kind == "ladder":
        return _("consequences {ladder}").format(ladder=one.text)
    counted = ngettext("{number} rule", "{number} rules", one.rules).format(number=one.rules)
    return f"{one.text} ({counted})"


def _told(one: Cover, found: Coverage) -> str:
    """What is known in one sentence, its parts in the order in which a person asks."""
    parts = [_state(one)]
    if one.reached is not None:
        parts.append(
            _("{reached} of {total} reached").format(reached=one.reached, total=one.of_total)
        )
    elif one.given is not None and one.state not in (UNTOLD, CHANGED):
        parts.append(_("not counted"))
    if one.again is not None and one.state != AGAIN:
        parts.append(_("again from {day}").format(day=text.day(one.again)))
    if one.planned:
        parts.append(_planned(one, found))
    return "; ".join(parts)


def _state(one: Cover) -> str:
    when = text.day(one.given)
    if one.state == UNTOLD:
        return _("not told")
    if one.state == AGAIN:
        return _("to be told again; last on {day} ({record})").format(
            day=when, record=one.announcement
        )
    if one.state == CHANGED and one.before:
        return _("told in version {version}, not in this one").format(version=one.before)
    if one.state == CHANGED:
        return _("not told as it is now: {rules}").format(rules=", ".join(one.missing))
    if one.state == PARTLY:
        return _("not to everybody on {day} ({record})").format(day=when, record=one.announcement)
    return _("on {day} ({record})").format(day=when, record=one.announcement)


def _planned(one: Cover, found: Coverage) -> str:
    if one.planned_on is None:
        return _("planned without a date ({record})").format(record=one.planned)
    said = _("planned for {day} ({record})")
    if one.planned_on < found.day:
        said = _("was planned for {day} ({record})")
    return said.format(day=text.day(one.planned_on), record=one.planned)


def data(found: Coverage) -> dict[str, Any]:
    """The same as data."""
    return {
        "on": found.day,
        "drafts": found.drafts,
        "rows": [_row(one) for one in found.rows],
        "unreadable": [as_json.finding(one) for one in found.unreadable],
    }


def _row(one: Cover) -> dict[str, Any]:
    return {
        "audience": one.audience,
        "groups": list(one.groups),
        "kind": one.kind,
        "text": one.text,
        "rules": one.rules or None,
        "state": one.state,
        "gap": one.gap,
        "missing": list(one.missing),
        "told_version": one.before or None,
        "announcement": one.announcement or None,
        "given": one.given,
        "reached": one.reached,
        "of_total": one.of_total,
        "again": one.again,
        "planned": one.planned or None,
        "planned_on": one.planned_on,
    }
