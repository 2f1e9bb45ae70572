"""The school's policy records: which there are, and which one a reference means.

Nothing is changed here, and no kind is known by name.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.choosing import choose
from casebook.document import parse
from casebook.errors import NoSuchRecordError, UsageError
from casebook.i18n import _, label
from casebook.record import Record, short_name
from casebook.versions import slug_of, version_of

if TYPE_CHECKING:
    from datetime import date

    from casebook.actions.desk import Desk
    from casebook.catalogue import Kind

FOLDER = "policy/"


def title(kind: Kind, record: Record) -> str:
    """A record's title in the user's language where it has one."""
    from casebook.i18n import language

    return record.text(f"{kind.title_field}_{language()}") or record.text(kind.title_field)


def kinds(desk: Desk) -> dict[str, Kind]:
    """Every kind of policy record, by name."""
    known = desk.policy.catalogue.kinds
    return {name: kind for name, kind in known.items() if kind.prefix.startswith(FOLDER)}


def find_kind(desk: Desk, typed: str) -> Kind:
    """The kind that was meant: by id, label or plural in either language, or by its folder.

    Raises UsageError that names the nearest and all of them.
    """
    known = kinds(desk)
    names = {
        name: {**kind.label, **{f"plural {key}": one for key, one in kind.plural.items()}}
        for name, kind in known.items()
    }
    for name, kind in known.items():
        names[name]["folder"] = kind.prefix.removeprefix(FOLDER).strip("/")
    options = [(name, label(kind.label, name)) for name, kind in known.items()]
    return known[choose(typed, options, names)]


def ids(desk: Desk) -> list[tuple[Kind, str, str]]:
    """Kind, id and path of every policy record, readable or not; no file is opened."""
    found = []
    for entry in desk.tree.entries(FOLDER):
        kind = desk.policy.catalogue.kind_at(entry.path)
        identity = kind.id_of(entry.path) if kind is not None else None
        if kind is not None and identity is not None:
            found.append((kind, identity, entry.path))
    return found


def path_of(desk: Desk, typed: str, day: date | None = None) -> str:
    """The file of the record meant: ``kind/slug@n``, ``slug@n`` or a unique ``slug``.

    Without a version the newest; with a ``day`` the one in force on it, else the newest that is
    not retired. Raises NoSuchRecordError with the nearest, UsageError when several kinds have it.
    """
    wanted = typed.strip().removeprefix(FOLDER).removesuffix(".md").rstrip("/")
    folder, _slash, identity = wanted.rpartition("/")
    kind = find_kind(desk, folder) if folder else None
    known = [one for one in ids(desk) if kind is None or one[0].name == kind.name]
    slug, at, _version = identity.partition("@")
    matches = [
        one for one in known if one[1] == identity or (not at and slug_of(one[1]) == identity)
    ]
    if not matches:
        raise _unknown(typed, identity, known)
    if len({one[0].name for one in matches}) > 1:
        raise UsageError(
            _('"{typed}" can be more than one record.').format(typed=typed),
            _("Choose one of: {options}").format(
                options=", ".join(short_name(one[0].name, one[1]) for one in matches)
            ),
        )
    if day is not None and len(matches) > 1:
        standing = desk.policy.find(matches[0][0].name, slug, day)
        if standing is not None:
            return standing.path
    return max(matches, key=lambda one: version_of(one[1]))[2]


def _unknown(typed: str, identity: str, known: list[tuple[Kind, str, str]]) -> NoSuchRecordError:
    """What is said when nothing has that name: the nearest that do."""
    names = {identity: short_name(kind.name, identity) for kind, identity, _path in known}
    for kind, one, _path in known:
        names.setdefault(slug_of(one), short_name(kind.name, slug_of(one)))
    near = get_close_matches(identity, names, n=3)
    return NoSuchRecordError(
        _('There is no policy record "{typed}".').format(typed=typed),
        _("Did you mean: {options}?").format(
            options=", ".join(dict.fromkeys(names[one] for one in near))
        )
        if near
        else _("Look with: git policy list"),
    )


def find(desk: Desk, typed: str, day: date | None = None) -> Record:
    """The record meant, as far as it can be read; nothing is judged here (see ``path_of``).

    Raises FoundError with the findings of an unreadable file.
    """
    path = path_of(desk, typed, day)
    raw = desk.tree.read(path)
    document = parse(raw, path)[0] if raw is not None else None
    kind = desk.policy.catalogue.kind_at(path)
    if document is None or kind is None:
        return desk.load(path)  # says what is wrong
    return Record(kind.name, kind.id_of(path) or path, path, document.data, document)


def to_change(desk: Desk, typed: str) -> Record:
    """The record that a change is meant for: the newest version; raises FoundError."""
    return desk.load(path_of(desk, typed))
