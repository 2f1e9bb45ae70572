"""Whether data fit a schema, and a schema the dialect: the only room that knows JSON Schema.

It knows only maps, lists, texts and numbers; files, lines and records are the catalogue's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from casebook.validation.convert import Converter, convert
from casebook.validation.engine import COMPILED, Few, Validator
from casebook.validation.formats import FORMATS, Format
from casebook.validation.plain import shaped
from casebook.validation.quick import Parts, Quick
from casebook.validation.schemas import (
    LARGEST,
    Pointer,
    Problem,
    Schema,
    at,
    name_of,
    other_side,
    resolved,
    sound,
    values_of,
)

if TYPE_CHECKING:
    from casebook.validation.dialect import check_dialect
    from casebook.validation.wording import choices, near_choice, nearest, shown, unknown_field

# Loaded when they are first asked for: what is right needs no words, and few schemas are judged.
_PLACES: Final = {
    "check_dialect": "dialect",
    **dict.fromkeys(("choices", "near_choice", "nearest", "shown", "unknown_field"), "wording"),
}

__all__ = [
    "COMPILED",
    "FORMATS",
    "LARGEST",
    "Converter",
    "Few",
    "Format",
    "Parts",
    "Pointer",
    "Problem",
    "Quick",
    "Schema",
    "Validator",
    "at",
    "check_dialect",
    "choices",
    "convert",
    "name_of",
    "near_choice",
    "nearest",
    "other_side",
    "resolved",
    "shaped",
    "shown",
    "sound",
    "unknown_field",
    "values_of",
]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(name)
