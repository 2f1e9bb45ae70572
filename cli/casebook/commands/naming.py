"""How a field is called on the command line, and how Click hands over what was typed for it.

It imports no Click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD = "field_"  # keeps field names apart from Click's own parameter names
ARGUMENT = "argument_"  # the same for fields that may be typed without their name


def option(name: str) -> str:
    """The option of a field: ``--severity-because``."""
    return f"--{name.replace('_', '-')}"


def given(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """What was typed for fields, by field name; fields that were not given are left out."""
    return {
        name.removeprefix(FIELD): list(value)
        for name, value in options.items()
        if name.startswith(FIELD) and value
    }
