"""What changed since a year before: new, ended, and field by field what reads differently.

It compares texts only; fields that say who worked on a text or what led to it are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, label, sentence
from casebook.pattern import values
from casebook.render.site.blocks import Page, Para, Section, Table, Text, plain
from casebook.render.site.rules import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.actions.edition import Changed
    from casebook.record import Record
    from casebook.render.site.blocks import Block, Words
    from casebook.render.site.speech import Speech

LONGEST = 300  # signs of a text in the table; the whole text stands on its own page


def page(speech: Speech) -> Page:
    """The texts of now beside those of a year before."""
    since = day(speech, speech.edition.year_before.isoformat())
    now = day(speech, speech.asked.day.isoformat())
    said = _("Compared: what applied on {before} and what applies on {now}.")
    blocks: list[Block] = [Para(plain(said.format(before=since, now=now)))]
    changed = list(speech.edition.changed())
    if not any(speech.edition.before.values()):
        blocks.append(Para(plain(_("A year before nothing was in force yet: all of this is new."))))
    elif not changed:
        blocks.append(Para(plain(_("Nothing changed since then."))))
    new = [one for one in changed if one.before is None]
    ended = [one for one in changed if one.after is None]
    for title, found in ((_("New"), new), (_("No longer in force"), ended)):
        if found:
            blocks.append(Section(Text(title), (_list(speech, title, found),)))
    both = [one for one in changed if one.before is not None and one.after is not None]
    if both:
        blocks.append(Section(Text(_("Changed")), tuple(_compared(speech, one) for one in both)))
    about = _("New rules, rules that ended, and what reads differently.")
    return Page(
        "changes", _("What is new"), _("What changed since last year"), about, tuple(blocks)
    )


def _list(speech: Speech, title: str, found: list[Changed]) -> Table:
    rows: list[tuple[Words, ...]] = []
    for one in found:
        record = one.after or one.before
        assert record is not None  # noqa: S101 - it came or it went
        named = speech.link(one.kind, record.id) if one.after else speech.title(record)
        when = record.text("in_force_until" if one.after is None else "in_force_from")
        kind = sentence(label(speech.kind(one.kind).label, one.kind))
        rows.append(((named,), plain(kind), plain(day(speech, when))))
    last = _("Until") if found[0].after is None else _("From")
    return Table(title, (_("Title"), _("Kind"), last), tuple(rows))


def _compared(speech: Speech, one: Changed) -> Section:
    assert one.before is not None  # noqa: S101 - both are there
    assert one.after is not None  # noqa: S101
    rows = tuple(differences(speech, one.before, one.after))
    title = speech.title(one.after)
    kind = sentence(label(speech.kind(one.kind).label, one.kind))
    heads = (_("What"), _("Before"), _("Now"))
    blocks: list[Block] = [Para(((speech.link(one.kind, one.after.id)),))]
    if rows:
        blocks.append(Table(title.words, heads, rows))
    else:
        blocks.append(Para(plain(_("A new version with the same text."))))
    return Section(Text(f"{kind}: {title.words}", title.lang), tuple(blocks))


def differences(speech: Speech, before: Record, after: Record) -> Iterator[tuple[Words, ...]]:
    """A row for every part of the text that differs: what, as it was, as it is."""
    kind = speech.kind(after.kind)
    for field in kind.text_fields:
        old, new = before.get(field), after.get(field)
        if old == new:
            continue
        name = speech.label(after.kind, field)
        if _is_list(old) or _is_list(new):
            yield from _entries(speech, after.kind, field, before, after)
        else:
            yield plain(name), _said(speech, before, field), _said(speech, after, field)
    if before.document.body.strip() != after.document.body.strip():
        yield plain(_("Explanation")), plain(_("rewritten")), plain(_("see the text"))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _said(speech: Speech, record: Record, field: str) -> Words:
    words = speech.said(record.kind, record.data, field)
    return tuple(_short(one) for one in words) or plain(_("nothing"))


def _short(one: Any) -> Any:
    if len(one.words) <= LONGEST:
        return one
    return Text(one.words[: LONGEST - 1].rstrip() + "…", one.lang)


def _entries(
    speech: Speech, kind: str, field: str, before: Record, after: Record
) -> Iterator[tuple[Words, ...]]:
    """The entries of a list that came, went or read differently."""
    old = {str(one.get("id")): one for one in before.entries(field)}
    new = {str(one.get("id")): one for one in after.entries(field)}
    for name in dict.fromkeys([*old, *new]):
        was, is_now = old.get(name, {}), new.get(name, {})
        if was == is_now:
            continue
        what = f"{speech.label(kind, field)}: {(is_now or was).get('title') or name}"
        differ = [one for one in dict.fromkeys([*was, *is_now]) if was.get(one) != is_now.get(one)]
        yield (
            (speech.own(what),),
            _parts(speech, kind, field, was, differ),
            _parts(speech, kind, field, is_now, differ),
        )


def _parts(
    speech: Speech, kind: str, field: str, entry: Mapping[str, Any], names: list[str]
) -> Words:
    said: list[str] = []
    for name in names:
        if name == "id" or not values(entry.get(name)):
            continue
        text = (
            _("see the text")
            if _is_list(entry.get(name))
            else speech.named(kind, entry, field, name)
        )
        said.append(f"{speech.kind(kind).field_label(field, name)}: {text}")
    return (_short(speech.own("; ".join(said) or _("nothing"))),)
