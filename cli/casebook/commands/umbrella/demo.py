"""``casebook demo``: a case from report to closed, in a new folder, in a few seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.demonstrating import Run
    from casebook.commands.session import Session


@click.command("demo", short_help=N_("See it work, in a few seconds."))
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--pause", is_flag=True, help=N_("Wait for Enter between the scenes."))
@click.option("--language", type=click.Choice(["en", "nl"]), help=N_("Language."))
@click.pass_obj
def command(session: Session, folder: str | None, pause: bool, language: str | None) -> int:
    """Make a casebook in a new folder and take a case in it from report to closed."""
    import tempfile
    import time

    from casebook import i18n
    from casebook.actions.demonstrating import Demonstration
    from casebook.commands.asking import read_line
    from casebook.render import demo as rendering
    from casebook.render import say

    begun = time.monotonic()
    i18n.activate(language or i18n.language())
    place = Path(session.start, folder) if folder else Path(tempfile.mkdtemp(prefix="casebook-"))
    shown = Demonstration(place, i18n.language(), _runner(session, place, i18n.language()))
    shown.prepare()
    say.lines(rendering.opening(place, say.width()))
    for scene in shown.scenes():
        say.lines(rendering.scene(scene, say.width()))
        if pause:
            read_line("[Enter] ")
    say.lines(rendering.closing(shown, time.monotonic() - begun, say.width()))
    return 0


def _runner(session: Session, place: Path, language: str) -> Run:
    """Run the real program in this process, as if its words were typed in ``place``."""
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    known = session.circumstances
    circumstances = type(known)(known.clock, known.choose, terminal=False)
    again = session.again
    assert again is not None  # noqa: S101 - set for every run

    def run(program: str, words: Sequence[str]) -> tuple[int, str]:
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = again(program, ["-C", str(place), "--lang", language, *words], circumstances)
        return code, said.getvalue()

    return run
