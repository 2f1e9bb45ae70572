"""The words of policy and reference data: procedures, their steps, roles, duties, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import i18n
from casebook.actions.lexicon import Meaning, Word, texts
from casebook.catalogue.books import REFERENCE, rows
from casebook.i18n import _
from casebook.pattern import values
from casebook.policy import PROCEDURES
from casebook.procedure import Procedure, norm_text
from casebook.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.policy import Policy

    Place = tuple[str, int]


def words(policy: Policy) -> Iterator[Word]:
    """Every procedure with its steps, and every row of reference data."""
    yield from _procedures(policy)
    for name in policy.catalogue.reference_names:
        yield from _reference(policy, name)


def _procedures(policy: Policy) -> Iterator[Word]:
    for identity in policy.procedure_ids():
        path = f"{PROCEDURES}{identity}.md"
        record = policy.read(path)
        if record is None:
            continue
        procedure = Procedure.from_record(record)
        line = record.document.place(("title",))[0]
        title = procedure.title(i18n.language())
        said = (_("Steps: {names}.").format(names=", ".join(one.id for one in procedure.steps)),)

        def whole(
            identity: str = identity,
            title: str = title,
            said: tuple[str, ...] = said,
            path: str = path,
            line: int = line,
        ) -> Meaning:
            return Meaning(identity, "procedure", _("procedure"), title, said, path, line)

        yield Word((identity, identity.partition("@")[0], *procedure.titles.values()), whole)
        for step in procedure.steps:
            place = (path, record.document.place(("steps", step.id))[0])

            def meaning(
                procedure: Procedure = procedure, name: str = step.id, place: Place = place
            ) -> Meaning:
                return _step(policy, procedure, name, place)

            yield Word((step.id, *step.titles.values()), meaning)


def _step(policy: Policy, procedure: Procedure, name: str, place: Place) -> Meaning:
    step = procedure.step(name)
    assert step is not None  # noqa: S101 - it was listed
    kind = policy.catalogue.kind("procedure")
    language = i18n.language()
    said = texts(
        step.hint_now(),
        _("Step of {procedure}, {need}; owner: {owner}.").format(
            procedure=procedure.id,
            need=kind.value_label(step.need, "steps", "need"),
            owner=kind.role_label(step.owner),
        ),
        step.within and _("Within: {term}.").format(term=term_text(step.within, language)),
        step.before
        and _("Before the move {move}.").format(
            move=kind.value_label(step.before, "steps", "before")
        ),
        _("Norm: {norm}.").format(norm=norm_text(step, policy.reference("duties"), language)),
    )
    return Meaning(name, "step", _("step"), step.title_now(), said, *place)


def sorts() -> dict[str, str]:
    """What one row of each file of reference data is called."""
    return {
        "roles": _("role"),
        "duties": _("duty from the law"),
        "offences": _("offence"),
        "contacts": _("contact"),
        "categories": _("national category"),
        "sources": _("source"),
    }


def _reference(policy: Policy, name: str) -> Iterator[Word]:
    path = f"{REFERENCE}{name}.yaml"
    raw = policy.snapshot.read(path) or b""
    document, listed, _wrong = rows(raw, path)
    if document is None:
        return
    top = next((key for key, value in document.data.items() if isinstance(value, list)), "")
    # A file that is one bare list is read with a line in front of it.
    shift = 0 if f"{top}:".encode() in raw else 1
    for number, row in enumerate(listed):
        line = document.place((top, number, "id"))[0] - shift

        def meaning(row: Mapping[str, Any] = row, line: int = line) -> Meaning:
            return Meaning(
                str(row.get("id", "")),
                name,
                sorts().get(name, name),
                row_text(row, "label", "title", "name") or str(row.get("id", "")),
                _row(row),
                path,
                line,
            )

        named = [str(value) for key, value in row.items() if key[:5] in ("label", "title", "name_")]
        yield Word((str(row.get("id", "")), *named), meaning)


def row_text(row: Mapping[str, Any], *keys: str) -> str:
    """The first text that a row of reference data has for these keys, in the user's language."""
    for key in keys:
        texts = {
            name.removeprefix(f"{key}_"): str(text)
            for name, text in row.items()
            if name[:-2] == f"{key}_" and text  # two letters: a language
        }
        found = i18n.worded(texts, i18n.language()) or str(row.get(key) or "")
        if found:
            return found
    return ""


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    article = " ".join(str(row[key]) for key in ("law", "article") if row.get(key))
    certainty = str(row.get("certainty", ""))
    return texts(
        row_text(row, "note"),
        row_text(row, "for"),
        article and _("Law: {article}.").format(article=article),
        certainty and _("Certainty: {how}.").format(how=certainty),
        _("For: {names}.").format(names=", ".join(values(row["applies_to"])))
        if row.get("applies_to")
        else "",
        row_text(row, "phone"),
        str(row.get("url", "")),
    )
