"""What the engine found, in our own words: which field, what is wrong with it, what to do.

It finds nothing itself; every sentence starts from an error of jsonschema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import _, label
from casebook.regex import regex
from casebook.validation.formats import FORMATS
from casebook.validation.schemas import Problem, name_of, other_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebook.validation.schemas import Pointer, Schema

_ID_PREFIX: Final = regex(r"\^([A-Z]{1,3})\[1-9\]")
_SHOWN: Final = 60  # characters of a wrong value that are repeated


def worded(errors: Iterable[Any], root: Schema) -> list[Problem]:
    """The errors of jsonschema as problems, each place and keyword once, in the data's order."""
    found: dict[tuple[str, str], Problem] = {}
    for error in errors:
        pointer = tuple(error.absolute_path)
        for problem in _WORDS.get(str(error.validator), _other)(error, pointer, root):
            found.setdefault((repr(problem.pointer), problem.keyword), problem)
    return list(found.values())


def nearest(typed: str, names: Iterable[str]) -> str:
    """The name most like what was typed, or an empty text."""
    from difflib import get_close_matches

    lowered = {name.casefold(): name for name in names}
    close = get_close_matches(typed.casefold(), lowered, n=1, cutoff=0.6)
    return lowered[close[0]] if close else ""


def shown(value: Any) -> str:
    """A wrong value, shortened for a message."""
    text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def choices(node: Schema) -> str:
    """The allowed values of a field with their labels: ``light (licht), serious (ernstig)``."""
    labels = node.get("x-labels", {})
    named = [
        (str(value).lower() if value in (True, False) else value, label(labels.get(value), ""))
        for value in node.get("enum", ())
    ]
    return ", ".join(
        f"{value} ({name})" if name not in ("", value) else value for value, name in named
    )


def near_choice(value: str, node: Schema) -> str:
    """The allowed value that was probably meant, by its id or its label in any language."""
    names = {
        str(name): str(one)
        for one in node.get("enum", ())
        for name in (one, *node.get("x-labels", {}).get(one, {}).values())
    }
    return names.get(nearest(value, names), "")


def unknown_field(name: str, known: Schema) -> tuple[str, str]:
    """Message and remedy for a field that ``known`` (the properties there) does not hold."""
    names = {
        str(one): field
        for field, node in known.items()
        for one in (field, *node.get("x-label", {}).values())
    }
    near = names.get(nearest(name, names), "")
    message = _('"{field}" is not a field here').format(field=shown(name))
    if near:
        message = _('"{field}" is not a field here; did you mean "{near}"?').format(
            field=shown(name), near=near
        )
        return message, _("Do: write {near}:").format(near=near)
    return message, _("Do: remove it, or let a field of your own start with x_")


def _unknown(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    known = error.schema.get("properties", {})
    own = [re.compile(pattern) for pattern in error.schema.get("patternProperties", {})]
    for name in error.instance:
        if name in known or any(pattern.search(name) for pattern in own):
            continue
        message, remedy = unknown_field(name, known)
        yield Problem((*pointer, name), "additionalProperties", message, remedy, key=True)


def _choice(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    texts = {"field": name_of(root, pointer), "value": shown(error.instance)}
    stored = other_side(error.schema, str(error.instance))
    if stored:
        message = _('{field}: "{value}" is kept in the other case, as "{stored}"').format(
            **texts, stored=stored
        )
        remedy = _("Do: take it out here and add it to the other case")
        yield Problem(pointer, "enum", message, remedy)
        return
    near = near_choice(str(error.instance), error.schema)
    message = _('{field}: "{value}" is not one of the choices').format(**texts)
    if near:
        message = _('{field}: "{value}" is not one of the choices; did you mean "{near}"?').format(
            **texts, near=near
        )
    remedy = _("Do: write one of these: {choices}").format(choices=choices(error.schema))
    yield Problem(pointer, "enum", message, remedy)


def _missing(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    for name in error.validator_value:
        if name not in error.instance:
            place = (*pointer, name)
            message = _("{field} is missing").format(field=name_of(root, place))
            yield Problem(place, "required", message, _("Do: add a line {name}:").format(name=name))


def _format(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    form = FORMATS[error.validator_value]
    message = _('{field}: "{value}" is not {form}').format(
        field=name_of(root, pointer), value=shown(error.instance), form=_(form.words)
    )
    remedy = _("Do: write it like {example}").format(example=form.example)
    yield Problem(pointer, "format", message, remedy)


def _pattern(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    message = _('{field}: "{value}" does not have the right form').format(
        field=name_of(root, pointer), value=shown(error.instance)
    )
    prefix = _ID_PREFIX.match(error.validator_value)
    example = f"{prefix[1]}1" if prefix else next(iter(error.schema.get("examples", ())), "")
    remedy = _("Do: write it like {example}").format(example=example) if example else ""
    yield Problem(pointer, "pattern", message, remedy)


def _too_long(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    message = _("{field} is too long: {length} characters, at most {most}").format(
        field=name_of(root, pointer), length=len(error.instance), most=error.validator_value
    )
    remedy = _("Do: write it shorter; longer text belongs in the journal")
    yield Problem(pointer, "maxLength", message, remedy)


def _type(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    value, wanted = error.instance, error.validator_value
    field = name_of(root, pointer)
    remedy = _("Do: write one value on the line of the field")
    if wanted == "array":
        message = _("{field} is a list").format(field=field)
        if "$ref" in error.schema.get("items", {}):
            remedy = _('Do: start each entry on a line of its own with "- id:"')
        else:
            remedy = _("Do: put square brackets around the values, with commas between them")
    elif wanted == "object":
        message = _("{field}: each entry has fields of its own").format(field=field)
        remedy = _('Do: start each entry on a line of its own with "- id:"')
    elif isinstance(value, list):
        message = _("{field} takes one value, not a list").format(field=field)
    elif isinstance(value, dict):
        message = _("{field} takes one value, not fields of its own").format(field=field)
        remedy = _("Do: put the value between quotation marks, or write it on one line")
    else:
        message = _('{field}: "{value}" is not a whole number').format(
            field=field, value=shown(value)
        )
        remedy = _("Do: write digits only, as 3 or 12")
    yield Problem(pointer, "type", message, remedy)


def _twice(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    seen: list[Any] = []
    for number, entry in enumerate(error.instance):
        if entry in seen:
            message = _('{field}: "{value}" stands here twice').format(
                field=name_of(root, pointer), value=shown(entry)
            )
            place = (*pointer, number)
            yield Problem(place, "uniqueItems", message, _("Do: remove one of the two"))
        seen.append(entry)


def _range(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    texts = {"field": name_of(root, pointer), "value": error.instance}
    if error.validator == "minimum":
        message = _("{field}: {value} is less than {limit}")
    else:
        message = _("{field}: {value} is more than {limit}")
    yield Problem(
        pointer,
        str(error.validator),
        message.format(**texts, limit=error.validator_value),
        _("Do: correct the number"),
    )


def _few_or_many(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    field = name_of(root, pointer)
    if error.validator == "maxItems":
        message = _("{field} has more than {most} entries").format(
            field=field, most=error.validator_value
        )
        yield Problem(pointer, "maxItems", message, _("Do: remove what is not needed"))
        return
    message = _("{field} is empty").format(field=field)
    if error.validator == "minItems" and error.instance:
        message = _("{field} has fewer than {least} entries").format(
            field=field, least=error.validator_value
        )
    yield Problem(pointer, str(error.validator), message, _("Do: fill it in"))


def _beside(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    """Keywords that need another one: only the schema of schemas asks for that."""
    for name, others in error.validator_value.items():
        for other in others:
            if name in error.instance and other not in error.instance:
                message = _('"{field}" needs "{other}" beside it').format(field=name, other=other)
                yield Problem((*pointer, name), "dependentRequired", message, key=True)


def _other(error: Any, pointer: Pointer, root: Schema) -> Iterator[Problem]:
    """A keyword outside the dialect, in the engine's own words."""
    yield Problem(pointer, str(error.validator), str(error.message))


_WORDS: Final[dict[str, Callable[[Any, Pointer, Schema], Iterator[Problem]]]] = {
    "additionalProperties": _unknown,
    "enum": _choice,
    "required": _missing,
    "format": _format,
    "pattern": _pattern,
    "maxLength": _too_long,
    "type": _type,
    "uniqueItems": _twice,
    "minimum": _range,
    "maximum": _range,
    "minItems": _few_or_many,
    "maxItems": _few_or_many,
    "minLength": _few_or_many,
    "dependentRequired": _beside,
}
