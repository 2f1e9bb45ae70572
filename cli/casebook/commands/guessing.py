"""What was probably meant by a word that is no command: one of another program, a label, a slip.

It is loaded only then; it runs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.choosing import Choices
from casebook.errors import UsageError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import click

PROGRAMS = {"case": "git case", "policy": "git policy", "umbrella": "casebook"}


def unknown(
    ctx: click.Context,
    typed: str,
    names: Iterable[str],
    labels: Mapping[str, Mapping[str, str]],
    elsewhere: Mapping[str, Iterable[str]],
) -> UsageError:
    """The error for ``typed``: what can be typed in its place, as whole commands.

    ``names`` are the commands here, with the ``labels`` that some of them have by language;
    ``elsewhere`` holds the commands of the other programs, by program.
    """
    choices = Choices([(one, one) for one in names], labels)
    same = [f"{program} {typed}" for program, known in elsewhere.items() if typed in known]
    meant = choices.find(typed)
    here = [meant] if meant else choices.near(typed)
    near = same or [f"{ctx.command_path} {one}" for one in here]
    hint = _("See: {command}").format(command=f"{ctx.command_path} -h")
    if near:
        hint = _("Did you mean: {options}?").format(options=", ".join(near)) + " " + hint
    return UsageError(
        _('"{command}" is not a command of {program}.').format(
            command=typed, program=ctx.command_path
        ),
        hint,
    )


def labels_of(moves: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """What moves are called, by language; where kinds differ, each label leads to the move."""
    return {
        name: {
            f"{kind} {language}": str(label)
            for kind, move in kinds.items()
            for language, label in move.get("label", {}).items()
        }
        for name, kinds in moves.items()
    }
