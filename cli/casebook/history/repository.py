"""A repository as the rest of the program sees it: snapshots, changes, history, one commit.

It is a thin front; what a commit does step by step stands in ``commit``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem
from casebook.frozen import replace
from casebook.history import places, raw
from casebook.history.lock import TIMEOUT, Lock
from casebook.history.objects import Objects
from casebook.history.run import Git
from casebook.history.snapshots import CommitSnapshot, IndexSnapshot
from casebook.i18n import _
from casebook.snapshot import Change
from casebook.store import read_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from casebook.history.log import CommitChanges, LogEntry

# A note in git's folder while this folder is moved to another commit.
MOVING: Final = "moving.json"
DIFF_INDEX = (
    *("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev"),
    *("--ita-invisible-in-index", "--ignore-submodules=none"),
)

# Settings that a command which commits needs to know, as git writes their names.
ROLE: Final = "casebook.role"  # of who works at this computer
HOOKS_PATH: Final = "core.hookspath"
_ASKED: Final = ("config", "--null", "--get-regexp", r"^(casebook\.role|core\.hookspath)$")

# Folders of the newest commit that a command which writes will compare with what it read.
_LOOKED_AT: Final = ("cases", "policy", "schemas")


def find_repository(start: Path, *, in_hook: bool = False) -> Repository | None:
    """The repository around the casebook folder ``start``, or None; starts no git process.

    ``in_hook`` honours the GIT_* variables that git sets for its hooks; elsewhere they are
    ignored. Raises ``EnvironmentProblem`` for a bare repository or git's own folder.
    """
    casebook = start.resolve()
    place = places.find(casebook, in_hook=in_hook)
    return None if place is None else Repository(place, casebook, in_hook=in_hook)


class Repository:
    """One work tree with the casebook in it; paths are relative to the casebook, with ``/``.

    ``root`` is the top of the work tree, ``prefix`` the way from there to the casebook ("" or
    "a/b/"). Close it, or use it in a ``with``, when it has read many things.
    """

    def __init__(self, place: places.Place, casebook: Path, *, in_hook: bool = False) -> None:
        self.place = place
        self.root = place.root
        self.git_dir = place.git_dir
        self.common_dir = place.common_dir
        self.casebook = casebook
        inside = casebook.relative_to(place.root).as_posix()
        self.prefix = "" if inside == "." else inside + "/"
        self.git = Git(place.root, in_hook=in_hook)
        self.objects = Objects(self.git)
        self._lock = Lock(place.common_dir)
        self._settings: Mapping[str, str] | None = None

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git processes that are running."""
        self.git.close()
        self.objects.close()

    def foresee(self) -> None:
        """Start what making a commit asks of git and what no other command can change.

        Git gets ready while this command reads the record that it is about.
        """
        self.git.foresee(*_ASKED)
        head = self.head()
        if head is None:
            self.objects.open()
        else:
            self.objects.foresee(head, [self.prefix + folder for folder in _LOOKED_AT])

    def foresee_commit(self) -> None:
        """Start what else making a commit asks of git; to be called under the lock."""
        self.git.foresee(*DIFF_INDEX, self.head() or places.empty_tree(self.place))

    # -- where it stands -------------------------------------------------------------------

    def state(self) -> str:
        """clean, merge, rebase, cherry-pick, revert or bisect; reads files only."""
        return places.activity(self.git_dir)

    def head(self) -> str | None:
        """The id of the newest commit, or None on an unborn branch."""
        _branch, commit, sure = places.head(self.place)
        if sure:
            return commit
        answer = self.git.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}")
        return answer.out.decode("ascii").strip() or None

    def branch(self) -> str | None:
        """The name of the branch, or None when HEAD is detached."""
        branch, _commit, sure = places.head(self.place)
        if sure:
            return branch
        answer = self.git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
        return os.fsdecode(answer.out).strip() or None

    def is_half_moved(self) -> bool:
        """Whether a sync was broken off while it moved this folder on (see ``advance``)."""
        return (self.git_dir / "casebook" / MOVING).exists()

    def resolve(self, name: str) -> str | None:
        """The id of the commit that ``name`` (a branch, tag or id) means, or None."""
        answer = self.git.ask(
            "rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}"
        )
        return answer.out.decode("ascii").strip() or None

    def is_shallow(self) -> bool:
        """Whether only a part of the history is here."""
        return (self.common_dir / "shallow").exists()

    # -- snapshots and changes -------------------------------------------------------------

    def snapshot(self, commit: str | None) -> CommitSnapshot:
        """The casebook in ``commit``; None is empty (before the first commit)."""
        return CommitSnapshot(self.objects, commit, self.prefix)

    def index(self) -> IndexSnapshot:
        """The casebook as staged; in a hook: what this commit will hold. One git process.

        It is compared with HEAD, also under ``commit --amend``: what an amended commit changes
        is judged from the commit that it replaces.
        """
        head = self.head()
        return IndexSnapshot(self.objects, self.snapshot(head), self.raw_staged(head), self.prefix)

    def staged(self, index: IndexSnapshot | None = None) -> list[Change]:
        """What is staged below the casebook; pass ``index()`` to start no second process."""
        found = (index or self.index()).staged
        return _as_changes(self, [change for change in found if not change.unmerged])

    def conflicts(self, index: IndexSnapshot | None = None) -> list[str]:
        """Paths that git holds for unmerged."""
        found = (index or self.index()).staged
        return [change.path.removeprefix(self.prefix) for change in found if change.unmerged]

    def raw_staged(self, parent: str | None) -> list[raw.RawChange]:
        """What differs between ``parent`` and the index, in the whole repository."""
        against = parent or places.empty_tree(self.place)
        return raw.changes(self.git.run(*DIFF_INDEX, against))

    def merge_parents(self) -> list[str]:
        """The other parents of the merge being made: MERGE_HEAD, or git's word to its hook."""
        try:
            lines = (self.git_dir / "MERGE_HEAD").read_text("ascii").split()
        except OSError:
            lines = []
        named = [name.removeprefix("GITHEAD_") for name in sorted(os.environ)]
        return lines or [name for name in named if re.fullmatch(r"[0-9a-f]{40,64}", name)]

    def staged_in_merge(self, index: IndexSnapshot | None = None) -> list[Change]:
        """What the merge being made holds that no parent holds; ``before`` is HEAD's, then theirs.

        Without a merge this is ``staged()``. One git process per parent.
        """
        own = index or self.index()
        sides = [
            {change.path: change.before for change in self.raw_staged(parent)}
            for parent in self.merge_parents()
        ]
        kept = [
            replace(change, before=sum((side[change.path] for side in sides), change.before))
            for change in own.staged
            if not change.unmerged and all(change.path in side for side in sides)
        ]
        return _as_changes(self, kept)

    def unsaved(self, paths: Sequence[str] | None = None) -> list[Change]:
        """Files of the casebook (or ``paths``) on disk that differ from HEAD, sorted by path.

        New files count, ignored ones do not. One git process, one more when something differs.
        """
        where = self._pathspecs(paths)
        found = self.git.run(
            *("status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames"),
            *("--ignore-submodules=none", "--", *where),
        )
        base = self.snapshot(self.head())
        changes = []
        # What was taken out of the index and is still on disk is told twice.
        for named in dict.fromkeys(map(_status_path, found.split(b"\0"))):
            if named is None or not named.startswith(self.prefix):
                continue
            path = named.removeprefix(self.prefix)
            kind, after = read_entry(self.casebook / path)
            side = base.side(path)
            before = self.objects.content(side) if side else None
            if before != after:
                changes.append(Change(path, before, after, kind))
        return sorted(changes, key=lambda change: change.path)

    def ignored(self) -> set[str]:
        """Files and folders (with a final ``/``) of the casebook that git ignores; one process."""
        found = self.git.run(
            *("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"),
            *("--", self.prefix or "."),
        )
        names = (os.fsdecode(name) for name in found.split(b"\0") if name)
        return {name.removeprefix(self.prefix) for name in names}

    def _pathspecs(self, paths: Sequence[str] | None) -> list[str]:
        if paths is None:
            return [self.prefix or "."]
        return [self.prefix + path for path in paths]

    # -- history ---------------------------------------------------------------------------

    def log(self, path: str, commit: str | None = None) -> Iterator[LogEntry]:
        """The commits that changed a record, newest first, with its content before and after.

        Seen from ``commit``; from HEAD where None.
        """
        from casebook.history.log import log

        return log(self, path, commit)

    def between(self, old: str | None, new: str) -> Iterator[CommitChanges]:
        """The commits in ``old..new`` (None: all up to ``new``), oldest first, with Changes."""
        from casebook.history.log import between

        return between(self, old, new)

    # -- writing ---------------------------------------------------------------------------

    def lock(self, timeout: float = TIMEOUT) -> AbstractContextManager[None]:
        """Be the only command in this repository; read, check and commit inside it."""
        return self._lock(timeout)

    def commit(
        self,
        files: Mapping[str, bytes | None],
        message: str,
        trailers: Sequence[tuple[str, str]] = (),
        *,
        expect: Mapping[str, bytes | None] | None = None,
        is_judged: Callable[[], bool] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> str:
        """Write ``files`` (None removes one) and commit exactly them; answers the commit's id.

        ``expect`` is what the caller read: where the disk holds something else, nothing is done.
        ``is_judged`` says whether the caller has judged exactly this by the law of HEAD, so that
        our own hook need not do so again; the hooks of others run as ever. It is asked while git
        takes the files into its index, ``meanwhile`` is carried out while git makes the commit.
        Raises ``RefusedError`` (a hook said no, nothing changed, a file was changed meanwhile)
        or ``EnvironmentProblem``; then files and index are as they were.
        """
        from casebook.history.commit import commit_files

        return commit_files(
            self, files, message, trailers, expect=expect, is_judged=is_judged, meanwhile=meanwhile
        )

    # -- configuration ---------------------------------------------------------------------

    def identity(self) -> tuple[str, str] | None:
        """Name and e-mail address that git would put on a commit, or None; never guessed."""
        answer = self.git.ask("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
        found = re.fullmatch(r"(.*) <(.*)> \d+ [+-]\d{4}\s*", answer.out.decode("utf-8", "replace"))
        return (found[1], found[2]) if answer.code == 0 and found else None

    def config(self, name: str) -> str | None:
        """A setting of git, wherever it was made, or None."""
        answer = self.git.ask("config", "--get", name)
        return os.fsdecode(answer.out).rstrip("\n") if answer.code == 0 else None

    def role(self) -> str:
        """The role of who works at this computer; empty where it was never told."""
        return self.settings().get(ROLE, "")

    def settings(self) -> Mapping[str, str]:
        """Those of ``ROLE`` and ``HOOKS_PATH`` that are made, asked once: one git process."""
        if self._settings is None:
            told = os.fsdecode(self.git.ask(*_ASKED).out)
            pairs = (one.partition("\n") for one in told.split("\0") if one)
            self._settings = {name: value for name, _line, value in pairs}
        return self._settings

    def set_config(self, name: str, value: str) -> None:
        """Make a setting in this repository only."""
        self._settings = None
        self.git.run("config", "--local", name, value)

    def require_git(self) -> None:
        """Raise ``EnvironmentProblem`` when git is missing or too old; one git process."""
        from casebook.history.run import MINIMUM, outdated

        version = self.git.version()
        if version < MINIMUM:
            raise outdated(version)

    def require_quiet(self) -> None:
        """Raise ``EnvironmentProblem`` while git is in the middle of a merge, rebase or so on."""
        hints = {
            "merge": _("Finish it with: git merge --continue, or give it up: git merge --abort"),
            "rebase": _("Finish it with: git rebase --continue, or give it up: git rebase --abort"),
            "cherry-pick": _(
                "Finish it with: git cherry-pick --continue, or give it up: git cherry-pick --abort"
            ),
            "revert": _("Finish it with: git revert --continue, or give it up: git revert --abort"),
            "bisect": _("Finish it with: git bisect reset"),
        }
        state = self.state()
        if state != "clean":
            raise EnvironmentProblem(
                _("Git is in the middle of a {activity}; nothing was changed.").format(
                    activity=state
                ),
                hints[state],
            )


def _as_changes(repository: Repository, found: list[raw.RawChange]) -> list[Change]:
    from casebook.history.log import as_changes  # making a commit reads no history

    return list(as_changes(repository, found))


def _status_path(line: bytes) -> str | None:
    spaces = {b"1 ": 8, b"u ": 10, b"? ": 1}.get(line[:2])
    return None if spaces is None else os.fsdecode(line.split(b" ", spaces)[spaces])
