"""What a record points at exists: its own entries, other cases, the procedure it runs under.

Whether the thing pointed at is right is other checks' business.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _
from casebook.pattern import values
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from casebook.catalogue import Kind
    from casebook.checks.base import Judgement, Subject
    from casebook.document import Pointer
    from casebook.finding import Finding
    from casebook.record import Record

FINDINGS = {
    "unknown-code": N_("A code such as P1 or C2 is used that no entry of the record has."),
    "unknown-case": N_("A link or merge points at a case that is not in this casebook."),
    "unknown-procedure": N_("The procedure or its version is not among the school's procedures."),
    "link-circle": N_(
        "Cases are part of each other in a circle, or a case is linked to itself: none of them "
        "could ever be closed."
    ),
}
# Free texts that name an entry when they look like its code: ``source: T1``.
LOOSE = frozenset(("source", "kept_by"))
PART = "has-part"
CODE = regex(r"[A-Z][1-9][0-9]{0,3}")


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on references that lead nowhere."""
    if subject.kind.name != "case":
        return
    record = subject.after
    listed = record.lists()
    own = {str(entry.get("id")) for _list, entry in listed}
    for name, entry in listed:
        for field in _fields(subject.kind, name):
            named = entry.get(field)
            if not named or (type(named) is str and named in own):
                continue
            for code in values(named):
                if code not in own and CODE.fullmatch(code):
                    yield _unknown_code(record, (name, str(entry.get("id")), field), code, own)
    yield from _cases(subject, judgement)
    if record.data.get("links"):
        yield from _circles(subject, judgement)
    yield from _procedure(subject, judgement)


def _unknown_code(record: Record, pointer: Pointer, code: str, own: AbstractSet[str]) -> Finding:
    choices = sorted(one for one in own if one[:1] == code[0])
    return found(
        record,
        pointer,
        "unknown-code",
        _("there is no {code} in this case").format(code=code),
        _("Do: use one of {codes}").format(codes=", ".join(choices))
        if choices
        else _("Do: add it first"),
    )


@lru_cache(maxsize=64)
def _fields(kind: Kind, name: str) -> tuple[str, ...]:
    """The fields of a list's entries that may name another entry."""
    return tuple(sorted(kind.code_fields(name) | LOOSE))


def _cases(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    record = subject.after
    wanted: list[tuple[tuple[str, ...], str]] = []
    if "merged_into" in record.data:
        wanted.append((("merged_into",), record.text("merged_into")))
    wanted += [
        (("links", str(link.get("id")), "case"), str(link.get("case", "")))
        for link in record.entries("links")
    ]
    wanted += [
        (("persons", str(person.get("id")), "same_as"), str(person["same_as"]).partition("/")[0])
        for person in record.entries("persons")
        if person.get("same_as")
    ]
    for pointer, identity in wanted:
        if not identity or identity == "none":
            continue
        path = subject.kind.path_of(identity)
        if path is None or judgement.after.read(path) is None:
            yield found(
                record,
                pointer,
                "unknown-case",
                _("there is no case {case} here").format(case=identity),
                _('Do: write the right case, or "none" and a note when it is kept elsewhere'),
                WARNING if pointer[-1] == "same_as" else "error",
            )


def _circles(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    record = subject.after
    for link in record.entries("links"):
        other = str(link.get("case", ""))
        part = link.get("kind") == PART
        if other == record.id or (part and _within(other, record.id, judgement)):
            yield found(
                record,
                ("links", str(link.get("id")), "case"),
                "link-circle",
                _("the link to {case} comes back to this case").format(case=other),
                _("Do: keep the link in one of the cases only"),
            )


def _within(start: str, wanted: str, judgement: Judgement) -> bool:
    """Whether ``wanted`` is a part of ``start``, directly or through others."""
    ahead, seen = [start], set[str]()
    while ahead:
        identity = ahead.pop()
        if identity == wanted:
            return True
        if identity in seen:
            continue
        seen.add(identity)
        case = judgement.world.case(identity)
        ahead += [
            str(link.get("case"))
            for link in (case.entries("links") if case is not None else ())
            if link.get("kind") == PART
        ]
    return False


def _procedure(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    record = subject.after
    reference = record.text("procedure")
    if reference and judgement.policy.procedure(reference) is None:
        yield found(
            record,
            ("procedure",),
            "unknown-procedure",
            _("there is no procedure {procedure}").format(procedure=reference),
            _("Do: look at policy/procedures for the right name and version"),
        )
