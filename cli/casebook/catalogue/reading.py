"""From a document to a record: fields typed and judged by the schema, with line and column.

What a record may be in relation to others, to its past and to the law is judged by the checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import i18n
from casebook.catalogue.labels import value_labels
from casebook.catalogue.reporting import did_you_mean, report
from casebook.finding import Finding
from casebook.record import Record
from casebook.validation import shaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.catalogue.kind import Kind
    from casebook.document import Document
    from casebook.validation import Pointer, Problem

NAMES: Final[dict[str, str]] = {
    "additionalProperties": "unknown-field",
    "enum": "not-allowed-value",
    "required": "missing-field",
    "required-empty": "empty-field",
    "minLength": "empty-field",
    "minItems": "empty-field",
    "format": "wrong-format",
    "pattern": "wrong-format",
    "maxLength": "too-long",
    "type": "wrong-type",
    "uniqueItems": "not-unique",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "maxItems": "out-of-range",
}


def read_record(
    kind: Kind, document: Document, before: Record | None = None
) -> tuple[Record | None, list[Finding]]:
    """The record, or None when its shape is wrong, and all findings on its fields.

    ``before`` is another version of it in which nothing was wrong; it may hold the very same
    values.
    """
    if before is not None and document.data is before.document.data:
        return _record(kind, document, before.data), []
    names = _types(kind, document.data)
    problems: list[Problem] = []
    data = kind.quick_for(names).typed(document.data, _typed_before(kind, names, before))
    if data is None:
        data, problems = kind.converter_for(*names).convert(document.data)
        judged = {problem.pointer for problem in problems}
        found = kind.validator_for(*names).problems(data)
        problems += [one for one in found if one.pointer not in judged]
    findings = [_finding(kind, document, problem) for problem in problems]
    wrong = {problem.pointer for problem in problems}
    if data.get("type") not in kind.types.names or "also" in data:
        findings += _unknown_types(kind, document, data)
    findings += _unknown_state(kind, document, data, known_wrong=("state",) in wrong)
    findings += _names(kind, document, data)
    sound = before.data if before is not None else {}
    findings += _repeated_ids(document, data, sound)
    findings = _less_of_broken_types(kind, names, findings)
    if findings and any(finding.check == "wrong-type" for finding in findings):
        return None, findings
    return _record(kind, document, data), findings


def _typed_before(
    kind: Kind, names: tuple[str, ...], before: Record | None
) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """What was read, and what the same schema made of it."""
    if before is None or _types(kind, before.document.data) != names:
        return None
    return before.document.data, before.data


def only_record(kind: Kind, document: Document) -> Record | None:
    """The record without a word on its fields, or None when its shape is wrong."""
    names = _types(kind, document.data)
    data = kind.quick_for(names).typed(document.data)
    if data is None:
        schema = kind.schema_for(*names)
        data, _problems = kind.converter_for(*names).convert(document.data)
        if not shaped(data, schema, schema):
            return None
    return _record(kind, document, data)


def _record(kind: Kind, document: Document, data: Mapping[str, Any]) -> Record:
    identity = data.get("id") or document.path.rpartition("/")[2].removesuffix(".md")
    return Record(kind.name, str(identity), document.path, data, document)


def _types(kind: Kind, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The types whose fields a record may have; () where its kind has no types."""
    known = kind.types.names
    also = data.get("also")
    named = [data.get("type"), *(also if isinstance(also, list) else ())]
    return tuple([one for one in named if isinstance(one, str) and one in known]) or ("",)


def _finding(kind: Kind, document: Document, problem: Problem) -> Finding:
    check = NAMES.get(problem.keyword, "wrong-format")
    pointer = problem.pointer
    if problem.keyword == "pattern" and pointer[-1] == "id" and pointer[0] in kind.prefixes:
        check = "wrong-prefix"
    line, column = document.place(pointer, key=problem.key)
    return Finding(document.path, line, column, check, problem.message, problem.remedy)


def _unknown_types(kind: Kind, document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    names = kind.types.names
    if "type" not in kind.schema.get("properties", {}) or not names:
        return
    also = data.get("also")
    places: list[tuple[Pointer, Any]] = [(("type",), data.get("type"))]
    places += [
        (("also", number), one) for number, one in enumerate(also if isinstance(also, list) else ())
    ]
    for pointer, value in places:
        if isinstance(value, str) and value not in names:
            yield _unknown(kind, document, pointer, "unknown-type", value)


def _unknown_state(
    kind: Kind, document: Document, data: Mapping[str, Any], *, known_wrong: bool
) -> Iterator[Finding]:
    states = kind.workflow.states
    state = data.get("state")
    if states and isinstance(state, str) and state not in states and not known_wrong:
        yield _unknown(kind, document, ("state",), "unknown-state", state)


def _unknown(kind: Kind, document: Document, pointer: Pointer, check: str, value: str) -> Finding:
    """An unknown type or state, with the nearest known one by id or label."""
    from casebook.validation import nearest, shown

    known = value_labels(kind, pointer[:1])
    names = {word: one for one, labels in known.items() for word in (one, *labels.values())}
    near = names.get(nearest(value, names), "")
    return report(
        document.path,
        *document.place(pointer),
        check,
        value=shown(value),
        near=did_you_mean(near),
        choices=", ".join(known),
    )


def _names(kind: Kind, document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The file's name is that of a record, and the id inside is the same."""
    path, identity = document.path, data.get("id")
    named = kind.id_of(path)
    if named is not None and identity == named:
        return
    if named is None:
        yield report(path, 0, 0, "file-name-wrong", kind=i18n.label(kind.label, kind.name))
    elif isinstance(identity, str) and kind.path_of(identity) not in (path, None):
        place = document.place(("id",))
        right = kind.path_of(identity)
        yield report(path, *place, "id-not-file-name", id=identity, right=right)


def _repeated_ids(
    document: Document, data: Mapping[str, Any], sound: Mapping[str, Any]
) -> Iterator[Finding]:
    """Codes that two entries of a list have; ``sound`` holds lists in which none is repeated."""
    for name, entries in data.items():
        if entries is sound.get(name):
            continue
        # One entry repeats nothing, and neither do as many ids as there are entries.
        if type(entries) is not list or len(entries) < 2 or type(entries[0]) is str:
            continue
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
        if len({one for one in ids if isinstance(one, str)}) == len(ids):
            continue
        seen: dict[str, int] = {}
        for number, identity in enumerate(ids):
            if not isinstance(identity, str):
                continue
            if identity in seen:  # places are looked up only now: that costs more than all else
                first = document.place((name, seen[identity], "id"))[0]
                place = document.place((name, number, "id"))
                yield report(document.path, *place, "duplicate-id", id=identity, first=first)
            seen.setdefault(identity, number)


def _less_of_broken_types(
    kind: Kind, names: tuple[str, ...], findings: list[Finding]
) -> list[Finding]:
    """Where a type cannot be read, its own finding stands in for those on its unknown fields."""
    broken = [one for name in names if name for one in kind.types.document(name)[1] if one.is_error]
    if not broken:
        return findings
    return [*(one for one in findings if one.check != "unknown-field"), *broken]
