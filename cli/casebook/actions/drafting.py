"""A new policy record of any kind: from its template, with the fields that its schema requires.

Which kinds there are is said by the schemas; states are left by moves, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions import filling, policies, results, writing
from casebook.actions.forms import LONGEST_SLUG, Field, plain_fields, slug
from casebook.document.compose import compose
from casebook.errors import RefusedError, UsageError
from casebook.i18n import _
from casebook.record import full_name, short_name, trailer
from casebook.versions import slug_of, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import Kind

    Values = Mapping[str, "str | list[str]"]

FIRST = "@1"  # behind the slug, in kinds with versions


def form(desk: Desk, kind: Kind) -> list[Field]:
    """The questions for a new record: its plain fields; those its schema requires are asked.

    What the template brings along need not be typed.
    """
    given, _body = kind.start(desk.casebook.language)
    return plain_fields(kind.schema, set(kind.schema.get("required", ())) - given.keys())


def new(
    desk: Desk, kind: Kind, values: Values, wanted: str = "", *, dry_run: bool = False
) -> Outcome:
    """Make a record of ``kind`` in its first state and commit it.

    ``wanted`` is its slug, else one is made from the title. Raises RefusedError when there is such
    a record already, UsageError for a slug that cannot be one, FoundError when it is not right.
    """
    identity = _identity(kind, wanted or slug(str(values.get(kind.title_field, ""))), wanted)
    _require_new(desk, kind, identity)
    path = kind.path_of(identity)
    assert path is not None  # noqa: S101 - the id fits
    start, body = kind.start(desk.casebook.language)
    schema = kind.schema
    state = kind.workflow.initial
    data: dict[str, Any] = {**start, **filling.filled(desk, schema, values), "id": identity}
    if state:
        data["state"] = state
    ordered = {name: data[name] for name in schema["properties"] if name in data}
    trailers = [trailer(kind.name, identity), ("Move", "new")]
    if state:
        trailers.append(("To", state))
    message = f"{full_name(kind.name, identity)}: new"
    written = writing.create(desk, path, compose(ordered, body), message, trailers, dry_run=dry_run)
    return results.outcome(
        desk,
        None,
        written,
        _("{record} is there.").format(record=short_name(kind.name, identity)),
        dry_run=dry_run,
        target=state,
        details=() if state else (_("File: {path}").format(path=path),),
    )


def _identity(kind: Kind, chosen: str, wanted: str) -> str:
    """The id of the first version, or of the record in a kind without versions."""
    for identity in (f"{chosen}{FIRST}", chosen):
        if kind.fits_id(identity):
            return identity
    if wanted:
        raise UsageError(
            _('"{slug}" cannot be the name of a file.').format(slug=wanted),
            _("Use small letters, digits and dashes, at most {number}.").format(
                number=LONGEST_SLUG
            ),
        )
    raise UsageError(
        _("No name can be made from this title."), _("Choose one with --slug, such as forwarding.")
    )


def _require_new(desk: Desk, kind: Kind, identity: str) -> None:
    """Raise RefusedError when there is a record of that name, in whatever version."""
    known = [
        one
        for found, one, _path in policies.ids(desk)
        if found.name == kind.name and slug_of(one) == slug_of(identity)
    ]
    if not known:
        return
    newest = short_name(kind.name, max(known, key=version_of))
    word = "revise" if "@" in identity else "show"
    raise RefusedError(
        _("There is already {record}.").format(record=newest),
        _("Do: {command}, or choose another name with --slug").format(
            command=f"git policy {word} {newest}"
        ),
    )
