"""One policy record for the terminal. Pure: values in, lines out.

Every field is shown, also one that a school adds; no kind is known by name but the procedure, whose
steps have their own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, label, language, sentence
from casebook.pattern import values
from casebook.procedure import Procedure, norm_text
from casebook.render import text
from casebook.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.policylist import PolicyRow
    from casebook.actions.relating import PolicyView, Referrer
    from casebook.catalogue import Kind
    from casebook.record import Record

    Place = tuple[str, ...]
    Names = Mapping[tuple[Place, str], str]

SAID = ("id", "state", "model", "fingerprint")  # in the head, or for the program only
LONG = 60  # characters from which on a text gets lines of its own
MOST = 5  # cases that are named before the rest is counted


def head(row: PolicyRow, width: int) -> list[str]:
    """What a record is: its name, kind and state on one line, and its title."""
    said = [label(row.kind.label, row.kind.name)]
    said += [", ".join(one for one in (row.state, row.force) if one)]
    lines = text.wrap("  ".join(one for one in (row.record.short, *said) if one), width)
    return [*lines, *(text.wrap(row.title, width) if row.title else [])]


def page(
    view: PolicyView, duties: Mapping[str, Mapping[str, Any]], width: int, *, paper: bool = False
) -> list[str]:
    """One policy record: its fields and entries, its text, what it is tied to, what comes next."""
    record, kind = view.row.record, view.row.kind
    lines = [*head(view.row, width), ""]
    if view.next is not None and not paper:
        lines += text.wrap(_("Next: {what}{when}").format(what=view.next.text, when=""), width)
        lines += [f"  {text.command(view.next.argv)}", ""]
    for name, value in record.data.items():
        if name in SAID or (name.startswith(kind.title_field) and value == view.row.title):
            continue
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            if record.kind != "procedure":
                lines += _entries(kind, record, name, view.names, width)
        elif values(value):
            said = _said(kind, (name,), value, view.names)
            lines += _field(sentence(kind.field_label(name)), said, width)
    if record.kind == "procedure":
        lines += _steps(kind, record, duties, width)
    return _squeezed([*lines, *_body(record, width), *_ties(view, width)])


def _squeezed(lines: Sequence[str]) -> list[str]:
    """The lines with never more than one empty line between them."""
    return [one for number, one in enumerate(lines) if one or (number and lines[number - 1])]


def _field(name: str, said: str, width: int) -> list[str]:
    """A field on its line; a long text below its name."""
    if len(said) <= LONG and "\n" not in said:
        return text.wrap(f"{name}: {said}", width, "    ", "")
    return [f"{name}:", *text.wrap(said, width, "    ", "    ")]


def _said(kind: Kind, place: Place, value: Any, names: Names) -> str:
    """A value in words; what names something else with what that is called."""
    return ", ".join(_named(kind, place, one, names) for one in values(value))


def _named(kind: Kind, place: Place, value: str, names: Names) -> str:
    title = names.get((place, value), "")
    if title and title != value:
        return f"{title} ({value})"
    return kind.value_label(value, *place)


def _body(record: Record, width: int) -> list[str]:
    """The text below the fields, without the remarks that a template leaves."""
    import re

    body = re.sub(r"<!--.*?-->", "", record.document.body, flags=re.DOTALL).strip()
    lines = [part for one in body.splitlines() for part in text.wrap(one, width)]
    return ["", *lines] if lines else []


def _ties(view: PolicyView, width: int) -> list[str]:
    """What names the record: other versions, other records, cases."""
    lines: list[str] = []
    for newer in view.replaced_by:
        lines += text.wrap(_("Replaced by: {record}").format(record=newer), width)
    for other in view.versions:
        said = ", ".join(part for part in (other.state, other.force) if part)
        lines += text.wrap(
            _("Other version: {record} ({state})").format(record=other.record.id, state=said), width
        )
    if view.referrers:
        lines += ["", _("Named by")] if lines else [_("Named by")]
        for one in view.referrers:
            lines += text.wrap(_referrer(one), width, "      ", "  ")
    if view.cases:
        shown = ", ".join(view.cases[:MOST])
        if len(view.cases) > MOST:
            shown = _("{cases} and {number} more").format(
                cases=shown, number=len(view.cases) - MOST
            )
        lines += text.wrap(_("Used in cases: {cases}").format(cases=shown), width)
    return ["", *lines] if lines else []


def _referrer(one: Referrer) -> str:
    return f"{one.name}  {one.title} ({one.kind.field_label(*one.place)})"


def data(view: PolicyView) -> dict[str, Any]:
    """The same as data: the fields as they are, and what is computed beside them."""
    record = view.row.record
    return {
        record.kind: {**dict(record.data), "path": record.path},
        "ref": record.short,
        "in_force": view.row.applies,
        "replaced_by": list(view.replaced_by),
        "versions": [one.record.id for one in view.versions],
        "named_by": [{"ref": one.name, "field": ".".join(one.place)} for one in view.referrers],
        "cases": list(view.cases),
    }


def _entries(kind: Kind, record: Record, name: str, names: Names, width: int) -> list[str]:
    lines = ["", sentence(kind.field_label(name))]
    for entry in record.entries(name):
        lines += _entry(kind, entry, (name,), names, width)
    return [*lines, ""]


def _entry(  # noqa: PLR0917 - from what is shown to how
    kind: Kind,
    entry: Mapping[str, Any],
    place: Place,
    names: Names,
    width: int,
    margin: str = "  ",
) -> list[str]:
    """One entry with its fields by name, and the entries it holds itself below it."""
    code, title = str(entry.get("id", "")), str(entry.get("title", ""))
    known = kind.prefixes.get(place[-1]) if len(place) == 1 else None
    # A code is typed to change the entry; the name of an entry that has a title says nothing more.
    first = f"{code} {title}".strip() if known or not title else title
    lines = text.wrap(first, width, f"{margin}  ", f"{margin}- ")
    for field, value in entry.items():
        if field in ("id", "title"):
            continue
        here = (*place, field)
        inner = f"{margin}    "
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += text.wrap(f"{kind.field_label(*here)}:", width, inner, inner)
            for one in value:
                lines += _entry(kind, one, here, names, width, inner)
        elif values(value):
            said = f"{kind.field_label(*here)}: {_said(kind, here, value, names)}"
            lines += text.wrap(said, width, f"{inner}  ", inner)
    return lines


def _steps(
    kind: Kind, record: Record, duties: Mapping[str, Mapping[str, Any]], width: int
) -> list[str]:
    lines = ["", _("Steps")]
    for step in Procedure.from_record(record).steps:
        need = kind.value_label(step.need, "steps", "need")
        owner = f"{kind.role_label(step.owner)}, " if step.owner else ""
        term = f", {term_text(step.within, language())}" if step.within else ""
        lines += text.wrap(
            f"{step.title_now()} ({owner}{need}{term}; {norm_text(step, duties, language())})",
            width,
            "      ",
            "  - ",
        )
    return [*lines, ""]
