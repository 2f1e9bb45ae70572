"""How a field is called on the command line, and how plain words become what a command is given.

It imports no Click, and says nothing of what is wrong: what is not plain is left to Click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.frozen import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from casebook.commands.session import Session

    Options = dict[str, Any]

FIELD = "field_"  # keeps field names apart from Click's own parameter names
ARGUMENT = "argument_"  # the same for fields that may be typed without their name
FLAGS: Final = {"--json": "as_json", "--dry-run": "dry_run"}


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


def fields(names: Iterable[str]) -> dict[str, str]:
    """The options of fields, and the names under which their values are handed over."""
    return {option(name): FIELD + name for name in names}


@frozen
class Form:
    """How the words of a command are taken apart, and what carries it out.

    ``arguments`` stand in order, the first ``needed`` of them always; with ``rest`` the last takes
    all that is left. Options go by their name: ``single`` ones hold one value (and have that of
    ``default`` when left out), ``several`` may be repeated, ``flags`` hold none.
    """

    run: Callable[[Session, Options], int]
    arguments: tuple[str, ...] = ("case",)
    needed: int = 1
    rest: bool = False
    single: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=lambda: FLAGS)
    default: Mapping[str, str] = field(default_factory=dict)


def taken(words: Sequence[str], form: Form) -> Options | None:
    """The words as options by name, as Click would hand them over; None where not plain."""
    found: Options = {
        **{key: form.default.get(key) for key in form.single.values()},
        **dict.fromkeys(form.several.values(), ()),
        **dict.fromkeys(form.flags.values(), False),
    }
    loose: list[str] = []
    ahead = iter(words)
    for word in ahead:
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            loose.append(word)
        elif word in form.flags:
            found[form.flags[word]] = True
        elif name in form.single or name in form.several:
            value = value if equals else next(ahead, "")
            if not value or value.startswith("-"):
                return None
            if name in form.single:
                found[form.single[name]] = value
            else:
                found[form.several[name]] += (value,)
        else:
            return None
    return _with_arguments(found, loose, form)


def _with_arguments(found: Options, loose: Sequence[str], form: Form) -> Options | None:
    count = len(form.arguments) - form.rest
    if not all(loose) or not form.needed <= len(loose) or (len(loose) > count and not form.rest):
        return None
    for place, name in enumerate(form.arguments[:count]):
        found[name] = loose[place] if place < len(loose) else None
    if form.rest:
        found[form.arguments[-1]] = tuple(loose[count:])
    return found
