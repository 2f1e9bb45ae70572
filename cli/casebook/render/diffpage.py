"""What differs between two versions of a policy record. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, sentence
from casebook.render import text

if TYPE_CHECKING:
    from casebook.actions.comparing import Difference
    from casebook.actions.editions import Compared

SHORT = 30  # characters up to which before and after stand in one line


def page(found: Compared, width: int) -> list[str]:
    """Field by field, then the text below them line by line."""
    head = _("From {old} to {new}").format(old=found.old.short, new=found.new.short)
    lines = text.wrap(head, width)
    if not found.fields and not found.body:
        return [*lines, "", _("Nothing differs but the version.")]
    for one in found.fields:
        lines += ["", *_difference(one, width)]
    if found.body:
        lines += ["", _("Text")]
        for line in found.body:
            lines += text.wrap(line[1:], width, "    ", f"  {line[:1]} ")
    return lines


def _difference(one: Difference, width: int) -> list[str]:
    if one.whole:
        said = _("{list}: {entry} added") if one.after else _("{list}: {entry} taken out")
        head = said.format(list=sentence(one.list), entry=one.label)
        mark = "+" if one.after else "-"
        lines = text.wrap(head, width)
        for part in (one.after or one.before).splitlines():
            lines += text.wrap(part, width, "    ", f"  {mark} ")
        return lines
    label = f"{sentence(one.list)} {one.label}" if one.list else sentence(one.label)
    if one.before and one.after and max(len(one.before), len(one.after)) <= SHORT:
        told = _("{field}: from {old} to {new}").format(field=label, old=one.before, new=one.after)
        return text.wrap(told, width)
    lines = text.wrap(label, width)
    for mark, said in (("-", one.before), ("+", one.after)):
        if said:
            lines += text.wrap(said, width, "    ", f"  {mark} ")
    return lines


def data(found: Compared) -> dict[str, Any]:
    """The same as data; before and after are in words."""
    return {
        "old": found.old.short,
        "new": found.new.short,
        "fields": [
            {
                "field": ".".join(one.place),
                "label": one.label,
                "before": one.before or None,
                "after": one.after or None,
            }
            for one in found.fields
        ],
        "body": list(found.body),
    }
