"""Where a repository lies and what is going on in it, read from git's files.

It starts no process and changes nothing.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from casebook.errors import EnvironmentProblem
from casebook.frozen import frozen
from casebook.i18n import _
from casebook.regex import regex

_ID = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_YES = ("true", "yes", "on", "1")
_SHA256 = regex(r"^\s*objectformat\s*=\s*sha256\s*$", re.MULTILINE | re.IGNORECASE)
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_EMPTY_TREE_SHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"


@frozen
class Place:
    """``root``: the work tree; ``git_dir``: its own git folder; ``common_dir``: the shared one."""

    root: Path
    git_dir: Path
    common_dir: Path


def find(start: Path, *, in_hook: bool = False) -> Place | None:
    """The repository that ``start`` (a resolved folder) lies in, or None.

    Raises ``EnvironmentProblem`` for a bare repository, git's own folder or a broken link to one.
    """
    if in_hook and os.environ.get("GIT_DIR"):
        root = Path(os.environ.get("GIT_WORK_TREE") or ".").resolve()
        if start.is_relative_to(root):
            git_dir = Path(os.environ["GIT_DIR"]).resolve()
            return Place(root, git_dir, _common(git_dir))
    for folder in (start, *start.parents):
        marker = folder / ".git"
        if marker.is_file():
            git_dir = _linked(marker)
            return Place(folder, git_dir, _common(git_dir))
        if _is_git_folder(marker):
            if _says_bare(_text(marker / "config")):
                raise _bare(folder)
            return Place(folder, marker, _common(marker))
        if _is_git_folder(folder):
            raise _bare(folder)
    return None


def _says_bare(config: str) -> bool:
    for line in config.splitlines():
        name, _sign, value = line.partition("=")
        if name.strip().lower() == "bare" and value.strip().lower() in _YES:
            return True
    return False


def _is_git_folder(folder: Path) -> bool:
    return os.path.lexists(folder / "HEAD") and (
        ((folder / "objects").is_dir() and (folder / "refs").is_dir())
        or (folder / "commondir").is_file()
    )


def _linked(marker: Path) -> Path:
    text = _text(marker).strip()
    git_dir = (marker.parent / text.removeprefix("gitdir:").strip()).resolve()
    if not text.startswith("gitdir:") or not _is_git_folder(git_dir):
        raise EnvironmentProblem(
            _("{file} points to a git folder that is not there.").format(file=marker),
            _("Was the folder moved? In the original repository type: git worktree repair"),
        )
    return git_dir


def _common(git_dir: Path) -> Path:
    named = _text(git_dir / "commondir").strip()
    return (git_dir / named).resolve() if named else git_dir


def _bare(folder: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        _("{folder} is a bare git repository or git's own folder: it holds no files.").format(
            folder=folder
        ),
        _("Make a working copy of it: casebook join, with this folder as the address"),
    )


def _text(file: Path) -> str:
    try:
        return os.fsdecode(file.read_bytes())
    except OSError:
        return ""


def activity(git_dir: Path) -> str:
    """What git is in the middle of: clean, merge, rebase, cherry-pick, revert or bisect."""
    signs = (
        ("rebase-merge", "rebase"),
        ("rebase-apply", "rebase"),
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
        ("sequencer", "cherry-pick"),
        ("BISECT_LOG", "bisect"),
    )
    return next((state for sign, state in signs if (git_dir / sign).exists()), "clean")


def head(place: Place) -> tuple[str | None, str | None, bool]:
    """``(branch, commit, sure)`` of HEAD; not sure where only git itself can tell."""
    name = "HEAD"
    branch = None
    for _step in range(5):
        folder = place.git_dir if name == "HEAD" else place.common_dir
        text = _text(folder / name).strip() or _packed(place.common_dir, name)
        if _ID.fullmatch(text):
            return branch, text, True
        if not text.startswith("ref:"):
            return branch, None, name != "HEAD"
        name = text.removeprefix("ref:").strip()
        if name == "refs/heads/.invalid":  # the reftable format keeps no files
            return None, None, False
        branch = name.removeprefix("refs/heads/")
    return branch, None, False


def _packed(common_dir: Path, name: str) -> str:
    for line in _text(common_dir / "packed-refs").splitlines():
        commit, _space, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def empty_tree(place: Place) -> str:
    """The id of the empty tree, what an unborn branch is compared with."""
    sha256 = _SHA256.search(_text(place.common_dir / "config"))
    return _EMPTY_TREE_SHA256 if sha256 else _EMPTY_TREE


def locks(place: Place) -> list[Path]:
    """Lock files of git that lie in the repository now, stale or not."""
    found = {*place.git_dir.glob("*.lock"), *place.common_dir.glob("*.lock")}
    found.update((place.common_dir / "refs").rglob("*.lock"))
    return sorted(found)
