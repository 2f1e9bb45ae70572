"""Running one command: language, context, and the one place where errors become exit codes.

The commands themselves stand in ``commands``; nothing here knows what they do.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.commands.session import Circumstances, Session
from casebook.errors import CasebookError, EnvironmentProblem
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

GROUPS = {"casebook": "umbrella", "git case": "case", "git policy": "policy"}
INTERRUPTED = 130
BUG = 70


def run(program: str, argv: Sequence[str], circumstances: Circumstances | None = None) -> int:
    """Run ``program`` with ``argv`` and answer the exit code; never a traceback."""
    session: Session | None = None
    _forgive_terminal()
    try:
        session = Session.begin(program, argv, circumstances or Circumstances())
        session.again = run
        code = _dispatch(session)
        _flush()
        return code
    except CasebookError as error:
        _say().failure(error, session)
        return error.exit_code
    except SystemExit as left:  # how Click ends a completion
        return left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        _say().interrupted(session)
        return INTERRUPTED
    except OSError as error:
        return _system(error, session)
    except Exception as error:  # the one boundary: anything else is our bug
        return _bug(error, session)
    finally:
        if session is not None:
            session.end()


def _forgive_terminal() -> None:
    """Show what a terminal's character set does not have as ``\\xe9``, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    """Have everything said before the exit code is: a full disk or a closed pipe shows here."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _system(error: OSError, session: Session | None) -> int:
    """What the computer refused: no right to read or write, a full disk, a reader that left."""
    gone = isinstance(error, BrokenPipeError)
    try:
        _flush()
    except OSError:
        gone = True
    if gone:
        _say().let_go(sys.stdout)  # else Python changes the exit code when it ends
    if isinstance(error, BrokenPipeError):
        return 0  # whoever read our output has gone; nobody is left to tell
    said = EnvironmentProblem(
        _("{file} cannot be read or written: {reason}.").format(
            file=error.filename or _("The output"), reason=error.strerror or type(error).__name__
        ),
        _("Check that you may read and write there and that the disk is not full."),
    )
    with suppress(OSError):
        _say().failure(said, session)
    return said.exit_code


def _say() -> ModuleType:
    """What prints; help and completion print through Click and need none of it."""
    from casebook.render import say

    return say


def _dispatch(session: Session) -> int:
    if session.words[:1] == ["hook"] and session.program == "casebook":
        # A hook runs at every commit: it does not wait for Click.
        from casebook.actions import hooking

        code = 0
        for desk in session.hook_desks():
            answer = hooking.run(desk, session.words[1:], sys.stdin.read)
            _say().hook_answer(answer)
            code = max(code, answer.exit_code)
            if answer.event == hooking.MERGING:
                break  # git gave one file; merging it twice would bring it in twice
        return code
    if session.words:
        from casebook.commands import plainly

        done = plainly.answer(session)
        if done is not None:
            return done
    from casebook.commands.root import invoke

    return invoke(session, GROUPS[session.program])


def _bug(error: Exception, session: Session | None) -> int:
    """One line, and a log that holds the code's own lines but no values and no texts."""
    import tempfile
    import traceback

    from casebook import __version__

    lines = [f"casebook {__version__}, python {sys.version.split()[0]}, {sys.platform}"]
    lines += [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    lines.append(type(error).__name__)
    place = "-"
    with (
        suppress(OSError),
        tempfile.NamedTemporaryFile(
            "w", prefix="casebook-", suffix=".log", delete=False, encoding="utf-8"
        ) as log,
    ):
        log.write("\n".join(lines) + "\n")
        place = log.name
    _say().bug(place, session)
    if os.environ.get("CASEBOOK_TRACEBACK"):
        raise error
    return BUG
