"""Fields as questions: what the properties of a schema ask, and which of them are never typed.

It neither asks nor reads answers; ``answers`` turns what was typed into what is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import i18n
from casebook.catalogue.labels import plain
from casebook.frozen import field as value_field
from casebook.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Schema = Mapping[str, Any]

LONGEST_SLUG = 60


@frozen
class Field:
    """One question: ``name`` is the field, ``options`` the allowed values with their labels.

    ``many`` fields take several values; ``long`` ones a text of several lines; ``default`` is what
    Enter takes; ``required`` ones cannot be left open; ``asked`` ones have a question
    of their own in the schema and are asked on a terminal; ``none`` ones may be answered "none";
    ``refers`` are the kinds of record that a reference names; ``names`` the labels of the options
    in all languages, ``words`` what people also say, ``helps`` when one is to be chosen,
    ``inverse`` what the options are called seen from the record that is named.
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
    helps: Mapping[str, str] = value_field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = value_field(default_factory=dict)

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
        helps={value: i18n.label(one, "") for value, one in scalar.get("x-helps", {}).items()},
        words=scalar.get("x-words", {}),
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
