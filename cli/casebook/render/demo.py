"""The scenes of the demonstration as lines. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.i18n import _, ngettext
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from casebook.actions.demonstrating import Demonstration, Scene, Shown


def opening(folder: Path, width: int) -> list[str]:
    """What is going to be shown, and where it is made."""
    said = _("A casebook from report to closed, for real, in a new folder: {folder}")
    return text.wrap(said.format(folder=folder), width)


def scene(one: Scene, width: int) -> list[str]:
    """A blank line, what the scene shows, and each command with its answer."""
    lines = ["", *text.wrap(one.title, width)]
    for shown in one.shown:
        lines += [f"  {line}" for line in _shown(shown)]
    return lines


def _shown(one: Shown) -> Iterator[str]:
    if one.tick:
        yield f"[x] {one.tick}"
        return
    yield f"$ {text.command(one.argv)}"
    yield from _cut(one.lines, one.first, one.last)
    if one.code:
        yield _("(exit code {code})").format(code=one.code)


def _cut(lines: Sequence[str], first: int, last: int) -> list[str]:
    """The first and last lines, and between them how many are left out."""
    kept = [line for line in lines if line.strip()]
    left = len(kept) - first - last
    if left <= 1 or not first + last:
        return kept
    said = ngettext("[{number} line left out]", "[{number} lines left out]", left)
    return [*kept[:first], said.format(number=left), *kept[len(kept) - last :]]


def closing(done: Demonstration, seconds: float, width: int) -> list[str]:
    """The figures, where to look around, and how to begin."""
    figures = _("{commands} commands, saved {commits} times, {seconds:.1f} seconds.")
    return [
        "",
        *text.wrap(
            figures.format(commands=done.commands, commits=done.commits(), seconds=seconds), width
        ),
        _("Look around: cd {folder}").format(folder=text.command([str(done.folder)])),
        f"  git case show {done.tail}",
        _("Yours: casebook init"),
    ]
