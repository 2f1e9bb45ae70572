"""A new casebook: the starter kit, the school's own page, identity, hooks and a first commit.

Nothing that is there already is overwritten. A casebook that is there is made ready in
``readying``.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, Final

from casebook import history, i18n, kit
from casebook.actions.forms import Field, field
from casebook.document import parse
from casebook.document.edit import RemoveKey, SetValue, apply
from casebook.errors import EnvironmentProblem, UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.marker import MARKER, find_root
from casebook.policy import Policy
from casebook.regex import regex
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebook.document.edit import Edit

SCHOOL: Final = "policy/school.md"
# What only the school can know; the example's values would be wrong for everybody else.
OWN_NAMES: Final = {"nl": "Nederlands", "en": "English"}  # what a language calls itself
EXAMPLES: Final = ("board", "locations", "police_contact", "police_phone", "vacations", "free_days")
IDENTITY: Final = regex(r"\s*([^<>]+?)\s*<([^<>\s]+@[^<>\s]+)>\s*")
ATTRIBUTES: Final = "\n".join(["* text=auto eol=lf", "*.md text eol=lf", *history.DRIVEN, ""])
IGNORED: Final = ".DS_Store\nThumbs.db\n*~\n.*.swp\n~$*\n"
# The files of the kit that make the school's own records, apart from its page.
FOLDERS: Final = ("schemas", "policy")
SKIPPED: Final = ("README.md",)


@frozen
class Started:
    """What init did: the folder, whether it was new, the commit, and what was already there."""

    root: Path
    new: bool
    commit: str
    changed: tuple[str, ...]
    empty: tuple[str, ...] = ()


def _languages() -> list[str]:
    """The languages there are, Dutch first: most schools here keep their records in it."""
    return sorted(i18n.available(), key=lambda one: (one != "nl", one))


def form(language: str) -> list[Field]:
    """The six questions: name, sector, region, language, who you are, your role."""
    schema = json.loads((kit.folder() / "schemas/school/schema.json").read_text("utf-8"))
    properties = schema["properties"]
    return [
        Field("name", _("name"), _("What is the name of the school?"), required=True, asked=True),
        _asked(field("sector", properties["sector"], required=True), _("Which kind of school?")),
        _asked(field("region", properties["region"], required=True), _("Which holiday region?")),
        Field(
            "language",
            _("language"),
            _("In which language is the casebook kept?"),
            required=True,
            options=tuple((one, OWN_NAMES.get(one, one)) for one in _languages()),
            default=language,
            asked=True,
        ),
        Field(
            "me",
            _("who you are"),
            _("Who are you? Your name or function, as it will stand beside what you save."),
            required=True,
            asked=True,
        ),
        Field(
            "role",
            _("your role"),
            _("What is your role (safety-coordinator, mentor, principal …)?"),
            required=True,
            format="role",
            default="safety-coordinator",
            names=_law().catalogue.kind("case").role_names,
            asked=True,
        ),
    ]


def roles() -> Mapping[str, Mapping[str, Any]]:
    """The roles a new casebook knows, by id, so that they can be typed by their labels."""
    return _law().reference("roles")


def _law() -> Policy:
    """Schemas and policy of the starter kit."""
    return Policy(WorkTree(kit.folder()))


def _asked(one: Field, question: str) -> Field:
    from casebook.frozen import replace

    return replace(one, question=question, asked=True)


def exists(folder: Path) -> Path | None:
    """The casebook around ``folder``, or None."""
    return find_root(folder)


def require_empty(folder: Path) -> None:
    """Raise EnvironmentProblem where files stand that a new casebook would have to share with."""
    if not folder.is_dir():
        return
    there = sorted(one.name for one in folder.iterdir() if one.name not in (".git", ".gitignore"))
    if there:
        raise EnvironmentProblem(
            _("{folder} is not empty; nothing was overwritten.").format(folder=folder),
            _("Do: choose a new folder: casebook init casebook"),
        )


def start(folder: Path, answers: Mapping[str, str], *, circle: str = "school") -> Started:
    """Make a casebook in ``folder`` and commit it; raises EnvironmentProblem."""
    require_empty(folder)
    repository = history.init_repository(folder)
    root = folder.resolve()
    try:
        changed = [*know(repository, answers.get("me", ""), answers.get("role", ""))]
        history.install_hooks(repository, kit.folder() / "hooks", sys.executable)
        files = dict(kit_files(answers, circle))
        with repository.lock():
            commit = repository.commit(files, "casebook: start", [])
        history.write_commit_graph(repository)
    finally:
        repository.close()
    return Started(root, True, commit, tuple(changed), EXAMPLES)


def know(repository: history.Repository, me: str, role: str) -> Iterator[str]:
    """Set who acts, for this casebook only; yields what was set."""
    if me:
        name, email = identity(me, role)
        if repository.identity() != (name, email):
            repository.set_config("user.name", name)
            repository.set_config("user.email", email)
            yield _("who you are")
    elif repository.identity() is None:
        raise EnvironmentProblem(
            _("It is not known who you are."),
            _('Do: casebook init . --me "Your Name <you@school.example>"'),
        )
    if role and repository.config("casebook.role") != role:
        repository.set_config("casebook.role", role)
        yield _("your role")


def identity(me: str, role: str) -> tuple[str, str]:
    """Name and address from ``Name <address>``; a name alone gets a neutral address.

    Raises UsageError for an address without a name or an empty text.
    """
    found = IDENTITY.fullmatch(me)
    if found:
        return found[1], found[2]
    name = me.strip()
    if not name or "<" in name or ">" in name or "@" in name:
        raise UsageError(
            _('"{me}" is not a name.').format(me=me),
            _('Write: Name <address>, or only a name or function, such as "Mentor 2a".'),
        )
    return (
        name,
        f"{re.sub(r'[^a-z0-9]+', '-', role.lower()).strip('-') or 'staff'}@casebook.invalid",
    )


def kit_files(answers: Mapping[str, str], circle: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file a new casebook starts with."""
    source = kit.folder()
    for folder in FOLDERS:
        for place in sorted((source / folder).rglob("*")):
            path = place.relative_to(source).as_posix()
            if not place.is_file() or place.name.startswith(".") or "__pycache__" in path:
                continue
            if path == SCHOOL:
                yield path, school_page(place.read_bytes(), answers)
            elif path == MARKER:
                yield path, marker(answers, circle)
            else:
                yield path, place.read_bytes()
    yield ".gitattributes", ATTRIBUTES.encode()
    yield ".gitignore", IGNORED.encode()


def marker(answers: Mapping[str, str], circle: str) -> bytes:
    """The settings file that marks a casebook."""
    settings = {
        "format": 1,
        "language": answers["language"],
        "sector": answers["sector"],
        "circle": circle,
        "outside": [],
    }
    return (json.dumps(settings, indent=2, ensure_ascii=False) + "\n").encode()


def school_page(raw: bytes, answers: Mapping[str, str]) -> bytes:
    """The model school's page with this school's answers and without the example's values."""
    document, _findings = parse(raw, SCHOOL)
    assert document is not None  # noqa: S101 - the kit is tested
    edits: list[Edit] = [SetValue((name,), answers[name]) for name in ("name", "sector", "region")]
    edits += [RemoveKey((name,)) for name in EXAMPLES if name in document.data]
    return apply(document, edits).raw
