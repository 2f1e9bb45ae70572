"""Values: small frozen classes with slots, as ``dataclasses`` makes them but without its cost.

The library writes and compiles code for every class, some half a millisecond at every start; here
one piece of code serves all of them. It has no order, no inheritance and no computed fields.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class _Made:
    """A default that is made anew for every value."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """A field whose default is made for each value, such as an empty map."""
    made: Any = _Made(default_factory)
    return made  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """The class again with slots for its annotated names, equal and hashed by what they hold."""
    names = tuple(cls.__annotations__)
    own = vars(cls)
    body = {key: one for key, one in own.items() if key not in (*names, "__dict__", "__weakref__")}
    defaults = {name: own[name] for name in names if name in own}
    body |= {"__slots__": names, "__match_args__": names, "_defaults": defaults, **_METHODS}
    made: Any = type(cls.__name__, cls.__bases__, body)
    made._setters = tuple((name, vars(made)[name].__set__) for name in names)
    made._puts = tuple(put for _name, put in made._setters)
    made._content = staticmethod(attrgetter(*names))
    return made  # type: ignore[no-any-return]


def hasten(*classes: type[Any]) -> None:
    """Write out the constructors of classes of which there will be very many: half the time each.

    That costs what ``dataclasses`` costs, so it is worth it from some thousand values on. A class
    with a default that is made for each value stays as it is.
    """
    for cls in classes:
        made: Any = cls
        defaults = made._defaults
        if any(isinstance(one, _Made) for one in defaults.values()):
            continue
        known = {f"put_{name}": put for name, put in made._setters}
        known |= {f"default_{name}": one for name, one in defaults.items()}
        fields = [f"{one}=default_{one}" if one in defaults else one for one in cls.__slots__]
        lines = [f" put_{one}(self, {one})\n" for one in cls.__slots__]
        exec(f"def __init__(self, {', '.join(fields)}):\n{''.join(lines)}", known)  # noqa: S102
        made.__init__ = known["__init__"]


def fields_of(one: Any) -> dict[str, Any]:
    """What a value holds, by the names of its fields."""
    return {name: getattr(one, name) for name in one.__slots__}


def replace(one: T, **changes: Any) -> T:
    """A copy of a value with some fields changed; raises TypeError for one that it has not."""
    return type(one)(**{**fields_of(one), **changes})


def _init(self: Any, /, *given: Any, **named: Any) -> None:
    puts = self._puts
    for put, one in zip(puts, given):  # noqa: B905 - saying so takes half the time of all this
        put(self, one)
    if len(given) == len(puts) and not named:
        return
    setters = self._setters
    if len(given) > len(setters):
        raise TypeError(f"{type(self).__name__} takes {len(setters)} fields, not {len(given)}")
    defaults = self._defaults
    for name, put in setters[len(given) :]:
        if name in named:
            put(self, named.pop(name))
        elif name in defaults:
            default = defaults[name]
            put(self, default.make() if isinstance(default, _Made) else default)
        else:
            raise TypeError(f"{type(self).__name__} lacks the field {name}")
    if named:
        raise TypeError(f"{type(self).__name__} has no such field: {', '.join(named)}")


def _refuse(self: Any, name: str, *_value: Any) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name}")


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._content(self) == self._content(other)


def _hashed(self: Any) -> int:
    return hash(self._content(self))


def _shown(self: Any) -> str:
    parts = (f"{name}={one!r}" for name, one in fields_of(self).items())
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _packed(self: Any) -> Any:
    return type(self), tuple(fields_of(self).values())


_METHODS = {
    "__init__": _init,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hashed,
    "__repr__": _shown,
    "__reduce__": _packed,
}
