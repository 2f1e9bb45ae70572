"""The engines behind one validator: jsonschema-rs decides, jsonschema says what is wrong.

It knows only data and a schema. Both engines are imported when they are needed, which they are not
for the few records that most commands judge.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from casebook.validation.formats import FORMATS, predicates
from casebook.validation.plain import ended, fits

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.validation.schemas import Problem, Schema

COMPILED: Final[list[str]] = []  # the names of schemas compiled in this process, for tests
_MOST_KNOWN: Final = 2048  # texts of a format whose verdict is kept


class Few:
    """How many data are still judged without an engine, by all validators that share this."""

    __slots__ = ("left",)

    def __init__(self, left: int = 0) -> None:
        self.left = left


class Validator:
    """One compiled schema of the dialect; reuse it, compiling costs more than judging.

    The schema must have passed ``check_dialect``: nothing is ever fetched for a reference, and
    one that leads nowhere raises an exception of the engine.
    """

    def __init__(self, schema: Schema, name: str = "", few: Few | None = None) -> None:
        """``few`` data are judged without an engine; only for schemas of the dialect."""
        self.schema = schema
        self._few = few or Few()
        self.name = name or str(schema.get("title", ""))

    def valid(self, data: Any) -> bool:
        """Whether ``data`` (as ``convert`` leaves it) fits the schema."""
        if self._few.left > 0 and "_decide" not in self.__dict__:
            self._few.left -= 1
            return fits(data, self.schema, self.schema)
        return self._decide(data)

    def problems(self, data: Any) -> list[Problem]:
        """Everything that does not fit, in words; empty when it is valid."""
        if self.valid(data):
            return []
        from casebook.validation.wording import worded  # what is right needs no words

        return worded(self._speaker.iter_errors(data), self.schema)

    @cached_property
    def _decide(self) -> Callable[[Any], bool]:
        COMPILED.append(self.name)
        try:
            import jsonschema_rs
        except ImportError:  # no wheel for this computer: the same verdict, slower
            found: Callable[[Any], bool] = self._speaker.is_valid
            return found
        # Only texts are asked about; days, codes and roles return in every entry and every case.
        formats: dict[str, Callable[..., bool]] = {
            name: lru_cache(_MOST_KNOWN)(one.fits) for name, one in FORMATS.items()
        }
        decider = jsonschema_rs.Draft202012Validator(
            dict(self.schema), formats=formats, validate_formats=True, retriever=_refuse
        )
        return decider.is_valid

    @cached_property
    def _speaker(self) -> Any:
        """The jsonschema validator: the authority, and the one that explains."""
        from jsonschema import Draft202012Validator, FormatChecker
        from jsonschema.validators import extend
        from referencing import Registry

        formats = FormatChecker(formats=())
        for name, judge in predicates().items():
            formats.checks(name)(judge)
        ours = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
        return ours(_anchored(self.schema), format_checker=formats, registry=Registry())


def _refuse(address: str) -> Any:
    raise ValueError(address)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Schema) -> Any:
    """Like the stock keyword, but ``$`` is the end and not the place before a last newline."""
    from jsonschema import ValidationError

    if not isinstance(instance, str) or len(instance) > schema.get("maxLength", len(instance)):
        return  # what is too long is not searched at all
    if not re.search(ended(pattern), instance, re.ASCII):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _anchored(node: Any) -> Any:
    """The schema with the keys of ``patternProperties`` ended in Python's way."""
    if isinstance(node, dict):
        out = {key: _anchored(value) for key, value in node.items()}
        if isinstance(out.get("patternProperties"), dict):
            out["patternProperties"] = {
                ended(key): value for key, value in out["patternProperties"].items()
            }
        return out
    return [_anchored(entry) for entry in node] if isinstance(node, list) else node
