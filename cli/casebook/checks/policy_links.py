"""What a policy record names is there: other records, types of case and rows of reference data.

Which fields name something is said by the schemas; whether what is named fits is not judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.document import parse
from casebook.finding import ERROR, WARNING
from casebook.i18n import N_, _
from casebook.pattern import values
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.catalogue import Kind
    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "unknown-reference": N_(
        "A policy record names another record, a type of case or a row of reference data that is "
        "not there. While the record is still a draft this is a warning."
    ),
    "reference-circle": N_(
        "Policy records replace each other, are part of each other or build on each other in a "
        "circle, so that none of them comes first."
    ),
}
NONE = "none"
TYPES = "case/types"
ROWS = "reference/"
ORIGIN = "based_on"


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Findings on references that lead nowhere or back to the record itself."""
    circles = set()
    for pointer, value, targets in subject.kind.references(subject.after.data):
        if value == NONE:
            continue
        known = [one for target in targets for one in _known(target, value, judgement)]
        slug = value.rpartition("/")[2]
        if slug not in known:
            from difflib import get_close_matches

            near = get_close_matches(slug, known, n=1)
            draft = subject.after.state == subject.kind.workflow.initial
            yield found(
                subject.after,
                pointer,
                "unknown-reference",
                _('"{name}" is not there').format(name=value),
                _('Do: did you mean "{near}"?').format(near=near[0])
                if near
                else _("Do: write it first, or take it out here"),
                WARNING if draft else ERROR,
            )
        elif len(pointer) == 1 and targets == [subject.kind.name]:
            circles.add(str(pointer[0]))
    if subject.after.get(ORIGIN):
        circles.add(ORIGIN)  # it may name a record elsewhere, and one here
    for field in sorted(circles):
        yield from _circle(subject, field, judgement)


def _known(target: str, value: str, judgement: Judgement) -> Sequence[str]:
    """What ``value`` could mean among ``target``: ids, and slugs where no version is asked for."""
    catalogue = judgement.policy.catalogue
    if target == TYPES:
        return list(catalogue.kind("case").types.names)
    if target.startswith(ROWS):
        return list(judgement.policy.reference(target.removeprefix(ROWS)))
    kind = catalogue.kinds.get(target)
    if kind is None:
        return []
    ids = judgement.world.ids(kind)
    return ids if "@" in value else [*ids, *(one.partition("@")[0] for one in ids)]


def _circle(subject: Subject, field: str, judgement: Judgement) -> Iterator[Finding]:
    """Whether following ``field`` from record to record comes back to this one."""
    kind, own = subject.kind, subject.after.id
    seen = set[str]()
    ahead = [(own, one) for one in values(subject.after.get(field))]
    while ahead:
        road, reference = ahead.pop()
        named = reference.rpartition("/")[2]
        if named in (own, slug_of(own)):
            yield found(
                subject.after,
                (field,),
                "reference-circle",
                _("{field} comes back to this record: {road}").format(
                    field=kind.field_label(field), road=f"{road} - {own}"
                ),
                _("Do: take it out in one of them"),
            )
            return
        if named in seen:
            continue
        seen.add(named)
        ahead += [
            (f"{road} - {named}", one)
            for path in _paths(kind, named, judgement)
            for one in _at(path, field, judgement)
        ]


def _paths(kind: Kind, named: str, judgement: Judgement) -> list[str]:
    """The files that ``named`` can mean: one version, or all of them."""
    ids = judgement.world.ids(kind)
    meant = (one for one in ids if one == named or one.partition("@")[0] == named)
    return [path for one in meant if (path := kind.path_of(one)) is not None]


def _at(path: str, field: str, judgement: Judgement) -> Sequence[str]:
    """What ``field`` says in the record at ``path``; nothing where it cannot be read."""
    raw = judgement.after.read(path)
    document, _findings = parse(raw, path) if raw is not None else (None, [])
    return values(document.data.get(field)) if document is not None else ()
