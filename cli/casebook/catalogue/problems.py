"""What is wrong with the data of a casebook: settings, schemas, types, reference data.

It judges no records, and of workflows only whether they can be read.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from casebook import i18n
from casebook.catalogue.books import REFERENCE, SCHEMAS, SETTINGS
from casebook.catalogue.jsonfile import load, locate
from casebook.catalogue.labels import extra_field_problems
from casebook.catalogue.reporting import report
from casebook.catalogue.types import LANGUAGES, SCHEMA, SECTIONS, field_schema, sections
from casebook.finding import Finding, ordered
from casebook.i18n import _
from casebook.validation import Validator, convert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.catalogue.books import Catalogue
    from casebook.catalogue.kind import Kind
    from casebook.document import Document

EXPECTED: Final[dict[str, tuple[object, ...]]] = {
    "format": (1,),
    "sector": ("po", "so", "vo", "vso", "mbo"),
    "circle": ("school", "board"),
}
KEPT: Final = ("cases/", "policy/", "schemas/")  # folders that always hold records or data


def problems(catalogue: Catalogue) -> list[Finding]:
    """All findings on the data, sorted."""
    found = [*catalogue.settings_findings, *_settings(catalogue), *catalogue.broken]
    found += _places(catalogue)
    for kind in catalogue.kinds.values():
        for name in kind.types.names:
            found += _type(kind, name)
    for name in catalogue.reference_names:
        found += _reference(catalogue, name)
    for path in catalogue.paths:
        if path.startswith(REFERENCE) and path.endswith(".json"):
            found += load(catalogue.snapshot.read(path) or b"", path)[1]
    return ordered(found)


def _settings(catalogue: Catalogue) -> Iterator[Finding]:
    settings = catalogue.settings
    if not settings:
        return
    raw = catalogue.snapshot.read(SETTINGS) or b""
    for key, allowed in {**EXPECTED, "language": i18n.available()}.items():
        if settings.get(key) not in allowed:
            expected = " / ".join(f'"{key}": {one!r}'.replace("'", '"') for one in allowed)
            place = locate(raw, (key,))
            yield report(SETTINGS, *place, "settings-wrong", key=key, expected=expected)
    outside = settings.get("outside", [])
    listed = outside if isinstance(outside, list) else [None]
    if not all(
        isinstance(one, str) and one.endswith("/") and not one.startswith(("/", ".", *KEPT))
        for one in listed
    ):
        expected = '"outside": ["docs/", "tests/"]'
        place = locate(raw, ("outside",))
        yield report(SETTINGS, *place, "settings-wrong", key="outside", expected=expected)


def _places(catalogue: Catalogue) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for kind in catalogue.kinds.values():
        if kind.place and kind.place in seen:
            path = f"{SCHEMAS}{kind.name}/schema.json"
            place = locate(kind.files.raw_schema, ("x-kind", "place"))
            yield report(path, *place, "kind-place-twice", other=seen[kind.place])
        seen.setdefault(kind.place, kind.name)


def _type(kind: Kind, name: str) -> Iterator[Finding]:
    document, found = kind.types.document(name)
    yield from found
    if document is None:
        return
    if not kind.types.is_shipped(name):
        yield from _form(document, name)
    if isinstance(document.data.get("fields"), dict):
        yield from _extra_fields(kind, document, name)


def _form(document: Document, name: str) -> Iterator[Finding]:
    """What is wrong with a type by itself, whatever fields its kind has."""
    data, wrong = convert(document.data, SCHEMA)
    judged = {problem.pointer for problem in wrong}
    wrong += [one for one in _validator().problems(data) if one.pointer not in judged]
    for one in wrong:
        place = document.place(one.pointer, key=one.key)
        yield report(document.path, *place, "type-wrong", message=one.message, remedy=one.remedy)
    if data.get("id", name) != name:
        message = _('the id must be the name of the file, "{name}"').format(name=name)
        yield _wrong(document, ("id",), message)
    variants = data.get("variants", [])
    for language in LANGUAGES:
        labels = data.get(f"variant_labels_{language}", [])
        if len(labels) != len(variants):
            message = _("there are {variants} variants and {labels} labels for them").format(
                variants=len(variants), labels=len(labels)
            )
            yield _wrong(document, (f"variant_labels_{language}",), message)
    known = sections(document.body)
    for headings in SECTIONS.values():
        for language in LANGUAGES:
            heading = headings[language]
            if not known.get(heading):
                line = document.body_line
                yield report(document.path, line, 1, "type-text-missing", heading=heading)


def _extra_fields(kind: Kind, document: Document, type_name: str) -> Iterator[Finding]:
    """The extra fields of a type, judged as if they stood in the schema of the kind."""
    own = kind.schema.get("properties", {})
    fields: Any = document.data["fields"]
    for name, raw in fields.items():
        place = document.place(("fields", name), key=True)
        if name in own:
            message = _("every case has a field of this name already")
            yield report(document.path, *place, "type-field", field=name, message=message)
        if not isinstance(raw, dict) or kind.types.is_shipped(type_name):
            continue  # said already: an extra field is a map
        for problem in extra_field_problems(kind.schema, name, field_schema(name, raw)):
            message = problem.message
            yield report(document.path, *place, "type-field", field=name, message=message)


def _wrong(document: Document, pointer: tuple[str, ...], message: str) -> Finding:
    remedy = _("Do: see schemas/README.md")
    place = document.place(pointer)
    return report(document.path, *place, "type-wrong", message=message, remedy=remedy)


@cache
def _validator() -> Validator:
    """The compiled schema of type files."""
    return Validator(SCHEMA)


def _reference(catalogue: Catalogue, name: str) -> Iterator[Finding]:
    path = f"{REFERENCE}{name}.yaml"
    rows, found = catalogue.read_reference(name)
    yield from found
    if any(one.is_error for one in found):
        return
    if not rows:
        yield report(path, 1, 1, "reference-wrong", message=_("there are no rows"))
    seen: set[str] = set()
    for number, row in enumerate(rows):
        identity = row.get("id")
        if not isinstance(identity, str) or not identity:
            message = _("row {number} has no id").format(number=number + 1)
            yield report(path, 0, 0, "reference-wrong", message=message)
        elif identity in seen:
            message = _('the id "{id}" stands here twice').format(id=identity)
            yield report(path, 0, 0, "reference-wrong", message=message)
        seen.add(str(identity))
