"""The modules of a folder by their names: commands and checks are found there, listed nowhere.

It imports none of them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def modules(folders: Iterable[str]) -> list[str]:
    """The names of the modules in the folders of a package (its ``__path__``), sorted."""
    names = (name for folder in folders for name in os.listdir(folder))  # noqa: PTH208
    found = (name.removesuffix(".py") for name in names if name.endswith(".py"))
    return sorted(name for name in found if name != "__init__")
