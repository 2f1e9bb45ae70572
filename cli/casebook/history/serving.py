"""A shared casebook on a server: a bare repository that refuses what git itself can refuse.

What is judged there is the audit's; nothing that was sent is ever run.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook import store
from casebook.errors import EnvironmentProblem
from casebook.history.run import Git
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

BRANCH: Final = "main"
HOOK: Final = "pre-receive"
UNSIGNED: Final = "casebook.unsigned"
SETTINGS: Final = {
    "receive.fsckObjects": "true",  # every object is looked at before it is kept
    "transfer.fsckObjects": "true",
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "receive.maxInputSize": "50m",  # a casebook is text
    "transfer.hideRefs": "refs/notes",
    "core.logAllRefUpdates": "always",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    "core.fsync": "all",
    "core.hooksPath": "hooks",  # a setting of the whole computer must not pass ours by
}


def make(folder: Path, hook: Path, interpreter: str, more: Mapping[str, str] = {}) -> bool:
    """Make or mend a shared casebook in ``folder``; True when it is new.

    Raises EnvironmentProblem for a folder that holds something else.
    """
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    fresh = not there
    if there and not ((folder / "objects").is_dir() and (folder / "HEAD").is_file()):
        raise EnvironmentProblem(
            _("{folder} is not empty; nothing was overwritten.").format(folder=folder),
            _("Do: name a new folder, or that of a bare git repository"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    git = Git(folder)
    if fresh:
        arguments = ("init", "--quiet", "--bare", "--template=", f"--initial-branch={BRANCH}")
        answer = git.ask(*arguments, ".")
        if answer.code != 0:
            raise git.failure(answer, "init")
    for name, value in {
        **SETTINGS,
        "casebook.python": Path(interpreter).as_posix(),
        **more,
    }.items():
        git.run("config", "--local", name, value)
    hooks = folder / "hooks"
    hooks.mkdir(exist_ok=True)
    store.write_record(hooks / HOOK, hook.read_bytes().replace(b"\r\n", b"\n"))
    (hooks / HOOK).chmod(0o755)
    return fresh


def folder_of_hook() -> Path:
    """The bare repository that git runs a hook in."""
    return Path(os.environ.get("GIT_DIR") or ".").resolve()


def setting(folder: Path, name: str) -> str:
    """A setting of the repository in ``folder``; empty when there is none."""
    answer = Git(folder, in_hook=True).ask("config", "--get", name)
    return os.fsdecode(answer.out).strip()


def branch(folder: Path) -> str:
    """The full name of the branch that is shared."""
    answer = Git(folder, in_hook=True).ask("symbolic-ref", "HEAD")
    return os.fsdecode(answer.out).strip() or f"refs/heads/{BRANCH}"
