"""Fields as questions: what a schema's properties ask, and how typed answers become values.

It neither asks nor writes; the command line asks, the edit engine writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import dates, i18n
from casebook.catalogue.labels import plain
from casebook.errors import UsageError
from casebook.frozen import field as value_field
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.pattern import entries, values
from casebook.validation import other_side
from casebook.wording import filler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    Schema = Mapping[str, Any]

CODES = ("code",)
CASES = ("case-id", "case-or-none")
NOTHING = ("none", "no", "nothing", "geen", "nee", "niets")
DAYS = ("date", "date-or-no", "day-or-month")
LONGEST_SLUG = 60


@frozen
class Field:
    """One question: ``name`` is the field, ``options`` the allowed values with their labels.

    ``many`` fields take several values; ``long`` ones a text of several lines; ``default`` is what
    Enter takes; ``required`` ones cannot be left open; ``asked`` ones have a question
    of their own in the schema and are asked on a terminal; ``none`` ones may be answered "none";
    ``refers`` are the kinds of record that a reference names; ``inverse`` is what the options are
    called seen from there.
    """

    name: str
    label: str
    question: str
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    long: bool = False
    default: str = ""
    format: str = ""
    number: bool = False
    asked: bool = False
    fill: str = ""
    none: bool = False
    refers: tuple[str, ...] = ()
    names: Mapping[str, Mapping[str, str]] = value_field(default_factory=dict)
    inverse: Mapping[str, Mapping[str, str]] = value_field(default_factory=dict)

    def option_label(self, value: str) -> str:
        """What a value is called: an option, or a role by its name; else the value itself."""
        return dict(self.options).get(value) or i18n.label(self.names.get(value), value)


def field(name: str, schema: Schema, *, required: bool = False) -> Field:
    """The question a property of a schema asks."""
    many = schema.get("type") == "array"
    scalar: Schema = schema.get("items", {}) if many else schema
    label = i18n.label(schema.get("x-label"), name)
    labels = scalar.get("x-labels", {})
    options = tuple(
        (value, i18n.label(labels.get(value), value)) for value in scalar.get("enum", ())
    )
    return Field(
        name=name,
        label=label,
        question=i18n.label(schema.get("x-ask"), f"{label[:1].upper()}{label[1:]}?"),
        required=required,
        options=options,
        many=many,
        long=schema.get("x-text") is True,
        default=str(schema.get("default", "")),
        format=str(scalar.get("format", "")),
        number=scalar.get("type") == "integer",
        asked="x-ask" in schema,
        fill=str(schema.get("x-fill", "")),
        refers=tuple(scalar.get("x-refers", ())),
        names=labels,
        inverse=scalar.get("x-inverse", {}),
    )


def fields(schema: Schema, required: Iterable[str] = ()) -> list[Field]:
    """Every question of an object's schema except its id, in the schema's order."""
    needed = set(required) | set(schema.get("required", ()))
    return [
        field(name, inner, required=name in needed)
        for name, inner in schema.get("properties", {}).items()
        if name != "id"
    ]


# Set by the program or by moves; never typed.
OWN = ("id", "merged_into", "merged_from", "fingerprint", "model")
# These come from the type or a move when a record is made, and change with a move or command.
MADE = (*OWN, "type", "state", "procedure")


def plain_fields(schema: Schema, required: Iterable[str] = ()) -> list[Field]:
    """The questions of a record's own plain fields, without its lists and what is never typed."""
    properties = schema.get("properties", {})
    return [
        field(name, properties[name], required=name in required) for name in plain_names(schema)
    ]


def plain_names(schema: Schema) -> list[str]:
    """The names of these fields."""
    return [
        name
        for name, inner in schema.get("properties", {}).items()
        if name not in MADE and "$ref" not in inner.get("items", {})
    ]


def slug(text: str) -> str:
    """``text`` as a slug: small letters, digits and single dashes; empty when nothing is left."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in plain(text))
    return "-".join(word for word in words.split("-") if word)[:LONGEST_SLUG].strip("-")


def choose(typed: str, options: Sequence[tuple[str, str]], other: Schema | None = None) -> str:
    """The option that ``typed`` means: its id or its label in either language, in any case.

    ``other`` holds the labels of all languages (``x-labels``). An unambiguous beginning is enough,
    or a word that only one label holds.
    Raises UsageError naming the nearest and all options.
    """
    wanted = plain(typed)
    names: dict[str, str] = {}
    for value, label in options:
        for name in (value, label, *((other or {}).get(value, {})).values()):
            names.setdefault(plain(str(name)), value)
    if wanted in names:
        return names[wanted]
    starting = {value for name, value in names.items() if wanted and name.startswith(wanted)}
    if len(starting) == 1:
        return starting.pop()
    holding = {value for name, value in names.items() if wanted in name.rstrip("?").split("-")}
    if len(holding) == 1:
        return holding.pop()
    from difflib import get_close_matches

    near = get_close_matches(wanted, names, n=1) or [
        name for name in names if len(wanted) > 3 and wanted in name
    ]
    listed = ", ".join(
        value if value == label else f"{value} ({label})" for value, label in options
    )
    hint = _("Choose one of: {options}").format(options=listed)
    if near:
        hint = _('Did you mean "{near}"?').format(near=names[near[0]]) + " " + hint
    raise UsageError(_('"{typed}" is not one of the choices.').format(typed=typed), hint)


@frozen
class Reader:
    """Turns what was typed into what is stored, for one case (``data``) and moment (``now``)."""

    now: datetime
    data: Mapping[str, Any]
    roles: Mapping[str, Mapping[str, Any]]
    schema: Schema
    find_case: Callable[[str], str] | None = None
    find_version: Callable[[Sequence[str], str], str] | None = None

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
        if asked.required and asked.long and not asked.many and filler(text):
            raise UsageError(
                _('"{typed}" says nothing.').format(typed=text),
                _("Say it in a few words; somebody will want to understand it next year."),
            )
        if asked.inverse:
            _require_this_side(asked, text)
        if asked.options:
            return [choose(text, asked.options, asked.names)]
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
        if asked.format in (*DAYS, "moment"):
            return [self._day(asked, text)]
        return [text]

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
        role = choose(typed, [(one, i18n.label(labels.get(one), one)) for one in known], labels)
        if len(known[role]) > 1:
            raise UsageError(
                _('"{typed}" is more than one person.').format(typed=typed),
                _("Choose one of: {options}").format(options=", ".join(known[role])),
            )
        return known[role]

    def role(self, typed: str) -> str:
        """The id of a role: one of the school's, by id or label, or any other single word."""
        if typed in self.roles:
            return typed
        wanted = plain(typed)
        names: dict[str, str] = {}
        for identity, row in self.roles.items():
            names[plain(identity)] = identity
            for key, value in row.items():
                if key.startswith(("title", "label", "name")) and value:
                    names.setdefault(plain(str(value)), identity)
        if wanted in names:
            return names[wanted]
        if not wanted or not all(char.isalnum() or char == "-" for char in wanted):
            from difflib import get_close_matches

            near = get_close_matches(wanted, names, n=1)
            raise UsageError(
                _('"{typed}" is not a role.').format(typed=typed),
                _('Did you mean "{near}"?').format(near=names[near[0]]) if near else "",
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


def _require_this_side(asked: Field, typed: str) -> None:
    choices = {"enum": [value for value, _label in asked.options], "x-labels": asked.names}
    stored = other_side({**choices, "x-inverse": asked.inverse}, typed)
    if stored:
        raise UsageError(
            _('"{typed}" is kept in the other case, as "{stored}".').format(
                typed=typed, stored=stored
            ),
            _("Add the link there, or choose how this case is tied to the other."),
        )


def _split(typed: str, asked: Field) -> list[str]:
    """Several values may be typed behind one another, with commas (codes also with spaces)."""
    parts = typed.replace(";", ",").split(",")
    if asked.format in CODES:
        parts = [piece for part in parts for piece in part.split()] or parts
    return [part.strip() for part in parts if part.strip()]
