"""Running one command: language, context, and the one place where errors become exit codes.

The commands themselves stand in ``commands``; nothing here knows what they do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.commands.session import Circumstances, Session
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

GROUPS = {"casebook": "umbrella", "git case": "case", "git policy": "policy"}
INTERRUPTED = 130
BUG = 70


def run(program: str, argv: Sequence[str], circumstances: Circumstances | None = None) -> int:
    """Run ``program`` with ``argv`` and answer the exit code; never a traceback."""
    session: Session | None = None
    try:
        session = Session.begin(program, argv, circumstances or Circumstances())
        session.again = run
        return _dispatch(session)
    except CasebookError as error:
        _say().failure(error, session)
        return error.exit_code
    except KeyboardInterrupt:
        _say().interrupted(session)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the one boundary: anything else is our bug
        return _bug(error, session)
    finally:
        if session is not None:
            session.end()


def _say() -> ModuleType:
    """What prints; help and completion print through Click and need none of it."""
    from casebook.render import say

    return say


def _dispatch(session: Session) -> int:
    if session.words[:1] == ["hook"] and session.program == "casebook":
        # A hook runs at every commit: it does not wait for Click.
        from casebook.actions import hooking

        answer = hooking.run(session.hook_desk(), session.words[1:])
        _say().hook_answer(answer)
        return answer.exit_code
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
    with tempfile.NamedTemporaryFile(
        "w", prefix="casebook-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write("\n".join(lines) + "\n")
    _say().bug(log.name, session)
    if os.environ.get("CASEBOOK_TRACEBACK"):
        raise error
    return BUG
