"""What a commit has done so far: whether it was made after all, and how it is undone.

It starts nothing new; the order of a commit stands in ``commit``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebook import store
from casebook.errors import CasebookError, EnvironmentProblem
from casebook.frozen import frozen
from casebook.history import raw
from casebook.history.objects import holds
from casebook.history.snapshots import CommitSnapshot
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebook.history import pending
    from casebook.history.repository import Repository


@frozen
class Target:
    """One file to be written: ``path`` from the top of the repository; None is no file."""

    path: str
    place: Path
    before: bytes | None
    after: bytes | None


class Work:
    """What one commit has done so far, so that it can be undone.

    ``staged`` is what the index held beside HEAD before we came.
    """

    def __init__(
        self,
        repository: Repository,
        head: str | None,
        message: str,
        targets: list[Target],
        staged: list[raw.RawChange],
    ) -> None:
        self.repository = repository
        self.head = head
        self.message = message
        self.targets = targets
        self.staged = staged
        self.note: pending.Pending | None = None
        self.prepared: dict[str, Path] = {}
        self.folders: list[Path] = []
        self.index_touched = False

    @property
    def others(self) -> list[raw.RawChange]:
        """Staged files that are not ours."""
        ours = {target.path for target in self.targets}
        return [change for change in self.staged if change.path not in ours]

    @property
    def private_index(self) -> Path:
        """The index a commit is made from while others have files staged."""
        return self.repository.git_dir / "casebook" / f"index-{os.getpid()}"


def names(folder: Path) -> list[str]:
    """The names in a folder, none where there is no folder."""
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []


def set_entries(
    repository: Repository, sides: list[tuple[str, raw.Side]], *, index: Path | None = None
) -> None:
    """Give index entries a mode and id, removals first; one git process."""
    lines = [
        f"{side.mode} {side.id}\t".encode("ascii") + os.fsencode(path) + b"\0"
        for path, side in sorted(sides, key=lambda pair: pair[1].exists)
    ]
    more = {"GIT_INDEX_FILE": os.fspath(index)} if index else {}
    repository.git.run("update-index", "-z", "--index-info", stdin=b"".join(lines), more=more)


def find(work: Work) -> str | None:
    """The id of our commit: on the old HEAD, with no other path and our bytes; or None."""
    head = work.repository.head()
    if head is None or head == work.head:
        return None
    parents = [work.head] if work.head else []
    objects = work.repository.objects
    newest = objects.commit(head)
    if newest is not None and newest[1] == parents:
        before = objects.commit(work.head) if work.head else None
        changed = objects.changed(before[0] if before else "", newest[0])
        return head if _holds(work, dict(changed)) else None
    # Another program may have committed on top of ours already: look through all that is new.
    from casebook.history.log import LIST

    span = head if work.head is None else f"{work.head}..{head}"
    data = work.repository.git.run(*LIST, "--format=%H%x00%P%x00", span, "--")
    for (commit, named), found in raw.history(data, 2):
        after = {change.path: change.after for change in found}
        if named.split() == parents and _holds(work, after):
            return commit
    return None


def _holds(work: Work, changed: Mapping[str, raw.Side]) -> bool:
    """Whether a commit's changes are ours: no other path, and our bytes (on LF where git does)."""
    targets = {target.path: target for target in work.targets}
    return (
        bool(changed)
        and changed.keys() <= targets.keys()
        and all(holds(targets[path].after, side) for path, side in changed.items())
    )


def undo(work: Work) -> str | None:
    """Put files and index back, unless the commit was made after all: then its id.

    Raises EnvironmentProblem when something cannot be put back, on a full disk say: the rest is,
    and the note stays, by which doctor finishes.
    """
    try:
        made = find(work)
    except CasebookError:
        made = None
    if made is not None:
        return made
    if work.repository.head() != work.head:
        return None  # history went on without us: what stands there now is left to doctor
    left = [target for target in work.targets if not _put_back(target)]
    try:
        if work.index_touched:
            set_entries(work.repository, _former_entries(work))
            work.repository.git.ask("update-index", "-q", "--refresh")
    except CasebookError:
        left = left or work.targets[:1]
    if left:
        raise EnvironmentProblem(
            _("{path} could not be put back; the disk may be full.").format(path=left[0].path),
            _("Make room, then type: casebook doctor --fix"),
        )
    clean(work)
    for folder in work.folders:
        if not names(folder):
            folder.rmdir()
    return None


def _put_back(target: Target) -> bool:
    """Whether a file is as it was before, or somebody has changed it since."""
    try:
        if target.before != target.after and store.read_entry(target.place)[1] == target.after:
            if target.before is None:
                store.remove_record(target.place)
            else:
                store.write_record(target.place, target.before)
    except OSError:
        return False
    return True


def _former_entries(work: Work) -> list[tuple[str, raw.Side]]:
    former = {change.path: change.after for change in work.staged}
    committed = CommitSnapshot(work.repository.objects, work.head)
    absent = raw.Side(raw.ABSENT, "0" * len(work.head or "0" * 40))
    return [
        (target.path, former.get(target.path) or committed.side(target.path) or absent)
        for target in work.targets
    ]


def clean(work: Work) -> None:
    """Take away what only served the making of the commit."""
    for temporary in work.prepared.values():
        temporary.unlink(missing_ok=True)
    private = work.private_index
    if work.others:
        private.unlink(missing_ok=True)
        private.with_name(private.name + ".lock").unlink(missing_ok=True)
    if work.note is not None:
        work.note.remove()
