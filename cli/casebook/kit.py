"""Where the starter kit lies: the schemas, model policy and hooks a new casebook begins with.

The kit is read as files and never imported.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def folder() -> Path:
    """The folder that holds ``schemas/``, ``policy/`` and ``hooks/`` of the kit.

    In a wheel it stands beside the package; in an editable install it is the repository itself.
    """
    starter = HERE / "starter"
    return starter if starter.is_dir() else HERE.parent.parent
