"""The history of a record, and the commits between two: what changed, read from content.

It never believes a commit's message; subject and trailers are handed on as claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from casebook.frozen import frozen
from casebook.history import raw
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.history.objects import Objects
    from casebook.history.repository import Repository

# Settings of a user that would change the list are overruled; no --follow: ids are permanent.
LIST: Final = (
    *("-c", "log.showRoot=true", "-c", "log.follow=false", "-c", "log.showSignature=false"),
    *("log", "-c", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-color", "--no-notes"),
    *("--no-ext-diff", "--ignore-submodules=none"),
)
_UNIT: Final = "\x1f"
_FORMAT: Final = (
    "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%s%x00%(trailers:only,unfold,separator=%x1f)%x00"
)
_FIELDS: Final = 7


@frozen
class CommitInfo:
    """One commit; ``at`` is the author's ISO date-time with offset; trailers as written."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    at: str
    subject: str
    trailers: tuple[tuple[str, str], ...]

    def trailer(self, name: str) -> str:
        """The first trailer of that name, or an empty text."""
        return next((value for key, value in self.trailers if key == name), "")


@frozen
class LogEntry:
    """A commit that changed one record, and the record's content before and after it."""

    commit: CommitInfo
    before: bytes | None
    after: bytes | None


@frozen
class CommitChanges:
    """A commit and its Changes: for a merge only what differs from every parent."""

    commit: CommitInfo
    changes: tuple[Change, ...]


def log(repository: Repository, path: str, commit: str | None = None) -> Iterator[LogEntry]:
    """The commits that changed ``path``, newest first, seen from ``commit`` (None: HEAD).

    Two git processes.
    """
    head = commit or repository.head()
    if head is None:
        return
    where = repository.prefix + path
    for info, found in _listed(repository, head, "--", where):
        for change in found:
            if change.path == where:
                before = repository.objects.content(change.before[0])
                yield LogEntry(info, before, repository.objects.content(change.after))


def between(repository: Repository, old: str | None, new: str) -> Iterator[CommitChanges]:
    """The commits that ``new`` has and ``old`` has not, oldest first; None: the whole history."""
    span = new if old is None else f"{old}..{new}"
    for commit, found in _listed(
        repository, "--reverse", "--topo-order", "--end-of-options", span, "--"
    ):
        yield CommitChanges(commit, tuple(as_changes(repository, found)))


class Readable(Protocol):
    """What changes are read from: objects, and the way from the top to the casebook."""

    @property
    def objects(self) -> Objects:
        """The objects of the history."""
        ...

    @property
    def prefix(self) -> str:
        """The casebook's folder, with a final ``/``, or an empty text."""
        ...


def as_changes(repository: Readable, found: list[raw.RawChange]) -> Iterator[Change]:
    """Raw changes below the casebook with their content; ``before`` is the first parent's."""
    for change in found:
        if change.path.startswith(repository.prefix):
            first, *others = (repository.objects.content(side) for side in change.before)
            yield Change(
                change.path.removeprefix(repository.prefix),
                first,
                repository.objects.content(change.after),
                change.after.kind if change.after.exists else change.before[0].kind,
                tuple(others),
            )


def _listed(
    repository: Repository, *arguments: str
) -> Iterator[tuple[CommitInfo, list[raw.RawChange]]]:
    # options go before the revisions
    data = repository.git.run(*LIST, _FORMAT, *arguments)
    for texts, found in raw.history(data, _FIELDS):
        commit, parents, author, email, moment, subject, trailers = texts
        pairs = (line.partition(":") for line in trailers.split(_UNIT) if ":" in line)
        yield (
            CommitInfo(
                *(commit, tuple(parents.split()), author, email, moment, subject),
                tuple((key.strip(), value.strip()) for key, _colon, value in pairs),
            ),
            found,
        )
