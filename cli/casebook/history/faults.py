"""Named moments at which a test may kill the program, to see what a crash leaves behind.

It does nothing unless a test sets ``KILL_AT``; no environment variable can set it.
"""

from __future__ import annotations

from typing import Final

POINTS: Final = (
    "start",
    "prepared",
    "noted",
    "replaced-one",
    "replaced",
    "staged",
    "copied",
    "reset",
    "committed",
    "verified",
    "cleaned",
)

# The same for sharing: fetching, making commits anew, moving this folder on, sending.
SHARING: Final = (
    "fetched",
    "made-anew",
    "noted",
    "replaced-one",
    "replaced",
    "staged",
    "committed",
    "cleaned",
    "sent",
)

KILL_AT: str | None = None


def fault(name: str) -> None:
    """Die here, like a power cut, when a test asked for ``name``."""
    if name == KILL_AT:
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)
