"""Where the starter kit lies: the schemas, model policy and hooks a new casebook begins with.

The kit is read as files and never imported.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def is_shipped(path: str, content: bytes) -> bool:
    """Whether a file of a casebook is the one of the kit, line ends apart; the tests judge that."""
    try:
        shipped = (folder() / path).read_bytes()
    except OSError:
        return False
    return shipped == content or shipped.replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n")


def folder() -> Path:
    """The folder that holds ``schemas/``, ``policy/`` and ``hooks/`` of the kit.

    In a wheel it stands beside the package; in an editable install it is the repository itself.
    """
    starter = HERE / "starter"
    return starter if starter.is_dir() else HERE.parent.parent
