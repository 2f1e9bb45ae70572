"""Git's merge driver: one record merged by the same engine as in sharing, for merges by hand.

It is started by git for one file and writes only that; what it makes is judged by the hooks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from casebook import merging
from casebook.document import parse
from casebook.history import replay

if TYPE_CHECKING:
    from casebook.actions.desk import Desk


def combine(desk: Desk, names: tuple[str, str, str]) -> bool:
    """Merge base, ours and theirs (files) into the file of ours; False when there is a clash.

    In a clash ours holds both sides between git's conflict marks, as git itself leaves it.
    """
    base, ours, theirs = (Path(name) for name in names)
    contents = [place.read_bytes() for place in (base, ours, theirs)]
    was, here, there = (parse(raw, "")[0] if raw else None for raw in contents)
    if here is not None and there is not None and was is not None:
        merged = merging.merge(
            was, here, there, lambda *texts: replay.text_merge(desk.repository, *texts)
        )
        if merged.document is not None:
            ours.write_bytes(merged.document.raw)
            return True
    answer = desk.repository.git.ask(
        "merge-file", "-q", os.fspath(ours), os.fspath(base), os.fspath(theirs)
    )
    return answer.code == 0
