"""What was typed as an answer, turned into what is stored: choices, days, codes, roles, cases.

It reads one answer at a time; which questions there are is the forms' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import dates, i18n
from casebook.actions.forms import slug
from casebook.catalogue.labels import plain
from casebook.choosing import choose, meant, role_choices
from casebook.errors import UsageError
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.pattern import entries, values
from casebook.record import CASE
from casebook.validation import other_side
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from casebook.actions.forms import Field

    Schema = Mapping[str, Any]

CODES = ("code",)
CASES = ("case-id", "case-or-none")
ARTICLES = ("de", "het", "een", "the", "a")
NOTHING = ("none", "no", "nothing", "geen", "nee", "niets")
BECAUSE = "because"
DAYS = ("date", "date-or-no", "day-or-month")


@frozen
class Reader:
    """Turns what was typed into what is stored, for one case (``data``) and moment (``now``)."""

    now: datetime
    data: Mapping[str, Any]
    roles: Mapping[str, Mapping[str, Any]]
    schema: Schema
    find_case: Callable[[str], str] | None = None
    find_version: Callable[[Sequence[str], str], str] | None = None
    bodies: Callable[[], Mapping[str, Mapping[str, Any]]] | None = None

    def read(self, asked: Field, typed: Sequence[str]) -> str | list[str]:
        """The stored value of a field; raises UsageError that says what is wrong with it."""
        try:
            if asked.many:
                parts = [part for one in typed for part in _split(one, asked)]
                found = [self._one(asked, part) for part in parts]
                return list(dict.fromkeys(code for one in found for code in one))
            return self._one(asked, typed[-1])[0]
        except UsageError as error:
            raise UsageError(f"{asked.label}: {error.message}", error.hint) from error

    def _one(self, asked: Field, typed: str) -> list[str]:
        text = typed.strip()
        if asked.none and plain(text) in NOTHING:
            return ["none"]
        needed = asked.required and (asked.long or self._sums_up(asked))
        # A reason may be left open, but one that is given is a reason.
        if (needed or asked.name.rpartition("_")[2] == BECAUSE) and not asked.many:
            _require_meaning(text)
        if asked.options:
            return [_chosen(asked, text)]
        if asked.number:
            if not text.isdigit():
                raise UsageError(_('"{typed}" is not a number.').format(typed=text))
            return [str(int(text))]
        if asked.format in CODES:
            return self.codes(text)
        if asked.format in CASES:
            if asked.format == "case-or-none" and plain(text) in NOTHING:
                return ["none"]
            return [self.find_case(text) if self.find_case is not None else text]
        if asked.format == "versioned-slug" and self.find_version is not None:
            return [self.find_version(asked.refers, text)]
        if asked.format == "role":
            return [self.role(text)]
        if asked.format == "slug" and asked.name == "contact" and self.bodies is not None:
            return [_body(text, self.bodies())]
        if asked.format in (*DAYS, "moment"):
            return [self._day(asked, text)]
        return [text]

    def _sums_up(self, asked: Field) -> bool:
        """Whether this is the one sentence that stands for a case in every list."""
        about = self.schema.get("x-kind", {})
        return self.schema.get("title") == CASE and asked.name == about.get("title")

    def codes(self, typed: str) -> list[str]:
        """The code typed, or those of the persons in a role (``victim``) when it is clear."""
        upper = typed.upper()
        if len(upper) > 1 and upper[0].isalpha() and upper[1:].isdigit():
            return [upper]
        known: dict[str, list[str]] = {}
        for person in entries(self.data, "persons"):
            for role in values(person.get("roles")):
                known.setdefault(role, []).append(str(person.get("id")))
        if "persons" not in self.schema.get("properties", {}):
            raise UsageError(
                _('"{typed}" is not the code of an entry, such as A1.').format(typed=typed)
            )
        if not known:
            tail = str(self.data.get("id", "")).rpartition("-")[2]
            raise UsageError(
                _("There are no persons in this case yet."),
                _("Do: {command}").format(command=f"git case add person {tail}"),
            )
        person_roles = (
            self.schema.get("$defs", {}).get("person", {}).get("properties", {}).get("roles", {})
        )
        labels = person_roles.get("items", {}).get("x-labels", {})
        words = person_roles.get("items", {}).get("x-words", {})
        role = choose(
            typed, [(one, i18n.label(labels.get(one), one)) for one in known], labels, words
        )
        if len(known[role]) > 1:
            raise UsageError(
                _('"{typed}" is more than one person.').format(typed=typed),
                _("Choose one of: {options}").format(options=", ".join(known[role])),
            )
        return known[role]

    def role(self, typed: str) -> str:
        """The id of a role: one of the school's by id, label or another word, or any other word.

        Raises UsageError for what is no word, and for a slip of the finger in a known one, which
        would stand in the case for ever.
        """
        if typed in self.roles:
            return typed
        known = role_choices(self.roles)
        found = known.exact(typed)
        if found:
            return found
        wanted = plain(typed)
        slip = known.slip(typed)
        if slip or not wanted or not all(char.isalnum() or char == "-" for char in wanted):
            near = [slip] if slip else known.near(typed)
            raise UsageError(
                _('"{typed}" is not a role.').format(typed=typed),
                meant(known.named(near)) if near else "",
            )
        return wanted

    def _day(self, asked: Field, typed: str) -> str:
        if asked.format == "date-or-no" and plain(typed) in ("no", "nee"):
            return "no"
        if asked.format == "date-or-no" and plain(typed) in ("yes", "ja"):
            return self.now.date().isoformat()
        if asked.format == "day-or-month" and plain(typed) in ("unknown", "onbekend"):
            return "unknown"
        past = asked.name not in ("due", "until", "chase", "review", "recheck", "next")
        return dates.read_typed(typed, self.now, past=past, format=asked.format)


def _body(typed: str, rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The id of an outside body: one of the list by any of its names, else the words typed.

    Steps of procedures look for the body by its id, so "politie" has to become ``police``.
    """
    known = role_choices(rows)
    bare = typed.strip()
    first, _space, rest = bare.partition(" ")
    found = known.exact(bare) or (known.exact(rest) if first.casefold() in ARTICLES else "")
    return found or known.slip(bare) or slug(bare) or typed


def _require_meaning(text: str) -> None:
    if filler(text):
        raise UsageError(
            _('"{typed}" says nothing.').format(typed=text),
            _("Say it in a few words; somebody will want to understand it next year."),
        )


def _chosen(asked: Field, typed: str) -> str:
    """The option that was meant; raises UsageError where it is kept in the other record."""
    choices = {"enum": [value for value, _label in asked.options], "x-labels": asked.names}
    stored = other_side({**choices, "x-inverse": asked.inverse}, typed)
    if stored:
        raise UsageError(
            _('"{typed}" is kept in the other case, as "{stored}".').format(
                typed=typed, stored=stored
            ),
            _("Add the link there, or choose how this case is tied to the other."),
        )
    return choose(typed, asked.options, asked.names, asked.words)


def _split(typed: str, asked: Field) -> list[str]:
    """Several values may be typed behind one another, with commas (codes also with spaces)."""
    parts = typed.replace(";", ",").split(",")
    if asked.format in CODES:
        parts = [piece for part in parts for piece in part.split()] or parts
    return [part.strip() for part in parts if part.strip()]
