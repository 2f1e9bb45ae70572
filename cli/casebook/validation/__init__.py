"""Whether data fit a schema, and a schema the dialect: the only room that knows JSON Schema.

It knows only maps, lists, texts and numbers; files, lines and records are the catalogue's.
"""

from casebook.validation.convert import Converter, convert
from casebook.validation.dialect import LARGEST, check_dialect
from casebook.validation.engine import COMPILED, Few, Validator
from casebook.validation.formats import FORMATS, Format
from casebook.validation.plain import shaped
from casebook.validation.schemas import (
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
from casebook.validation.wording import choices, near_choice, nearest, shown, unknown_field

__all__ = [
    "COMPILED",
    "FORMATS",
    "LARGEST",
    "Converter",
    "Few",
    "Format",
    "Pointer",
    "Problem",
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
