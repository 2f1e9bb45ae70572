"""Policy records for the terminal. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, language, sentence
from casebook.pattern import values
from casebook.procedure import Procedure, norm_text
from casebook.render import as_json, text
from casebook.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.policies import PolicyRow
    from casebook.catalogue import Kind
    from casebook.finding import Finding
    from casebook.record import Record


def listing(rows: Sequence[PolicyRow], width: int) -> list[str]:
    """All policy records, one line each."""
    heads = (_("Record"), _("State"), _("Title"))
    shown = [
        (row.record.id, row.state, row.title + (f" ({row.force})" if row.force else ""))
        for row in rows
    ]
    return text.table(heads, shown, width) if shown else [_("No policy records yet.")]


def listing_data(rows: Sequence[PolicyRow], unreadable: Sequence[Finding]) -> dict[str, Any]:
    """The same as data."""
    return {
        "rows": [
            {
                "id": row.record.id,
                "kind": row.record.kind,
                "path": row.record.path,
                "state": row.record.state or None,
                "title": row.title,
            }
            for row in rows
        ],
        "unreadable": [as_json.finding(one) for one in unreadable],
    }


def page(
    kind: Kind, record: Record, duties: Mapping[str, Mapping[str, Any]], width: int
) -> list[str]:
    """One policy record: its fields, the steps of a procedure with term and norm, its text."""
    lines = [record.id, ""]
    for name, value in record.data.items():
        if name == "id":
            continue
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            if record.kind != "procedure":
                lines += _entries(kind, record, name, width)
        elif values(value):
            said = ", ".join(kind.value_label(one, name) for one in values(value))
            lines += text.wrap(f"{sentence(kind.field_label(name))}: {said}", width, "    ", "")
    if record.kind == "procedure":
        lines += _steps(kind, record, duties, width)
    for one in record.document.body.strip().splitlines():
        lines += text.wrap(one, width)
    return lines


def _entries(kind: Kind, record: Record, name: str, width: int) -> list[str]:
    lines = ["", sentence(kind.field_label(name))]
    for entry in record.entries(name):
        lines += _entry(kind, entry, (name,), width, "  ")
    return [*lines, ""]


def _entry(
    kind: Kind, entry: Mapping[str, Any], place: tuple[str, ...], width: int, margin: str
) -> list[str]:
    """One entry with its fields by name, and the entries it holds itself below it."""
    lines = text.wrap(
        str(entry.get("title") or entry.get("id")), width, f"{margin}  ", f"{margin}- "
    )
    for field, value in entry.items():
        if field in ("id", "title"):
            continue
        here = (*place, field)
        inner = f"{margin}    "
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += text.wrap(f"{kind.field_label(*here)}:", width, inner, inner)
            for one in value:
                lines += _entry(kind, one, here, width, inner)
        elif values(value):
            said = ", ".join(kind.value_label(one, *here) for one in values(value))
            lines += text.wrap(f"{kind.field_label(*here)}: {said}", width, f"{inner}  ", inner)
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
