"""What ``casebook receive`` does: the hook of a shared casebook runs it at every push.

It imports no Click, so that nobody who shares waits for it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.commands.session import Session


def receive(session: Session) -> int:
    """Judge the commits that git offers on standard input, in the casebook's own language."""
    from casebook import i18n
    from casebook.actions import receiving
    from casebook.history import serving
    from casebook.render import say
    from casebook.render import verifying as rendering

    now = session.circumstances.clock()
    folder, offered = serving.folder_of_hook(), list(sys.stdin)
    spoken = receiving.language(folder, offered)
    if spoken in i18n.available() and not os.environ.get("CASEBOOK_LANG"):
        i18n.activate(spoken)
    charges = receiving.receive(folder, offered, now)
    for line in rendering.refusal(charges):
        say.aside(line)
    return 1 if charges else 0
