"""Announcements: which versions of rules and of what follows were told, to whom, when and how.

Who has not been told yet is counted elsewhere; nothing here names a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import sets
from casebook.actions import entries, filling, policies, results, together, writing
from casebook.actions.forms import Field, plain_fields
from casebook.actions.outcome import Next, Outcome
from casebook.actions.together import Piece
from casebook.calendar import day_of
from casebook.document.compose import compose
from casebook.document.edit import RemoveKey, apply
from casebook.errors import RefusedError, UsageError
from casebook.i18n import _
from casebook.pattern import values
from casebook.record import short_name, trailer
from casebook.versions import FROM, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind
    from casebook.document.edit import Edit
    from casebook.record import Record

    Values = Mapping[str, "str | list[str]"]

KIND = "announcement"
LONGEST = 60  # characters of a slug
OF, GIVEN, PLANNED, AUDIENCE, MODEL = "of", "given", "planned", "audience", "model"
STAFF = "staff"


def form(desk: Desk) -> list[Field]:
    """Every field that can be given, in the order of the schema; what is told is worked out."""
    schema = desk.policy.catalogue.kind(KIND).schema
    return [one for one in plain_fields(schema) if one.name not in (OF, MODEL)]


def split(desk: Desk, typed: Sequence[str]) -> tuple[list[Record], list[Record]]:
    """The announcements and the texts that were named; raises UsageError for both at once."""
    named = [policies.to_change(desk, one) for one in typed]
    there = [one for one in named if one.kind == KIND]
    texts = [_meant(desk, one, word) for one, word in zip(named, typed, strict=True)]
    if not there:
        return [], texts
    if len(there) < len(named):
        raise UsageError(
            _("Name announcements that are there already, or texts to be announced, not both."),
            _("See them with: {command}").format(command="git policy list"),
        )
    return there, []


def _meant(desk: Desk, record: Record, typed: str) -> Record:
    """The version that was named; without one, that which people have to be told: adopted."""
    kind = desk.kind_of(record)
    if "@" in typed or "@" not in record.id:
        return record
    applied = [
        one
        for one in desk.policy.all_versions(kind.name, slug_of(record.id))
        if one.text("fingerprint") and not kind.workflow.is_end(one.state)
    ]
    today = desk.now.date()
    standing = desk.policy.find(kind.name, slug_of(record.id), today)
    return next((one for one in applied if standing and one.id == standing.id), None) or (
        applied[-1] if applied else record
    )


def told(desk: Desk, texts: Sequence[Record], day: date, audience: str = STAFF) -> list[str]:
    """The versions that an announcement of these texts is of: they and what follows from them.

    What follows for staff only is told to staff only. Raises RefusedError for a text that was
    never adopted: nobody is told a draft as a rule.
    """
    found: dict[str, None] = {}
    for text in texts:
        kind = desk.kind_of(text)
        if kind.text_fields and not text.text("fingerprint"):
            raise RefusedError(
                _("{record} has not been adopted; drafts are not announced.").format(
                    record=text.short
                ),
                _("Do: {command}").format(command=f"git policy adopt {text.short}"),
            )
        found[text.id] = None
        for one in _consequences(desk, text, day):
            if audience == STAFF or values(one.get(AUDIENCE)) != (STAFF,):
                found[one.id] = None
    return list(found)


def _consequences(desk: Desk, text: Record, day: date) -> Iterator[Record]:
    """What follows when a text is broken: the parts it names, or that its rules do, that day."""
    kind = desk.kind_of(text)
    rules = [text] if sets.ties(kind, sets.PART) else []
    for name, slug in sets.family(desk.policy, text):
        if sets.ties(desk.policy.catalogue.kind(name), sets.PART):
            rules += [one for one in [desk.policy.find(name, slug, day)] if one is not None]
    for rule in rules:
        for name, slug in sets.tied(desk.kind_of(rule), rule, sets.PART):
            # What a rule names is looked for on its first day, when that is still to come.
            part = desk.policy.find(name, slug, max(day, day_of(rule.get(FROM)) or day))
            if part is not None:
                yield part


def announce(
    desk: Desk, texts: Sequence[Record], answers: Values, *, dry_run: bool = False
) -> Outcome:
    """Record a new announcement of these texts, planned or given, and commit it."""
    audience = str(answers[AUDIENCE])
    kind = desk.policy.catalogue.kind(KIND)
    day = day_of(answers.get(GIVEN) or answers.get(PLANNED)) or desk.now.date()
    data: dict[str, Any] = dict(answers)
    data[OF] = answers.get(OF) or told(desk, texts, day, audience)
    data.setdefault(kind.title_field, _title(desk, kind, texts, audience))
    identity = _identity(desk, kind, texts, f"{audience}-{day.isoformat()}")
    data = dict(filling.filled(desk, kind.schema, {**data, "id": identity}))
    path = kind.path_of(identity)
    assert path is not None  # noqa: S101 - made to fit
    word = GIVEN if answers.get(GIVEN) else PLANNED
    written = writing.create(
        desk,
        path,
        compose(data, kind.template(desk.casebook.language)),
        f"policy {short_name(KIND, identity)}: new, {word}",
        [trailer(KIND, identity)],
        dry_run=dry_run,
    )
    return results.outcome(
        desk,
        None,
        written,
        _said(data, given=word == GIVEN),
        dry_run=dry_run,
        data={OF: data[OF]},
        details=(_("File: {path}").format(path=path),),
    )


def _said(data: Mapping[str, Any], *, given: bool) -> str:
    said = _("Told: {texts} ({record}).") if given else _("Planned: {texts} ({record}).")
    return said.format(texts=", ".join(data[OF]), record=short_name(KIND, str(data["id"])))


def _title(desk: Desk, kind: Kind, texts: Sequence[Record], audience: str) -> str:
    titles = ", ".join(one.text(desk.kind_of(one).title_field) for one in texts)
    who = kind.value_label(audience, AUDIENCE)
    return f"{titles}: {who}"[:200]


def _identity(desk: Desk, kind: Kind, texts: Sequence[Record], tail: str) -> str:
    start = slug_of(texts[0].id)[: LONGEST - len(tail) - 5].strip("-")
    wanted, number = f"{start}-{tail}", 1
    while desk.tree.read(kind.path_of(wanted) or "") is not None:
        number += 1
        wanted = f"{start}-{tail}-{number}"
    return wanted


def mark(desk: Desk, there: Sequence[Record], answers: Values, *, dry_run: bool = False) -> Outcome:
    """Fill in what came of announcements that are there: given, reached, counted; one commit."""
    kind = desk.policy.catalogue.kind(KIND)

    def pieces() -> list[Piece]:
        made = []
        for record in there:
            edits: list[Edit] = [
                entries.set_field(kind.schema, (name,), value)
                for name, value in answers.items()
                if record.get(name) != value
            ]
            edits += [RemoveKey((MODEL,))] if record.get(MODEL) else []
            made.append(Piece(record.document.raw, apply(record.document, edits)))
        return made

    done = together.change(
        desk,
        pieces,
        lambda _records: (
            f"policy {', '.join(one.short for one in there[:3])}: announce"
            + (f", {len(there)} records" if len(there) > 1 else ""),
            [trailer(KIND, one.id) for one in there],
        ),
        dry_run=dry_run,
    )
    word = _("Told: {records}.") if answers.get(GIVEN) else _("Changed: {records}.")
    return Outcome(
        id=there[0].id,
        path=there[0].path,
        message=word.format(records=", ".join(one.short for one in there))
        if done.records
        else _("Nothing changed."),
        commit=done.commit,
        next=Next(_("see who has not been told yet"), ("git", "policy", "coverage")),
        findings=tuple(one for one in done.findings if not one.is_error),
        dry_run=dry_run,
        data={"records": [{"id": one.id, "path": one.path} for one in done.records]},
    )
